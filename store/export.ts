import type { Connection } from 'mongoose';
import type { Salted } from '../domain/log/commitment.ts';
import type { Head } from '../domain/job/state.ts';
import type { KeptEntry } from '../domain/log/entry.ts';
import { readEntry } from '../domain/log/entry.ts';
import type { ChainLink } from '../domain/log/linked.ts';
import { linksOf } from './audit.ts';
import type { DailyHeads } from './daily.ts';
import { dailyBody, dailyFiles } from './daily.ts';
import type { LogRow } from './log.ts';
import { entriesOf, keptOf } from './log.ts';
import { networksOf } from './networks.ts';

/** A process's log as a file that anybody can check without us. */
export interface LogExport {
  readonly format: 'jobbag-log-1';
  readonly processId: string;
  readonly head: Head;
  readonly entries: readonly KeptEntry[];
  /** Signed daily files that name this process, each with the public key it was signed with. */
  readonly daily: readonly DailyHeads[];
  /** The chains its entries took heads of, without their contents; present where there are any. */
  readonly linked?: Readonly<Record<string, readonly ChainLink[]>>;
  /** Names, mail and network addresses beside the entries, when they were asked for; by number of the entry. */
  readonly personal?: Readonly<
    Record<
      string,
      { readonly personId: string; readonly name?: Salted; readonly address?: Salted; readonly network?: Salted }
    >
  >;
}

/** What of a log is exported. */
export interface ExportOptions {
  /** The last entry taken; all without. */
  readonly toSeq?: number;
  /** Names and addresses too; never unless somebody needs to prove who signed. */
  readonly personal?: boolean;
}

/** Exports a log. The same log up to the same entry always gives the same export. Undefined when there is no such log. */
export async function exportLog(
  connection: Connection,
  processId: string,
  options: ExportOptions = {},
): Promise<LogExport | undefined> {
  const rows = await entriesOf(connection, processId, options.toSeq === undefined ? {} : { toSeq: options.toSeq });
  const last = rows.at(-1);
  if (!last) return undefined;
  return {
    format: 'jobbag-log-1',
    processId,
    head: { seq: last.seq, hash: last.hash },
    entries: rows.map(keptOf),
    daily: await dailyNaming(connection, processId, last.seq),
    ...(await linkedChains(connection, rows)),
    ...(options.personal ? { personal: await personalBeside(connection, rows) } : {}),
  };
}

/** What lies beside entries; it stands with the first entry of a command. */
async function personalBeside(
  connection: Connection,
  rows: readonly LogRow[],
): Promise<NonNullable<LogExport['personal']>> {
  const networks = await networksOf(
    connection,
    rows.map((row) => row.commandId),
  );
  return Object.fromEntries(
    rows.flatMap((row) => {
      if (!row.personal) return [];
      const network = networks.get(row.commandId);
      return [[String(row.seq), { ...row.personal, ...(network ? { network } : {}) }]];
    }),
  );
}

/** Each chain up to the newest head that was taken in, so the same log always gives the same export. */
async function linkedChains(connection: Connection, rows: readonly LogRow[]): Promise<Pick<LogExport, 'linked'>> {
  const newest = new Map<string, number>();
  for (const row of rows) {
    const taken = Object.entries(readEntry(row.body)?.stamp.links ?? {});
    for (const [chain, { seq }] of taken) newest.set(chain, Math.max(seq, newest.get(chain) ?? 0));
  }
  if (newest.size === 0) return {};
  const chains = await Promise.all(
    [...newest]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(async ([chain, seq]) => [chain, (await linksOf(connection, chain)).slice(0, seq)] as const),
  );
  return { linked: Object.fromEntries(chains) };
}

const PAGE = 100;

async function dailyNaming(connection: Connection, processId: string, toSeq: number): Promise<DailyHeads[]> {
  const found: DailyHeads[] = [];
  for (let from = 1; ; from += PAGE) {
    const files = await dailyFiles(connection, from, PAGE);
    found.push(...files.filter((file) => (dailyBody(file).heads[processId]?.seq ?? Infinity) <= toSeq));
    if (files.length < PAGE) return found;
  }
}
