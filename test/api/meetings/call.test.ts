import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeJob } from '../../../store/jobs.ts';
import { people } from '../../../store/people.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { cookieFor } from '../papers/agency.ts';
import { sitAt } from '../papers/browserless.ts';

let all: ClientHouse;
beforeAll(async () => {
  all = await openClientHouse('calls');
}, 180_000);
afterAll(() => all.close());

describe('R-134: a telephone record becomes minutes when something was decided', { timeout: 120_000 }, () => {
  it('is written on the job, and leads to minutes that are filled in from it', async () => {
    const { id } = await all.asked();
    const { deps } = all.house.api;
    const state = (await wholeJob(deps.store, id))?.state;
    const owner = (await people.get(deps.store, state?.ownerId ?? ''))?.value;
    if (!state || !owner) throw new Error('no job');
    const seat = sitAt(all.house, await cookieFor(deps, owner.id));
    expect((await seat.open(`/jobs/${id}`)).text).toContain('/papers/F-16/edit"');
    const content = {
      clientPerson: all.contact.id,
      talkedAt: '2026-03-12T06:00:00.000Z',
      topic: '灯箱尺寸',
      toChange: ['改尺寸'],
      toCarryOut: ['无'],
      toConfirm: ['无'],
      decided: true,
    };
    const token = await all.house.token(owner);
    const file = async (more: object) => {
      const answer = await fetch(`${all.house.url}/api/v1/jobs/${id}/acts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ act: { type: 'file', paper: { form: 'F-16', content: { ...content, ...more } } } }),
      });
      expect(answer.ok, await answer.clone().text()).toBe(true);
    };
    await file({});
    await file({ topic: '交付日期', decided: false });
    const keys = await until(async () => {
      const papers = Object.keys((await wholeJob(deps.store, id))?.state.papers ?? {});
      return papers.includes('F-16:2') ? papers : undefined;
    });
    expect(keys).toContain('F-16:1');
    const record = (await seat.open(`/jobs/${id}/papers/F-16%3A1/1`)).text;
    const href = /href="(\/meetings\/new\?[^"]+)"/.exec(record)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await seat.open(`/jobs/${id}/papers/F-16%3A2/1`)).text).not.toContain('/meetings/new?');
    const minutes = (await seat.open(href)).text;
    for (const said of ['value="灯箱尺寸"', 'value="2026-03-12T14:00"']) expect(minutes).toContain(said);
    for (const chosen of [all.contact.id, id])
      expect(minutes).toMatch(
        new RegExp(`<option[^>]*(selected[^>]*value="${chosen}"|value="${chosen}"[^>]*selected)`),
      );
  });
});
