import { shanghaiOffice } from '../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import { isWorkingDay } from '../../domain/calendar/day.ts';
import { addDays } from '../../domain/calendar/dates.ts';
import type { Calendar, LocalDate } from '../../domain/calendar/types.ts';
import { type Instant } from '../../domain/instant.ts';
import { calendars } from '../../store/calendars.ts';
import { outboxTable, type OutboxRow } from '../../store/outbox.ts';
import { stepAt } from '../../store/steps.ts';
import { tellingOf } from '../../store/tellings.ts';
import { formsOf } from './forms.ts';
import { logOf, settled } from './invariants.ts';
import { answering, isBack } from './kills.ts';
import { again, pause } from './patient.ts';
import { bodyOf, Findings, formHeaders, type Scene } from './scene.ts';
import { limitsOf, Stock, type StockJob, type StockWish } from './stock.ts';

const zone = zoneNamed('Asia/Shanghai');
const sevenInMinutes = 7 * 60;
/** Who keeps the house's registers. */
const keeper = 'demo-shen';

/** The next working day that lies behind the coming night: the day of the typhoon. */
function theDay(): LocalDate {
  const office = shanghaiOffice();
  let date = addDays(zone.toLocal(new Date().toISOString()).date, 1);
  while (!isWorkingDay(office, zone, date)) date = addDays(date, 1);
  return date;
}

/** Settings of a house where it is seven in the morning of a working day. The engine's own clock stays: no rung ahead is due there. */
export function atSeven(): Readonly<Record<string, string>> {
  const offsetMs = Date.parse(zone.toInstant(theDay(), sevenInMinutes)) - Date.now();
  return { CLOCK_OFFSET_MS: String(offsetMs) };
}

/** Moments before the day at which desks open: most are due on the day itself, some were due before and are told upwards on it. */
function openings(day: LocalDate): readonly { readonly at: Instant; readonly desk: StockWish['desk'] }[] {
  const office = shanghaiOffice();
  const before: LocalDate[] = [];
  for (let date = addDays(day, -1); before.length < 2; date = addDays(date, -1))
    if (isWorkingDay(office, zone, date)) before.push(date);
  const [eve = day, earlier = day] = before;
  const moment = (date: LocalDate, hours: number, desk: StockWish['desk']) => ({
    at: zone.toInstant(date, hours * 60),
    desk,
  });
  return [
    moment(eve, 13.25, 'accountDirector'),
    moment(eve, 10.5, 'client'),
    moment(eve, 14, 'accountDirector'),
    moment(eve, 16.5, 'accountDirector'),
    moment(eve, 13.5, 'client'),
    moment(earlier, 11, 'accountDirector'),
  ];
}

/** The day is declared closed at seven, through the page of the office's calendar, and the worker is killed while the jobs are told. */
export async function typhoon(scene: Scene): Promise<Findings> {
  const { options, random } = scene;
  const findings = new Findings();
  const day = theDay();
  const seven = zone.toInstant(day, sevenInMinutes);
  const stock = await Stock.open(scene, Math.min(20, Math.ceil(options.moved / 5)));
  const moments = openings(day);
  const jobs: StockJob[] = [];
  // Of six jobs five are due on the day.
  for (let no = 0; no < Math.ceil(options.moved * 1.2); no += 1) {
    const { at: openedAt, desk } = moments[no % moments.length] ?? { at: seven, desk: 'client' };
    jobs.push(await stock.add({ brand: no % stock.brands, desk, openedAt, until: seven }));
  }
  scene.say(`  ${jobs.length} jobs run; it is ${day} 07:00`);
  const climbedBefore = await Promise.all(jobs.map((job) => climbedAt(scene, job)));
  const revision = (await calendars.get(scene.store, 'office'))?.revision ?? 0;

  const declared = declare(scene, day);
  await pause(random.whole(700, 1_500));
  for (let kill = 0; kill < (options.quick ? 1 : 3); kill += 1) {
    const pid = await answering(scene, 'worker');
    if (pid === undefined) throw new Error('the worker did not come back');
    scene.excused.workerKilledAt.push(Date.now());
    scene.house.kill('worker', 'SIGKILL');
    findings.expect(await isBack(scene, 'worker', pid), 'the house did not come back after the kill of the worker');
    await pause(random.whole(1_500, 3_000));
  }
  findings.expect((await declared) === 303, `saving the closed day answered ${await declared}`);
  const told = await untilTold(scene, revision + 1);
  findings.expect(told !== undefined, 'the jobs were not told within ten minutes');
  findings.expect(await settled(scene, 300_000), 'the house did not come to rest');
  findings.figure(`${told ?? 0} jobs told of the day, the worker killed ${options.quick ? 1 : 3} times meanwhile`);
  findings.expect(told === jobs.length, `${told ?? 0} of ${jobs.length} jobs were told`);

  const saved = await calendars.get(scene.store, 'office');
  if (saved === null) throw new Error('the office has no calendar');
  await datesMoved(scene, jobs, saved.value, findings);
  const climbedAfter = await Promise.all(jobs.map((job) => climbedAt(scene, job)));
  const fired = climbedBefore.flat().length;
  findings.expect(
    JSON.stringify(climbedAfter) === JSON.stringify(climbedBefore),
    'a rung that had fired was taken back, or one fired in closed hours',
  );
  findings.figure(`${fired} rungs had fired before seven, and the same ${climbedAfter.flat().length} stand afterwards`);
  await toldOnce(scene, jobs, findings);
  return findings;
}

