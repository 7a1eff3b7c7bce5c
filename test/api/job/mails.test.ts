import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { logTable } from '../../../store/log.ts';
import { mailsOfJob, outboxTable } from '../../../store/outbox.ts';
import { people, teamOfBrand } from '../../../store/people.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { cookieOf } from '../approve/office.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';

/** `POST /jobs/:id/mails` with the real engine, store and mail server: the mail of an open step, once more. */
let all: ClientHouse;
let house: ClientHouse['house'];
let contact: Person;
beforeAll(async () => {
  all = await openClientHouse('job-mails');
  ({ house, contact } = all);
}, 180_000);
afterAll(() => all.close());

const store = () => house.api.deps.store;
const personOf = async (id: string): Promise<Person> => {
  const entry = await people.get(store(), id);
  if (!entry) throw new Error(`nobody is ${id}`);
  return entry.value;
};
const sit = async (person: Person) => sitAt(house, await cookieOf(house, person));
const sentAgain = (id: string): Promise<number> =>
  logTable(store()).countDocuments({ processId: id, type: 'askedAgain' });
const arrived = (address: string): readonly { readonly text: string }[] =>
  house.mails.filter((mail) => mail.to === address);

/** A job that waits for the client, with the executive at its page and the id of the mail that asked. */
async function waiting() {
  const { id } = await all.asked();
  const job = await wholeJob(store(), id);
  const executive = await personOf(job?.row.ownerId ?? '');
  const mail = await until(async () =>
    (await mailsOfJob(store(), id)).find(({ kind, state }) => kind === 'ask' && state === 'sent'),
  );
  const team = await teamOfBrand(store(), job?.row.brandId ?? '');
  const seat = await sit(executive);
  return { id, mailId: mail.mailId, seat, team: team?.members ?? [], page: await seat.open(`/jobs/${id}`) };
}

