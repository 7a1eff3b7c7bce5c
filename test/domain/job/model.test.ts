import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyJobAct } from '../../../domain/job/acts.ts';
import { archiveGaps } from '../../../domain/job/closing.ts';
import { initialJobState, jobProcess } from '../../../domain/job/process.ts';
import { stampOf } from '../../../domain/job/sketch.ts';
import type { JobPhase, JobState } from '../../../domain/job/state.ts';
import { jobPhases } from '../../../domain/job/state.ts';
import { unordered } from '../../../domain/job/raising.ts';
import { points } from '../../../domain/job/points.ts';
import { acts } from '../../../domain/job/table.ts';
import { stepsBefore } from '../../../domain/circulation/check.ts';
import type { Circulation } from '../../../domain/circulation/types.ts';
import { Agency, bookUntil, orderPaper, paper, people, person, requestAct } from './agency.ts';
import { answered } from './answered.ts';

const starts = jobPhases.filter((phase) => !['ALIGNING', 'REVISING', 'CANCELLED'].includes(phase));
const books = new Map<JobPhase, Agency>(starts.map((phase) => [phase, bookUntil(phase)]));
const ids = Object.keys(people);

function resumed(phase: JobPhase): Agency {
  const book = books.get(phase);
  const agency = new Agency();
  if (!book) return agency;
  agency.state = book.state;
  agency.events.push(...book.events);
  agency.mails.push(...book.mails);
  agency.now = book.now;
  return agency;
}

/** Some circulation and step, running or not, so that late and stale commands come too. */
function somewhere(state: JobState, n: number): { circulation: Circulation; step: string } | undefined {
  const all = Object.values(state.circulations);
  const running = all.filter((one) => one.status === 'running');
  const pool = n % 4 === 0 ? all : running;
  const circulation = pool[n % Math.max(1, pool.length)];
  const open = circulation?.stays.filter((stay) => stay.state === 'open') ?? [];
  const stay = n % 5 === 0 ? circulation?.stays[n % circulation.stays.length] : open[n % Math.max(1, open.length)];
  return circulation && stay ? { circulation, step: stay.step } : undefined;
}

function where(
  state: JobState,
  n: number,
  hash: boolean,
): { circulation: string; round: number; step: string; hash: string } | undefined {
  const found = somewhere(state, n);
  if (!found) return undefined;
  const { circulation, step } = found;
  return {
    circulation: circulation.id,
    round: circulation.round - (n % 7 === 0 ? 1 : 0),
    step,
    hash: hash ? circulation.about.hash : 'other',
  };
}

