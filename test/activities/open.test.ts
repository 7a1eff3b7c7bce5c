import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shanghaiOffice } from '../../activities/calendar/holidays.ts';
import { openStep } from '../../activities/open.ts';
import { issueNumber } from '../../activities/number.ts';
import type { OpenInput } from '../../domain/job/effects.ts';
import { grantTable } from '../../store/grants.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { step } from '../domain/people/house.ts';
import { ownStore } from '../store/store.ts';
import { fillHouse, openInput } from './house.ts';

const store = ownStore();
const folder = mkdtempSync(join(tmpdir(), 'jobbag-open-'));
const rings = openKeyrings(folder, () => '2026-03-01T00:00:00.000Z');
const deps = () => ({ connection: store(), ring: rings.links, office: shanghaiOffice() });

/** Thursday 10:20 in Shanghai. */
const openingAt = '2026-03-12T02:20:00.000Z';
const input = (more: Partial<OpenInput> = {}): OpenInput => openInput('job-open', openingAt, more);

describe('opening a step', () => {
  beforeAll(async () =>
    fillHouse(store(), undefined, [
      { personId: 'artDirector', from: '2026-03-10T00:00:00.000Z', to: '2026-03-20T00:00:00.000Z' },
    ]),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  it('R-68: finds the holder, makes the grant, counts limit and rungs in working time (§7.3)', async () => {
    const opened = await openStep(deps(), input());
    expect(opened.holders).toEqual([
      { personId: 'writer', grantId: expect.stringMatching(/^[a-z0-9]{6}[\w-]{22}$/) as string },
    ]);
    expect(opened.dueAt).toBe('2026-03-12T06:20:00.000Z');
    expect(opened.unreachedAt).toBe('2026-03-12T03:20:00.000Z');
    expect(opened.rungs.map(({ n, kind, whom }) => `${kind} ${n} ${whom}`)).toEqual([
      'warn 1 holder',
      'warn 2 holder',
      'remind 1 holder',
      'escalate 2 standInOrHead',
      'escalate 3 accountManager',
      'escalate 4 accountDirector',
    ]);
  });

  it('safe to run twice: the same input gives the same grants', async () => {
    const before = await openStep(deps(), input());
    const count = await grantTable(store()).countDocuments({ processId: 'job-open' });
    expect(await openStep(deps(), input())).toEqual(before);
    expect(await grantTable(store()).countDocuments({ processId: 'job-open' })).toBe(count);
  });

  it('R-229: an absent person’s step lies with the stand-in, with both names', async () => {
    const route = step('ART_DIRECTOR', { key: 'artDirector' });
    const opened = await openStep(deps(), input({ step: 'artDirector', route }));
    expect(opened.holders).toMatchObject([{ personId: 'creativeDirector', standInFor: 'artDirector' }]);
  });

  it('hand-over: add keeps the others, delegate and reassign replace', async () => {
    const kept = { personId: 'writer', grantId: 'abc123keptgrant', askedAt: openingAt };
    const added = await openStep(deps(), input({ to: 'chief', how: 'add', keep: [kept] }));
    expect(added.holders.map(({ personId }) => personId)).toEqual(['writer', 'chief']);
    expect(added.holders[0]).toEqual(kept);
    const delegated = await openStep(deps(), input({ to: 'chief', how: 'delegate', keep: [] }));
    expect(delegated.holders).toMatchObject([{ personId: 'chief', standInFor: 'writer' }]);
  });

  it('R-69: without the client’s lead nobody gets a link, and it is told at once', async () => {
    const route = step('CLIENT_LEAD', { key: 'client', ladder: 'clientSignature' });
    const opened = await openStep(deps(), input({ step: 'client', route, clientId: 'c9' }));
    expect(opened.holders).toEqual([]);
    expect(opened.unreachedAt).toBe(openingAt);
  });

  it('R-01: the number is keyed by the process; its year is the agency’s', async () => {
    const ask = { processId: 'job-n1', brandCode: 'YF', lineCode: 'LC', openedAt: '2026-12-31T17:00:00.000Z' };
    const first = await issueNumber({ connection: store(), agencyZone: 'Asia/Shanghai' }, ask);
    expect(first.jobNumber).toMatch(/^YFLC2027/);
    expect(await issueNumber({ connection: store(), agencyZone: 'Asia/Shanghai' }, ask)).toEqual(first);
  });
});