describe('sending a mail again', { timeout: 90_000 }, () => {
  test('the owner presses once: one more mail to the address on file with the present link; the same press is the same wish', async () => {
    const { id, mailId, seat, page } = await waiting();
    // Every line of the list may have this button; who hears it alone hears whose mail it is.
    expect(page.text).toContain(`Send again<span class="hidden"> · ${contact.name}`);
    const before = arrived(contact.mail.address).length;
    const sent = await seat.send(page, { mail: mailId }, '/mails');
    expect(sent.status).toBe(303);
    expect(sent.location).toContain('done=mail');
    expect((await seat.open(sent.location ?? '')).text).toContain('Sent again');
    await until(() => (arrived(contact.mail.address).length > before ? true : undefined));
    const links = arrived(contact.mail.address)
      .slice(before - 1)
      .map(({ text }) => /\/a\/[A-Za-z0-9_.-]+/.exec(text)?.[0]);
    expect(links[1]).toBe(links[0]);
    await seat.send(page, { mail: mailId }, '/mails');
    expect(await sentAgain(id)).toBe(1);
    // A new wish so soon is told to wait, in words, and sends nothing.
    const soon = await seat.send(await seat.open(`/jobs/${id}`), { mail: mailId }, '/mails');
    expect(soon.status).toBe(429);
    expect(saidBy(soon)).toContain('10 minutes');
    expect(await sentAgain(id)).toBe(1);
  });

  test('bad input says what is wrong and sends nothing: no mail, an unknown one, another job’s, a forged or missing form value', async () => {
    const { id, mailId, seat, page } = await waiting();
    const elsewhere = await waiting();
    for (const mail of ['', 'nothing', elsewhere.mailId, '__proto__', 'x'.repeat(5_000)]) {
      const answer = await seat.send(page, { mail }, '/mails');
      expect([answer.status, saidBy(answer)], mail.slice(0, 20)).toEqual([
        422,
        expect.stringContaining('no such mail'),
      ]);
    }
    const forged = await seat.send(page, { mail: mailId, formValue: 'forged' }, '/mails');
    expect(forged.status).toBe(409);
    expect(saidBy(forged)).not.toBe('');
    expect((await seat.send(page, { mail: mailId, formValue: '' }, '/mails')).status).toBe(409);
    expect([await sentAgain(id), await sentAgain(elsewhere.id)]).toEqual([0, 0]);
  });

  test('only who may: a maker of the team and people of other brands find nothing there, nobody without a session', async () => {
    const { id, mailId, page, team } = await waiting();
    const maker = await personOf(team.find(({ roles }) => roles.includes('CREATIVE_DIRECTOR'))?.personId ?? '');
    expect((await (await sit(maker)).open(`/jobs/${id}`)).text).not.toContain('Send again');
    const stranger = await house.person(['ACCOUNT_DIRECTOR']);
    await house.brand([stranger]);
    for (const person of [maker, stranger])
      expect((await (await sit(person)).send(page, { mail: mailId }, '/mails')).status).toBe(404);
    expect((await sitAt(house).send(page, { mail: mailId }, '/mails')).status).toBe(401);
    // The form value of one person is worth nothing in the hands of another who may.
    const director = await personOf(team.find(({ roles }) => roles.includes('ACCOUNT_DIRECTOR'))?.personId ?? '');
    expect((await (await sit(director)).send(page, { mail: mailId }, '/mails')).status).toBe(409);
    expect(await sentAgain(id)).toBe(0);
  });

  test('a mail that failed says why and leads who may correct the address to it: account service for its client’s people', async () => {
    const { id, mailId, seat, team } = await waiting();
    await outboxTable(store()).updateOne({ _id: mailId }, { $set: { state: 'failed', why: '550 no such mailbox' } });
    const shown = await seat.open(`/jobs/${id}`);
    for (const said of ['could not be sent', '550 no such mailbox', `href="/admin/people/${contact.id}"`])
      expect(shown.text).toContain(said);
    expect((await seat.open(`/admin/people/${contact.id}`)).text).toContain('name="address"');
    // The team's creative director sees the job and not its mails.
    const creative = team.find(({ roles }) => roles.includes('CREATIVE_DIRECTOR'))?.personId ?? '';
    expect((await (await sit(await personOf(creative))).open(`/jobs/${id}`)).text).not.toContain('550 no such mailbox');
  });

  test('R-100: who has signed is not asked again, not even from a page that was open before', async () => {
    const { id, mailId, seat, page } = await waiting();
    const link = arrived(contact.mail.address)
      .flatMap(({ text }) => /\/a\/[A-Za-z0-9_.-]+/.exec(text)?.[0] ?? [])
      .at(-1);
    await all.press(link ?? '', (await all.page(link ?? '')).html, { verdict: 'sign' });
    await until(async () =>
      (await wholeJob(store(), id))?.state.circulations.requirementBrief?.status === 'passed' ? true : undefined,
    );
    expect((await seat.open(`/jobs/${id}`)).text).not.toContain('Send again');
    const late = await seat.send(page, { mail: mailId }, '/mails');
    expect([late.status, saidBy(late)]).toEqual([409, 'This step does not lie with this person now.']);
    expect(await sentAgain(id)).toBe(0);
  });
});

describe('correcting the address', { timeout: 90_000 }, () => {
  test('a wrong address is refused by its field and changes nothing; the right one is where the next mail goes', async () => {
    const { id, mailId, seat, page, team } = await waiting();
    const at = `/admin/people/${contact.id}`;
    const wrong = await seat.send(await seat.open(at), { address: 'not an address' }, at);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('not an address');
    expect((await personOf(contact.id)).mail).toEqual(contact.mail);
    const maker = await personOf(team.find(({ roles }) => roles.includes('CREATIVE_DIRECTOR'))?.personId ?? '');
    const form = await seat.open(at);
    expect((await (await sit(maker)).send(form, { address: 'taken.over@agency.example' }, at)).status).toBe(403);
    expect((await personOf(contact.id)).mail).toEqual(contact.mail);

    const fresh = 'li.nvshi@client.example';
    expect((await seat.send(form, { address: fresh }, at)).status).toBe(303);
    expect((await personOf(contact.id)).mail).toMatchObject({ address: fresh, revision: 2 });
    expect((await seat.send(page, { mail: mailId }, '/mails')).status).toBe(303);
    await until(() => (arrived(fresh).length > 0 ? true : undefined));
    const [mail] = arrived(fresh);
    expect(mail?.text).toMatch(/\/a\/[A-Za-z0-9_.-]+/);
    expect(await sentAgain(id)).toBe(1);
  });
});
