import type { Connection, QueryFilter } from 'mongoose';
import { calendarIdsOfDesk, calendarOwner } from '../domain/calendar/desk.ts';
import { calendars } from './calendars.ts';
import type { AbsenceCause } from '../domain/job/acts.ts';
import { brandsOfPerson } from './people.ts';
import type { StepRow } from './steps.ts';
import { stepTable } from './steps.ts';
import { op } from './table.ts';

/** A change of the registers that may move what runs. */
export type RegisterCause = { readonly kind: 'calendar'; readonly calendarId: string };

/**
 * The jobs that somebody's leave may move: at its beginning those with a desk of theirs open, at its end those of their
 * brands with any desk of ours open, because somebody else may hold it for them. The jobs themselves know which do.
 */
export async function jobsOfLeave(
  connection: Connection,
  { personId, what }: Pick<AbsenceCause, 'personId' | 'what'>,
): Promise<readonly string[]> {
  const narrow: QueryFilter<StepRow> =
    what === 'begins'
      ? { holders: personId }
      : { side: 'agency', brandId: op({ $in: await brandsOfPerson(connection, personId) }) };
  return stepTable(connection).distinct('processId', { open: true, ...narrow });
}

/**
 * Whether the holder of a desk is being looked for at this moment in a brand that a person serves: it may come to lie with
 * them, found before their leave was in the register, and the records do not know it yet.
 */
export async function desksOpening(connection: Connection, personId: string): Promise<boolean> {
  const brandId = op({ $in: await brandsOfPerson(connection, personId) });
  const opening = { open: true, side: 'agency', state: 'opening', brandId } as const;
  return (await stepTable(connection).findOne(opening, { _id: 1 }).lean()) !== null;
}

/** The open desks of a person, due first in front, at most `limit`. */
export async function openDesksOf(connection: Connection, personId: string, limit: number): Promise<AffectedStep[]> {
  return stepTable(connection)
    .find({ open: true, holders: personId }, wanted)
    .sort({ dueSort: 1, _id: 1 })
    .limit(limit)
    .lean<AffectedStep[]>();
}

/** An open desk that a cause reaches, with everything that its clock is counted from. */
export type AffectedStep = Pick<
  StepRow,
  | '_id'
  | 'processId'
  | 'circulation'
  | 'round'
  | 'step'
  | 'point'
  | 'role'
  | 'side'
  | 'holders'
  | 'openedAt'
  | 'askedAt'
  | 'dueAt'
  | 'rungs'
  | 'ladder'
  | 'own'
  | 'dueMoved'
  | 'title'
  | 'jobNumber'
  | 'clientId'
  | 'brandId'
  | 'onHold'
>;

const wanted = [
  'processId',
  'circulation',
  'round',
  'step',
  'point',
  'role',
  'side',
  'holders',
  'openedAt',
  'askedAt',
  'dueAt',
  'rungs',
  'ladder',
  'own',
  'dueMoved',
  'title',
  'jobNumber',
  'clientId',
  'brandId',
  'onHold',
].join(' ');

/**
 * The open desks that a changed calendar rules, due first in front: the one place that says what a cause reaches, for the
 * preview before it is saved and for whoever takes it to the running processes afterwards (`processId` names them). A
 * calendar that is not in the register yet reaches what it would rule once it is.
 */
export async function* affectedSteps(connection: Connection, cause: RegisterCause): AsyncGenerator<AffectedStep> {
  const owner = calendarOwner(cause.calendarId);
  const narrow: QueryFilter<StepRow> =
    owner.kind === 'client'
      ? { side: 'client', clientId: owner.clientId }
      : owner.kind === 'person'
        ? { side: 'agency', holders: owner.personId }
        : {};
  const known = new Set([...(await calendars.now(connection)).byId.keys(), cause.calendarId]);
  const rows = stepTable(connection)
    .find({ open: true, ...narrow }, wanted)
    .sort({ dueSort: 1 })
    .lean<AffectedStep[]>()
    .cursor({ batchSize: 500 });
  for await (const row of rows) {
    if (calendarIdsOfDesk(row).find((id) => known.has(id)) === cause.calendarId) yield row;
  }
}
