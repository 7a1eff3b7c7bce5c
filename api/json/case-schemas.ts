import { z } from 'zod';
import type { MinutesState } from '../../domain/minutes/state.ts';
import { formIds } from '../../domain/wording/papers.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { areMinutes, caseKey, isSchedule, dueOf, type CaseRow, type FoldedCase } from '../../store/cases.ts';
import type { DeskTask } from '../../store/waiting.ts';
import type { MeetingPack } from '../cases/pack.ts';
import { movesOf, type ReadCase } from '../cases/read.ts';
import type { SignedIn } from '../session/identify.ts';
import { pick, wordingLang, type Lang } from '../view/lang.ts';
import { entriesView, entrySchema } from './schedule-schemas.ts';
import { refusalSchema } from './schemas.ts';
import { dueInWords, inWords, markInWords, type Saying } from './when.ts';

/** Key of a case in addresses. */
export const caseKeyParam = z
  .string()
  .regex(/^(case|minutes|issue|schedule)-[A-Za-z0-9_-]{8,64}(\.minutes)?$/, 'a key given by the house')
  .meta({
    description: 'Key of a meeting, of minutes, of an issue or of a schedule',
    example: 'case-Vd1cTn9s2a.minutes',
  });

/** What stands beside a date that may still move. */
const provisional = z
  .boolean()
  .meta({ description: 'Present where `dueAt` rests on holidays that are not published yet' });

/** One line of a list of cases. */
export const caseLineSchema = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: '`meeting`, `minutes`, `issue` or `schedule`' }),
    state: z.string(),
    title: z.string(),
    clientId: z.string(),
    brandId: z.string(),
    ownerId: z.string(),
    jobId: z.string().optional(),
    open: z.boolean(),
    holders: z.array(z.string()).meta({ description: 'Whose turn it is' }),
    executors: z.array(z.string()).meta({ description: 'Who has an open task from it' }),
    dueAt: z.string().optional().meta({ description: 'When its clock does something next' }),
    dueInWords: inWords.optional(),
    provisional: provisional.optional(),
    updatedAt: z.string(),
  })
  .meta({ id: 'CaseLine' });

/** The line of a list. */
export function caseLine(row: CaseRow, say: Saying): z.output<typeof caseLineSchema> {
  const { kind, standing, title, clientId, brandId, ownerId, jobId, open, holders, executors, dueAt, updatedAt } = row;
  return {
    id: caseKey(row._id),
    kind,
    state: standing,
    title,
    clientId,
    brandId,
    ownerId,
    ...(jobId === undefined ? {} : { jobId }),
    open,
    holders: [...holders],
    executors: [...executors],
    ...(dueAt === undefined ? {} : { dueAt }),
    ...dueInWords(say, dueAt, row.provisional),
    ...(row.provisional === true ? { provisional: true } : {}),
    updatedAt,
  };
}

/** A task out of minutes on its executor's desk. */
export const deskTaskSchema = z
  .object({
    caseId: z.string().meta({ description: 'The minutes it comes from; settle it with an act on them' }),
    title: z.string(),
    task: z.string(),
    keyDate: z.string(),
    dueAt: z.string().optional(),
    dueInWords: inWords.optional(),
    provisional: provisional.optional(),
  })
  .meta({ id: 'DeskTask' });

/** The line of a task. */
export function deskTask({ row, task }: DeskTask, say: Saying): z.output<typeof deskTaskSchema> {
  const { id, keyDate, dueAt, provisional: unsure } = task;
  const due = dueAt === undefined ? {} : { dueAt, ...dueInWords(say, dueAt, unsure) };
  const sure = unsure === undefined ? {} : { provisional: unsure };
  return { caseId: caseKey(row._id), title: row.title, task: id, keyDate, ...due, ...sure };
}

const windowSchema = z.object({
  acceptedAt: z.string(),
  acceptedInWords: inWords,
  endsAt: z.string(),
  endsInWords: inWords,
  sent: z.int().meta({ description: 'Entry of the log that sent the mail' }),
  version: z.int(),
});

