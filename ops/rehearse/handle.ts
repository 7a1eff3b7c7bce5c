import type { Connection } from 'mongoose';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import { addMs, diffMs, instantAt } from '../../domain/instant.ts';
import type { Instant } from '../../domain/instant.ts';
import { jobTable } from '../../store/jobs.ts';
import type { JobRow } from '../../store/jobs.ts';
import { takeServerTime } from '../../worker/rehearsal.ts';
import type { Inbox } from '../stack/stack.ts';
import { digestWorkflowId, taskQueue } from '../../workflows/ids.ts';
import { digestsAhead, openDesks } from './ahead.ts';
import type { OpenDesk } from './ahead.ts';
import { openCases } from './cases-ahead.ts';
import type { OpenCase } from './cases-ahead.ts';
import type { RehearsalEngine } from './engine.ts';
import { momentInWords, nextOnTheWall, readWish } from './moments.ts';

/** What the handle is made of. */
export interface HandleParts {
  readonly engine: RehearsalEngine;
  readonly store: Connection;
  readonly inbox: Inbox;
  /** Where api and worker read by how much the clock is moved. */
  readonly clockFile: string;
  /** The office's zone, in which moments are said and meant. */
  readonly zone: string;
  readonly say: (line: string) => void;
}

/** The handle of a rehearsal's clock: one line in, answers out. */
export interface Handle {
  /** Does what a line asks and says what came of it; false when it asks for the end. Never rejects for what was typed. */
  hear(line: string): Promise<boolean>;
  /** Waits, within reason, until no job, meeting or minutes has anything under way. */
  settle(): Promise<boolean>;
}

/** What can be typed, in both languages. */
export const handleHelp: readonly string[] = [
  '  +2h  +1d  +30m     时钟前进这么久              the clock goes on by so much (m, h, d, w)',
  '  周一 09:00         到下一个这样的时刻          to the next such moment in the office (Mon 09:00)',
  '  下一步             到下一个提醒、到期或汇总    to the next rung, due date or digest (next)',
  '  现在               现在几点，什么在等          the time, and what is open (where)',
  '  帮助               这份说明                    this list (help)',
  '  退出               有序结束                    ends everything in order (quit, Ctrl-C)',
];

/** How long work under way may take before the handle goes on without it; milliseconds. */
const settleWithinMs = 15_000;
/** How long one move of the clock may take on the machine's own; milliseconds. */
const moveWithinMs = 120_000;
/** What the clock brings is over a moment after its time; milliseconds. */
const justAfterMs = 1_000;

/** Makes the handle of a rehearsal that runs. */
export function handleOf({ engine, store, inbox, clockFile, zone: zoneName, say }: HandleParts): Handle {
  const zone = zoneNamed(zoneName);
  const told = new Set<string>();
  const words = (at: Instant): string => momentInWords(zone, at);
  const now = async (): Promise<Instant> => instantAt(await engine.clock.now());

  const settle = async (): Promise<boolean> => {
    const rows = await jobTable(store).find({ open: true }, { _id: 1 }).lean<Pick<JobRow, '_id'>[]>();
    const digests = await digestsAhead(store);
    const cases = await openCases(store, await now());
    return engine.settled(
      [
        ...rows.map(({ _id }) => _id),
        ...cases.map(({ processId }) => processId),
        ...digests.map(({ digestId }) => digestWorkflowId(taskQueue, digestId)),
      ],
      settleWithinMs,
    );
  };

  const tellMails = async (): Promise<void> => {
    for (const { id, to, subject } of inbox.list().toReversed()) {
      if (told.has(id)) continue;
      told.add(id);
      const sent = Date.parse((await inbox.read(id))?.date ?? '');
      const when = Number.isNaN(sent) ? '' : words(instantAt(sent));
      say(`  邮件 mail  ${when}  ${to.join(', ')}  ${subject}`);
    }
  };

  const tellTime = async (): Promise<void> => {
    await takeServerTime(engine.clock, clockFile);
    say(`${words(await now())} (${zoneName})`);
    await tellMails();
  };

  const moveTo = async (target: Instant): Promise<void> => {
    // A clock that is moved while something is under way would move it past its own beginning.
    const rested = await settle();
    const ms = diffMs(await now(), target);
    try {
      if (ms > 0) await engine.clock.sleep(ms, moveWithinMs);
    } catch {
      say('  时钟没有走到：还有工作占着它。 The clock has not come as far: work under way holds it. 现在/where');
    }
    if (!(await settle()) || !rested)
      say('  有工作还没做完（例如寄不出的邮件）。 Some work is still under way, such as a mail that no server takes.');
    await tellTime();
  };

  const tellDesk = ({ job, step, holders, dueAt, ahead }: OpenDesk): void => {
    say(`  ${job}: ${step}  [${holders.join('、')}]`);
    if (dueAt !== undefined) say(`    期限 due   ${words(dueAt)}`);
    const [first] = ahead;
    if (first !== undefined) say(`    接着 then  ${words(first.at)}  ${first.what}`);
  };

  const tellCase = ({ title, standing, holders, ahead }: OpenCase): void => {
    say(`  ${title}: ${standing}  [${holders.join('、')}]`);
    const [first] = ahead;
    if (first !== undefined) say(`    接着 then  ${words(first.at)}  ${first.what}`);
  };

  const next = async (): Promise<void> => {
    await settle();
    const from = await now();
    const [desks, cases] = await Promise.all([openDesks(store, from), openCases(store, from)]);
    const mails = (await digestsAhead(store)).filter(({ at }) => at > from);
    const all = [
      ...desks.flatMap(({ job, step, ahead }) =>
        ahead.map(({ at, what }) => ({ at, what: `${job}: ${step}: ${what}` })),
      ),
      ...cases.flatMap(({ title, ahead }) => ahead.map(({ at, what }) => ({ at, what: `${title}: ${what}` }))),
      ...mails.map(({ at, to }) => ({ at, what: `汇总邮件→${to} a digest, to ${to}` })),
    ];
    const [nearest] = all.toSorted((a, b) => diffMs(b.at, a.at));
    if (nearest === undefined) {
      say('  没有什么在等时钟。 Nothing that is open waits for the clock.');
      return tellTime();
    }
    const until = addMs(nearest.at, justAfterMs);
    for (const { at, what } of all) {
      if (at <= until) say(`  下一步 next  ${words(at)}  ${what}`);
    }
    await moveTo(until);
  };

  const where = async (): Promise<void> => {
    await settle();
    await tellTime();
    const at = await now();
    const [desks, cases] = await Promise.all([openDesks(store, at), openCases(store, at)]);
    if (desks.length === 0) say('  没有开着的步骤。 No step is open.');
    desks.forEach(tellDesk);
    cases.forEach(tellCase);
  };

  return {
    settle,
    async hear(line) {
      const wish = readWish(line);
      switch (wish.kind) {
        case 'nothing':
          return true;
        case 'quit':
          return false;
        case 'by':
          await moveTo(addMs(await now(), wish.ms));
          return true;
        case 'to':
          await moveTo(nextOnTheWall(zone, await now(), wish.weekday, wish.minutes));
          return true;
        case 'next':
          await next();
          return true;
        case 'where':
          await where();
          return true;
        case 'unclear':
          say(`  看不懂“${line.trim()}”，什么都没有变。 "${line.trim()}" means nothing here; nothing was changed.`);
          handleHelp.forEach(say);
          return true;
        case 'help':
          handleHelp.forEach(say);
          return true;
      }
    },
  };
}
