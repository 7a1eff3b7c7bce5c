import { describe, expect, test } from 'vitest';
import { jobProcess } from '../../../domain/job/process.ts';
import { jobPhases } from '../../../domain/job/state.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import type { Agency } from './agency.ts';
import { bookUntil, orderPaper, paper, person } from './agency.ts';

describe('hold, cancel, reopen', () => {
  test('on hold nothing is signed and no clock runs; notes still can be', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    expect(a.refused('executive', { type: 'hold', words: 'wait' })).toBe('NOT_ALLOWED');
    expect(a.refused('manager', { type: 'hold', words: ' ' })).toBe('REASON_MISSING');
    a.does('manager', { type: 'hold', words: 'budget is being talked over' });
    expect(a.refused('director', a.signAct('workOrder', 'accountDirector'))).toBe('ON_HOLD');
    expect(a.refused('director', { type: 'changeOwner', to: 'manager', words: 'x' })).toBe('ON_HOLD');
    const where = { circulation: 'workOrder', round: 1, step: 'accountDirector' };
    expect(
      a.refused('director', { type: 'note', ...where, note: { kind: 'comment' }, words: 'soon?' }),
    ).toBeUndefined();
    expect(jobProcess.due(a.state)).toBeUndefined();
  });

  test('after a hold the ladder goes on where it stood instead of falling due at once', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    // Whole days hold until the calendar has counted; that is proved in recount.test.ts.
    a.counting = false;
    const before = Date.parse(jobProcess.due(a.state)?.at ?? '');
    a.does('manager', { type: 'hold', words: 'wait' });
    const day = 86_400_000;
    a.now += 10 * day - 3_600_000;
    a.does('manager', { type: 'resume' });
    expect((Date.parse(jobProcess.due(a.state)?.at ?? '') - before) / day).toBe(10);
    expect(a.refused('manager', { type: 'resume' })).toBe('WRONG_PHASE');
  });

  test.each(jobPhases.filter((phase) => !['ALIGNING', 'REVISING', 'CANCELLED', 'ARCHIVED'].includes(phase)))(
    'R-08: cancelled at %s every link closes, and reopened it can go on under its own number',
    (phase) => {
      const a = bookUntil(phase);
      const number = a.state.jobNumber;
      a.does('manager', { type: 'cancel', words: 'client left' });
      expect(Object.values(a.state.circulations).some((one) => one.status === 'running')).toBe(false);
      expect(a.refused('executive', { type: 'hold', words: 'x' })).toBe('NOT_ALLOWED');
      expect(a.refused('manager', { type: 'hold', words: 'x' })).toBe('CLOSED');
      expect(a.refused('executive', { type: 'reopen', words: 'x' })).toBe('NOT_ALLOWED');
      a.does('manager', { type: 'reopen', words: 'client is back' });
      expect(a.state.jobNumber).toBe(number);
      expect(Object.values(a.state.papers).some((one) => one.status === 'circulating')).toBe(false);
      expect(
        Object.values(a.state.pieces).some((one) => ['draftGate', 'artworkQc', 'proofQc'].includes(one.state)),
      ).toBe(false);
      expect(a.state.phase).toBe(phase === 'ORDER_SIGNOFF' ? 'OPENED' : phase);
    },
  );

  test('a job cancelled in the middle of an order or of QC can be sent round again after it was reopened', () => {
    const order = bookUntil('ORDER_SIGNOFF');
    const hash = order.state.papers['F-04']?.hash ?? '';
    order.does('manager', { type: 'cancel', words: 'client left' });
    expect(
      order.refused('director', { type: 'sign', circulation: 'workOrder', round: 1, step: 'accountDirector', hash }),
    ).toBe('ALREADY_DECIDED');
    expect(
      order.refused('director', {
        type: 'note',
        circulation: 'workOrder',
        round: 1,
        step: 'accountDirector',
        note: { kind: 'comment' },
        words: 'x',
      }),
    ).toBe('CLOSED');
    order.does('manager', { type: 'reopen', words: 'back' });
    order.submit('executive', 'workOrder', orderPaper());
    expect(order.running('workOrder').round).toBe(2);
    const qc = bookUntil('ARTWORK_QC');
    qc.does('manager', { type: 'cancel', words: 'client left' });
    qc.does('manager', { type: 'reopen', words: 'back' });
    qc.does('designer', qc.version('poster', 'FINISHED_ARTWORK'));
    expect(qc.running('artworkQc').round).toBe(2);
  });

  test('an archived job comes back to its closing and can be archived again, with a mail of its own', () => {
    const a = bookUntil('ARCHIVED');
    a.does('manager', { type: 'reopen', words: 'invoice missing' });
    expect(a.state.phase).toBe('CLOSING');
    a.does('executive', { type: 'archive' });
    expect(a.state.phase).toBe('ARCHIVED');
    const names = a.mails.filter((one) => one.input.kind === 'archived').map((one) => one.name);
    expect(new Set(names).size).toBe(2);
  });
});