/** A whole meeting or minutes. */
export const caseSchema = caseLineSchema
  .extend({
    seq: z.int(),
    stateTitle: z.string(),
    since: z.string(),
    sinceInWords: inWords,
    origin: z.string().optional().meta({ description: 'The meeting these minutes are of' }),
    parts: z.record(z.string(), z.array(z.string())),
    papers: z.array(
      z.object({
        form: z.enum(formIds),
        version: z.int(),
        hash: z.string(),
        by: z.string(),
        at: z.string(),
        inWords,
      }),
    ),
    copyHash: z.string().optional().meta({ description: 'Names the copy that the client signs' }),
    flags: z.array(z.string()).meta({ description: 'Marks that stay, e.g. `overdue`, `agendaLate`' }),
    clocks: z.array(
      z.object({
        clock: z.string(),
        title: z.string(),
        from: z.string(),
        fromInWords: inWords,
        provisional: z.boolean().meta({ description: 'Whether a mark rests on holidays that are not published yet' }),
        marks: z.array(
          z.object({
            at: z.string().optional(),
            inWords: inWords.optional(),
            rangAt: z.string().optional(),
            rangInWords: inWords.optional(),
          }),
        ),
      }),
    ),
    asked: z.array(
      z.object({
        notice: z.string(),
        personId: z.string(),
        acceptedAt: z.string().optional(),
        acceptedInWords: inWords.optional(),
        bouncedAt: z.string().optional(),
        bouncedInWords: inWords.optional(),
        failed: z.boolean(),
      }),
    ),
    lists: z.array(
      z.object({
        list: z.string(),
        items: z.array(z.object({ item: z.string(), answer: z.enum(['pass', 'na', 'open']) })),
      }),
    ),
    window: windowSchema.optional().meta({ description: 'Until when the client may object' }),
    verdicts: z.array(
      z.object({
        kind: z.enum(['signed', 'deemed', 'objected', 'annulled', 'lateObjection', 'unanswered']),
        version: z.int(),
        at: z.string(),
        inWords,
        by: z.string().optional(),
        window: windowSchema.optional(),
      }),
    ),
    tasks: z.array(
      z.object({
        id: z.string(),
        executor: z.string(),
        keyDate: z.string(),
        state: z.enum(['open', 'done', 'notDone', 'replaced']),
        dueAt: z.string().optional(),
        dueInWords: inWords.optional().meta({ description: 'While the task is open' }),
        provisional: provisional.optional(),
        remindedAt: z.string().optional().meta({ description: 'When its people were last reminded' }),
        remindedInWords: inWords.optional(),
        words: z.string().optional(),
      }),
    ),
    entries: z.array(entrySchema).optional().meta({ description: 'Of an execution schedule; its words stand in F-11' }),
    pack: z
      .object({
        minutes: z
          .object({ caseId: z.string(), title: z.string(), version: z.int(), at: z.string(), inWords })
          .optional(),
        budget: z
          .object({ jobId: z.string(), paper: z.string(), version: z.int(), at: z.string(), inWords })
          .optional(),
      })
      .optional()
      .meta({
        description:
          'What the pack of a meeting that is still ahead brings by itself (R-126): the minutes of the last one, and the newest estimate or quotation of the job',
      }),
    moves: z
      .array(
        z.object({
          move: z.string(),
          title: z.string(),
          brings: z.string().optional(),
          refusal: refusalSchema.optional(),
        }),
      )
      .meta({ description: 'What may happen next, for whoever asks, and why the rest may not' }),
  })
  .meta({ id: 'Case' });

/** A whole case for somebody, in their language. */
export function caseView(
  { row, state }: ReadCase,
  who: SignedIn,
  lang: Lang,
  say: Saying,
): z.output<typeof caseSchema> {
  const { definition } = state;
  const standing = definition.states[state.state];
  const copyHash = state.papers['F-15']?.facts['copyHash'];
  const dueAt = dueOf(state)?.at;
  return {
    ...caseLine(row, say),
    ...(dueAt === undefined ? {} : { dueAt, ...dueInWords(say, dueAt, row.provisional) }),
    seq: row.seq,
    stateTitle: standing === undefined ? state.state : pick(standing.title, lang),
    since: state.since,
    sinceInWords: say.moment(state.since),
    ...(state.origin === undefined ? {} : { origin: caseKey(state.origin) }),
    parts: Object.fromEntries(Object.entries(state.parts).map(([part, ids]) => [part, [...ids]])),
    papers: Object.values(state.papers).map(({ form, version, hash, by, at }) => ({
      form,
      version,
      hash,
      by,
      at,
      inWords: say.moment(at),
    })),
    ...(typeof copyHash === 'string' ? { copyHash } : {}),
    flags: [...state.flags],
    clocks: clocksOf(state, lang, say),
    asked: Object.entries(state.asked).flatMap(([notice, { people }]) =>
      Object.entries(people).map(([personId, { failed, ...fate }]) => ({
        notice,
        personId,
        ...fate,
        ...(fate.acceptedAt === undefined ? {} : { acceptedInWords: say.moment(fate.acceptedAt) }),
        ...(fate.bouncedAt === undefined ? {} : { bouncedInWords: say.moment(fate.bouncedAt) }),
        failed: failed === true,
      })),
    ),
    lists: Object.entries(definition.lists).map(([list, items]) => ({
      list,
      items: items.map((item) => ({ item, answer: state.ticked[item]?.answer ?? ('open' as const) })),
    })),
    ...minutesOf(state, say),
    ...(isSchedule(state) ? { entries: entriesView(state, say) } : {}),
    moves: movesOf(state, who.actor).map(({ move, refusal }) => {
      const { title, brings } = definition.moves[move] ?? { title: { zh: move, en: move }, brings: undefined };
      return {
        move,
        title: pick(title, lang),
        ...(brings === undefined ? {} : { brings }),
        ...(refusal === undefined
          ? {}
          : { refusal: { code: refusal.code, detail: sayRefusal(refusal, wordingLang(lang)), ...ruleOf(refusal) } }),
      };
    }),
  };
}

