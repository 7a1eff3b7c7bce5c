import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderPaper, paper } from '../domain/job/agency.ts';
import { skippingHouse, wall, type Climbed, type SkippingJob } from './skipping.ts';

let house: Awaited<ReturnType<typeof skippingHouse>>;
beforeAll(async () => {
  house = await skippingHouse();
});
afterAll(() => house.close());

const minute = 60_000;
const day = 24 * 60 * minute;

/** The timetable on the client's desk: the client's ladder. */
async function timetableAtClient(job: SkippingJob): Promise<void> {
  await job.act('executive', { type: 'submit', point: 'timetable', paper: paper('F-10', {}, 'timetable-1') });
  await job.asked('client');
}

/** The order on the account director's desk: the internal ladder. */
async function orderAtDirector(job: SkippingJob): Promise<void> {
  await timetableAtClient(job);
  await job.act('contact', { type: 'sign', circulation: 'timetable', round: 1, step: 'client', hash: 'timetable-1' });
  const heldAt = new Date((await job.now()) - 1000).toISOString();
  await job.act('executive', { type: 'huddle', heldAt, people: ['creativeDirector', 'designer'], objections: [] });
  await job.act('executive', { type: 'submit', point: 'workOrder', paper: { ...orderPaper(), hash: 'order-1' } });
  await job.asked('accountDirector');
}

const atDirector = { circulation: 'workOrder', round: 1, step: 'accountDirector' } as const;
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const names = ['warn1', 'warn2', 'remind1', 'escalate2', 'escalate3', 'escalate4'];
const climb = (...times: readonly string[]): readonly Climbed[] => times.map((at, n) => ({ rung: names[n] ?? '', at }));

