import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendMail } from '../../../activities/mail/send.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from './desk.ts';
import { openDesk } from './desk.ts';
import { tryJob } from './job.ts';

const store = ownStore();
let desk: MailDesk;
beforeAll(async () => {
  desk = await openDesk(store);
  const leave = { from: '2026-03-12T00:00:00.000Z', to: '2026-03-19T16:00:00.000Z' };
  await fillHouse(store(), staff, [{ personId: 'executive', ...leave, standInId: 'director' }]);
});
afterAll(async () => desk.close());
beforeEach(() => {
  desk.now = '2026-03-12T03:06:10.000Z';
  desk.post.taken.length = 0;
});

describe('the owner of a job is on leave', () => {
  it('S-148: mails for the owner go to the stand-in with a line that says so, and back to the owner on return', async () => {
    const job = await tryJob(store(), desk.ring);
    await sendMail(desk.deps(), job.mail('unreached', { position: 'owner' }));
    const [away] = desk.post.taken;
    expect(away?.to).toEqual(['director@example.test']);
    expect(away?.email.text).toContain('王 芳请假，2026-03-20 回来；在此之前，负责的工作的通知寄给您。');
    desk.now = '2026-03-20T01:00:00.000Z';
    desk.post.taken.length = 0;
    const later = await tryJob(store(), desk.ring);
    await sendMail(desk.deps(), later.mail('unreached', { position: 'owner' }));
    expect(desk.post.taken[0]?.to).toEqual(['executive@example.test']);
    expect(desk.post.taken[0]?.email.text).not.toContain('请假');
  });

  it('S-148: what became of the owner’s own paper goes to the stand-in too; a receipt and a request stay their own', async () => {
    const job = await tryJob(store(), desk.ring);
    await sendMail(desk.deps(), job.mail('passed', { personId: 'executive' }));
    await sendMail(desk.deps(), job.mail('receipt', { personId: 'executive' }));
    expect(desk.post.taken.map(({ to }) => to)).toEqual([['director@example.test'], ['executive@example.test']]);
  });

  it('S-148: a reply to a mail reaches the stand-in while the owner is away', async () => {
    const job = await tryJob(store(), desk.ring);
    await sendMail(desk.deps(), job.mail('ask', { personId: 'writer' }));
    expect(desk.post.taken[0]?.email.replyTo).toEqual([{ name: '赵 明', address: 'director@example.test' }]);
  });
});
