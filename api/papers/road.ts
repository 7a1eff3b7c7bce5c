import { standardRoutes } from '../../domain/circulation/routes.ts';
import type { Route } from '../../domain/circulation/types.ts';
import type { PointId } from '../../domain/job/acts.ts';
import { whyNot } from '../../domain/job/decide.ts';
import { points } from '../../domain/job/points.ts';
import type { JobState } from '../../domain/job/state.ts';
import { acts } from '../../domain/job/table.ts';
import type { PersonActor, Refusal } from '../../domain/process.ts';
import { isFormId, type FormId } from '../../domain/wording/papers.ts';

/** A paper of a job by the key in its address: the form, and a suffix where a job has several. */
export interface PaperKey {
  readonly form: FormId;
  readonly suffix?: string;
  readonly key: string;
}

/** Reads a paper's key, e.g. `F-08:R1`; undefined for anything else. */
export function readKey(text: string): PaperKey | undefined {
  const match = /^(F-\d{2})(?::([A-Za-z0-9._-]{1,40}))?$/.exec(text);
  const form = match?.[1];
  if (form === undefined || !isFormId(form)) return undefined;
  return match?.[2] === undefined ? { form, key: form } : { form, suffix: match[2], key: text };
}

/** Where a written paper goes: round a route, into the bag, into the evaluation; or why nobody writes it. */
export type Road =
  | { readonly kind: 'submit'; readonly point: PointId; readonly revision?: number }
  | { readonly kind: 'file' }
  | { readonly kind: 'evaluate' }
  | { readonly kind: 'none'; readonly why: 'byService' | 'receiptByStep' | 'noSuchRevision' | 'onSchedule' };

const plainPoints: Readonly<Partial<Record<FormId, PointId>>> = {
  'F-03': 'requirementBrief',
  'F-04': 'workOrder',
  'F-05': 'creativeBrief',
  'F-10': 'timetable',
  'F-24': 'strategyAgreement',
  'F-35': 'quotationConsent',
  'F-36': 'estimate',
  'F-45': 'mediaPlan',
  'F-46': 'mediaSchedule',
  'F-51': 'researchReport',
};

function ofRevision(state: JobState, suffix: string, point: PointId): Road {
  const revision = state.revisions.find((one) => suffix === `R${one.ordinal}`);
  return revision ? { kind: 'submit', point, revision: revision.ordinal } : { kind: 'none', why: 'noSuchRevision' };
}

/** Where this paper of this job goes when it is done. Undefined for a suffix the form does not take. */
export function roadOf(state: JobState, { form, suffix }: PaperKey): Road | undefined {
  if (form === 'F-21') return { kind: 'none', why: 'byService' };
  if (form === 'F-23') return { kind: 'none', why: 'receiptByStep' };
  if (form === 'F-11') return { kind: 'none', why: 'onSchedule' };
  if (form === 'F-08') return ofRevision(state, suffix ?? '', 'revisionOrder');
  if (form === 'F-18' && suffix !== undefined && /^R\d+$/.test(suffix))
    return ofRevision(state, suffix, 'revisionDirection');
  if (form === 'F-22')
    return suffix === undefined
      ? { kind: 'submit', point: 'confirmation' }
      : suffix === 'trio'
        ? { kind: 'submit', point: 'clearance' }
        : undefined;
  const point = plainPoints[form];
  if (point !== undefined) return suffix === undefined ? { kind: 'submit', point } : undefined;
  if (form === 'F-54') return suffix === undefined ? { kind: 'evaluate' } : undefined;
  return { kind: 'file' };
}

/** Why this person cannot send the paper on its way now; undefined when they can. What the paper lacks is another matter. */
export function barred(state: JobState, road: Road, actor: PersonActor): Refusal | undefined {
  switch (road.kind) {
    case 'submit':
      return whyNot(state, points[road.point].by, points[road.point], actor, 'submit');
    case 'file':
      return whyNot(state, acts.file.by, acts.file, actor, 'file');
    case 'evaluate':
      return whyNot(state, acts.evaluate.by, acts.evaluate, actor, 'evaluate');
    case 'none':
      return undefined;
  }
}

/** The route a work order takes, by whether media works on it; its optional steps can be marked not applicable (P-08, R-41). */
export function orderRoute(hasMedia: boolean): Route {
  return hasMedia ? standardRoutes.workOrderMedia : standardRoutes.workOrder;
}

/** The steps behind the submission that a point's paper goes to, for the line above the button. */
export function stepsAhead(state: JobState, point: PointId): Route['steps'] {
  return points[point].route(state, undefined).steps.filter((step) => step.act !== 'submit');
}
