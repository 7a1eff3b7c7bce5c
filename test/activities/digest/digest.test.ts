import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendDigest, giveUpDigest } from '../../../activities/digest/send.ts';
import { planMornings } from '../../../activities/digest/standing.ts';
import { houseNow } from '../../../activities/house.ts';
import { sendMail } from '../../../activities/mail/send.ts';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { addMs } from '../../../domain/instant.ts';
import type { MailInput, Recipient } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { calendars } from '../../../store/calendars.ts';
import { claimMail, findMail, mailIdOf, outboxTable } from '../../../store/outbox.ts';
import { gatherReminders, findDigest, digestName } from '../../../store/reminders.ts';
import { stepTable } from '../../../store/steps.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse, staff } from '../house.ts';
import type { MailDesk } from '../mail/desk.ts';
import { openDesk } from '../mail/desk.ts';
import type { TriedJob } from '../mail/job.ts';
import { tryJob } from '../mail/job.ts';
import { digestDeps, goOn, signedBy, StartedDigests, textsTo as textsIn, whereOf } from './desk.ts';

const store = ownStore();
let desk: MailDesk;
let digests: StartedDigests;
const readers = Array.from({ length: 20 }, (_, n) => person(`reader${n}`, ['COPYWRITER'], { name: `文案 ${n}` }));
const client = person('contact', ['CLIENT_CONTACT'], { name: '周 岚' });
let next = 0;
/** Somebody no other test writes to. */
const reader = (): string => readers[(next += 1)]?.id ?? '';

/** Thursday 15:06 in Shanghai: the step of `tryJob` is due. */
const due = '2026-03-12T07:06:00.000Z';
const friday = '2026-03-13T01:00:00.000Z';

beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store(), [...staff, ...readers, client, person('board', ['ACCOUNT_EXECUTIVE'], { language: 'en' })]);
});
afterAll(async () => desk.close());
beforeEach(async () => {
  // Jobs of the tests before are nobody's concern: none of their rungs is ahead, and none of them stands.
  await stepTable(store()).updateMany({}, { $unset: { nextRungAt: 1, standsSince: 1 } });
  await outboxTable(store()).deleteMany({ personId: 'director' });
  digests = new StartedDigests();
  desk.now = due;
  desk.post.taken.length = 0;
  desk.post.moods.length = 0;
});

interface Climb {
  readonly holder: string;
  readonly kind?: 'remind' | 'escalate';
  readonly to?: Recipient;
  readonly title?: string;
  readonly pieceName?: string;
  readonly at?: string;
}

/** A job whose step has just climbed a rung, and the mail that tells of it. */
async function climbed({ holder, kind = 'remind', to, title, pieceName, at = desk.now }: Climb): Promise<{
  job: TriedJob;
  input: MailInput;
}> {
  const job = await tryJob(store(), desk.ring, {
    holder,
    ...(title === undefined ? {} : { title }),
    ...(pieceName === undefined ? {} : { pieceName }),
  });
  const n = kind === 'escalate' ? 2 : 1;
  const first = { type: 'rungClimbed', ...whereOf(job), n: 1, kind: 'remind', whom: 'holder' } as const;
  const second = { type: 'rungClimbed', ...whereOf(job), n, kind, whom: 'standInOrHead' } as const;
  const seq = await goOn(store(), job.processId, at, ...(kind === 'escalate' ? [first, second] : [first]));
  const whomTo = to ?? { personId: holder };
  const name = `${job.processId}/rung/${n}/${kind}/${JSON.stringify(whomTo)}`;
  return { job, input: job.mail(kind, whomTo, { seq, name }) };
}

const deps = () => digestDeps(desk, digests);
const put = (input: MailInput) => sendMail(deps(), input);
const stateOf = async (input: MailInput) => (await findMail(store(), mailIdOf(input.name)))?.state;
const textsTo = (id: string) => textsIn(desk, id);
const letLeave = () => digests.leave(deps());
const signed = (job: TriedJob, personId: string): JobEvent => signedBy(job, personId, desk.now);

