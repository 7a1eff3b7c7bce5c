import type { Request } from 'express';
import { isOver } from '../../domain/cases/state.ts';
import { may } from '../../domain/people/may.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { caseHistoryWords, entryHistoryWords } from '../../domain/wording/history-cases.ts';
import type { ScheduleState } from '../../domain/schedule/state.ts';
import type { Content } from '../../papers/form.ts';
import { scheduleRowsOf } from '../../papers/timing/schedule.ts';
import { caseEntriesOf } from '../../store/case-recorder.ts';
import { caseIdOf, isSchedule, isScheduleId, type FoldedEvent } from '../../store/cases.ts';
import { historyOf } from '../../store/log.ts';
import { wholeJob, type WholeJob } from '../../store/jobs.ts';
import { jobWorkflowId, scheduleWorkflowId } from '../../workflows/ids.ts';
import { contentIn, movesOf, readCase } from '../cases/read.ts';
import { countSchedule, type ScheduleCount } from '../cases/schedule.ts';
import { whyNotScheduled } from '../cases/schedule-checks.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { newFormValue } from '../staff/form-value.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { pick, wordingLang } from '../view/lang.ts';
import type { HistoryEntry } from '../view/parts.tsx';
import { namesFor } from '../view/read/house.ts';
import { sayingFor } from '../view/read/papers.ts';
import { momentInWords } from '../view/time.tsx';
import { entryViews, type EntryView } from './read.ts';

/** The schedule of a job opened by somebody of the house; nothing may be laid down yet. */
export interface ScheduleDesk {
  readonly staff: Staff;
  readonly processId: string;
  readonly title: string;
  readonly client: string;
  readonly brand: string;
  /** Its job, where this person may see it. */
  readonly job?: { readonly href: string; readonly number?: string; readonly whole: WholeJob };
  readonly state?: ScheduleState;
  readonly content?: Content;
  readonly entries: readonly EntryView[];
  readonly count?: ScheduleCount;
  readonly nameOf: (personId: string) => string;
  /** Whether this person lays down its versions now; why not, where it is theirs and not of this hour. */
  readonly laying: { readonly may: boolean; readonly why?: string };
  readonly mayEnd: boolean;
  readonly formValue: () => string;
}

/** Purpose of every form about one schedule. */
export const schedulePurpose = (processId: string): string => `schedule:${processId}`;

/** The process id of the schedule an address names; throws the uniform 404 for anything else. */
function idIn(key: string): string {
  const processId = caseIdOf(key);
  if (processId === undefined || !isScheduleId(processId)) throw new Problem('NOT_FOUND');
  return processId;
}

/**
 * Opens the schedule an address names: for whoever sees its job, and for whoever has an entry in it. What is out of reach
 * and what does not exist are one and the same 404; a job without a schedule yet has a page all the same.
 */
