import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Verb } from '../../../domain/circulation/acts.ts';
import type { AnyJobAct } from '../../../domain/job/acts.ts';
import type { JobState } from '../../../domain/job/state.ts';
import { Agency, bookUntil, orderPaper, paper, people, person, submitsForAgreement } from './agency.ts';

const ids = Object.keys(people);

/** Jobs in which several people are asked at once: side by side, for several pieces, in several rounds, at the client. */
const scenes: readonly (() => Agency)[] = [
  () => {
    const a = bookUntil('CREATING');
    submitsForAgreement(a);
    a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
    return a;
  },
  () => {
    const a = bookUntil('OPENED');
    a.submit('executive', 'timetable', paper('F-10'));
    a.signs('timetable', 'client');
    a.does('executive', { type: 'huddle', heldAt: a.at, people: ['creativeDirector', 'designer'], objections: [] });
    a.submit('executive', 'workOrder', orderPaper({ hasMedia: true }));
    a.signs('workOrder', 'accountDirector', 'creativeDirector');
    return a;
  },
  () => {
    const a = bookUntil('CREATING');
    a.does('manager', { type: 'prepareProposal', kind: 'CONCEPT' });
    a.does('executive', { type: 'file', suffix: 'letter', paper: paper('F-18', { kind: 'rejection' }) });
    for (const pieceId of ['poster', 'leaflet', 'banner']) {
      const about = { name: pieceId, workType: 'print', specification: 'A1', needsProof: true } as const;
      a.does('executive', { type: 'addPiece', pieceId, ...about });
      a.does('designer', a.version(pieceId, 'DRAFT'));
    }
    return a;
  },
  () => {
    const a = bookUntil('PROPOSED');
    a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
    return a;
  },
  () => {
    const a = bookUntil('PROPOSED');
    const said = { from: 'contact', source: 'phone', words: 'larger', opinionIds: [], toProposal: false } as const;
    a.does('executive', { type: 'raiseRevision', ...said, pieceIds: ['poster'] });
    a.submit('executive', 'revisionDirection', paper('F-18'));
    return a;
  },
  () => {
    const a = bookUntil('ARTWORK_QC');
    const { id: circulation, round } = a.running('artworkQc');
    const beside = { circulation, round, step: 'copywriter', how: 'add', to: 'media' } as const;
    a.does('manager', { type: 'handOver', ...beside, words: 'help out' });
    return a;
  },
];

const built = scenes.map((scene) => scene());

/** A scene to go on from; each is played once. */
function sceneOf(n: number): Agency {
  const [a, book] = [new Agency(), built[n]];
  if (!book) throw new Error(`no scene ${n}`);
  a.state = book.state;
  a.mails.push(...book.mails);
  a.now = book.now;
  return a;
}

/** The desks at which somebody was asked by mail and has not answered, by who and where. */
function asked({
  circulations,
}: JobState): ReadonlyMap<string, { readonly personId: string; readonly authorId: string }> {
  const running = Object.values(circulations).filter(({ status }) => status === 'running');
  return new Map(
    running.flatMap(({ id, round, authorId, stays }) =>
      stays.flatMap(({ step, state, holders, decisions }) =>
        state !== 'open'
          ? []
          : holders
              .filter(({ personId, askedAt }) => askedAt && decisions.every((one) => one.personId !== personId))
              .map(({ personId }) => [`${personId} at ${id} ${round} ${step}`, { personId, authorId }] as const),
      ),
    ),
  );
}

/** Whether somebody has answered there since. */
function answered(state: JobState, desk: string): boolean {
  const [personId, , id = '', round, key] = desk.split(' ');
  const circulation = state.circulations[id];
  const stay = circulation?.stays.find(({ step }) => step === key);
  return String(circulation?.round) === round && stay?.decisions.some((one) => one.personId === personId) === true;
}

/** What somebody tries that may take a question away from people. */
const moves: readonly ((a: Agency, n: number) => AnyJobAct | undefined)[] = [
  (a, n) => at(a, n, (point, step) => a.signAct(point, step)),
  (a, n) => at(a, n, (point, step) => a.returnAct(point, step, (['return', 'refuse', 'object'] as const)[n % 3])),
  (a, n) =>
    at(a, n, (_point, step, where) => ({
      type: 'handOver',
      ...where,
      step,
      how: (['add', 'reassign', 'standIn', 'delegate'] as const)[n % 4] ?? 'add',
      to: ids[n % ids.length] ?? '',
      words: 'away',
    })),
  (a, n) => at(a, n, (_point, _step, where) => ({ type: 'withdraw', ...where, words: 'wrong file' })),
  (a, n) => at(a, n, (_point, step, where) => ({ type: 'withdraw', ...where, step, words: 'slip' })),
  () => ({ type: 'cancel', words: 'the budget is gone' }),
  () => ({ type: 'reopen', words: 'again' }),
  () => ({ type: 'rejectProposal', words: 'another agency' }),
  (a) => ({
    type: 'raiseRevision',
    from: 'contact',
    source: 'phone',
    words: 'larger',
    pieceIds: Object.keys(a.state.pieces).slice(0, 2),
    opinionIds: [],
    toProposal: false,
  }),
  (a) => ({ type: 'submit', point: 'revisionDirection', paper: paper('F-18'), revision: a.state.revisions.length }),
  (a) => ({ type: 'dropRevision', revision: a.state.revisions.length, words: 'not any more' }),
  (a, n) => a.version(Object.keys(a.state.pieces)[n % 3] ?? 'poster', 'DRAFT'),
];

