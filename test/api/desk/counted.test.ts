import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HandOver } from '../../../domain/people/hand-over.ts';
import { caseRowOf, caseTable, type CasePoint, type FoldedCase } from '../../../store/cases.ts';
import { handOvers } from '../../../store/hand-overs.ts';
import { people } from '../../../store/people.ts';
import { project } from '../../activities/digest/projects.ts';
import { meetingPages } from '../../browser/meetings-house.ts';
import { inShanghai } from '../../domain/calendar/calendars.ts';
import { farAhead } from '../../domain/minutes/sent.ts';
import { laid, word } from '../../domain/schedule/laid.ts';
import { cookieOf } from '../approve/office.ts';
import { sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';

/** The number beside "my desk" in the menu of every page, with everything in the store that can wait for somebody. */
let house: House;
beforeAll(async () => {
  house = await openHouse();
  const { executive } = await meetingPages(house);
  const { store, clock } = house.api.deps;
  const at = clock();
  const keep = async (processId: string, state: FoldedCase): Promise<void> => {
    const point: CasePoint = { state: { ...state, processId }, head: { seq: 1, hash: 'h' }, at };
    await caseTable(store).create([caseRowOf(point)]);
  };
  // Two tasks of one person in one case, which is one line in a register and two things to do.
  await keep('minutes-twotasks', farAhead().state);
  const schedule = laid([
    { task: '现场搭建', owner: 'artist-1', node: '2026-03-16 16:00' },
    { task: '现场拆除', owner: 'artist-1', node: '2026-03-20 16:00' },
    { task: '客户到场', owner: 'ae-1', node: '2026-03-18 10:00' },
  ]);
  schedule.act('artist-1', word(schedule, 'declineEntry', 'e1'));
  await keep('schedule-running0', schedule.state);
  const ended = await project(store, {
    openedAt: inShanghai('2026-03-02 10:00'),
    then: [
      { type: 'cancelled', by: 'manager', words: '客户取消' },
      { type: 'phaseChanged', from: 'CREATING', to: 'CANCELLED' },
    ],
  });
  await keep('schedule-ended000', { ...schedule.state, jobId: ended });
  const handOver: HandOver = {
    brandId: 'yunfeng',
    clientId: 'yunfeng',
    from: executive.id,
    to: 'am-1',
    roles: ['ACCOUNT_EXECUTIVE'],
    state: 'asked',
    startedBy: 'adir-1',
    startedAt: at,
    giverSigns: executive.id,
    factBookOn: at.slice(0, 10),
    words: '',
    list: [],
    owns: true,
  };
  await handOvers.save(store, 'ho-waits', 0, handOver, { by: 'adir-1', at });
}, 60_000);
afterAll(() => house.close());

const everybody = ['ae-1', 'am-1', 'adir-1', 'artist-1'] as const;
const person = async (id: string) => {
  const found = (await people.get(house.api.deps.store, id))?.value;
  if (!found) throw new Error(`no ${id}`);
  return found;
};
const open = async (id: string, path: string): Promise<string> =>
  (await sitAt(house, await cookieOf(house, await person(id))).open(path)).text;
/** The number in the menu; 0 where none stands there. */
const badge = (text: string): number => Number(/<span class="count num">(\d+)<\/span>/.exec(text)?.[1] ?? '0');
const headed = (text: string): number => Number(/<span class="muted num">(\d+)<\/span>/.exec(text)?.[1] ?? '-1');
const cards = (text: string): number => {
  const waits = /<section[^>]*aria-labelledby="waits"[\s\S]*?<\/section>/.exec(text)?.[0] ?? '';
  return waits.match(/<article class="card/g)?.length ?? 0;
};
interface Desk {
  readonly tasks: readonly object[];
  readonly entries: readonly object[];
  readonly handOvers: readonly object[];
}
async function asked(id: string): Promise<{ readonly desk: Desk; readonly all: number }> {
  const answer = await fetch(`${house.url}/api/v1/desk`, {
    headers: { authorization: `Bearer ${await house.token(await person(id))}` },
  });
  const desk = (await answer.json()) as Desk;
  return { desk, all: Object.values(desk).reduce<number>((sum, list: readonly object[]) => sum + list.length, 0) };
}

describe('S-40: the number beside the desk', () => {
  test.each(everybody)('is what the desk lists for %s, on every page, and what the API answers', async (id) => {
    const desk = await open(id, '/desk');
    expect(badge(desk)).toBe(cards(desk));
    expect(headed(desk)).toBe(cards(desk));
    expect(badge(await open(id, '/meetings'))).toBe(cards(desk));
    expect((await asked(id)).all).toBe(cards(desk));
  });

  test('counts every task and entry by itself, hand-overs to sign, and nothing of a schedule whose job has ended', async () => {
    const { desk } = await asked('artist-1');
    expect(desk.tasks.length).toBeGreaterThan(1);
    expect(desk.entries).toHaveLength(2);
    for (const id of ['ae-1', 'am-1']) expect((await asked(id)).desk.handOvers, id).toHaveLength(1);
    expect((await asked('ae-1')).desk.entries).toHaveLength(1);
  });

  test('counts a case with several tasks once where an earlier release wrote its row, until its next entry', async () => {
    const { store } = house.api.deps;
    const before = badge(await open('artist-1', '/meetings'));
    await caseTable(store).updateOne({ _id: 'minutes-twotasks' }, { $unset: { owedBy: 1 } });
    expect(badge(await open('artist-1', '/meetings'))).toBe(before - 1);
  });

  test('goes down by one with every thing that is done', async () => {
    const { store } = house.api.deps;
    const before = badge(await open('am-1', '/meetings'));
    const held = await handOvers.get(store, 'ho-waits');
    if (!held) throw new Error('no hand-over');
    const at = house.api.deps.clock();
    const taker = { by: 'am-1', at, proof: 'session' } as const;
    await handOvers.save(store, 'ho-waits', held.revision, { ...held.value, taker }, { by: 'am-1', at });
    expect(badge(await open('am-1', '/meetings'))).toBe(before - 1);
    expect(cards(await open('am-1', '/desk'))).toBe(before - 1);
  });
});