describe('one digest a person at the start of their working day', () => {
  it('a reminder that can wait goes out next morning, alone it is the mail it always was, and only once', async () => {
    const holder = reader();
    const { input } = await climbed({ holder });
    expect(await put(input)).toEqual({ type: 'told', outcome: 'accepted' });
    expect(await put(input)).toEqual({ type: 'told', outcome: 'accepted' });
    expect(digests.started.map(({ at }) => at)).toEqual([friday]);
    expect(desk.post.taken).toEqual([]);
    desk.now = addMs(friday, -1);
    expect(await sendDigest(deps(), digests.started[0]?.digestId ?? '')).toEqual({ again: friday });
    desk.now = friday;
    await letLeave();
    expect(desk.post.taken).toHaveLength(1);
    expect(desk.post.taken[0]?.email.subject).toBe('YFLC2026014 灯箱海报：已到期限，请您处理');
    expect(desk.post.taken[0]?.email.messageId).toBe(`<${mailIdOf(`digest/${holder}/2026-03-13`)}@agency.example>`);
    expect(await stateOf(input)).toBe('sent');
  });

  it('ten reminders of a day are one mail, the latest first, each with its own link and its date in words', async () => {
    const holder = reader();
    for (let n = 0; n < 10; n += 1) {
      const { input } = await climbed({ holder, pieceName: `海报 ${n}` });
      await stepTable(store()).updateOne(
        { processId: input.processId, open: true },
        { $set: { dueAt: addMs(due, -n * 60_000), dueSort: addMs(due, -n * 60_000) } },
      );
      await put(input);
      desk.now = addMs(desk.now, 60_000);
    }
    expect(digests.started).toHaveLength(1);
    desk.now = friday;
    await letLeave();
    const [text = '', ...more] = textsTo(holder);
    expect(more).toEqual([]);
    expect(desk.post.taken[0]?.email.subject).toContain('10 件等您处理');
    expect([...text.matchAll(/海报 (\d)/g)].map(([, n]) => Number(n))).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(new Set(text.match(/https:\/\/jobbag\.agency\.example\/a\/[\w.-]+/gu)).size).toBe(10);
    expect(text).toContain('昨天 15:06');
    expect(text).toContain('已超 1 个工作小时 54 分');
  });

  it('whatever was signed, handed over or put on hold meanwhile is left out; with nothing left there is no mail', async () => {
    const holder = reader();
    const all = [
      await climbed({ holder }),
      await climbed({ holder }),
      await climbed({ holder }),
      await climbed({ holder, pieceName: '还在' }),
    ];
    for (const { input } of all) await put(input);
    const [one, two, three, left] = all;
    if (!one || !two || !three || !left) throw new Error('four');
    await goOn(store(), one.job.processId, desk.now, signed(one.job, holder));
    await goOn(store(), two.job.processId, desk.now, { type: 'held', by: 'director', words: '等客户' });
    await goOn(store(), three.job.processId, desk.now, {
      type: 'stepOpening',
      ...whereOf(three.job),
      to: 'chief',
      how: 'reassign',
      keep: [],
    });
    desk.now = friday;
    await letLeave();
    expect(textsTo(holder)).toHaveLength(1);
    expect(textsTo(holder)[0]).toContain('还在');
    expect(await Promise.all(all.map(({ input }) => stateOf(input)))).toEqual([
      'leftOut',
      'leftOut',
      'leftOut',
      'sent',
    ]);

    const nobody = reader();
    const gone = await climbed({ holder: nobody, at: friday });
    await put(gone.input);
    await goOn(store(), gone.job.processId, desk.now, signed(gone.job, nobody));
    desk.now = addMs(friday, 3 * 86_400_000);
    await letLeave();
    expect(textsTo(nobody)).toEqual([]);
    expect(await stateOf(gone.input)).toBe('leftOut');
  });

  it('S-66: a day that is declared closed meanwhile moves the digest to the day that begins next', async () => {
    const holder = reader();
    const { input } = await climbed({ holder });
    await put(input);
    const typhoon = { ...shanghaiOffice(), id: `person:${holder}` };
    const days = { ...typhoon.days, '2026-03-13': { kind: 'closed', name: { zh: '台风', en: 'Typhoon' } } } as const;
    await calendars.save(store(), typhoon.id, 0, { ...typhoon, days }, { by: 'admin', at: desk.now, words: '' });
    desk.now = friday;
    const id = digests.started[0]?.digestId ?? '';
    expect(await sendDigest(deps(), id)).toEqual({ again: '2026-03-16T01:00:00.000Z' });
    expect(textsTo(holder)).toEqual([]);
    desk.now = '2026-03-16T01:00:00.000Z';
    expect(await sendDigest(deps(), id)).toEqual({});
    expect(textsTo(holder)).toHaveLength(1);
  });

  it('first requests and receipts wait for no digest', async () => {
    const holder = reader();
    const job = await tryJob(store(), desk.ring, { holder });
    expect(await put(job.mail('ask', { personId: holder }))).toMatchObject({ outcome: 'accepted', askedAt: desk.now });
    expect(await put(job.mail('receipt', { personId: holder }))).toMatchObject({ outcome: 'accepted' });
    expect(textsTo(holder)).toHaveLength(2);
    expect(digests.asked).toEqual([]);
  });
});

