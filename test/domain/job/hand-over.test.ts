import { describe, expect, test } from 'vitest';
import type { OpenEffect } from '../../../domain/job/effects.ts';
import { desksHanded } from '../../../domain/job/hand-over.ts';
import type { HandOverCause } from '../../../domain/people/hand-over.ts';
import type { Agency } from './agency.ts';
import { bookUntil, person } from './agency.ts';

const cause: HandOverCause = {
  kind: 'handOver',
  handOverId: 'ho-1',
  revision: 3,
  brandId: 'b1',
  from: 'director',
  to: 'partner',
  roles: ['ACCOUNT_DIRECTOR'],
  owns: true,
  signed: { giver: 'director', taker: 'partner' },
};
const tell = (a: Agency, more: Partial<HandOverCause> = {}): unknown =>
  a.send({ kind: 'system', name: 'tell' }, { type: 'refresh', cause: { ...cause, ...more } });
const desk = (a: Agency, step = 'accountDirector') => a.running('workOrder').stays.find((one) => one.step === step);
const opens = (a: Agency): OpenEffect[] => a.effects.filter((one): one is OpenEffect => one.kind === 'open');
const found = (a: Agency, ...ids: readonly string[]): void => {
  const { id: circulation, round } = a.running('workOrder');
  a.send(
    { kind: 'system', name: 'open' },
    {
      type: 'stepOpened',
      circulation,
      round,
      step: 'accountDirector',
      holders: ids.map((personId) => ({ personId, grantId: `g-${personId}` })),
      provisional: false,
      rungs: [],
      unreachedAt: a.at,
    },
  );
};

/** An order that waits for the account director; nothing is carried out, so a test says what activities find. */
function waiting(): Agency {
  const a = bookUntil('ORDER_SIGNOFF');
  a.carrying = false;
  a.mails.length = 0;
  a.effects.length = 0;
  return a;
}

describe('a brand that changes hands reaches a running job', () => {
  test('S-133: the giver’s open desk goes to the taker, asked in a mail of their own; both names are in the log', () => {
    const a = waiting();
    expect(desksHanded(a.state, cause)).toMatchObject([{ step: { key: 'accountDirector' } }]);
    tell(a);
    expect(a.events.at(-2)).toMatchObject({ type: 'brandHandedOver', cause: { from: 'director', to: 'partner' } });
    expect(desk(a)).toMatchObject({ state: 'opening', holders: [] });
    expect(opens(a).map(({ input }) => input)).toMatchObject([{ to: 'partner', judgedAt: a.at, keep: [] }]);
    found(a, 'partner');
    const asked = a.effects.flatMap((one) => (one.kind === 'mail' && one.input.kind === 'ask' ? [one.input.to] : []));
    expect(asked).toEqual([{ personId: 'partner' }]);
    a.carrying = true;
    a.does('partner', a.signAct('workOrder', 'accountDirector'));
    expect(desk(a)?.decisions).toMatchObject([{ personId: 'partner', verdict: 'sign' }]);
  });

  test('S-133: told twice it moves once; a job without the giver is told who has the brand and keeps its people', () => {
    const a = waiting();
    tell(a, { from: 'copywriter', to: 'designer', roles: ['COPYWRITER'], owns: false });
    expect(a.events.at(-1)).toMatchObject({ type: 'brandHandedOver', owner: false });
    expect(desk(a)?.state).toBe('open');
    const { seq } = a.state;
    tell(a, { from: 'copywriter', to: 'designer', roles: ['COPYWRITER'], owns: false });
    expect(a.state.seq).toBe(seq);
  });

  test('R-65: who answers for the job changes, and papers of the giver are told to the taker', () => {
    const a = waiting();
    tell(a, { from: 'executive', to: 'partner', roles: ['ACCOUNT_EXECUTIVE'] });
    expect(a.state).toMatchObject({ ownerId: 'partner', handedTo: { executive: 'partner' } });
    tell(a, { handOverId: 'ho-2', from: 'partner', to: 'executive', roles: ['ACCOUNT_EXECUTIVE'] });
    expect(a.state).toMatchObject({ ownerId: 'executive', handedTo: { partner: 'executive' } });
  });

  test('R-65: a refused order waits for its correction with whoever answers for the job now', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    const circulation = a.running('workOrder');
    a.does('director', a.signAct('workOrder', 'accountDirector'));
    a.does('creativeDirector', {
      type: 'return',
      kind: 'refuse',
      circulation: circulation.id,
      round: circulation.round,
      step: 'creativeDirector',
      hash: circulation.about.hash,
      reason: 'MATERIAL_INSUFFICIENT',
      words: '缺图',
      missing: ['图片'],
    });
    tell(a, { from: 'executive', to: 'manager', roles: ['ACCOUNT_EXECUTIVE'] });
    expect(a.running('orderCorrection')).toMatchObject({ authorId: 'manager' });
  });

  test('R-99: a taker who signed a step of the round, or wrote the paper, is named before anything moves', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.does('director', a.signAct('workOrder', 'accountDirector'));
    const handed = { ...cause, from: 'creativeDirector', roles: ['CREATIVE_DIRECTOR'] as const };
    expect(desksHanded(a.state, { ...handed, to: 'director' })).toMatchObject([{ refused: 'twoSteps' }]);
    expect(desksHanded(a.state, { ...handed, to: a.running('workOrder').authorId })).toMatchObject([
      { refused: 'ownWork' },
    ]);
    expect(desksHanded(a.state, { ...handed, to: 'partner' })[0]?.refused).toBeUndefined();
  });

  test('R-69: a client’s desk goes over with nobody', () => {
    const a = bookUntil('ASSESSING');
    a.carrying = false;
    expect(desksHanded(a.state, { ...cause, from: 'lead', roles: ['CLIENT_LEAD'] })).toEqual([]);
  });

  test('S-133: a holder found out of the old team after the hand-over passes the desk on at once', () => {
    const a = waiting();
    const { id: circulation, round } = a.running('workOrder');
    a.send(person('manager'), {
      type: 'handOver',
      circulation,
      round,
      step: 'accountDirector',
      how: 'reassign',
      to: 'management',
      words: 'x',
    });
    expect(desk(a)?.state).toBe('opening');
    tell(a);
    a.effects.length = 0;
    found(a, 'director');
    expect(desk(a)?.state).toBe('opening');
    expect(opens(a).map(({ input }) => input)).toMatchObject([{ to: 'partner' }]);
    found(a, 'partner');
    expect(desk(a)).toMatchObject({ state: 'open', holders: [{ personId: 'partner' }] });
    expect(desk(a)?.successor).toBeUndefined();
  });

  test('S-133: what the giver has signed stays signed, and only the house itself may say that a brand moved', () => {
    const a = bookUntil('ORDER_SIGNOFF');
    a.does('director', a.signAct('workOrder', 'accountDirector'));
    tell(a);
    expect(desk(a)?.decisions).toMatchObject([{ personId: 'director' }]);
    expect(a.send(person('manager'), { type: 'refresh', cause })).toMatchObject({ code: 'NOT_ALLOWED' });
  });
});
