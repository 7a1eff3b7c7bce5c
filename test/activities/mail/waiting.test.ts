import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendMail } from '../../../activities/mail/send.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { mintGrant } from '../../../store/grants.ts';
import { ownStore } from '../../store/store.ts';
import { goOn } from '../digest/desk.ts';
import { fillHouse, staff } from '../house.ts';
import { openDesk } from './desk.ts';
import type { MailDesk } from './desk.ts';
import { tryJob } from './job.ts';

/** What reminders say of the time: since when it waits for this reader, and whether the limit has passed. */
const store = ownStore();
let desk: MailDesk;
beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), staff);
});
afterAll(async () => desk.close());
beforeEach(() => {
  desk.post.taken.length = 0;
});

const where = { circulation: 'p1/artworkQc', round: 1, step: 'copywriter' };
const limit = '2026-03-12T07:06:00.000Z';
const remind = { type: 'rungClimbed', ...where, n: 1, kind: 'remind', whom: 'holder' } as const;
const text = (): string => desk.post.taken.at(-1)?.email.text ?? '';

/** The mail of a rung in a job to which these things happened since it opened on Thursday at 11:06. */
async function told(
  now: string,
  kind: 'remind' | 'escalate',
  events: (grantId: string) => readonly JobEvent[],
): Promise<string> {
  const job = await tryJob(store(), desk.ring);
  const about = { personId: 'writer', processId: job.processId, ...where, hash: '9f3c71aa'.repeat(8) };
  const grant = await mintGrant(store(), { ...about, purpose: 'decide' }, desk.ring, '2026-03-12T03:06:00.000Z');
  desk.now = now;
  const seq = await goOn(store(), job.processId, now, ...events(grant.id));
  const to = kind === 'remind' ? { personId: 'writer' } : ({ position: 'accountDirector' } as const);
  await sendMail(desk.deps(), job.mail(kind, to, { seq, name: `${job.processId}/rung/${kind}` }));
  return text();
}

describe('a rung and its limit', () => {
  it('§7.3: at the limit it says that the limit is reached', async () => {
    expect(await told(limit, 'remind', () => [remind])).toContain('已到期限，请您处理');
  });

  it('P-30: one that the house’s own ladder draws before the limit says that the limit is still ahead', async () => {
    const opened = (grantId: string): JobEvent => ({
      type: 'stepOpened',
      ...where,
      holders: [{ personId: 'writer', grantId }],
      dueAt: '2026-03-13T03:06:00.000Z',
      provisional: false,
      unreachedAt: '2026-03-12T04:06:00.000Z',
      rungs: [
        { n: 1, kind: 'remind', whom: 'holder', at: limit },
        { n: 2, kind: 'escalate', whom: 'accountDirector', at: '2026-03-12T08:06:00.000Z' },
      ],
    });
    const reminder = await told(limit, 'remind', (grantId) => [opened(grantId), remind]);
    expect(reminder).toContain('提醒：还在等您处理');
    expect(reminder).not.toContain('已到期限');
    const up = { type: 'rungClimbed', ...where, n: 2, kind: 'escalate', whom: 'accountDirector' } as const;
    const escalated = await told('2026-03-12T08:06:00.000Z', 'escalate', (grantId) => [opened(grantId), remind, up]);
    expect(escalated).toContain('期限还没有到');
    expect(escalated).not.toContain('期限已过');
  });
});

describe('since when it waits', () => {
  it('M-22: whoever got it by a hand-over is not told of the days it lay with somebody else', async () => {
    const given = (grantId: string): readonly JobEvent[] => [
      { type: 'handedOver', ...where, by: 'director', how: 'reassign', to: 'writer', words: '出差' },
      { type: 'stepOpening', ...where, to: 'writer', how: 'reassign', keep: [] },
      {
        type: 'stepOpened',
        ...where,
        holders: [{ personId: 'writer', grantId }],
        dueAt: '2026-03-16T06:00:00.000Z',
        provisional: false,
        unreachedAt: '2026-03-16T03:00:00.000Z',
        rungs: [{ n: 1, kind: 'remind', whom: 'holder', at: '2026-03-16T06:00:00.000Z' }],
      },
      { type: 'asked', ...where, personId: 'writer', askedAt: '2026-03-16T02:00:00.000Z' },
    ];
    const reminder = await told('2026-03-16T06:00:00.000Z', 'remind', (grantId) => [...given(grantId), remind]);
    expect(reminder).toContain('自今天 10:00 起，这一步在等您');
    expect(reminder).not.toContain('3月12日');
  });
});
