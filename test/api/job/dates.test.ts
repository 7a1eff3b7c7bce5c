import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { people } from '../../../store/people.ts';
import { addMs } from '../../../domain/instant.ts';
import { inputOfInstant } from '../../../api/staff/typed.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { cookieOf } from '../approve/office.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';

/** Moving the date of a step by hand on the job page: real engine, store and mail server. */
let all: ClientHouse;
let house: ClientHouse['house'];
let contact: Person;
beforeAll(async () => {
  all = await openClientHouse('job-dates');
  ({ house, contact } = all);
}, 180_000);
afterAll(() => all.close());

const store = () => house.api.deps.store;
const sit = async (person: Person) => sitAt(house, await cookieOf(house, person));
const stayOf = async (id: string) =>
  (await wholeJob(store(), id))?.state.circulations.requirementBrief?.stays.find(({ step }) => step === 'client');
const desk = { circulation: 'requirementBrief', round: '1', step: 'client' };
/** A local time of the office some days ahead, as an input gives it. */
const inDays = (days: number): string =>
  inputOfInstant(addMs(house.api.deps.clock(), days * 86_400_000), 'Asia/Shanghai');

async function waiting() {
  const { id, link } = await all.asked();
  // The limits start with the accepted mail; the desk stands as it is once the job has heard of it.
  await until(async () => ((await stayOf(id))?.holders.some(({ askedAt }) => askedAt) ? true : undefined));
  const seat = await sit(all.executive);
  return { id, link, seat, page: await seat.open(`/jobs/${id}`) };
}

describe('R-51: the date of a step is moved by hand', { timeout: 90_000 }, () => {
  test('with a reason: both dates stand in the history, the holder has a mail with both and their link, the ladder moves along', async () => {
    const { id, link, seat, page } = await waiting();
    const before = await stayOf(id);
    expect(page.text).toContain(`action="/jobs/${id}/dates"`);
    // The form begins with the date that stands.
    if (before?.dueAt) expect(page.text).toContain(`value="${inputOfInstant(before.dueAt, 'Asia/Shanghai')}"`);
    const sent = await seat.send(page, { ...desk, dueAt: inDays(9), words: '客户出差' }, '/dates');
    expect([sent.status, sent.location]).toEqual([303, expect.stringContaining('done=date')]);
    const mail = await until(() =>
      house.mails.find(
        ({ to, text }) =>
          to === contact.mail.address && text.includes('客户出差') && /期限已改|date has been moved/.test(text),
      ),
    );
    expect(mail.text).toMatch(/原来.+现在|Was .+ is now/);
    expect(/\/a\/[A-Za-z0-9_.-]+/.exec(mail.text)?.[0]).toBe(link);
    const after = await seat.open(sent.location ?? '');
    expect(after.text).toContain('The date is moved');
    expect(after.text).toContain('客户出差');
    const moved = await stayOf(id);
    expect(moved).toMatchObject({ state: 'open', decisions: [], dueMoved: true });
    expect((moved?.dueAt ?? '') > (before?.dueAt ?? '')).toBe(true);
    // The same press again is the same wish.
    await seat.send(page, { ...desk, dueAt: inDays(9), words: '客户出差' }, '/dates');
    expect((await stayOf(id))?.dueAt).toBe(moved?.dueAt);
  });

  test('bad input is told what is wrong, changes nothing, and what was typed stays in the form', async () => {
    const { id, seat } = await waiting();
    const before = await stayOf(id);
    const cases: readonly [Readonly<Record<string, string>>, number][] = [
      [{ ...desk, dueAt: inDays(-2), words: 'too late' }, 422],
      [{ ...desk, dueAt: 'soon', words: 'no moment' }, 422],
      [{ ...desk, dueAt: '2099-03-12T10:00', words: 'a century too far' }, 422],
      [{ ...desk, dueAt: inDays(5), words: '' }, 422],
      [{ ...desk, dueAt: inDays(5), words: 'stale', formValue: 'forged' }, 409],
      [{ ...desk, dueAt: inDays(5), words: 'elsewhere', step: '__proto__' }, 404],
      [{ ...desk, dueAt: inDays(5), words: 'old round', round: '7' }, 409],
    ];
    for (const [fields, status] of cases) {
      const answer = await seat.send(await seat.open(`/jobs/${id}`), fields, '/dates');
      expect(answer.status, JSON.stringify(fields)).toBe(status);
      expect(saidBy(answer), JSON.stringify(fields)).not.toBe('');
      if (fields['step'] === 'client' && fields['words'] !== '') expect(answer.text).toContain(fields['words'] ?? '');
    }
    expect(await stayOf(id)).toEqual(before);
  });

  test('only who may: a maker of the team is offered no form and is refused; a stranger finds nothing there', async () => {
    const { id, page } = await waiting();
    const creative = (await people.now(store())).all.find(({ name }) => name === '王冉');
    if (!creative) throw new Error('the team is there');
    const maker = await sit(creative);
    const shown = await maker.open(`/jobs/${id}`);
    expect(shown.text).not.toContain('/dates');
    const stranger = await house.person(['ACCOUNT_DIRECTOR']);
    await house.brand([stranger]);
    const typed = { ...desk, dueAt: inDays(5), words: 'mine' };
    expect((await (await sit(stranger)).send(page, typed, '/dates')).status).toBe(404);
    expect((await sitAt(house).send(page, typed, '/dates')).status).toBe(401);
    expect((await stayOf(id))?.dueMoved).toBeUndefined();
  });
});
