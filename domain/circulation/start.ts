import type { Instant } from '../instant.ts';
import type { Proof, Refusal } from '../process.ts';
import { refuse } from '../process.ts';
import type { CirculationEvent } from './acts.ts';
import { emptyStay } from './evolve.ts';
import type { About, Circulation, CheckAnswer, RoundCause, Route, Stay } from './types.ts';

/** A submission: who sends which version on its way, and what the author marks. */
export interface Submission {
  readonly id: string;
  readonly point: string;
  readonly routeKey: string;
  readonly route: Route;
  readonly about: About;
  readonly authorId: string;
  readonly proof: Proof;
  readonly at: Instant;
  readonly commandId: string;
  readonly notApplicable: readonly { readonly step: string; readonly reason: string }[];
  readonly checklist?: readonly CheckAnswer[];
}

/**
 * Sends a version on its way: the author's own step is signed by submitting, the steps behind it open.
 * The first time a circulation starts, later a new round opens at the first step, because a changed file has no
 * signatures. Marking a step not applicable is the author's, with a reason, and only where the route allows.
 */
export function submitRound(
  before: Circulation | undefined,
  submission: Submission,
  cause: RoundCause,
): readonly CirculationEvent[] | Refusal {
  const { route } = submission;
  if (before?.status === 'running') return refuse('IN_CIRCULATION', { field: 'point' });
  for (const [index, mark] of submission.notApplicable.entries()) {
    const step = route.steps.find((one) => one.key === mark.step);
    if (!step) return refuse('UNKNOWN_OBJECT', { field: `notApplicable.${index}.step`, params: { what: mark.step } });
    if (!step.optional)
      return refuse('SKIP_NOT_ALLOWED', {
        field: `notApplicable.${index}.step`,
        params: { step: mark.step },
        rule: 'R-41',
      });
    if (mark.reason.trim() === '')
      return refuse('REASON_MISSING', { field: `notApplicable.${index}.reason`, rule: 'R-41' });
  }
  const stays = route.steps.map((step): Stay => {
    const mark = submission.notApplicable.find((one) => one.step === step.key);
    if (mark) return { ...emptyStay(step.key), state: 'notApplicable', reason: mark.reason };
    if (step.act !== 'submit') return emptyStay(step.key);
    return {
      ...emptyStay(step.key),
      state: 'passed',
      openedAt: submission.at,
      closedAt: submission.at,
      holders: [{ personId: submission.authorId, grantId: '', askedAt: submission.at }],
      decisions: [
        {
          id: submission.commandId,
          verdict: 'sign',
          personId: submission.authorId,
          proof: submission.proof,
          at: submission.at,
          ...(submission.checklist ? { checklist: submission.checklist } : {}),
        },
      ],
    };
  });
  const round = (before?.round ?? 0) + 1;
  const started: CirculationEvent = before
    ? {
        type: 'roundOpened',
        circulation: before.id,
        round,
        cause,
        about: submission.about,
        authorId: submission.authorId,
        stays,
      }
    : {
        type: 'circulationStarted',
        circulation: {
          id: submission.id,
          point: submission.point,
          route: submission.routeKey,
          about: submission.about,
          authorId: submission.authorId,
          round,
          cause,
          status: 'running',
          startedAt: submission.at,
          stays,
          closedRounds: [],
        },
      };
  return [started, ...openings(route, stays, submission.id, round)];
}

const done = (stay: Stay | undefined): boolean => stay?.state === 'passed' || stay?.state === 'notApplicable';

/** Openings of the steps whose predecessors are all passed; steps marked not applicable let through. */
export function openings(
  route: Route,
  stays: readonly Stay[],
  circulation: string,
  round: number,
): readonly CirculationEvent[] {
  const of = (key: string): Stay | undefined => stays.find((stay) => stay.step === key);
  return route.steps
    .filter((step) => of(step.key)?.state === 'waiting' && step.after.every((key) => passedThrough(route, stays, key)))
    .map((step) => ({ type: 'stepOpening', circulation, round, step: step.key }));
}

/** A step is passed through when it is done and, if it was marked not applicable, when all before it are too. */
function passedThrough(route: Route, stays: readonly Stay[], key: string): boolean {
  const stay = stays.find((one) => one.step === key);
  if (!done(stay)) return false;
  if (stay?.state === 'passed') return true;
  return (route.steps.find((step) => step.key === key)?.after ?? []).every((before) =>
    passedThrough(route, stays, before),
  );
}

/** Whether every step of the round is passed or not applicable. */
export function allDone(stays: readonly Stay[]): boolean {
  return stays.every(done);
}
