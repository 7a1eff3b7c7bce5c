import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendMail } from '../../../activities/mail/send.ts';
import { jobAt } from '../../../activities/mail/job-at.ts';
import { effectsOf } from '../../../domain/job/outward.ts';
import type { MailInput } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { absences } from '../../../store/people.ts';
import { inShanghai } from '../../domain/calendar/calendars.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { digestDeps, goOn, mailsTo, StartedDigests } from '../digest/desk.ts';
import { project } from '../digest/projects.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from './desk.ts';
import { openDesk } from './desk.ts';

const store = ownStore();
let desk: MailDesk;

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [...staff, person('second', ['ACCOUNT_DIRECTOR'], { name: '钱 进' })]);
});
afterAll(async () => desk.close());
beforeEach(() => {
  desk.post.taken.length = 0;
});

/** Something happens to a job at the desk's moment; the mails it asks for. */
async function mailsOf(event: JobEvent): Promise<readonly MailInput[]> {
  const processId = await project(store(), { openedAt: inShanghai('2026-03-02 10:00') });
  const seq = await goOn(store(), processId, desk.now, event);
  const { state } = await jobAt(store(), processId, seq);
  const actor = { kind: 'system', name: 'shell' } as const;
  const stamp = { seq, at: desk.now, receivedAt: desk.now, commandId: 'c', actor };
  return effectsOf(state, event, stamp).flatMap((effect) => (effect.kind === 'mail' ? [effect.input] : []));
}

const words = '董事长看了不满意，\n下周要换方案';
const reported: JobEvent = { type: 'opinionReported', opinionId: 'o1', from: 'lead', words, by: 'executive' };

describe('R-60, S-44: an important opinion reaches the director the same day', () => {
  it.each([
    ['in working hours', '2026-03-12 11:05'],
    ['on a Friday evening, where a digest would wait for Monday', '2026-03-13 21:40'],
    ['in the middle of the Spring Festival', '2026-02-18 10:00'],
  ])('%s it leaves at once, beside every digest, in the client’s own words', async (_when, now) => {
    desk.now = inShanghai(now);
    const digests = new StartedDigests();
    const [input, ...more] = await mailsOf(reported);
    expect(more).toEqual([]);
    if (!input) throw new Error('no mail');
    expect(await sendMail(digestDeps(desk, digests), input)).toEqual({ type: 'told', outcome: 'accepted' });
    expect(digests.asked).toEqual([]);
    const [mail] = mailsTo(desk, 'director');
    expect(mail?.email.subject).toContain('客户的重要意见');
    expect(mail?.email.text).toContain('王 芳把客户的一条意见标为重要');
    expect(mail?.email.text).toContain('董事长看了不满意，');
    expect(mail?.email.text).toContain(`/jobs/${input.processId}`);
    // The same effect carried out once more, after a crash, is the same mail.
    await sendMail(digestDeps(desk, digests), input);
    expect(desk.post.taken).toHaveLength(1);
  });

  it('while the director is on leave, another account director has it', async () => {
    desk.now = inShanghai('2026-03-12 11:05');
    const leave = { personId: 'director', from: inShanghai('2026-03-11 09:00'), to: inShanghai('2026-03-20 09:00') };
    await absences.save(store(), 'leave-director', 0, leave, { by: 'admin', at: desk.now });
    const [input] = await mailsOf(reported);
    if (!input) throw new Error('no mail');
    await sendMail(digestDeps(desk, new StartedDigests()), input);
    expect([mailsTo(desk, 'director').length, mailsTo(desk, 'second').length]).toEqual([0, 1]);
  });
});

describe('R-55: who is called to an internal meeting has a mail with when and where', () => {
  it('everybody but who called it', async () => {
    desk.now = inShanghai('2026-03-12 11:05');
    const at = inShanghai('2026-03-16 14:00');
    const people = ['executive', 'designer', 'writer'];
    const inputs = await mailsOf({ type: 'meetingCalled', at, place: '二楼会议室', people, by: 'executive' });
    for (const input of inputs) await sendMail(digestDeps(desk, new StartedDigests()), input);
    expect(desk.post.taken.map(({ to }) => to[0])).toEqual(['designer@example.test', 'writer@example.test']);
    const text = mailsTo(desk, 'writer')[0]?.email.text ?? '';
    expect(text).toContain('王 芳召集了这项工作的内部会议');
    expect(text).toContain('3月16日 14:00');
    expect(text).toContain('二楼会议室');
  });
});