/** What the pack of a meeting brings by itself, without what is whose. */
export function packView({ minutes, budget }: MeetingPack, say: Saying): z.output<typeof caseSchema>['pack'] {
  return {
    ...(minutes === undefined
      ? {}
      : {
          minutes: {
            caseId: caseKey(minutes.row._id),
            title: minutes.row.title,
            version: minutes.version,
            at: minutes.at,
            inWords: say.moment(minutes.at),
          },
        }),
    ...(budget === undefined
      ? {}
      : {
          budget: {
            jobId: budget.processId,
            paper: budget.key,
            version: budget.version,
            at: budget.at,
            inWords: say.moment(budget.at),
          },
        }),
  };
}

function ruleOf({ field, rule }: { readonly field?: string; readonly rule?: string }) {
  return { ...(field === undefined ? {} : { field }), ...(rule === undefined ? {} : { rule }) };
}

function clocksOf(state: FoldedCase, lang: Lang, say: Saying): z.output<typeof caseSchema>['clocks'] {
  return Object.entries(state.clocks).map(([clock, { from, rungs, provisional: unsure }]) => {
    const title = state.definition.clocks[clock]?.title;
    return {
      clock,
      title: title === undefined ? clock : pick(title, lang),
      from,
      fromInWords: say.moment(from),
      provisional: unsure === true,
      marks: rungs.map(({ at, rangAt }) => ({
        ...(at === undefined ? {} : { at, inWords: markInWords(say, at, unsure === true) }),
        ...(rangAt === undefined ? {} : { rangAt, rangInWords: say.moment(rangAt) }),
      })),
    };
  });
}

type Window = NonNullable<MinutesState['window']>;

function windowView({ acceptedAt, endsAt, ...rest }: Window, say: Saying): z.output<typeof windowSchema> {
  return {
    ...rest,
    acceptedAt,
    acceptedInWords: say.moment(acceptedAt),
    endsAt,
    endsInWords: markInWords(say, endsAt),
  };
}

function minutesOf(state: FoldedCase, say: Saying): Pick<z.output<typeof caseSchema>, 'window' | 'verdicts' | 'tasks'> {
  if (!areMinutes(state)) return { verdicts: [], tasks: [] };
  return {
    ...(state.window === undefined ? {} : { window: windowView(state.window, say) }),
    verdicts: state.verdicts.map(({ kind, version, at, by, window }) => ({
      kind,
      version,
      at,
      inWords: say.moment(at),
      ...(by === undefined ? {} : { by }),
      ...(window === undefined ? {} : { window: windowView(window, say) }),
    })),
    tasks: state.tasks.map(
      ({ id, executor, keyDate, state: standing, dueAt, provisional: unsure, remindedAt, words }) => ({
        id,
        executor,
        keyDate,
        state: standing,
        ...(dueAt === undefined ? {} : { dueAt, ...(standing === 'open' ? dueInWords(say, dueAt, unsure) : {}) }),
        ...(unsure === undefined ? {} : { provisional: unsure }),
        ...(remindedAt === undefined ? {} : { remindedAt, remindedInWords: say.moment(remindedAt) }),
        ...(words === undefined ? {} : { words }),
      }),
    ),
  };
}
