import { z } from 'zod';
import { entryDesk, type Entry, type ScheduleState } from '../../domain/schedule/state.ts';
import { isOver } from '../../domain/cases/state.ts';
import { scheduleRowsOf } from '../../papers/timing/schedule.ts';
import { caseKey } from '../../store/cases.ts';
import type { DeskEntry } from '../../store/waiting.ts';
import { inWords, markInWords, type Saying } from './when.ts';

const answerSchema = z.object({
  by: z.string(),
  standInFor: z.string().optional().meta({ description: 'The absent person they stood in for' }),
  at: z.string(),
  inWords,
});

/** One task of an execution schedule. */
export const entrySchema = z
  .object({
    entry: z
      .string()
      .meta({ description: 'Its name in acts, e.g. `e3`; it keeps it while its task stands in the schedule' }),
    mark: z
      .string()
      .meta({ description: 'Names what its executor is shown; acts carry it, and an old one is refused' }),
    row: z.int().meta({ description: 'Its place in F-11, from 0' }),
    stage: z.string().optional(),
    task: z.string().optional(),
    standard: z.string().optional().meta({ description: 'The delivery standard' }),
    owner: z.string().meta({ description: 'The person responsible' }),
    standIn: z.string().optional().meta({ description: 'Who stands in for them now' }),
    dueAt: z.string().meta({ description: 'The time node' }),
    dueInWords: inWords,
    state: z.enum(['asked', 'confirmed', 'declined', 'done']),
    late: z.boolean(),
    version: z.int().meta({ description: 'Version of F-11 since which it reads so' }),
    confirmed: answerSchema.optional(),
    declined: answerSchema.extend({ words: z.string() }).optional(),
    done: answerSchema.extend({ doneAt: z.string(), doneInWords: inWords, evidence: z.string() }).optional(),
    rungs: z.array(
      z.object({ at: z.string(), inWords, rangAt: z.string().optional(), rangInWords: inWords.optional() }),
    ),
  })
  .meta({ id: 'ScheduleEntry' });

/** The entries of a schedule; with their words, where the content of F-11 is given. */
export function entriesView(state: ScheduleState, say: Saying, content?: unknown): z.output<typeof entrySchema>[] {
  const rows = content === undefined ? [] : scheduleRowsOf(content);
  return [...state.entries]
    .sort((a, b) => a.row - b.row)
    .map((entry) => {
      const { row, owner, node, answer, done, rungs = [] } = entry;
      const worded = rows[row];
      const desk = entryDesk(state, entry);
      const open = entry.state !== 'done' && !isOver(state);
      return {
        entry: entry.id,
        mark: entry.mark,
        row,
        ...(worded === undefined ? {} : { stage: worded.stage, task: worded.task, standard: worded.standard }),
        owner,
        ...(desk === owner ? {} : { standIn: desk }),
        dueAt: node,
        dueInWords: open ? say.due(node) : say.moment(node),
        state: entry.state,
        late: open && node < say.now,
        version: entry.version,
        ...(answer === undefined || entry.state === 'declined' ? {} : { confirmed: answered(answer, say) }),
        ...(answer !== undefined && entry.state === 'declined'
          ? { declined: { ...answered(answer, say), words: answer.words ?? '' } }
          : {}),
        ...(done === undefined
          ? {}
          : {
              done: {
                ...answered(done, say),
                doneAt: done.doneAt,
                doneInWords: say.moment(done.doneAt),
                evidence: done.evidence,
              },
            }),
        rungs: rungs.map(({ at, rangAt }) => ({
          at,
          inWords: markInWords(say, at),
          ...(rangAt === undefined ? {} : { rangAt, rangInWords: say.moment(rangAt) }),
        })),
      };
    });
}

function answered(
  { by, standInFor, at }: Pick<NonNullable<Entry['answer']>, 'by' | 'standInFor' | 'at'>,
  say: Saying,
): z.output<typeof answerSchema> {
  return { by, ...(standInFor === undefined ? {} : { standInFor }), at, inWords: say.moment(at) };
}

/** An entry of a schedule on a desk, or past its date. */
export const deskEntrySchema = z
  .object({
    caseId: z.string().meta({ description: 'The schedule it comes from; answer with an act on it' }),
    jobId: z.string().optional(),
    title: z.string(),
    entry: z.string(),
    mark: z.string(),
    owner: z.string(),
    state: z.enum(['asked', 'confirmed', 'declined', 'done']),
    dueAt: z.string(),
    dueInWords: inWords,
    late: z.boolean(),
  })
  .meta({ id: 'DeskEntry' });

/** The line of an entry. */
export function deskEntry(
  { state: of, entry }: Pick<DeskEntry, 'state' | 'entry'>,
  say: Saying,
): z.output<typeof deskEntrySchema> {
  const { id, mark, owner, state, node } = entry;
  return {
    caseId: caseKey(of.processId),
    ...(of.jobId === undefined ? {} : { jobId: of.jobId }),
    title: of.title,
    entry: id,
    mark,
    owner,
    state,
    dueAt: node,
    dueInWords: say.due(node),
    late: node < say.now,
  };
}
