import type { Connection } from 'mongoose';
import { prefixOf } from '../domain/number/parts.ts';
import { auditTable } from './audit.ts';
import { clients } from './clients.ts';
import { draftTable } from './drafts.ts';
import { grantTable } from './grants.ts';
import { jobStateTable, jobTable } from './jobs.ts';
import { logTable } from './log.ts';
import { loginCodeTable } from './login-codes.ts';
import { jobNamesTable } from './names.ts';
import { counters, jobNumbers } from './numbers.ts';
import { outboxTable } from './outbox.ts';
import { paperVersionTable } from './papers.ts';
import { absences, brandTeams, people } from './people.ts';
import { sessionTable } from './sessions.ts';
import { stepTable } from './steps.ts';
import { markRegister } from './register-marks.ts';
import type { RegisterView } from './register-view.ts';
import { op } from './table.ts';

/** Everything of the demonstration carries this in front of its id, so one action can remove it. */
export const demoPrefix = 'demo-';

/** What of the demonstration lies in this house. */
export interface DemoSize {
  readonly jobs: number;
  readonly people: number;
  readonly clients: number;
}

const ofDemo = { $regex: `^${demoPrefix}` } as const;

/** The jobs for brands of the demonstration, whoever asked for them. */
async function demoJobs(connection: Connection): Promise<string[]> {
  const rows = await jobTable(connection)
    .find({ brandId: op(ofDemo) }, { _id: 1 })
    .lean<{ _id: string }[]>();
  return rows.map(({ _id }) => _id);
}

/** How much of the demonstration is there; all zero where there is none. */
export async function demoSize(connection: Connection): Promise<DemoSize> {
  const [jobs, humans, houses] = await Promise.all([
    jobTable(connection).countDocuments({ brandId: op(ofDemo) }),
    people.table(connection).countDocuments({ _id: op(ofDemo) }),
    clients.table(connection).countDocuments({ _id: op(ofDemo) }),
  ]);
  return { jobs, people: humans, clients: houses };
}

/** Removes rows of one collection; what was there is counted by nobody, so the same twice is harmless. */
interface Removes {
  deleteMany(filter: object): PromiseLike<unknown>;
}

/** The same for a page that has the registers before it: a house that holds nobody of the demonstration is asked nothing. */
export async function demoSeen(
  connection: Connection,
  house: { readonly people: RegisterView<{ id: string }>; readonly clients: RegisterView<{ id: string }> },
): Promise<DemoSize> {
  if (!house.people.complete || !house.clients.complete) return demoSize(connection);
  const ofIt = ({ all }: RegisterView<{ id: string }>): string[] =>
    all.map(({ id }) => id).filter((id) => id.startsWith(demoPrefix));
  const houses = ofIt(house.clients);
  // By the client, which all its jobs have and an index finds; brands are only looked through when it is removed.
  const jobs = houses.length === 0 ? 0 : await jobTable(connection).countDocuments({ clientId: op({ $in: houses }) });
  return { jobs, people: ofIt(house.people).length, clients: houses.length };
}

/**
 * Takes the demonstration out of the house: its jobs with their logs, papers, links and mails, its people, clients and
 * teams, and everybody's drafts and sessions that hang on them. `end` takes a job out of the engine and must not mind one
 * that is over. Doing it again is harmless. Files, lists of files and frozen papers stay: they lie by their hash, name
 * nobody, and a job of the house may use the same ones. The exception to R-08 is deliberate: numbers of a demonstration
 * may be drawn again, unless a job of the house shares their prefix.
 */
export async function removeDemo(connection: Connection, end: (processId: string) => Promise<void>): Promise<DemoSize> {
  const size = await demoSize(connection);
  const ids = await demoJobs(connection);
  for (const id of ids) await end(id);
  const jobs = { $in: ids };
  const numbers = await jobNumbers(connection)
    .find({ _id: op(jobs) })
    .lean<{ parts: Parameters<typeof prefixOf>[0] }[]>();
  const byProcess: readonly Removes[] = [
    stepTable,
    logTable,
    paperVersionTable,
    grantTable,
    outboxTable,
    draftTable,
  ].map((table) => table(connection) as Removes);
  const byId: readonly Removes[] = [jobNamesTable, jobStateTable, jobNumbers].map(
    (table) => table(connection) as Removes,
  );
  // The jobs themselves go last: an interrupted removal still finds them and goes on where it was.
  for (const table of byProcess) await table.deleteMany({ processId: op(jobs) });
  for (const table of byId) await table.deleteMany({ _id: op(jobs) });
  await jobTable(connection).deleteMany({ _id: op(jobs) });
  await forgetCounters(connection, [...new Set(numbers.map(({ parts }) => prefixOf(parts)))]);
  await draftTable(connection).deleteMany({ ownerId: op(ofDemo) });
  for (const table of [sessionTable(connection), loginCodeTable(connection)] as readonly Removes[])
    await table.deleteMany({ personId: op(ofDemo) });
  await connection.collection('apiTokens').deleteMany({ personId: ofDemo });
  await absences.table(connection).deleteMany({ keys: op({ $regex: `^(person|standIn):${demoPrefix}` }) });
  for (const { name, table } of [brandTeams, clients, people]) {
    await (table(connection) as Removes).deleteMany({ _id: op(ofDemo) });
    await markRegister(connection, name);
  }
  await auditTable(connection).deleteMany({ entry: op(ofDemo) });
  return size;
}

/** A counter whose numbers are all gone begins anew; one that a job of the house uses stays as it is. */
async function forgetCounters(connection: Connection, prefixes: readonly string[]): Promise<void> {
  for (const prefix of prefixes) {
    const used = await jobNumbers(connection).countDocuments({ number: op({ $regex: `^${prefix}\\d` }) });
    if (used === 0) await counters(connection).deleteOne({ _id: prefix });
  }
}