describe('rungs of one minute are one mail a person', () => {
  it('M-22: who is told above the holder is told within the minute, in one mail, and each rung is in it once', async () => {
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        climbed({ holder: 'writer', kind: 'escalate', to: { position: 'owner' }, pieceName: `p${n}` }),
      ),
    );
    const inputs = all.map(({ input }) => ({ ...input, to: { position: 'owner' } as const, ownerId: 'board' }));
    // All wake in the same instant, in as many processes as there may be, some of them twice.
    await Promise.all([...inputs, ...inputs.slice(0, 4)].map(put));
    desk.now = addMs(desk.now, 59_000);
    await letLeave();
    expect(textsTo('board')).toEqual([]);
    desk.now = addMs(desk.now, 1_500);
    await letLeave();
    const [text = '', ...more] = textsTo('board');
    expect(more).toEqual([]);
    expect([...text.matchAll(/p\d+ · /g)]).toHaveLength(12);
    expect(text).toContain('with 陈 默');
    expect(await Promise.all(inputs.map(stateOf))).toEqual(inputs.map(() => 'sent'));
  });

  it(
    '500 steps of one person: one mail, the latest twenty by name, how many more there are and the way to the desk',
    { timeout: 300_000 },
    async () => {
      const holder = reader();
      const all: { job: TriedJob; input: MailInput }[] = [];
      for (let batch = 0; batch < 25; batch += 1)
        all.push(
          ...(await Promise.all(
            Array.from({ length: 20 }, (_, n) => climbed({ holder, pieceName: `件${batch * 20 + n}` })),
          )),
        );
      for (let batch = 0; batch < 10; batch += 1)
        await Promise.all(all.slice(batch * 50, batch * 50 + 50).map(({ input }) => put(input)));
      expect(digests.started).toHaveLength(1);
      desk.now = friday;
      await letLeave();
      const [text = '', ...more] = textsTo(holder);
      expect(more).toEqual([]);
      expect([...text.matchAll(/件\d+ · /g)]).toHaveLength(20);
      expect(text).toContain('另有 480 件，在您的桌面上。');
      expect(text).toContain('https://jobbag.agency.example/desk');
      const rows = await outboxTable(store()).countDocuments({ personId: holder, kind: 'remind', state: 'sent' });
      expect(rows).toBe(500);
      expect(desk.post.taken[0]?.bytes.length).toBeLessThan(120_000);
    },
  );

  it('it waits until the engine has climbed every rung of the minute, and for one that is stuck not for ever', async () => {
    const holder = reader();
    const behind = await tryJob(store(), desk.ring, { holder: 'chief' });
    const { input } = await climbed({ holder, kind: 'escalate' });
    await put(input);
    desk.now = addMs(desk.now, 60_000);
    const id = digests.started[0]?.digestId ?? '';
    const waits = { type: 'RungsUnderWay', nextRetryDelay: 2_000 };
    await expect(sendDigest(deps(), id)).rejects.toMatchObject(waits);
    // Where they take turns it looks again when half of them have had theirs.
    const slowTurns = digestDeps(desk, Object.assign(new StartedDigests(), { rungsPerSecond: 0.01 }));
    await expect(sendDigest(slowTurns, id)).rejects.toMatchObject({ ...waits, nextRetryDelay: 50_000 });
    expect(textsTo(holder)).toEqual([]);
    await goOn(store(), behind.processId, desk.now, {
      type: 'rungClimbed',
      ...whereOf(behind),
      n: 1,
      kind: 'remind',
      whom: 'holder',
    });
    await sendDigest(deps(), id);
    expect(textsTo(holder)).toHaveLength(1);

    const other = reader();
    await tryJob(store(), desk.ring, { holder: 'chief' });
    desk.now = due;
    await put((await climbed({ holder: other, kind: 'escalate' })).input);
    const later = digests.asked.findLast(({ at }) => at < friday)?.digestId ?? '';
    desk.now = addMs(due, 11 * 60_000);
    await expect(sendDigest(deps(), later)).rejects.toMatchObject({ type: 'RungsUnderWay' });
    desk.now = addMs(due, 11 * 60_000 + 1);
    await sendDigest(deps(), later);
    expect(textsTo(other)).toHaveLength(1);
  });

  it('while more comes in, as in a very crowded minute, it waits for the rest, and for an hour and a half at most', async () => {
    const holder = reader();
    await tryJob(store(), desk.ring, { holder: 'chief' });
    await put((await climbed({ holder, kind: 'escalate' })).input);
    const id = digests.started[0]?.digestId ?? '';
    for (let minutes = 9; minutes <= 81; minutes += 9) {
      desk.now = addMs(due, minutes * 60_000);
      await put((await climbed({ holder, kind: 'escalate' })).input);
      desk.now = addMs(due, (minutes + 9) * 60_000);
      await expect(sendDigest(deps(), id)).rejects.toMatchObject({ type: 'RungsUnderWay' });
    }
    desk.now = addMs(due, 91 * 60_000 + 1);
    await sendDigest(deps(), id);
    expect(textsTo(holder)).toHaveLength(1);
  });

  it('what comes in while a digest leaves is in the next one: nothing is lost and nothing told twice', async () => {
    const holder = reader();
    const first = await climbed({ holder, kind: 'escalate' });
    await put(first.input);
    const [digest] = digests.started;
    desk.now = addMs(desk.now, 60_000);
    await claimMail(store(), digest?.digestId ?? '', { now: desk.now, leaseUntil: addMs(desk.now, 140_000) });
    const second = await climbed({ holder, kind: 'escalate', pieceName: '后到' });
    await put(second.input);
    expect(digests.started.filter(({ at }) => at < friday)).toHaveLength(2);
    desk.now = addMs(desk.now, 200_000);
    await letLeave();
    expect(textsTo(holder).join()).toContain('后到');
    expect([await stateOf(first.input), await stateOf(second.input)]).toEqual(['sent', 'sent']);
    expect(textsTo(holder).join().match(/后到/g)?.length).toBe(1);
  });

  it('a worker that dies with a digest in hand: after its lease somebody else sends all of it, once', async () => {
    const holder = reader();
    const inputs = [await climbed({ holder }), await climbed({ holder })].map(({ input }) => input);
    for (const input of inputs) await put(input);
    const [started] = digests.started;
    const id = started?.digestId ?? '';
    desk.now = friday;
    await claimMail(store(), id, { now: desk.now, leaseUntil: addMs(desk.now, 140_000) });
    const digest = await findDigest(store(), id);
    if (!digest) throw new Error('it is planned');
    expect(await gatherReminders(store(), digest, { now: desk.now, leaseUntil: desk.now })).toHaveLength(2);
    await expect(sendDigest(deps(), id)).rejects.toMatchObject({ type: 'InOtherHands' });
    desk.now = addMs(desk.now, 140_001);
    // And the line breaks behind the mail's last byte: the same mail under the same id.
    desk.post.moods.push({ at: 'dropAfterData' });
    await expect(sendDigest(deps(), id)).rejects.toMatchObject({ type: 'MailServer' });
    await sendDigest(deps(), id);
    const [one, two] = desk.post.taken;
    expect(two?.bytes.equals(one?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(await Promise.all(inputs.map(stateOf))).toEqual(['sent', 'sent']);
    await sendDigest(deps(), id);
    expect(desk.post.taken).toHaveLength(2);
  });

  it('a digest that no mail server takes for days, or whose reader left, counts as not delivered with all it carries', async () => {
    const holder = reader();
    const { input } = await climbed({ holder });
    await put(input);
    desk.now = friday;
    desk.post.moods.push({ at: 'rcpt', code: 451 });
    const id = digests.started[0]?.digestId ?? '';
    await expect(sendDigest(deps(), id)).rejects.toMatchObject({ type: 'MailServer' });
    await claimMail(store(), id, { now: desk.now, leaseUntil: desk.now });
    await giveUpDigest(deps(), id);
    expect(await findMail(store(), mailIdOf(input.name))).toMatchObject({
      state: 'failed',
      why: 'NO_ANSWER_FROM_MAIL_SERVER',
    });
  });
});