/** Every kind of thing somebody may try, sensible or not. */
const moves: readonly ((agency: Agency, n: number) => AnyJobAct | undefined)[] = [
  (a, n) => {
    const at = where(a.state, n, n % 11 !== 0);
    const route = at && a.state.routes[a.state.circulations[at.circulation]?.route ?? ''];
    const items = route?.steps.find((step) => step.key === at?.step)?.checklist ?? [];
    return (
      at && {
        type: 'sign',
        ...at,
        checklist: n % 13 === 0 ? [] : items.map((item) => ({ item, answer: 'pass', note: 'ok' })),
      }
    );
  },
  (a, n) => {
    const at = where(a.state, n, true);
    return (
      at && {
        type: 'return',
        ...at,
        kind: (['return', 'refuse', 'object'] as const)[n % 3] ?? 'return',
        reason: n % 3 === 1 ? 'INSTRUCTION_UNCLEAR' : 'TEXT_ERROR',
        words: n % 9 === 0 ? '' : 'larger',
        missing: n % 2 === 0 ? ['photo'] : [],
      }
    );
  },
  (a, n) => {
    const at = where(a.state, n, true);
    return (
      at && {
        type: 'handOver',
        ...at,
        how: (['delegate', 'reassign', 'standIn', 'add'] as const)[n % 4] ?? 'add',
        to: ids[n % ids.length] ?? '',
        words: 'away',
      }
    );
  },
  (a, n) => {
    const at = where(a.state, n, true);
    return (
      at &&
      (n % 2 === 0
        ? { type: 'withdraw', circulation: at.circulation, round: at.round, step: at.step, words: 'slip' }
        : { type: 'withdraw', circulation: at.circulation, round: at.round, words: 'slip' })
    );
  },
  (a, n) => {
    const at = where(a.state, n, true);
    return (
      at && {
        type: 'note',
        ...at,
        note:
          n % 2 === 0
            ? { kind: 'onIt', until: new Date(a.now + n * 60_000).toISOString() }
            : { kind: 'spoken', verdict: 'yes', evidence: 'call' },
        words: 'said yes',
      }
    );
  },
  (a, n) => {
    const at = where(a.state, n, true);
    return at && { type: 'moveDate', ...at, dueAt: new Date(a.now + n * 3_600_000).toISOString(), words: 'later' };
  },
  (a, n) => {
    // Somebody takes back a no that had ended its round, in time or too late.
    const ended = Object.values(a.state.circulations).filter((one) =>
      one.stays.some((stay) => stay.state === 'stopped'),
    );
    const one = ended[n % Math.max(1, ended.length)];
    const step = one?.stays.find((stay) => stay.state === 'stopped')?.step;
    return one && step ? { type: 'withdraw', circulation: one.id, round: one.round, step, words: 'slip' } : undefined;
  },
  () => requestAct(),
  (a) => ({ type: 'holdBriefing', heldAt: a.at, client: ['contact'], account: ['executive'], creative: ['designer'] }),
  (_a, n) => ({
    type: 'assess',
    evaluation: 'e',
    discussion: 'd',
    study: 's',
    recommendation: 'r',
    differs: n % 2 === 0,
  }),
  () => ({ type: 'openNumber' }),
  (a, n) => ({ type: 'huddle', heldAt: a.at, people: ['designer'], objections: n % 3 === 0 ? ['time'] : [] }),
  (_a, n) => ({
    type: 'submit',
    point: 'workOrder',
    paper: orderPaper(n % 2 === 0 ? {} : { hasMedia: true }),
    ...(n % 4 === 0 ? { notApplicable: [{ step: 'copywriter', reason: 'no copy' }] } : {}),
  }),
  (_a, n) => ({
    type: 'submit',
    point:
      (
        [
          'requirementBrief',
          'timetable',
          'creativeBrief',
          'strategyAgreement',
          'quotationConsent',
          'confirmation',
          'estimate',
          'clearance',
        ] as const
      )[n % 8] ?? 'timetable',
    paper: paper((['F-03', 'F-10', 'F-05', 'F-24', 'F-35', 'F-22', 'F-36', 'F-22'] as const)[n % 8] ?? 'F-10'),
  }),
  () => ({ type: 'submit', point: 'internalAgreement' }),
  (a, n) => ({
    type: 'submit',
    point: n % 2 === 0 ? 'revisionDirection' : 'revisionOrder',
    paper:
      n % 2 === 0
        ? paper('F-18')
        : paper('F-08', { originalJobNumber: n % 5 === 0 ? 'XX2026001' : (a.state.jobNumber ?? '') }),
  }),
  (a, n) =>
    a.version(
      n % 2 === 0 ? 'poster' : 'leaflet',
      (['DRAFT', 'FINAL_DESIGN', 'FINISHED_ARTWORK', 'PROOF'] as const)[n % 4] ?? 'DRAFT',
    ),
  (_a, n) => ({
    type: 'addPiece',
    pieceId: n % 2 === 0 ? 'poster' : 'leaflet',
    name: n % 2 === 0 ? '海报' : '单页',
    workType: 'print',
    specification: 'A4',
    needsProof: n % 3 !== 0,
  }),
  (_a, n) => ({ type: 'prepareProposal', kind: n % 2 === 0 ? 'CONCEPT' : 'DETAILED' }),
  () => ({ type: 'file', paper: paper('F-20', { itemProblems: [] }) }),
  (a) => ({ type: 'scheduleProposal', at: a.at, place: 'room', participants: ['executive'] }),
  (a) => ({
    type: 'holdProposal',
    heldAt: a.at,
    attended: ['creativeDirector'],
    feedback: [{ kind: 'doubt', words: 'too dark' }],
  }),
  (a, n) => ({
    type: 'answerOpinion',
    opinionId: `o${(n % Math.max(1, a.state.opinions.length)) + 1}`,
    done: true,
    words: 'done',
  }),
  () => ({ type: 'recordFollowUp', shooting: 'na', period: '4w', productionPrice: '1', mediaPrice: 'na' }),
  () => ({ type: 'startProduction' }),
  () => ({ type: 'track' }),
  () => ({ type: 'evaluate', strategy: 's', execution: 'e' }),
  () => ({ type: 'file', paper: paper('F-09') }),
  () => ({ type: 'archive' }),
  (_a, n) => (n % 6 === 0 ? { type: 'cancel', words: 'client left' } : { type: 'resume' }),
  (_a, n) => (n % 3 === 0 ? { type: 'hold', words: 'wait' } : { type: 'reopen', words: 'again' }),
  (a, n) => {
    const running = Object.values(a.state.circulations).filter((one) => one.status === 'running');
    const one = running[n % Math.max(1, running.length)];
    const stay = one?.stays.find(({ state }) => state === 'open');
    return {
      type: 'askAgain',
      circulation: one?.id ?? 'none',
      round: one?.round ?? 1,
      step: stay?.step ?? 'client',
      personId: stay?.holders[0]?.personId ?? 'executive',
    };
  },
  (a, n) => ({
    type: 'raiseRevision',
    from: 'contact',
    source: 'phone',
    words: n % 7 === 0 ? '' : 'larger',
    pieceIds: n % 3 === 0 ? [] : Object.keys(a.state.pieces).slice(0, 1 + (n % 2)),
    opinionIds: [],
    toProposal: n % 5 === 0,
  }),
  (a, n) => ({ type: 'dropRevision', revision: a.state.revisions.length - (n % 2), words: 'not any more' }),
  (_a, n) =>
    n % 2 === 0
      ? { type: 'file', suffix: 'letter', paper: paper('F-18', { kind: n % 3 === 0 ? 'correction' : 'rejection' }) }
      : { type: 'rejectProposal', words: 'no more' },
  (a, n) => {
    // The client rejects for good where it is asked for a comment; the director decides what that means.
    const one = Object.values(a.state.circulations).find(
      ({ status, point }) => status === 'running' && (point === 'proposalComment' || point === 'rejectionReview'),
    );
    const client = one?.point === 'proposalComment';
    return one && n % 4 === 0
      ? {
          type: 'return',
          circulation: one.id,
          round: one.round,
          hash: one.about.hash,
          step: client ? 'client' : 'accountDirector',
          kind: client ? 'return' : 'object',
          reason: client ? 'REJECTED_FOR_GOOD' : 'STRATEGY',
          words: 'no more of it',
        }
      : undefined;
  },
  (_a, n) => ({ type: 'changeOwner', to: n % 2 === 0 ? 'manager' : 'executive', words: 'moved' }),
];