/** Something about one of the desks that are open now. */
function at(
  a: Agency,
  n: number,
  act: (point: string, step: string, where: { circulation: string; round: number }) => Verb,
): Verb | undefined {
  const open = Object.values(a.state.circulations).flatMap((one) =>
    one.status === 'running' ? one.stays.filter(({ state }) => state === 'open').map((stay) => ({ one, stay })) : [],
  );
  const found = open[n % Math.max(1, open.length)];
  if (!found) return undefined;
  const { id: circulation, round, point, about } = found.one;
  const verb = act(point, found.stay.step, { circulation, round });
  // Several rounds of one point run side by side: it is this one that is meant.
  return verb.type === 'sign' || verb.type === 'return'
    ? { ...verb, circulation, round, hash: about.hash }
    : { ...verb, circulation, round };
}

/** Whether whoever lost the question hears of what took it away in a mail of its own already. */
function hearsAnyway(a: Agency, from: number, { personId, authorId }: { personId: string; authorId: string }): boolean {
  const positions = [...(personId === a.state.ownerId ? ['owner'] : []), ...(personId === authorId ? ['author'] : [])];
  return a.mails.slice(from).some(({ input: { kind, to } }) => {
    const theirs = 'personId' in to ? to.personId === personId : positions.includes(to.position);
    return theirs && ['returned', 'refused', 'withdrawn', 'handedOver'].includes(kind);
  });
}

test('R-59: whatever takes a question away, exactly those hear of it who were asked and have not answered, once each', () => {
  const happened = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.nat(scenes.length - 1),
      fc.array(fc.tuple(fc.nat(moves.length - 1), fc.nat(ids.length * 2), fc.nat(400)), {
        minLength: 1,
        maxLength: 9,
      }),
      (scene, tries) => {
        const a = sceneOf(scene);
        for (const [move, who, n] of tries) {
          const act = moves[move]?.(a, n);
          if (!act) continue;
          const holder =
            'circulation' in act && 'step' in act
              ? a.state.circulations[act.circulation]?.stays.find(({ step }) => step === act.step)?.holders.at(-1)
              : undefined;
          const by = ids[who] ?? holder?.personId ?? (n % 2 === 0 ? 'executive' : 'manager');
          const [before, from] = [asked(a.state), a.mails.length];
          if (a.send(person(by), act)) continue;
          const after = asked(a.state);
          const lost = [...before].filter(([desk]) => !after.has(desk) && !answered(a.state, desk));
          const told = a.mails.slice(from).filter(({ input }) => input.kind === 'notNeeded');
          const named = told.flatMap(({ input: { to, desks = [] } }) =>
            desks.map(({ circulation, round, step }) => {
              const personId = 'personId' in to ? to.personId : to.position;
              return `${personId} at ${circulation} ${round} ${step}`;
            }),
          );
          // Each desk once, in one mail a person, and only what was really asked and is gone.
          expect(new Set(named).size).toBe(named.length);
          expect(new Set(told.map(({ input }) => JSON.stringify(input.to))).size).toBe(told.length);
          expect(new Set(told.map(({ name }) => name)).size).toBe(told.length);
          for (const desk of named) expect(lost.map(([one]) => one)).toContain(desk);
          for (const [desk, whose] of lost) {
            const hears = named.includes(desk);
            if (whose.personId === by) expect(hears, `${desk}: whoever did it knows`).toBe(false);
            else expect(hears, `${desk} after ${act.type} by ${by}`).toBe(!hearsAnyway(a, from, whose));
            if (hears) happened.set(act.type, (happened.get(act.type) ?? 0) + 1);
          }
          // The client reads none of the house's reasons.
          for (const { input } of told)
            if (input.route?.side === 'client' && person(by).side === 'agency') expect(input.words).toBeUndefined();
        }
      },
    ),
    { numRuns: 4000 },
  );
  for (const act of ['cancel', 'return', 'withdraw', 'handOver', 'rejectProposal', 'dropRevision', 'sign'])
    expect(happened.get(act) ?? 0, act).toBeGreaterThan(0);
}, 120_000);