describe('behind the last rung', () => {
  const last = async (title: string, at = desk.now) => {
    const made = await climbed({ holder: 'writer', title, at });
    const seq = await goOn(store(), made.job.processId, at, {
      type: 'rungClimbed',
      ...whereOf(made.job),
      n: 2,
      kind: 'escalate',
      whom: 'accountDirector',
    });
    return {
      ...made,
      input: made.job.mail('escalate', { position: 'accountDirector' }, { seq, name: `${made.job.processId}/last` }),
    };
  };

  it('M-22: a line in the director’s digest every working day while a step stands: who, what, since when, how late; it decides nothing', async () => {
    const { job, input } = await last('久停的工作');
    await put(input);
    const [, morning] = digests.started;
    expect(morning).toEqual({
      digestId: mailIdOf(digestName('director', { at: friday, day: '2026-03-13' })),
      at: friday,
    });
    desk.now = addMs(desk.now, 61_000);
    await letLeave();
    expect(textsTo('director')).toHaveLength(1);
    desk.now = friday;
    await letLeave();
    const [, text = ''] = textsTo('director');
    expect(text).toContain('1 步各级都已告知，仍未处理');
    expect(text).toMatch(/久停的工作\n灯箱海报 · .* · 文案\n\s+在陈 默处，自/u);
    expect(text).toMatch(/昨天 15:06 · 3月12日，已超 .*小时/u);
    const monday = '2026-03-16T01:00:00.000Z';
    expect(digests.started.map(({ at }) => at)).toContain(monday);
    desk.now = monday;
    await letLeave();
    expect(textsTo('director')).toHaveLength(3);
    const row = await stepTable(store()).findOne({ processId: job.processId, open: true }).lean();
    expect(row).toMatchObject({ state: 'open', standsSince: due, decidedBy: [] });
    // Signed: from then on no line and no further morning; the one that was planned tells the decision (S-45).
    await goOn(store(), job.processId, desk.now, signed(job, 'writer'));
    desk.now = '2026-03-17T01:00:00.000Z';
    await letLeave();
    expect(textsTo('director')).toHaveLength(4);
    expect(textsTo('director')[3]).toContain('1 项工作有新决定');
    expect(textsTo('director')[3]).not.toContain('仍未处理');
    expect(digests.started.filter(({ at }) => at > desk.now)).toEqual([]);
  });

  it('somebody else became director: the day’s own work plans their morning, once a day and person', async () => {
    const { job } = await last('没有人计划');
    const planning = { connection: store(), office: shanghaiOffice(), digests };
    desk.now = '2026-03-16T16:10:00.000Z';
    for (let twice = 0; twice < 2; twice += 1)
      expect(await planMornings(planning, await houseNow(store()), desk.now)).toBe(1);
    expect(digests.started.map(({ at }) => at)).toEqual(['2026-03-17T01:00:00.000Z']);
    await goOn(store(), job.processId, desk.now, signed(job, 'writer'));
    expect(await planMornings(planning, await houseNow(store()), desk.now)).toBe(0);
  });
});

describe('the client', () => {
  it('R-16: reads only of what waits for them, with their links and no page of ours', async () => {
    const inputs = [await climbed({ holder: client.id }), await climbed({ holder: client.id })].map(
      ({ input }) => input,
    );
    for (const input of inputs) await put(input);
    desk.now = friday;
    await letLeave();
    const [text = ''] = textsTo(client.id);
    expect(text).toContain('2 件等您处理');
    expect(text).not.toContain('/jobs/');
    expect(text).not.toContain('/desk');
  });
});