describe('first stalls: every waiting step has its ladder', () => {
  test('§7.3, R-57, R-230, S-42: an internal step opened Friday 16:30 warns at 50 and 80 %, climbs 4, 8, 16, 24 working hours, each once, and decides nothing', async () => {
    const job = await house.job();
    await job.sleepUntil('Fri', '16:30');
    await orderAtDirector(job);
    await job.sleepUntil('Mon', '08:59');
    expect(job.climbed('accountDirector'), 'nothing fires in closed hours').toEqual([]);
    await job.sleep(9 * day);
    expect(job.climbed('accountDirector')).toEqual(
      climb('Mon 10:30', 'Mon 11:42', 'Mon 12:30', 'Mon 16:30', 'Tue 16:30', 'Wed 16:30'),
    );
    const told = job.told('accountDirector');
    expect(told.slice(0, 3)).toEqual(['warn director', 'warn director', 'remind director']);
    // The second rung tells two people at once.
    expect([...told.slice(3, 5)].sort()).toEqual(['escalate owner', 'escalate standInOrHead']);
    expect(told.slice(5)).toEqual(['escalate accountManager', 'escalate accountDirector']);
    const verdicts = job.events().filter(({ event }) => event.type === 'decided' && event.step === 'accountDirector');
    expect(verdicts).toEqual([]);
    // Days later the step is still open to the person whose it is.
    await job.act('director', { type: 'sign', ...atDirector, hash: 'order-1' });
    await job.asked('creativeDirector');
    await job.end();
  });

  test('§7.3, M-22: a client is warned and reminded, then only the agency’s people are told after 2, 3 and 5 working days', async () => {
    const job = await house.job();
    await job.sleepUntil('Fri', '16:30');
    await timetableAtClient(job);
    await job.sleep(11 * day);
    // The mail was accepted a moment after 16:30; parts of a limit are whole minutes, rounded down.
    expect(job.climbed('client')).toEqual(
      climb('Mon 12:44', 'Mon 15:17', 'Mon 17:00', 'Tue 17:00', 'Wed 17:00', 'Fri 17:00'),
    );
    expect(job.told('client')).toEqual([
      'warn contact',
      'warn contact',
      'remind contact',
      'escalate owner',
      'escalate accountManager',
      'escalate accountDirector',
    ]);
    await job.end();
  });

  test('in a crowded minute a rung waits for its turn, through every rest between, and none is left out', async () => {
    const job = await house.job();
    job.hands.turnLateMs = 7 * minute;
    await job.sleepUntil('Mon', '09:10');
    await orderAtDirector(job);
    await job.sleepUntil('Mon', '11:16');
    expect(job.climbed('accountDirector')).toEqual([]);
    await job.sleepUntil('Thu', '18:00');
    expect(job.climbed('accountDirector')).toEqual(
      climb('Mon 11:17', 'Mon 12:29', 'Mon 13:17', 'Tue 09:17', 'Wed 09:17', 'Thu 09:17'),
    );
    await job.end();
  });

  test('M-22: action stops the ladder; the next desk has a ladder of its own from the moment it was asked', async () => {
    const job = await house.job();
    await job.sleepUntil('Mon', '09:10');
    await orderAtDirector(job);
    await job.sleepUntil('Mon', '13:30');
    await job.act('director', { type: 'sign', ...atDirector, hash: 'order-1' });
    await job.asked('creativeDirector');
    await job.sleepUntil('Tue', '09:45');
    expect(job.climbed('accountDirector')).toEqual(climb('Mon 11:10', 'Mon 12:22', 'Mon 13:10'));
    expect(job.climbed('creativeDirector')).toEqual(climb('Mon 15:30', 'Mon 16:42', 'Tue 09:30'));
    await job.end();
  });

  test('design §5: “I’m on it until” keeps the ladder quiet until its own time, then it goes on in working time', async () => {
    const job = await house.job();
    await job.sleepUntil('Mon', '09:10');
    await orderAtDirector(job);
    const until = new Date((await job.now()) + day + 60 * minute).toISOString();
    const note = { kind: 'onIt', until } as const;
    await job.act('director', { type: 'note', ...atDirector, note, words: 'at a shooting' });
    await job.sleepUntil('Tue', '09:55');
    expect(job.climbed('accountDirector')).toEqual([]);
    await job.sleepUntil('Tue', '13:30');
    expect(job.climbed('accountDirector')).toEqual(climb('Tue 10:10', 'Tue 11:22', 'Tue 12:10'));
    await job.end();
  });

  test('a held job stands still: no rung while it waits, after it goes on the rest keeps its distance in working time', async () => {
    const job = await house.job();
    await job.sleepUntil('Mon', '09:10');
    await orderAtDirector(job);
    await job.sleepUntil('Mon', '11:30');
    await job.act('manager', { type: 'hold', words: 'client is restructuring' });
    await job.sleepUntil('Tue', '11:00');
    expect(job.climbed('accountDirector')).toEqual(climb('Mon 11:10'));
    await job.act('manager', { type: 'resume' });
    await job.sleepUntil('Fri', '18:00');
    expect(job.climbed('accountDirector')).toEqual(
      climb('Mon 11:10', 'Tue 11:52', 'Tue 12:40', 'Tue 16:40', 'Wed 16:40', 'Thu 16:40'),
    );
    await job.end();
  });

  test('M-22: handed over days later while the mail server is away, nothing speaks before its time', async () => {
    const job = await house.job();
    await job.sleepUntil('Mon', '09:10');
    await orderAtDirector(job);
    const until = new Date((await job.now()) + 3 * day).toISOString();
    await job.act('director', { type: 'note', ...atDirector, note: { kind: 'onIt', until }, words: 'at a shooting' });
    await job.sleepUntil('Wed', '10:00');
    job.hands.mailDown = true;
    await job.act('manager', { type: 'handOver', ...atDirector, how: 'reassign', to: 'management', words: 'ill' });
    await job.sleepUntil('Wed', '10:40');
    expect(job.climbed('accountDirector')).toEqual([]);
    expect(job.hands.mails.filter(({ kind }) => kind === 'unreached')).toEqual([]);
    job.hands.mailDown = false;
    await job.sleepUntil('Fri', '08:59');
    expect(job.climbed('accountDirector').map(({ rung }) => rung)).toEqual(names.slice(0, 4));
    expect(job.climbed('accountDirector')[0]?.at).toMatch(/^Wed 12:4/);
    await job.end();
  });

  test('design §5: a mail server that is down for an hour: the AE hears of it once, and limits count from the accepted mail', async () => {
    const job = await house.job();
    await job.sleepUntil('Mon', '09:10');
    job.hands.mailDown = true;
    await job.act('executive', { type: 'submit', point: 'timetable', paper: paper('F-10', {}, 'timetable-1') });
    await job.sleepUntil('Mon', '10:20');
    const told = () => job.hands.mails.filter((mail) => mail.kind === 'unreached').map((mail) => mail.to);
    expect(told()).toEqual([{ position: 'owner' }]);
    job.hands.mailDown = false;
    await job.sleepUntil('Mon', '10:40');
    const asked = await job.asked('client');
    expect(wall(asked) >= 'Mon 10:20').toBe(true);
    await job.sleepUntil('Tue', '16:59');
    // Half of what lies between the accepted mail and Tuesday 17:00, not of what lay between submission and then.
    const half = job.climbed('client')[0];
    const left = (minutesOf('17:00') - minutesOf(wall(asked).slice(4)) + 8 * 60) / 2;
    const expected = minutesOf(wall(asked).slice(4)) + left - minutesOf('17:00') + minutesOf('09:00');
    expect(half?.rung).toBe('warn1');
    expect(Math.abs(minutesOf(half?.at.slice(4) ?? '') - expected)).toBeLessThanOrEqual(1);
    expect(told()).toHaveLength(1);
    await job.end();
  });

  test('a worker that ends between rungs, and one that is away while a rung falls due: each rung is climbed once', async () => {
    const job = await house.job({ forgetful: true });
    await job.sleepUntil('Mon', '09:10');
    await orderAtDirector(job);
    await job.sleepUntil('Mon', '13:15');
    await job.stopWorker();
    await job.startWorker();
    await job.sleepUntil('Tue', '09:05');
    await job.stopWorker();
    // This server's clock waits for somebody to take up the rung that falls due meanwhile.
    const meanwhile = job.sleep(20 * minute);
    await job.startWorker();
    await meanwhile;
    await job.until(() => job.climbed('accountDirector').length === 4);
    await job.sleepUntil('Fri', '09:00');
    expect(job.climbed('accountDirector').map((one) => one.rung)).toEqual(names);
    expect(new Set(job.hands.mails.map((mail) => mail.name)).size).toBe(job.hands.mails.length);
    await job.end();
  });
});