/** Rungs of a job's open desk that were climbed, with the moment. */
async function climbedAt(scene: Scene, job: StockJob): Promise<string[]> {
  return (await logOf(scene, job.processId)).flatMap(({ event, stamp }) =>
    event.type === 'rungClimbed' && event.step === job.where.step
      ? [`${job.processId} ${event.kind}${event.n} ${stamp.at}`]
      : [],
  );
}

/** Closes a day on the office's calendar as its keeper does: the page, the preview, the button. Answers with the status. */
async function declare(scene: Scene, day: LocalDate): Promise<number> {
  const url = `${scene.house.baseUrl}/admin/calendars/office?year=${day.slice(0, 4)}`;
  const from = '10.9.9.9';
  const headers = { authorization: `Bearer ${scene.tokens.get(keeper) ?? ''}`, 'x-forwarded-for': from };
  const page = await again('the calendar', () => fetch(url, { headers: { ...headers, accept: 'text/html' } }));
  const form = formsOf(await page.text()).find(({ fields }) => fields.get('change') === 'days');
  if (!form) throw new Error(`the office's calendar answers ${page.status} and shows no form for days`);
  const closed = { from: day, to: day, kind: 'closed', nameZh: '台风停工', nameEn: 'Typhoon' };
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...formHeaders(url, from), ...headers },
    body: bodyOf(form, { ...closed, why: '气象台红色预警', do: 'save' }),
  });
  return answer.status;
}

/** Waits until every job has the change; how many were told. */
async function untilTold(scene: Scene, revision: number): Promise<number | undefined> {
  const cause = { kind: 'calendar', calendarId: 'office', revision } as const;
  for (const until = Date.now() + 600_000; Date.now() < until; await pause(1_000)) {
    const telling = await again('the telling', () => tellingOf(scene.store, cause));
    if (telling?.state === 'done') return telling.jobs;
  }
  return undefined;
}

/** Every desk stands as if it had been counted on the new calendar from the start; what was climbed keeps its moment. */
async function datesMoved(scene: Scene, jobs: readonly StockJob[], after: Calendar, findings: Findings): Promise<void> {
  let moved = 0;
  let rungs = 0;
  for (const job of jobs) {
    const row = await again('a desk', () => stepAt(scene.store, { processId: job.processId, ...job.where }));
    const [was, becomes] = [limitsOf(job.desk, job.openedAt), limitsOf(job.desk, job.openedAt, after)];
    if (was.dueAt !== becomes.dueAt) moved += 1;
    findings.expect(
      row?.dueAt === becomes.dueAt,
      `${job.processId}: due ${row?.dueAt ?? 'never'}, on the new calendar ${becomes.dueAt}`,
    );
    for (const rung of row?.rungs ?? []) {
      const then = (rung.firedAt === undefined ? becomes : was).rungs.find(
        ({ kind, n }) => kind === rung.kind && n === rung.n,
      );
      findings.expect(
        rung.at === then?.at,
        `${job.processId}: ${rung.kind}${rung.n} at ${rung.at}, expected ${then?.at ?? 'none'}`,
      );
      if (rung.firedAt === undefined) rungs += 1;
    }
  }
  findings.figure(
    `${moved} dates moved of ${jobs.length} desks, ${rungs} rungs ahead stand as counted on the new calendar`,
  );
}

/** Whoever holds a desk whose date moved was told with one mail, and nobody else. */
async function toldOnce(scene: Scene, jobs: readonly StockJob[], findings: Findings): Promise<void> {
  const saved = await calendars.get(scene.store, 'office');
  const concerned = new Set(
    jobs
      .filter(({ desk, openedAt }) => limitsOf(desk, openedAt).dueAt !== limitsOf(desk, openedAt, saved?.value).dueAt)
      .map(({ holder }) => holder),
  );
  const rows = await outboxTable(scene.store).find({ kind: 'dateMoved' }).lean<OutboxRow[]>();
  const mails = new Map<string, number>();
  for (const { personId } of rows) mails.set(personId, (mails.get(personId) ?? 0) + 1);
  for (const person of concerned)
    findings.expect(mails.get(person) === 1, `${person} was told ${mails.get(person) ?? 0} times`);
  for (const person of mails.keys()) findings.expect(concerned.has(person), `${person} was told of no date of theirs`);
  findings.expect(
    rows.every(({ state }) => state === 'sent'),
    'a mail about a moved date did not leave',
  );
  findings.figure(`${concerned.size} people told, ${rows.length} mails`);
}