function must(truth: boolean, what: string): void {
  if (!truth) throw new Error(what);
}

const over: readonly JobPhase[] = ['CLOSING', 'ARCHIVED', 'CANCELLED'];

/** Whether the change concerns a piece of the job, so that somebody could still be waiting for it. */
function waits(state: JobState, revision: JobState['revisions'][number]): boolean {
  return revision.pieceIds.some((id) => state.pieces[id] !== undefined);
}

function check(agency: Agency): void {
  const { state } = agency;
  for (const circulation of Object.values(state.circulations)) {
    const route = state.routes[circulation.route];
    if (!route) throw new Error(`no pinned route for ${circulation.id}`);
    const decided = circulation.stays.filter((stay) => stay.decisions.length > 0);
    for (const stay of decided) {
      must(stay.decisions.length === 1, `(a) one effective decision a step and round: ${circulation.id}.${stay.step}`);
      must(
        stay.decisions.every((one) => stay.holders.some((holder) => holder.personId === one.personId)),
        `(b) only a holder decides: ${circulation.id}.${stay.step}`,
      );
      for (const before of stepsBefore(route, stay.step)) {
        const there = circulation.stays.find((one) => one.step === before)?.state;
        must(there === 'passed' || there === 'notApplicable', `(i) ${stay.step} was decided before ${before}`);
      }
    }
    const signers = decided
      .filter((stay) => stay.step !== 'receipt')
      .flatMap((stay) => stay.decisions.map((decision) => decision.personId));
    must(new Set(signers).size === signers.length, `nobody signs two steps of one round: ${circulation.id}`);
    if (circulation.status === 'passed')
      must(
        circulation.stays.every((stay) => stay.state === 'passed' || stay.state === 'notApplicable'),
        'passed means all signed',
      );
    if (circulation.status !== 'running') continue;
    must(
      circulation.stays.some((stay) => stay.state === 'open' || stay.state === 'opening'),
      `a running paper lies on some desk: ${circulation.id}`,
    );
    for (const stay of circulation.stays.filter((one) => one.state === 'open')) {
      must(
        stay.holders.some((holder) => holder.askedAt !== undefined),
        `(c) somebody was asked: ${circulation.id}.${stay.step}`,
      );
      must(stay.rungs.length > 0, `(c) something will speak up: ${circulation.id}.${stay.step}`);
    }
  }
  if (state.phase === 'ARCHIVED')
    must(archiveGaps(state).length === 0 && state.sealed !== undefined, '(i) archived means complete and sealed');
  for (const revision of state.revisions)
    must(
      !unordered.includes(revision.state) ||
        state.phase === 'REVISING' ||
        over.includes(state.phase) ||
        !waits(state, revision),
      `a revision that waits can be ordered: R${revision.ordinal} at ${state.phase}`,
    );
  must(
    state.phase !== 'CLOSING' ||
      state.proposals.at(-1)?.state !== 'REJECTED' ||
      state.circulations[`rejectionReview:P${state.proposals.length}`] !== undefined,
    'M-05: a rejected proposal lies with the account director',
  );
  if (state.phase === 'DELIVERED')
    must(
      Object.values(state.pieces).every((piece) => piece.state === 'done'),
      'R-71: delivered means every piece is done',
    );
}