export async function openSchedule(deps: ApiDeps, req: Request): Promise<ScheduleDesk> {
  const processId = idIn(String(req.params.key));
  const [staff, found] = await Promise.all([staffFrame(deps, req, 'board'), readCase(deps, processId)]);
  const { who, time, lang } = staff;
  const jobId = found?.row.jobId ?? jobWorkflowId(processId.slice('schedule-'.length));
  const whole = await wholeJob(deps.store, jobId);
  const sees = whole !== null && may(who.viewer, 'job.read', whole.row);
  const takesPart = found !== undefined && [...found.row.people, ...found.row.executors].includes(who.person.id);
  const state = found && isSchedule(found.state) ? found.state : undefined;
  const about = found?.row ?? (sees && scheduleWorkflowId(jobId) === processId ? whole.row : undefined);
  if (about === undefined || (!sees && !takesPart)) throw new Problem('NOT_FOUND');
  const { clientId, brandId, title } = about;
  const content = state && (await contentIn(deps, state, 'F-11', { copy: false }));
  const people = { who: state === undefined ? [about.ownerId] : peopleOf(state) };
  const [saying, names] = await Promise.all([
    sayingFor(deps.store, about, [people], staff),
    namesFor(deps.store, { people: [], clients: [clientId] }),
  ]);
  const { nameOf } = saying;
  const number = whole?.row.jobNumber;
  const mine = may(who.viewer, 'job.request', { brandId, clientId });
  const moves = state ? movesOf(state, who.actor) : [];
  const refusal = whole ? whyNotScheduled(whole.state, whole.row.open) : undefined;
  const can = (move: string): boolean => moves.some((one) => one.move === move && one.refusal === undefined);
  const lays = mine && whole !== null && (state === undefined || can('layDown'));
  return {
    staff,
    processId,
    title,
    client: names.client(clientId),
    brand: names.brand(brandId),
    ...(sees
      ? { job: { href: `/jobs/${encodeURIComponent(number ?? jobId)}`, ...(number ? { number } : {}), whole } }
      : {}),
    ...(state ? { state, count: countSchedule(state, time.now) } : {}),
    ...(content ? { content } : {}),
    entries: state ? entryViews(state, content, { lang, time, nameOf, actor: who.actor }) : [],
    nameOf,
    laying: {
      may: lays && refusal === undefined,
      ...(lays && refusal ? { why: sayRefusal(refusal, wordingLang(lang)) } : {}),
    },
    mayEnd: state !== undefined && !isOver(state) && can('setAside'),
    formValue: () => newFormValue(deps, who, schedulePurpose(processId)),
  };
}

/** Everybody a schedule names. */
export function peopleOf(state: ScheduleState): readonly string[] {
  return [
    state.ownerId,
    ...Object.values(state.parts).flat(),
    ...Object.values(state.made).flatMap(({ by }) => by ?? []),
    ...Object.values(state.asked).flatMap(({ people }) =>
      Object.values(people).flatMap(({ standInId }) => standInId ?? []),
    ),
    ...state.entries.flatMap(({ owner, answer, done }) =>
      [owner, answer?.by, answer?.standInFor, done?.by, done?.standInFor].flatMap((id) => id ?? []),
    ),
  ];
}

const kindOf = (event: FoldedEvent): NonNullable<HistoryEntry['kind']> => {
  switch (event.type) {
    case 'caseMoved':
      return 'phase';
    case 'entryConfirmed':
    case 'entryDone':
      return 'sign';
    case 'entryDeclined':
      return 'back';
    case 'mailReported':
    case 'mailBounced':
      return 'mail';
    default:
      return 'plain';
  }
};

/** What happened to a schedule, newest first; book-keeping is left out. */
export async function scheduleHistory(
  deps: ApiDeps,
  { state, content, staff, nameOf }: ScheduleDesk,
): Promise<readonly HistoryEntry[]> {
  if (state === undefined) return [];
  const { lang, time } = staff;
  const rows = scheduleRowsOf(content);
  const taskOf = (id: string): string | undefined => rows[state.entries.find((one) => one.id === id)?.row ?? -1]?.task;
  const kept = caseEntriesOf(await historyOf(deps.store, state.processId, { limit: 200 }));
  const strangers = kept.flatMap(({ stamp }) => (stamp.actor.kind === 'person' ? [stamp.actor.personId] : []));
  const others = await namesFor(deps.store, { people: strangers, clients: [] });
  const named = (id: string): string => (nameOf(id) === id ? others.person(id) : nameOf(id));
  return kept.flatMap(({ event, stamp }): HistoryEntry[] => {
    const task = 'entry' in event ? taskOf(event.entry) : undefined;
    const what =
      'entry' in event && task !== undefined
        ? entryHistoryWords(event, named, { zh: `“${task}”`, en: `“${task}”` })
        : caseHistoryWords(event, state.definition, named);
    if (what === undefined) return [];
    const said = 'words' in event ? event.words : 'evidence' in event ? event.evidence : undefined;
    return [
      {
        kind: kindOf(event),
        when: momentInWords(time, stamp.at, lang),
        instant: stamp.at,
        ...(stamp.actor.kind === 'person' ? { who: named(stamp.actor.personId) } : {}),
        what: pick(what, lang),
        ...(said === undefined ? {} : { words: said }),
      },
    ];
  });
}