describe('the owner', () => {
  test('R-65: never empty; only account managers change it, with the reason', () => {
    const a = bookUntil('CREATING');
    expect(a.refused('executive', { type: 'changeOwner', to: 'manager', words: 'x' })).toBe('NOT_ALLOWED');
    expect(a.refused('manager', { type: 'changeOwner', to: '', words: 'x' })).toBe('FIELD_WRONG');
    expect(a.refused('manager', { type: 'changeOwner', to: 'executive', words: 'x' })).toBe('FIELD_WRONG');
    expect(a.refused('manager', { type: 'changeOwner', to: 'manager', words: '' })).toBe('REASON_MISSING');
    a.does('director', { type: 'changeOwner', to: 'manager', words: 'leave' });
    expect(a.state.ownerId).toBe('manager');
  });

  test('R-65: what lay on the old owner’s desk as account person goes to the new one', () => {
    const a = bookUntil('ARTWORK_QC');
    a.signs('artworkQc', 'copywriter', 'artDirector', 'creativeDirector');
    a.does('director', { type: 'changeOwner', to: 'manager', words: 'leave' });
    expect(a.holder('artworkQc', 'accountExecutive')).toBe('manager');
    const b = bookUntil('ORDER_SIGNOFF');
    b.signs('workOrder', 'accountDirector');
    b.does('creativeDirector', b.returnAct('workOrder', 'creativeDirector', 'refuse'));
    b.does('director', { type: 'changeOwner', to: 'manager', words: 'leave' });
    expect(b.holder('orderCorrection', 'accountExecutive')).toBe('manager');
  });
});

describe('the archive', () => {
  const gaps = (a: Agency) => a.send(person('executive'), { type: 'archive' })?.params?.['items'];

  test('R-202, R-200: it names everything that is missing and seals only a whole job', () => {
    const a = bookUntil('DELIVERED');
    expect(a.send(person('executive'), { type: 'evaluate', strategy: '', execution: ' ' })).toMatchObject({
      params: { fields: ['strategy', 'execution'] },
    });
    a.does('executive', { type: 'evaluate', strategy: 's', execution: 'e' });
    expect(gaps(a)).toEqual(['F-09']);
    a.does('executive', { type: 'file', paper: paper('F-09') });
    const { papers, pieces } = a.state;
    const whole = a.state;
    const { 'F-01': _sheet, ...others } = papers;
    a.state = { ...whole, papers: others };
    expect(gaps(a)).toEqual(['F-01']);
    const order = papers['F-04'];
    if (order) a.state = { ...whole, papers: { ...papers, 'F-04': { ...order, status: 'returned' } } };
    expect(gaps(a)).toEqual(['F-04']);
    a.state = { ...whole, pieces: {} };
    expect(gaps(a)).toEqual(['piece']);
    const poster = pieces['poster'];
    if (poster) a.state = { ...whole, pieces: { poster: { ...poster, versions: [] } } };
    expect(gaps(a)).toEqual(['artwork:海报']);
    a.state = {
      ...whole,
      revisions: [{ ordinal: 1, bornAt: 'artworkQc', pieceIds: [], opinionIds: [], cause: 'client', state: 'ORDERED' }],
    };
    expect(gaps(a)).toEqual(['F-08:R1']);
    a.state = whole;
    expect(gaps(a)).toBeUndefined();
    expect(a.state.phase).toBe('ARCHIVED');
  });

  test('a seal that comes when the job is no longer closing changes nothing', () => {
    const a = bookUntil('CLOSING');
    a.carrying = false;
    a.does('executive', { type: 'archive' });
    a.does('manager', { type: 'cancel', words: 'legal hold' });
    a.send({ kind: 'system', name: 'files' }, { type: 'sealed', hash: 'h' });
    expect(a.state).toMatchObject({ phase: 'CANCELLED' });
    expect(a.state.sealed).toBeUndefined();
  });
});

test('an act or a point the house does not know is answered, never thrown', () => {
  const a = bookUntil('CREATING');
  for (const type of ['constructor', '__proto__', 'fly'])
    expect(a.refused('executive', { type } as unknown as JobAct), type).toBe('UNKNOWN_OBJECT');
  for (const point of ['constructor', 'fly'])
    expect(a.refused('executive', { type: 'submit', point } as unknown as JobAct), point).toBe('UNKNOWN_OBJECT');
  expect(a.refused('executive', { type: 'withdraw', circulation: 'constructor', round: 1, words: 'x' })).toBe(
    'UNKNOWN_OBJECT',
  );
  expect(a.refused('designer', { ...a.version('constructor', 'DRAFT') })).toBe('UNKNOWN_OBJECT');
});

describe('R-134: telephone records', () => {
  test('every call has one of its own; one is corrected under its number; an incomplete one is refused', () => {
    const a = bookUntil('OPENED');
    a.does('executive', { type: 'file', paper: paper('F-16', { decided: true }) });
    a.does('executive', { type: 'file', paper: paper('F-16', { decided: false }) });
    a.does('executive', { type: 'file', suffix: '1', paper: paper('F-16', { decided: false }) });
    const records = Object.values(a.state.papers).filter(({ form }) => form === 'F-16');
    expect(records.map(({ key, version }) => `${key} v${version}`)).toEqual(['F-16:1 v2', 'F-16:2 v1']);
    const half = paper('F-16', { complete: false, missing: ['topic'] });
    expect(a.refused('executive', { type: 'file', paper: half })).toBe('FIELD_MISSING');
  });
});
