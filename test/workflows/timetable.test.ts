import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import { addDays, weekdayOf } from '../../domain/calendar/dates.ts';
import type { JobPhase } from '../../domain/job/state.ts';
import { startOfWalk, walkOn } from '../../domain/time-kept/walk.ts';
import { nextLook, nodeMoments, stageMoments } from '../../domain/timetable/moments.ts';
import { extensionKey, floatKey, type TimetablePlan } from '../../domain/timetable/types.ts';
import { forecast } from '../../domain/timetable/forecast.ts';
import type { TimetablePlannedAct } from '../../domain/job/timetable.ts';
import { bookUntil, paper } from '../domain/job/agency.ts';
import { office, skippingHouse, wall, type SkippingJob } from './skipping.ts';

let house: Awaited<ReturnType<typeof skippingHouse>>;
beforeAll(async () => {
  house = await skippingHouse();
});
afterAll(() => house.close());

const time = { office, zones: zoneNamed };
const day = 24 * 3_600_000;

/** Timetables by their hash, as the store would keep them. */
const plans = new Map<string, TimetablePlan>();

/** Looks at the timetable of a job as the activity does, on what its log tells and the server's clock. */
async function look(job: SkippingJob): Promise<TimetablePlannedAct> {
  const before = bookUntil(job.from).state;
  const walk = walkOn({ ...startOfWalk(job.processId), state: before, seq: before.seq }, job.events());
  const { timetable } = walk.state;
  const plan = timetable && plans.get(timetable.baseline.hash);
  if (!timetable || !plan) return { type: 'timetablePlanned', hash: '', nodes: [], stages: [] };
  const now = new Date(await job.now()).toISOString();
  const told = forecast({ plan, baseline: timetable.baseline, walk, done: timetable.done }, time, now);
  const { floatUsedUp, extension, delivery, clientMs, agencyMs, holdMs } = told;
  const said = {
    float: floatUsedUp || timetable.told.includes(floatKey),
    extension: extension !== undefined || timetable.told.includes(extensionKey),
  };
  const lookAt = nextLook(told, said, time, now);
  const { acceptedAt, hash } = timetable.baseline;
  return {
    type: 'timetablePlanned',
    hash,
    nodes: nodeMoments(plan, office, time, acceptedAt),
    stages: stageMoments(plan, time, acceptedAt),
    ...(lookAt === undefined ? {} : { lookAt }),
    ...(floatUsedUp
      ? { used: { clientMs, agencyMs, holdMs, floatDays: plan.floatDays, forecastDate: delivery.forecastDate } }
      : {}),
    ...(extension ? { extension } : {}),
  };
}

/** A job that looks at its timetable, on the Monday of a week; `monday` is its date. */
async function started(more: { readonly forgetful?: boolean; readonly from?: JobPhase } = {}) {
  const job = await house.job(more);
  job.hands.lookAtTimetable = () => look(job);
  await job.sleepUntil('Mon', '09:10');
  return { job, monday: zoneNamed('Asia/Shanghai').toLocal(new Date(await job.now()).toISOString()).date };
}

async function accepts(
  job: SkippingJob,
  hash: string,
  plan: TimetablePlan,
  changes: readonly string[] = [],
): Promise<void> {
  plans.set(hash, plan);
  const facts = { deliveryDate: plan.deliveryDate, changes };
  const asks = (): number =>
    job.hands.mails.filter(({ kind, where }) => kind === 'ask' && where?.circulation.startsWith('timetable')).length;
  const [before, counted] = [asks(), count(job, 'timetableCounted')];
  await job.act('executive', { type: 'submit', point: 'timetable', paper: paper('F-10', facts, hash) });
  await job.until(() => asks() > before);
  const { circulation = 'timetable', round = 1 } =
    job.hands.mails.findLast(({ kind, where }) => kind === 'ask' && where?.circulation.startsWith('timetable'))
      ?.where ?? {};
  await job.act('contact', { type: 'sign', circulation, round, step: 'client', hash });
  await job.until(() => count(job, 'timetableCounted') > counted);
}

const count = (job: SkippingJob, type: string): number =>
  job.events().filter(({ event }) => event.type === type).length;
/** What the clock told of the timetable, when on the office's wall, and to whom. */
const told = (job: SkippingJob): string[] =>
  job.events().flatMap(({ event, stamp }) => {
    switch (event.type) {
      case 'nodeAnnounced':
        return [`${event.told ? 'announce' : 'tick off'} ${event.node.name} ${wall(stamp.at)}`];
      case 'stageWarned':
        return [`${event.stage} ${String(event.percent)} % ${wall(stamp.at)}`];
      case 'floatUsedUp':
        return [`float used up ${wall(stamp.at)}`];
      case 'extensionDrafted':
        return [`extension ${weekdayOf(event.oldDate)} to ${weekdayOf(event.newDate)} ${wall(stamp.at)}`];
      default:
        return [];
    }
  });
