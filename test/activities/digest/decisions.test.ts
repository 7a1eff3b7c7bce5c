import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { planDecisions } from '../../../activities/digest/decisions-told.ts';
import { houseNow } from '../../../activities/house.ts';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { decisionsToldTo } from '../../../store/decided.ts';
import { digestName, findDigest } from '../../../store/reminders.ts';
import { mailIdOf } from '../../../store/outbox.ts';
import { stepId, stepTable } from '../../../store/steps.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from '../mail/desk.ts';
import { openDesk } from '../mail/desk.ts';
import { tryJob, type TriedJob } from '../mail/job.ts';
import { digestDeps, goOn, mailsTo, StartedDigests, textsTo as textsIn } from './desk.ts';

const store = ownStore();
let desk: MailDesk;
let digests: StartedDigests;

/** Thursday 15:06 in Shanghai, and the mornings after it. */
const thursday = '2026-03-12T07:06:00.000Z';
const friday = '2026-03-13T01:00:00.000Z';
const monday = '2026-03-16T01:00:00.000Z';

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store());
});
afterAll(async () => desk.close());
beforeEach(() => {
  digests = new StartedDigests();
  desk.now = thursday;
  desk.post.taken.length = 0;
});

const deps = () => digestDeps(desk, digests);
const textsTo = (id: string) => textsIn(desk, id);
const where = { circulation: 'p1/artworkQc', round: 1, step: 'copywriter' };
const keyOf = (job: TriedJob): string => stepId({ processId: job.processId, ...where });

/** The copywriter decides at that moment. */
async function decided(job: TriedJob, at: string, verdict: 'sign' | 'return'): Promise<void> {
  const decision = { id: `${job.processId}-d`, verdict, personId: 'writer', proof: 'link', at } as const;
  await goOn(store(), job.processId, at, { type: 'decided', ...where, decision });
}

/** The day's own work, and whatever was planned up to now leaves. */
async function morning(at: string): Promise<void> {
  desk.now = at;
  await stepTable(store()).updateMany({}, { $unset: { nextRungAt: 1, standsSince: 1 } });
  await digests.leave(deps());
}
const plan = async (): Promise<number> =>
  planDecisions({ connection: store(), office: shanghaiOffice(), digests }, await houseNow(store()), desk.now);

/** Members of the brand's team and who answers for the job, without the one who decided. */
const others = staff.filter(({ side, id }) => side === 'agency' && id !== 'writer').map(({ id }) => id);

describe('what was decided, for whoever it concerns (R-59)', () => {
  it('S-45: every team member has a delivery entry for each decision, in one mail at the start of their day', async () => {
    const jobs = await Promise.all([
      tryJob(store(), desk.ring, { title: '春季海报' }),
      tryJob(store(), desk.ring, { title: '秋季礼盒' }),
    ]);
    await decided(jobs[0], thursday, 'sign');
    await decided(jobs[1], thursday, 'return');
    expect(await plan()).toBeGreaterThanOrEqual(others.length);
    await plan();
    await morning(friday);
    for (const id of others) {
      const told = await decisionsToldTo(store(), id, thursday);
      for (const job of jobs) expect(told, id).toContain(keyOf(job));
      expect(mailsTo(desk, id), id).toHaveLength(1);
      const digest = await findDigest(store(), mailIdOf(digestName(id, { at: friday, day: '2026-03-13' })));
      expect(digest, id).toMatchObject({ state: 'sent' });
    }
    const [text = ''] = textsTo('executive');
    for (const said of ['2 项工作有新决定', '春季海报', '秋季礼盒', '陈 默签字', '陈 默退回'])
      expect(text).toContain(said);
    expect(textsTo('creativeDirector')[0]).toContain('decisions in 2 jobs');
    // Whoever decided has the receipt; a submission is no decision; the client is told by other mails.
    expect(textsTo('writer')).toEqual([]);
    expect(text).not.toContain('林 夏');
    expect(textsTo('lead')).toEqual([]);
  });

  it('S-45: each decision once, whatever restarts; one that comes later comes the next morning', async () => {
    const job = await tryJob(store(), desk.ring, { title: '会员卡面' });
    desk.now = '2026-03-13T03:30:00.000Z';
    await decided(job, '2026-03-13T03:00:00.000Z', 'sign');
    await plan();
    await morning(monday);
    await plan();
    await digests.leave(deps());
    const texts = textsTo('director');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('会员卡面');
    expect(texts[0]).not.toContain('春季海报');
    expect(await decisionsToldTo(store(), 'director', friday)).toContain(keyOf(job));
  });
});
