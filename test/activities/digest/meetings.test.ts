import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { createDailyActivities } from '../../../activities/daily.ts';
import { jobTable } from '../../../store/jobs.ts';
import { outboxTable } from '../../../store/outbox.ts';
import { inShanghai } from '../../domain/calendar/calendars.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from '../mail/desk.ts';
import { openDesk } from '../mail/desk.ts';
import { digestDeps, goOn, mailsTo, StartedDigests, textsTo as textsIn } from './desk.ts';
import { met, project } from './projects.ts';

/** Projects that have to meet, on the real store, with real mails to their account manager. */
const store = ownStore();
let desk: MailDesk;
let digests: StartedDigests;

const opened = inShanghai('2026-03-02 10:00');
/** The day's own work begins ten minutes past midnight; the house reads at nine. */
const night = (date: string): string => inShanghai(`${date} 00:10`);
const morning = (date: string): string => inShanghai(`${date} 09:00`);

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [...staff, person('manager', ['ACCOUNT_MANAGER'], { name: 'Ann Moor', language: 'en' })]);
});
afterAll(async () => desk.close());
beforeEach(async () => {
  await jobTable(store()).deleteMany({});
  await outboxTable(store()).deleteMany({});
  digests = new StartedDigests();
  desk.post.taken.length = 0;
});

const textsTo = (id: string) => textsIn(desk, id);

/** The house's own work of a night, twice: an activity may be carried out again. */
async function work(date: string): Promise<void> {
  desk.now = night(date);
  const daily = createDailyActivities({
    connection: store(),
    clock: () => desk.now,
    daily: desk.ring,
    agencyZone: 'Asia/Shanghai',
    headsDir: '',
    planning: { office: shanghaiOffice(), digests, meetingDays: 5 },
  });
  for (let twice = 0; twice < 2; twice += 1) await daily.planMornings();
}

/** A day of the house: its work in the night, and the morning on which its people read. */
async function day(date: string): Promise<void> {
  await work(date);
  desk.now = morning(date);
  await digests.leave(digestDeps(desk, digests));
}

describe('R-55, S-37: the account manager reads in the morning which projects have to meet', () => {
  it('one project is a mail of its own, on the morning after the period was over, and once a period', async () => {
    const id = await project(store(), { openedAt: opened, title: 'Spring poster' });
    await day('2026-03-09');
    expect(desk.post.taken).toEqual([]);
    await day('2026-03-10');
    expect(textsTo('manager')).toHaveLength(1);
    expect(mailsTo(desk, 'manager')[0]?.email.subject).toContain('An internal project meeting is due');
    expect(textsTo('manager')[0]).toContain('No internal meeting yet');
    expect(textsTo('manager')[0]).toMatch(/Due: yesterday 17:00, 9 Mar, just due/);
    expect(textsTo('manager')[0]).toContain(`https://jobbag.agency.example/jobs/${id}`);
    for (const date of ['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-16']) await day(date);
    expect(textsTo('manager')).toHaveLength(1);
    await day('2026-03-17');
    expect(textsTo('manager')).toHaveLength(2);
    expect(desk.post.taken).toHaveLength(2);
  });

  it('several are one mail, what is due longest first, each with the page on which its meeting is called', async () => {
    const later = await project(store(), { openedAt: opened, title: 'Summer' });
    const earlier = await project(store(), {
      openedAt: inShanghai('2026-02-25 10:00'),
      title: 'Autumn',
      then: [met(inShanghai('2026-02-26 10:00'))],
    });
    await day('2026-03-10');
    const [text = '', ...more] = textsTo('manager');
    expect(more).toEqual([]);
    expect(mailsTo(desk, 'manager')[0]?.email.subject).toMatch(/^2 due for a project meeting · /);
    expect(text.indexOf('Autumn')).toBeLessThan(text.indexOf('Summer'));
    expect(text).toContain('Last internal meeting: 26 Feb 10:00');
    for (const id of [earlier, later])
      expect(text).toContain(`Call the meeting https://jobbag.agency.example/jobs/${id}/acts/callMeeting`);
  });

  it('who met meanwhile, or has called a meeting that is still to come, is not written to', async () => {
    const meets = await project(store(), { openedAt: opened });
    const called = {
      type: 'meetingCalled',
      at: inShanghai('2026-03-10 15:00'),
      place: '会议室',
      people: ['designer'],
      by: 'executive',
    } as const;
    const planned = await project(store(), { openedAt: opened, title: 'Planned', then: [called] });
    await work('2026-03-10');
    await goOn(store(), meets, inShanghai('2026-03-10 08:30'), met(inShanghai('2026-03-10 08:00')));
    desk.now = morning('2026-03-10');
    await digests.leave(digestDeps(desk, digests));
    expect(desk.post.taken).toEqual([]);
    const rows = await outboxTable(store()).find({ processId: meets }).lean();
    expect(rows.map(({ state }) => state)).toEqual(['leftOut']);
    // Called, and not held: the next night it is told.
    await day('2026-03-11');
    expect(textsTo('manager')).toHaveLength(1);
    expect(textsTo('manager')[0]).toContain(planned);
  });
});
