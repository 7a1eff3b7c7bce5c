import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { handOvers } from '../../../store/hand-overs.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { brandTeams } from '../../../store/people.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';

let there: ClientHouse;
let newcomer: Person;
let second: Person;
const tokens = new Map<string, string>();
beforeAll(async () => {
  there = await openClientHouse('hand-over-json');
  newcomer = await there.house.person(['ACCOUNT_EXECUTIVE'], { name: '新主任' });
  second = await there.house.person(['CREATIVE_DIRECTOR'], { name: '另一位' });
}, 120_000);
afterAll(() => there.close());

interface Said {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly errors?: readonly { readonly field: string; readonly code: string; readonly detail: string }[];
  };
}
async function ask(as: Person, method: string, path: string, body?: unknown): Promise<Said> {
  const token = tokens.get(as.id) ?? (await there.house.token(as));
  tokens.set(as.id, token);
  const answer = await fetch(`${there.house.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      'Accept-Language': 'en',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, etag: answer.headers.get('ETag'), body: (await answer.json()) as Said['body'] };
}
const deps = () => there.house.api.deps;
const wanted = (more: Record<string, unknown> = {}) => ({
  brandId: there.place.brandId,
  from: there.executive.id,
  to: newcomer.id,
  factBookOn: deps().clock().slice(0, 10),
  ...more,
});

describe('hand-over of a brand by the JSON API', () => {
  it('S-133, F-57: seen before, started once, signed by both and the account director, moved at once; whoever is not asked may not sign', async () => {
    const { id: job } = await there.asked();
    const seen = await ask(there.director, 'POST', '/hand-overs/preview', wanted());
    expect(seen.body).toMatchObject({
      owns: true,
      problems: [],
      list: [{ processId: job, owned: true }],
      director: { personId: there.director.id },
    });
    expect(await handOvers.all(deps().store)).toEqual([]);
    const wish = wanted({ id: 'wish-brand-1' });
    const made = await ask(there.director, 'POST', '/hand-overs', wish);
    expect([made.status, made.etag]).toEqual([201, '"1"']);
    expect((await ask(there.director, 'POST', '/hand-overs', wish)).body).toMatchObject({ id: made.body.id });
    const path = `/hand-overs/${String(made.body.id)}`;
    expect((await ask(there.director, 'POST', `${path}/sign`)).body.code).toBe('FORBIDDEN');
    const given = await ask(there.executive, 'POST', `${path}/sign`);
    expect(given.body).toMatchObject({ state: 'asked', giver: { by: there.executive.id, proof: 'api' } });
    const twice = await ask(there.executive, 'POST', `${path}/sign`);
    expect([twice.status, twice.body.code]).toEqual([409, 'CONFLICT']);
    const both = await ask(newcomer, 'POST', `${path}/sign`);
    expect(both.body).toMatchObject({ state: 'asked', directorAsked: { personId: there.director.id } });
    const [before] = await brandTeams.by(deps().store, `brand:${there.place.brandId}`);
    expect(before?.value.members.map(({ personId }) => personId)).toContain(there.executive.id);
    expect((await ask(there.director, 'POST', `${path}/sign`)).body).toMatchObject({
      director: { by: there.director.id, proof: 'api' },
    });
    const done = await until(async () => {
      const now = await ask(newcomer, 'GET', path);
      return now.body.state === 'done' ? now.body : undefined;
    });
    expect(done).toMatchObject({ moved: { jobs: 1 }, taker: { by: newcomer.id } });
    await until(async () => ((await wholeJob(deps().store, job))?.state.ownerId === newcomer.id ? true : undefined));
    const [team] = await brandTeams.by(deps().store, `brand:${there.place.brandId}`);
    expect(team?.value.members.map(({ personId }) => personId)).not.toContain(there.executive.id);
    expect((await ask(there.director, 'GET', '/hand-overs?state=done')).body).toMatchObject({
      handOvers: [{ id: made.body.id }],
    });
  });

  it.each<[string, () => Record<string, unknown>, string, string, string]>([
    ['the same person', () => ({ to: there.creative.id }), 'to', 'samePerson', 'choose somebody else'],
    ['a taker without the title', () => ({ to: newcomer.id }), 'to', 'lacksTitle', 'Creative Director'],
    [
      'a client’s signature',
      () => ({ from: there.contact.id }),
      'from',
      'clientSide',
      'names the new person in writing',
    ],
    ['an old fact book', () => ({ factBookOn: '2026-01-02' }), 'factBookOn', 'factBookOld', 'Bring it up to date'],
  ])('S-133, R-69: %s is a 422 that says what to change', async (_what, more, field, code, sentence) => {
    const said = await ask(
      there.director,
      'POST',
      '/hand-overs',
      wanted({ from: there.creative.id, to: second.id, ...more() }),
    );
    expect(said.status).toBe(422);
    expect(said.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field, code })]));
    expect(said.body.errors?.find((one) => one.code === code)?.detail).toContain(sentence);
  });

  it('what is no hand-over is named field by field; another house’s brand is a 404, and ending one needs words', async () => {
    const said = await ask(there.director, 'POST', '/hand-overs', { brandId: 7, roles: ['KING'] });
    expect(said.body.errors?.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['brandId', 'from', 'to', 'factBookOn']),
    );
    expect((await ask(there.director, 'POST', '/hand-overs', wanted({ brandId: 'b-none' }))).status).toBe(404);
    expect((await ask(there.creative, 'POST', '/hand-overs', wanted())).status).toBe(403);
    const made = await ask(there.director, 'POST', '/hand-overs', wanted({ from: there.creative.id, to: second.id }));
    const path = `/hand-overs/${String(made.body.id)}`;
    expect((await ask(second, 'POST', `${path}/end`, { words: ' ' })).status).toBe(422);
    expect((await ask(second, 'POST', `${path}/end`, { words: '不接' })).body).toMatchObject({ state: 'declined' });
    expect((await ask(second, 'POST', `${path}/sign`)).status).toBe(409);
  });
});
