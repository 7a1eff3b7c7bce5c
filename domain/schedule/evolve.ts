import type { CaseMoved } from '../cases/acts.ts';
import { evolveCase, stamped } from '../cases/evolve.ts';
import type { CaseHandedOver } from '../cases/hand-over.ts';
import type { Asked, MailFate } from '../cases/state.ts';
import { peopleOf } from '../cases/state.ts';
import type { Stamp } from '../process.ts';
import { confirmEntries } from './definition.ts';
import { entryRows, laidDown, ownersOf } from './entries.ts';
import { withRungs } from './ladder.ts';
import type { Entry, ScheduleEvent, ScheduleState } from './state.ts';
import { openEntries } from './state.ts';

/** A schedule after an event. Total: what was once accepted can always be folded again. */
export function evolveSchedule(before: ScheduleState, event: ScheduleEvent, stamp: Stamp): ScheduleState {
  switch (event.type) {
    case 'entryConfirmed':
      return onEntry(stamped(before, stamp), event.entry, { state: 'confirmed', answer: answerOf(event, stamp) });
    case 'entryDeclined':
      return onEntry(stamped(before, stamp), event.entry, {
        state: 'declined',
        answer: { ...answerOf(event, stamp), words: event.words },
      });
    case 'entryDone': {
      const { doneAt, evidence } = event;
      const done = { ...answerOf(event, stamp), doneAt, evidence };
      return onEntry(stamped(before, stamp), event.entry, { state: 'done', done });
    }
    case 'entryReminded': {
      const rungs = before.entries
        .find(({ id }) => id === event.entry)
        ?.rungs?.map((rung, n) => (n === event.rung ? { ...rung, rangAt: stamp.at } : rung));
      return onEntry(stamped(before, stamp), event.entry, rungs ? { rungs } : {});
    }
    case 'entriesCounted': {
      const entries = before.entries.map((entry, n) => withRungs(entry, event.at, n, stamp.at));
      return { ...stamped(before, stamp), entries };
    }
    case 'entriesRecounting':
      return { ...stamped(before, stamp), entriesCount: stamp.seq };
    case 'caseMoved':
      return event.move === 'layDown' ? laid(before, event, stamp) : evolveCase(before, event, stamp);
    case 'caseHandedOver':
      return handedOver(before, event, stamp);
    default:
      return evolveCase(before, event, stamp);
  }
}

function answerOf({ by, standInFor }: { readonly by: string; readonly standInFor?: string }, { receivedAt }: Stamp) {
  return { by, ...(standInFor === undefined ? {} : { standInFor }), at: receivedAt };
}

function onEntry(state: ScheduleState, id: string, change: Partial<Entry>): ScheduleState {
  return { ...state, entries: state.entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)) };
}

function laid(before: ScheduleState, event: CaseMoved, stamp: Stamp): ScheduleState {
  const after = evolveCase(before, event, stamp);
  const { paper, by } = event;
  if (paper === undefined) return after;
  const laying = { version: paper.version, by, at: stamp.receivedAt, next: before.nextEntry };
  const { entries, next } = laidDown(before.entries, entryRows(paper.facts), laying);
  const asked = withStanding(after, before.asked[confirmEntries]?.people ?? {}, entries);
  return { ...after, entries, nextEntry: next, entriesCount: stamp.seq, asked };
}

/**
 * The asking, with everybody in it who has something open: whoever confirmed it all is not written to again, but their
 * leave still moves what they have to do.
 */
function withStanding(
  { asked }: Pick<ScheduleState, 'asked'>,
  before: Readonly<Record<string, MailFate>>,
  entries: readonly Entry[],
): ScheduleState['asked'] {
  const now: Asked | undefined = asked[confirmEntries];
  if (now === undefined) return asked;
  const standing = ownersOf(openEntries({ entries })).map((owner) => [owner, before[owner] ?? {}] as const);
  return { ...asked, [confirmEntries]: { ...now, people: { ...Object.fromEntries(standing), ...now.people } } };
}

/** After a hand-over of the brand: what the giver had open is the taker's to confirm; everybody else's stays as it is. */
function handedOver(before: ScheduleState, event: CaseHandedOver, stamp: Stamp): ScheduleState {
  const { from, to } = event;
  const after = evolveCase(before, event, stamp);
  const theirs = openEntries(before).filter(({ owner }) => owner === from);
  if (theirs.length === 0) return after;
  const entries = before.entries.map((entry): Entry => {
    if (!theirs.includes(entry)) return entry;
    const { answer: _given, rungs: _theirs, ...rest } = entry;
    return { ...rest, owner: to, state: 'asked', askedAt: stamp.receivedAt };
  });
  const parts = {
    ...after.parts,
    executors: [...new Set([...peopleOf(after, 'executors'), to])],
    asked: [...new Set([...peopleOf(after, 'asked'), to])],
  };
  const { [from]: _gone, ...others } = before.asked[confirmEntries]?.people ?? {};
  return { ...after, parts, entries, entriesCount: stamp.seq, asked: withStanding(after, others, entries) };
}
