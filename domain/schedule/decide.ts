import type { CaseReport, MoveAct } from '../cases/acts.ts';
import { decideCase, decideMove, isReport, serviceMove } from '../cases/decide.ts';
import { handCaseOver } from '../cases/hand-over.ts';
import { standsInFor } from '../cases/holders.ts';
import { couldRule } from '../cases/refresh.ts';
import { isBegun, isOver } from '../cases/state.ts';
import { diffMs } from '../instant.ts';
import type { Command, PersonActor, Refusal } from '../process.ts';
import { isRefusal, refuse } from '../process.ts';
import { entryRows, laidDown, ownersOf, releasedBy } from './entries.ts';
import { entryLadder, nextRung } from './ladder.ts';
import type { Entry, EntryAct, ScheduleAct, ScheduleEvent, ScheduleState } from './state.ts';
import { entriesClock, openEntries } from './state.ts';

/** How far ahead a time node may lie, milliseconds: two years; further is a year mistyped, and no calendar knows it. */
const furthestMs = 2 * 366 * 86_400_000;

/** What a command would cause on a schedule, or why not. */
export function decideSchedule(
  state: ScheduleState,
  command: Command<ScheduleAct>,
): readonly ScheduleEvent[] | Refusal {
  const { act, actor } = command;
  if (act.type === 'confirmEntry' || act.type === 'declineEntry' || act.type === 'reportEntry')
    return answer(state, { ...command, act });
  if (act.type === 'entryReached') {
    const entry = openEntries(state).find(({ id }) => id === act.entry);
    const next = entry && nextRung(entry);
    const reached = next !== undefined && next.rung === act.rung && command.receivedAt >= next.at;
    if (actor.kind !== 'system' || !reached || isOver(state)) return [];
    return [{ type: 'entryReminded', entry: act.entry, rung: act.rung }];
  }
  if (isReport(act)) return report(state, { ...command, act });
  if (act.type === 'move' && act.move === 'layDown' && actor.kind === 'person' && isBegun(state))
    return layDown(state, { ...command, act, actor });
  return decideCase(state, { ...command, act });
}

/**
 * Lays down a version. What its form lacks the table has refused already; here a task stands once, and a date
 * that is new still lies ahead: nobody can promise what was due before they were asked, nor be reminded of it.
 */
function layDown(
  state: ScheduleState,
  command: Command<MoveAct> & { readonly actor: PersonActor },
): readonly ScheduleEvent[] | Refusal {
  const events = decideMove(state, command);
  if (isRefusal(events)) return events;
  const { act, actor, receivedAt } = command;
  const rows = entryRows(act.paper?.facts);
  const twice = rows.findIndex(({ task }, n) => rows.findIndex((other) => other.task === task) < n);
  if (twice >= 0) return wrongRow(twice, 'task', 'twice');
  const version = (state.papers['F-11']?.version ?? 0) + 1;
  const laying = { version, by: actor.personId, at: receivedAt, next: state.nextEntry };
  const { entries } = laidDown(state.entries, rows, laying);
  const fresh = entries.filter((entry) => entry.version === version);
  const over = fresh.find(({ node }) => node <= receivedAt);
  if (over !== undefined) return wrongRow(over.row, 'timeNode', 'past');
  const far = fresh.find(({ node }) => diffMs(receivedAt, node) > furthestMs);
  if (far !== undefined) return wrongRow(far.row, 'timeNode', 'farAhead');
  const parts = {
    executors: ownersOf(entries),
    asked: ownersOf(entries.filter((entry) => entry.state === 'asked')),
    released: releasedBy(state.entries, entries).filter((id) => id !== actor.personId),
  };
  return events.map((event) => (event.type === 'caseMoved' && event.move === act.move ? { ...event, parts } : event));
}

function wrongRow(row: number, name: 'task' | 'timeNode', why: 'twice' | 'past' | 'farAhead'): Refusal {
  return refuse('FIELD_WRONG', { field: `paper.content.entries.${row}.${name}`, params: { name, why }, rule: 'R-52' });
}

