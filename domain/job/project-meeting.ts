import { laterOf } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { refuse } from '../process.ts';
import type { Refusal } from '../process.ts';
import type { JobAct } from './acts.ts';
import type { ActDefinition } from './definition.ts';
import { account, listFact, sinceOpening } from './definition.ts';
import type { JobState, ModuleProgress } from './state.ts';
import { workTypes } from './worktypes.ts';
import type { WorkType } from './worktypes.ts';

type Of<T extends JobAct['type']> = ActDefinition<Extract<JobAct, { type: T }>>;

/** Longest words about one module, in UTF-16 units; thirty of them stay a small part of the state. */
export const moduleWordsMax = 300;

/** One module of a project: a piece the job makes, or ordered work that has no piece, e.g. media or research. */
export interface JobModule {
  /** The piece's own id, or `work-` with the kind of work. */
  readonly id: string;
  readonly workType: WorkType;
  /** Name of the piece; a kind of work is said by its title. */
  readonly name?: string;
}

/**
 * The modules whose progress an internal meeting records: each piece that is not finished, and each kind of work
 * of the request and the work order that no piece stands for. Stages of the timetable are no modules: they are when
 * something is done, and several pieces share one.
 */
export function modulesOf(state: Pick<JobState, 'pieces' | 'papers' | 'workTypes'>): readonly JobModule[] {
  const pieces = Object.values(state.pieces);
  const ordered = new Set<string>([...state.workTypes, ...listFact(state.papers['F-04']?.facts['workTypes'])]);
  const without = workTypes.filter((kind) => ordered.has(kind) && !pieces.some(({ workType }) => workType === kind));
  return [
    ...pieces
      .filter((piece) => piece.state !== 'done')
      .map(({ id, name, workType }): JobModule => ({ id, name, workType })),
    ...without.map((workType): JobModule => ({ id: `work-${workType}`, workType })),
  ];
}

/**
 * Since when the set period of the next internal meeting runs: from the opening of the job or its last meeting, and
 * anew once a job that stood still goes on. Undefined where no meeting is asked for: before there is a number nothing is
 * under way, what is delivered is followed and not made, on hold everything rests. A job that waits for its client still
 * has its meetings: the sources make no exception, and what waits longest is what a team forgets first.
 */
export function meetingFrom(
  state: Pick<JobState, 'phase' | 'onHold' | 'openedAt' | 'resumedAt' | 'meetings'>,
): Instant | undefined {
  if (state.onHold || !sinceOpening.includes(state.phase)) return undefined;
  const moments = [state.openedAt, state.resumedAt, state.meetings?.last?.heldAt].filter((at) => at !== undefined);
  return moments.length === 0 ? undefined : moments.reduce(laterOf);
}

const blank = (text: string | undefined): boolean => (text ?? '').trim() === '';
const present = (people: readonly string[]): readonly string[] => [...new Set(people.filter((one) => !blank(one)))];
const missing = (field: string, name = field): Refusal =>
  refuse('FIELD_MISSING', { field, params: { fields: [name] }, rule: 'R-55' });

/** Calls an internal meeting: time, place, who comes. Each of them gets a mail; a later call takes the place of this one. */
export const callMeeting: Of<'callMeeting'> = {
  by: account,
  phases: sinceOpening,
  decide(sketch, { act, actor, receivedAt }) {
    const people = present(act.people);
    if (act.at <= receivedAt)
      return refuse('FIELD_WRONG', { field: 'at', params: { name: 'at', why: 'past' }, rule: 'R-55' });
    if (blank(act.place)) return missing('place');
    if (people.length === 0) return missing('people');
    sketch.add({ type: 'meetingCalled', at: act.at, place: act.place, people, by: actor.personId });
    return undefined;
  },
};

/** Records an internal meeting that was held, with the progress of every module; the next period counts from it. */
export const recordMeeting: Of<'recordMeeting'> = {
  by: account,
  phases: sinceOpening,
  decide(sketch, { act, actor, receivedAt }) {
    const people = present(act.people);
    if (act.heldAt > receivedAt)
      return refuse('FIELD_WRONG', { field: 'heldAt', params: { name: 'heldAt', why: 'future' }, rule: 'R-55' });
    if (people.length === 0) return missing('people');
    const no = whyNotProgress(sketch.state, act.progress);
    if (no) return no;
    const progress = act.progress.map(({ module, standing, words }): ModuleProgress => {
      return { module, standing, ...(words === undefined || blank(words) ? {} : { words: words.trim() }) };
    });
    sketch.add({ type: 'meetingRecorded', heldAt: act.heldAt, people, progress, by: actor.personId });
    return undefined;
  },
};

/** Every module has its line, once; what is at risk or late says why. A finished piece may have one, but need not. */
function whyNotProgress(state: JobState, progress: readonly ModuleProgress[]): Refusal | undefined {
  const open = modulesOf(state);
  const known = new Set([...open.map(({ id }) => id), ...Object.keys(state.pieces)]);
  for (const [n, { module, standing, words }] of progress.entries()) {
    const field = `progress.${n}`;
    if (!known.has(module)) return refuse('UNKNOWN_OBJECT', { field: `${field}.module`, params: { what: module } });
    if (progress.findIndex((one) => one.module === module) !== n)
      return refuse('FIELD_WRONG', {
        field: `${field}.module`,
        params: { name: 'module', why: 'twice' },
        rule: 'R-55',
      });
    if (standing !== 'onTrack' && standing !== 'done' && blank(words)) return missing(`${field}.words`, 'words');
    if ((words ?? '').length > moduleWordsMax)
      return refuse('TOO_LONG', { field: `${field}.words`, params: { name: 'words', max: moduleWordsMax } });
  }
  const without = open.filter(({ id }) => !progress.some((one) => one.module === id));
  const modules = without.map(({ name, workType }) => name ?? workType);
  return modules.length > 0
    ? refuse('PROGRESS_MISSING', { field: 'progress', params: { modules }, rule: 'R-55' })
    : undefined;
}
