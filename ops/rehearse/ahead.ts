import type { Connection } from 'mongoose';
import type { Circulation, Rung, Stay } from '../../domain/circulation/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JobState } from '../../domain/job/state.ts';
import { laterOf } from '../../domain/instant.ts';
import { rungWords, whomWords } from '../../domain/wording/history-circulation.ts';
import { circulationWords } from '../../domain/wording/points.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { jobStateTable, jobTable, readState } from '../../store/jobs.ts';
import type { JobRow, JobStateRow } from '../../store/jobs.ts';
import { outboxTable } from '../../store/outbox.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { peopleById } from '../../store/people.ts';
import { op } from '../../store/table.ts';

/** One thing that the clock will bring to an open step. */
export interface Ahead {
  readonly at: Instant;
  /** In both languages. */
  readonly what: string;
}

/** An open step as a person at the handle sees it. */
export interface OpenDesk {
  readonly job: string;
  /** In both languages. */
  readonly step: string;
  readonly holders: readonly string[];
  /** Absent where the step has no date. */
  readonly dueAt?: Instant;
  /** What is still to come, in order. */
  readonly ahead: readonly Ahead[];
}

/** A digest that is planned: when it leaves, to whom, and its key. */
export interface DigestAhead {
  readonly at: Instant;
  readonly digestId: string;
  readonly to: string;
}

/** Every digest that has not left, the nearest first; one whose reader has nothing to read will not be a mail. */
export async function digestsAhead(store: Connection): Promise<readonly DigestAhead[]> {
  const rows = await outboxTable(store)
    .find({ kind: op({ $eq: 'digest' as OutboxRow['kind'] }), state: op({ $in: ['queued', 'claimed'] as const }) })
    .sort({ notBefore: 1, _id: 1 })
    .lean<OutboxRow[]>();
  const known = await peopleById(
    store,
    rows.map(({ personId }) => personId),
  );
  return rows.map(({ _id, notBefore, personId }) => ({
    at: notBefore,
    digestId: _id,
    to: known.get(personId)?.name ?? personId,
  }));
}

/** Every open step of every job that runs, with what the clock will bring to it after `now`. A job on hold has nothing ahead. */
export async function openDesks(store: Connection, now: Instant): Promise<readonly OpenDesk[]> {
  const rows = await jobTable(store).find({ open: true }).sort({ since: 1, _id: 1 }).lean<JobRow[]>();
  const ids = op({ $in: rows.map(({ _id }) => _id) });
  const states = await jobStateTable(store).find({ _id: ids }).lean<JobStateRow[]>();
  const stateOf = new Map(states.map((row) => [row._id, readState(row)]));
  const desks = rows.flatMap((row) => {
    const state = stateOf.get(row._id);
    return state === undefined ? [] : desksOf(row, state, now);
  });
  const known = await peopleById(
    store,
    desks.flatMap(({ holders }) => holders),
  );
  return desks.map((desk) => ({ ...desk, holders: desk.holders.map((id) => known.get(id)?.name ?? id) }));
}

function desksOf(row: JobRow, state: JobState, now: Instant): OpenDesk[] {
  const job = `${row.jobNumber ?? ''} ${row.title}`.trim();
  return Object.values(state.circulations)
    .filter(({ status }) => status === 'running')
    .flatMap((circulation) =>
      circulation.stays
        .filter((stay) => stay.state === 'open')
        .map((stay) => ({
          job,
          step: stepOf(circulation, stay),
          holders: stay.holders.map(({ personId }) => personId),
          ...(stay.dueAt === undefined ? {} : { dueAt: stay.dueAt }),
          ahead: state.onHold ? [] : aheadOf(stay).filter(({ at }) => at > now),
        })),
    );
}

function stepOf(circulation: Circulation, stay: Stay): string {
  const [point, step] = [circulationWords(circulation.id), stepWords(stay.step)];
  return `${point.zh} · ${step.zh} ${point.en} · ${step.en}`;
}

/** Rungs not yet climbed, the date, and the hour after which an unreached desk is told: the nearest first. */
function aheadOf(stay: Stay): Ahead[] {
  const rungs = stay.rungs
    .filter(({ firedAt }) => firedAt === undefined)
    // "I'm on it until" makes a rung wait for its end.
    .map((rung) => ({ at: laterOf(rung.at, stay.onItUntil ?? rung.at), what: rungInWords(rung) }));
  const asked = stay.holders.some(({ askedAt }) => askedAt !== undefined);
  return [
    ...rungs,
    ...(stay.dueAt === undefined ? [] : [{ at: stay.dueAt, what: '到期 due' }]),
    ...(stay.unreachedAt === undefined || stay.unreachedTold === true || asked
      ? []
      : [{ at: stay.unreachedAt, what: '邮件未送达，告知客户执行 nobody reached, the account executive is told' }]),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function rungInWords(rung: Rung): string {
  const [kind, whom] = [rungWords[rung.kind], whomWords[rung.whom]];
  return `${kind.zh}→${whom.zh} ${kind.en}, to ${whom.en}`;
}