/** What an executor says of an entry of theirs. Nobody says it for them but whoever stands in while they are away. */
function answer(
  state: ScheduleState,
  { act, actor, receivedAt }: Command<EntryAct>,
): readonly ScheduleEvent[] | Refusal {
  const rule = 'R-53';
  const entry = state.entries.find(({ id }) => id === act.entry);
  if (!entry) return refuse('UNKNOWN_OBJECT', { field: 'entry', params: { what: 'entry' }, rule });
  const no = refuse('NOT_ALLOWED', { params: { who: 'executors' }, rule });
  if (actor.kind !== 'person') return no;
  const standInFor = absentOwner(state, entry, actor);
  if (actor.personId !== entry.owner && standInFor === undefined) return no;
  if (isOver(state)) return refuse('CLOSED', { params: { phase: state.state } });
  if (act.mark !== entry.mark) return refuse('STALE_VERSION', { field: 'mark', rule });
  const answered = {
    entry: entry.id,
    mark: entry.mark,
    by: actor.personId,
    proof: actor.proof,
    ...(standInFor === undefined ? {} : { standInFor }),
  };
  const before = refuse('ALREADY_DECIDED', { field: 'entry', rule });
  switch (act.type) {
    case 'confirmEntry':
      return entry.state === 'confirmed' || entry.state === 'done' ? before : [{ type: 'entryConfirmed', ...answered }];
    case 'declineEntry': {
      if (entry.state === 'declined' || entry.state === 'done') return before;
      const words = act.words.trim();
      if (words === '') return refuse('FIELD_MISSING', { field: 'words', params: { fields: ['words'] }, rule });
      return [{ type: 'entryDeclined', ...answered, words }];
    }
    case 'reportEntry': {
      if (entry.state === 'done') return before;
      const evidence = act.evidence.trim();
      if (evidence === '')
        return refuse('FIELD_MISSING', { field: 'evidence', params: { fields: ['evidence'] }, rule: 'R-52' });
      const { doneAt = receivedAt } = act;
      if (doneAt > receivedAt)
        return refuse('FIELD_WRONG', { field: 'doneAt', params: { name: 'doneAt', why: 'future' }, rule: 'R-52' });
      const last = openEntries(state).every(({ id }) => id === entry.id);
      return [
        { type: 'entryDone', ...answered, doneAt, evidence },
        ...(last ? serviceMove(state, 'fulfil', 'report') : []),
      ];
    }
  }
}

/** The owner of an entry, where this person stands in for them; undefined where it is their own or a stranger's. */
function absentOwner(state: ScheduleState, { owner }: Entry, actor: PersonActor): string | undefined {
  if (actor.personId === owner) return undefined;
  return [actor.standInFor, ...standsInFor(state, actor.personId)].find((absent) => absent === owner);
}

function report(state: ScheduleState, command: Command<CaseReport>): readonly ScheduleEvent[] | Refusal {
  const { act, actor } = command;
  if (act.type === 'counted' && act.clock === entriesClock) {
    const { at, count } = act;
    const expected = state.entries.length * entryLadder.length;
    const asked = actor.kind === 'system' && count === state.entriesCount && at.length === expected;
    return asked ? [{ type: 'entriesCounted', count, at }] : [];
  }
  if (act.type === 'handOver' && actor.kind === 'system') {
    const theirs = openEntries(state).some(({ owner }) => owner === act.cause.from);
    // What was one person's promise is asked of the next one.
    return handCaseOver(state, act.cause, theirs).map((event) =>
      theirs ? { ...event, parts: [...new Set([...event.parts, 'asked'])] } : event,
    );
  }
  const events = decideCase(state, command);
  if (isRefusal(events) || act.type !== 'refresh' || events.length === 0) return events;
  const { cause } = act;
  const ruled = cause.kind === 'calendar' && couldRule(state, 'office', cause.calendarId);
  return ruled && openEntries(state).length > 0 ? [...events, { type: 'entriesRecounting' }] : events;
}
