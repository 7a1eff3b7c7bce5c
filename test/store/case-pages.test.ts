import { beforeAll, describe, expect, it } from 'vitest';
import { addMs } from '../../domain/instant.ts';
import { caseRowOf, caseTable, casesLike, countCases } from '../../store/cases.ts';
import { farAhead } from '../domain/minutes/sent.ts';
import { ownStore } from './store.ts';

/** Lists of meetings and minutes that are longer than a page. */
const store = ownStore();
const many = 45;
beforeAll(async () => {
  const { state, now } = farAhead();
  const rows = Array.from({ length: many }, (_, n) => {
    const processId = `minutes-page-${String(n).padStart(2, '0')}`;
    const standing = n % 9 === 8 ? 'DEEMED_CONFIRMED' : state.state;
    const row = caseRowOf({ state: { ...state, processId, state: standing }, head: { seq: 1, hash: 'h' }, at: now });
    return { ...row, dueSort: addMs(now, (many - n) * 60_000) };
  });
  await caseTable(store()).create(rows);
});

describe('a page of cases', () => {
  it('every one is on one page, what is due first on the first, and the count knows them all', async () => {
    const all = await casesLike(store(), {});
    const pages = await Promise.all([0, 20, 40].map((skip) => casesLike(store(), { limit: 20, skip })));
    expect(pages.flat().map(({ _id }) => _id)).toEqual(all.map(({ _id }) => _id));
    expect(all).toHaveLength(many);
    expect(all[0]?._id).toBe(`minutes-page-${String(many - 1)}`);
    expect(await countCases(store(), { limit: 5, skip: 40 })).toBe(many);
  });

  it('standings that are listed elsewhere can be left out', async () => {
    expect(await countCases(store(), { apartFrom: ['DEEMED_CONFIRMED'] })).toBe(40);
    expect(await countCases(store(), { standing: ['DEEMED_CONFIRMED'] })).toBe(5);
    const rest = await casesLike(store(), { apartFrom: ['DEEMED_CONFIRMED'] });
    expect(rest.every(({ standing }) => standing !== 'DEEMED_CONFIRMED')).toBe(true);
  });
});
