import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../api/json/openapi.ts';
import { scopeOf } from '../../../domain/people/may.ts';
import { roleFacts, roles } from '../../../domain/people/roles.ts';
import type { Person } from '../../../domain/people/types.ts';
import { jobRow } from '../../../store/jobs.ts';
import { artworkJob, type ArtworkJob } from '../approve/office.ts';
import { openHouse, type House } from '../support/house.ts';

/** Threats, row 5: every title of the agency outside a job's brand, on every route of the document, with the real ids. */
const document = openApiDocument('http://jobbag.test');
let asked = 0;
const routes = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  (['get', 'post', 'put', 'delete'] as const).flatMap((method) => (item[method] ? [{ method, path }] : [])),
);
const outsideTitles = roles.filter(
  (role) =>
    roleFacts[role].side === 'agency' &&
    scopeOf({ personId: 'x', roles: [role], side: 'agency', brandIds: ['b'] }, 'job.read').kind !== 'all',
);

let house: House;
let job: ArtworkJob;
let secrets: readonly string[];
let values: Readonly<Record<string, string>>;
beforeAll(async () => {
  house = await openHouse({ TRUST_PROXY: '1' });
  job = await artworkJob(house, 'client', { title: '绝密春茶上市', words: '瓶身的字要再大一号' });
  const row = await jobRow(house.api.deps.store, job.processId);
  if (!row?.jobNumber) throw new Error('no job');
  secrets = [
    '绝密春茶上市',
    '瓶身的字要再大一号',
    '灯箱海报',
    row.jobNumber,
    job.people.CLIENT_LEAD?.mail.address ?? '',
  ];
  values = { jobId: job.processId, hash: job.hashes[1], clientId: row.clientId, brandId: row.brandId, form: 'F-04' };
});
afterAll(() => house.close());

async function ask(
  method: string,
  path: string,
  person: Person,
  id?: string,
): Promise<{ status: number; text: string }> {
  const filled = path.replace(
    /\{(\w+)\}/g,
    (_all, name: string) => (name === 'jobId' ? id : undefined) ?? values[name] ?? 'x12345678',
  );
  const answer = await fetch(house.url + filled, {
    method: method.toUpperCase(),
    headers: {
      authorization: `Bearer ${await house.token(person)}`,
      'idempotency-key': 'key-12345678',
      // More questions than one address may ask in a minute: every hundredth comes from another.
      'x-forwarded-for': `203.0.113.${Math.floor(asked++ / 100) % 250}`,
      ...(method === 'get' || method === 'delete' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'get' || method === 'delete' ? {} : { body: '{"act":{"type":"hold","words":"mine now"}}' }),
  });
  return { status: answer.status, text: await answer.text() };
}

describe('who has no part in a job', { timeout: 120_000 }, () => {
  it('titles and routes are there to be tried, and the brand’s own people are let in', async () => {
    expect(outsideTitles.length).toBeGreaterThan(8);
    expect(routes.filter(({ path }) => path.includes('{jobId}')).length).toBeGreaterThan(10);
    const director = job.people.ACCOUNT_DIRECTOR;
    if (!director) throw new Error('no director');
    for (const { method, path } of routes) {
      if (method !== 'get' || !/\{jobId\}(\/(steps|log|papers|mails|time|manifests\/\{hash\}))?$/.test(path)) continue;
      expect((await ask(method, path, director)).status, path).toBe(200);
    }
  });

  it.each(outsideTitles)(
    '%s of another brand reads nothing of it, changes nothing, and learns not that it exists',
    async (role) => {
      const stranger = await house.person([role]);
      await house.brand([stranger]);
      const before = (await jobRow(house.api.deps.store, job.processId))?.seq;
      for (const { method, path } of routes) {
        const { status, text } = await ask(method, path, stranger);
        expect(status, `${method} ${path}`).toBeLessThan(500);
        for (const secret of secrets) expect(text.includes(secret), `${method} ${path} ${secret}`).toBe(false);
        if (!path.includes('{jobId}')) continue;
        expect(status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
        expect(status, `${method} ${path}`).toBe((await ask(method, path, stranger, 'job-neverwas123')).status);
      }
      expect((await jobRow(house.api.deps.store, job.processId))?.seq).toBe(before);
    },
  );

  it('a person of a client has no way in by the API at all, not even the one who signs', async () => {
    const lead = job.people.CLIENT_LEAD;
    if (!lead) throw new Error('no lead');
    for (const { method, path } of routes) {
      const { status, text } = await ask(method, path, lead);
      expect([401, 403], `${method} ${path}`).toContain(status);
      for (const secret of secrets) expect(text.includes(secret), `${method} ${path} ${secret}`).toBe(false);
    }
  });

  it('no answer to anybody carries a link or what one is made of', async () => {
    const director = job.people.ACCOUNT_DIRECTOR;
    if (!director) throw new Error('no director');
    const grant = job.link.slice('/a/'.length).split('.')[0] ?? '';
    expect(grant).toHaveLength(28);
    for (const { method, path } of routes) {
      if (method !== 'get') continue;
      const { text } = await ask(method, path, director);
      // The log names grants by their id, which opens nothing without its MAC; no other answer does even that.
      if (!path.endsWith('/log')) expect(text.includes(grant), path).toBe(false);
      expect(/[a-z0-9]{6}[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{32}/.test(text), path).toBe(false);
    }
  });
});