/** Somebody who may do such an act, where the tables name one. */
function sensible(agency: Agency, act: AnyJobAct): string {
  const held =
    'step' in act && 'circulation' in act
      ? agency.state.circulations[act.circulation]?.stays.find((stay) => stay.step === act.step)?.holders[0]?.personId
      : undefined;
  if (held) return held;
  const by =
    act.type === 'submit' ? points[act.point].by : act.type in acts ? acts[act.type as keyof typeof acts].by : [];
  return ids.find((id) => people[id]?.some((role) => by.includes(role)) && id !== 'director') ?? 'executive';
}

describe('whatever people try, in whatever order', () => {
  test('invariants (a) (b) (c) (i), R-58, S-38 and S-47 hold over 10,000 random sequences of commands', () => {
    let accepted = 0;
    let refused = 0;
    const happened = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.array(fc.tuple(fc.nat(moves.length - 1), fc.nat(ids.length * 3), fc.nat(1000), fc.nat(30)), {
          minLength: 4,
          maxLength: 24,
        }),
        (phase, tries) => {
          const agency = resumed(phase);
          for (const [move, who, n, again] of tries) {
            const act = moves[move]?.(agency, n);
            if (!act) continue;
            // Mostly somebody who may, sometimes anybody: both the road and the ditch are walked.
            const id = ids[who] ?? sensible(agency, act);
            const before = agency.state;
            const refusal = agency.send(person(id), act, again === 0 ? 'c-same' : undefined);
            if (refusal) {
              refused += 1;
              must(agency.state === before, 'a refusal changes nothing');
            } else accepted += 1;
            check(agency);
          }
          answered(agency);
          for (const event of agency.events.slice(books.get(phase)?.events.length ?? 0)) {
            happened.add(event.type);
            if (event.type === 'decisionWithdrawn' && event.verdict) happened.add('noTakenBack');
            if (event.type === 'revisionChanged' && event.revision.state === 'DROPPED') happened.add('revisionDropped');
          }
        },
      ),
      { numRuns: 10_000 },
    );
    expect(accepted).toBeGreaterThan(10_000);
    expect(refused).toBeGreaterThan(10_000);
    // The rare ones must really have come up, else the invariants were never tried on them.
    for (const rare of ['noTakenBack', 'revisionDropped', 'proposalRejected', 'recounted', 'opinionWithdrawn'])
      expect(happened, rare).toContain(rare);
  }, 300_000);

  test('the log folds to the very state, so a read model can always be rebuilt', () => {
    for (const phase of starts) {
      const book = books.get(phase);
      if (!book) continue;
      let state = initialJobState('job-test');
      for (const event of book.events) {
        const command = {
          id: 'x',
          actor: { kind: 'system', name: 'shell' },
          receivedAt: '',
          at: '',
          act: undefined,
        } as const;
        state = jobProcess.evolve(state, event, stampOf(state, command));
      }
      expect(state.phase).toBe(book.state.phase);
      expect(state.seq).toBe(book.state.seq);
      expect(Object.keys(state.circulations)).toEqual(Object.keys(book.state.circulations));
    }
  });
});
