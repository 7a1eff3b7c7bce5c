import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { checkOpening, checkRevisionOrder, yearOfOpening } from '../../../domain/number/opening.ts';

const shanghai = zoneNamed('Asia/Shanghai');
const opening = { roles: ['ACCOUNT_EXECUTIVE'], brandCode: 'YF', lineCode: 'LC' } as const;

describe('opening', () => {
  it('R-09: the year is that of the opening in agency time, to the last millisecond', () => {
    expect(yearOfOpening(shanghai, '2025-12-31T15:59:59.999Z')).toBe(2025);
    expect(yearOfOpening(shanghai, '2025-12-31T16:00:00.000Z')).toBe(2026);
    expect(yearOfOpening(zoneNamed('Asia/Urumqi'), '2025-12-31T16:00:00.000Z')).toBe(2025);
    expect(yearOfOpening(zoneNamed('Europe/Berlin'), '2025-12-31T23:00:00.000Z')).toBe(2026);
  });

  it('R-06: the account executive opens; people outside account service do not', () => {
    expect(checkOpening(opening)).toEqual([]);
    expect(checkOpening({ ...opening, roles: ['ACCOUNT_DIRECTOR'] })).toEqual([]);
    expect(checkOpening({ ...opening, roles: ['CREATIVE_DIRECTOR', 'ARTIST'] })).toMatchObject([
      { code: 'openingRole', rule: 'R-06' },
    ]);
    expect(checkOpening({ ...opening, roles: [] })).toMatchObject([{ code: 'openingRole' }]);
  });

  it('R-01: a job that has a number gets no second one', () => {
    expect(checkOpening({ ...opening, jobNumber: 'YFLC2025001' })).toMatchObject([
      { code: 'alreadyNumbered', rule: 'R-01' },
    ]);
  });

  it('R-02: without a brand or line code nothing is opened', () => {
    expect(checkOpening({ ...opening, brandCode: '', lineCode: '' })).toMatchObject([
      { code: 'codeEmpty', field: 'brandCode', rule: 'R-02' },
      { code: 'codeEmpty', field: 'lineCode', rule: 'R-02' },
    ]);
  });
});

describe('revision orders', () => {
  const known = { jobNumber: 'YFLC2025002', clientId: 'tea' };
  it.each([
    ['none named', '', known, 'revisionNumberMissing'],
    ['unreadable', 'YFLC', known, 'numberMalformed'],
    ['no such number', 'YFLC2025002', undefined, 'revisionNumberUnknown'],
    ['looked up another number', 'YFLC2025003', known, 'revisionNumberUnknown'],
    ["another client's", 'YFLC2025002', { ...known, clientId: 'bank' }, 'revisionOtherClient'],
  ])('R-05: refused: %s', (_title, jobNumber, found, code) => {
    expect(checkRevisionOrder({ jobNumber, clientId: 'tea' }, found)).toMatchObject([{ code, rule: 'R-05' }]);
  });

  it('R-05: the original number is accepted however it is typed', () => {
    expect(checkRevisionOrder({ jobNumber: 'yflc 2025-002', clientId: 'tea' }, known)).toEqual([]);
  });
});
