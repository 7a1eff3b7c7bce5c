import { describe, expect, test } from 'vitest';
import { stepTable } from '../../store/steps.ts';
import { turnsIn } from '../../store/turns.ts';
import { ownStore } from './store.ts';

const store = ownStore();

/** Desks of which each waits for a rung at one of these moments. */
async function desks(moments: readonly string[], more: object = {}): Promise<void> {
  const prefix = crypto.randomUUID();
  const rows = moments.map((nextRungAt, no) => ({
    _id: `${prefix}-${no}`,
    open: true,
    onHold: false,
    nextRungAt,
    ...more,
  }));
  await stepTable(store()).collection.insertMany(rows as never[]);
}

const at = (second: number, minute = '2026-03-12T10:00'): string => `${minute}:${String(second).padStart(2, '0')}.000Z`;
const many = (count: number, moment: string): string[] => Array.from({ length: count }, () => moment);
const secondsBehind = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1_000;

describe('turns in a crowded minute', () => {
  test('§7.3: alone in its minute a job is woken at the very moment', async () => {
    await desks([at(0, '2026-03-12T09:00')]);
    expect(await turnsIn(store(), { perSecond: 5 })(at(0, '2026-03-12T09:00'))).toBe(at(0, '2026-03-12T09:00'));
  });

  test('thousands in one minute follow each other, as many a second as the house climbs, nobody before their moment', async () => {
    // One after another, as jobs come to rest: each finds its own row there.
    const turns = turnsIn(store(), { perSecond: 5 });
    const waits: number[] = [];
    for (let no = 0; no < 40; no += 1) {
      await desks([at(0)]);
      waits.push(secondsBehind(at(0), await turns(at(0))));
    }
    expect(waits).toEqual(Array.from({ length: 40 }, (_none, place) => place / 5));
    // A rung later in the same minute has waited long enough when its moment comes.
    await desks([at(59)]);
    expect(await turns(at(59))).toBe(at(59));
  });

  test('all at once are given places of their own', async () => {
    const minute = '2026-03-12T11:00';
    await desks(many(50, at(0, minute)));
    const turns = turnsIn(store(), { perSecond: 10 });
    const given = await Promise.all(many(50, at(0, minute)).map((moment) => turns(moment)));
    expect(new Set(given).size).toBe(50);
  });

  test('only desks whose clock runs are waited for, and what another worker gave is seen when it is counted again', async () => {
    const minute = '2026-03-12T12:00';
    await desks(many(30, at(0, minute)), { onHold: true });
    await desks(many(30, at(0, '2026-03-12T12:01')));
    await desks([at(0, minute)]);
    expect(await turnsIn(store(), { perSecond: 5 })(at(0, minute))).toBe(at(0, minute));
    const turns = turnsIn(store(), { perSecond: 5, countAgainMs: 0 });
    expect(await turns(at(0, minute))).toBe(at(0, minute));
    await desks(many(20, at(0, minute)));
    expect(await turns(at(0, minute))).toBe(at(4, minute));
  });
});