const mailed = (job: SkippingJob): string[] =>
  job.hands.mails
    .filter(({ kind }) => ['nodeAhead', 'stageWarned', 'floatUsedUp', 'extensionDrafted'].includes(kind))
    .map(({ kind, to }) => `${kind} ${'position' in to ? to.position : to.personId}`);

const stage = (name: string, start: string, end: string) => ({
  stage: name,
  owner: 'creative',
  start,
  end,
  internalOnly: false,
});

describe('the timetable on the job’s clock', () => {
  test('R-54, R-57: nodes are announced three working days before, stages warn at 50 and 80 %; a moved date is announced anew, a reached node not', async () => {
    const { job, monday } = await started();
    const on = (days: number): string => addDays(monday, days);
    const plan: TimetablePlan = {
      stages: [stage('creative', on(0), on(4))],
      nodes: [
        { name: 'show', date: on(8), clientApproval: true },
        { name: 'look', date: on(9), clientApproval: false },
        { name: 'film', date: on(11), clientApproval: false },
      ],
      floatDays: 2,
      deliveryDate: on(25),
    };
    await accepts(job, 'one', plan);
    await job.sleepUntil('Thu', '18:00');
    // Tuesday of the second week: the third working day before it is Thursday of the first.
    expect(told(job)).toEqual(['creative 50 % Wed 13:00', 'announce show Thu 09:00', 'creative 80 % Thu 17:00']);
    // Friday morning the look would be announced.
    await job.act('executive', { type: 'reachNode', node: `${on(9)} look` });
    await job.sleepUntil('Sat', '12:00');
    // Before the film is announced on Tuesday its date moves by a week, and the client accepts.
    const moved = { ...plan, nodes: plan.nodes.map((one) => (one.name === 'film' ? { ...one, date: on(18) } : one)) };
    await accepts(job, 'two', moved);
    await job.sleepUntil('Fri', '18:00');
    expect(told(job)).toHaveLength(3);
    await job.sleep(14 * day);
    expect(told(job).slice(3)).toEqual(['announce film Tue 09:00']);
    expect(mailed(job).filter((one) => one === 'nodeAhead client')).toHaveLength(2);
    expect(mailed(job).filter((one) => one === 'stageWarned owner')).toHaveLength(2);
    await job.end();
  });

  test('R-51, S-48: a late client uses the float up, then an extension is drafted; each is said once, whatever restarts', async () => {
    const { job, monday } = await started({ forgetful: true, from: 'INTERNAL_REVIEW' });
    const on = (days: number): string => addDays(monday, days);
    await accepts(job, 'three', { stages: [], nodes: [], floatDays: 1, deliveryDate: on(25) });
    const at = new Date((await job.now()) - 1000).toISOString();
    await job.act('executive', { type: 'scheduleProposal', at, place: 'here', participants: ['executive'] });
    const feedback = [{ kind: 'question' as const, words: 'Is the slogan final?' }];
    await job.act('executive', {
      type: 'holdProposal',
      heldAt: at,
      attended: ['creativeDirector', 'contact'],
      feedback,
    });
    await job.asked('client');
    // A comment has five working days: due on the Monday of the second week, then the float of a day, then the delivery.
    await job.sleepUntil('Sat', '12:00');
    expect(told(job)).toEqual([]);
    await job.sleepUntil('Mon', '16:50');
    await job.stopWorker();
    const meanwhile = job.sleep(20 * 60_000);
    await job.startWorker();
    await meanwhile;
    await job.sleepUntil('Tue', '16:50');
    expect(told(job)).toEqual([]);
    await job.stopWorker();
    const again = job.sleep(20 * 60_000);
    await job.startWorker();
    await again;
    await job.sleep(6 * day);
    expect(told(job)).toEqual(['float used up Tue 17:00', 'extension fri to mon Wed 10:00']);
    expect(mailed(job)).toEqual(['floatUsedUp owner', 'extensionDrafted owner']);
    // Nothing more to warn of: the timetable is looked at no more until the client agrees to another.
    expect(count(job, 'timetableLook')).toBe(2);
    await job.act('contact', {
      type: 'sign',
      circulation: 'proposalComment:P1',
      round: 1,
      step: 'client',
      hash: packageHash(job),
    });
    await accepts(job, 'four', { stages: [], nodes: [], floatDays: 1, deliveryDate: on(28) }, [`${on(25)}>${on(28)}`]);
    expect(count(job, 'baselineAccepted')).toBe(2);
    await job.end();
  });
});

/** The hash of what lies with the client. */
function packageHash(job: SkippingJob): string {
  const started = job.events().findLast(({ event }) => event.type === 'circulationStarted')?.event;
  return started?.type === 'circulationStarted' ? started.circulation.about.hash : '';
}
