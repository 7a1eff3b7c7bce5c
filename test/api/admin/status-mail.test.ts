import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieFor, fillAgency } from '../papers/agency.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';

/** A status link whose mail fails, with a real mail server that refuses one address and then is away. */
let house: House;
let post: SMTPServer;
beforeAll(async () => {
  post = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const refused = Object.assign(new Error('no such mailbox'), { responseCode: 550 });
      done(address.startsWith('zhoulan') ? refused : Object.assign(new Error('try later'), { responseCode: 451 }));
    },
  });
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve));
  const { port } = post.server.address() as AddressInfo;
  house = await openHouse({ SMTP_URL: `smtp://127.0.0.1:${String(port)}` });
  await fillAgency(house.api.deps.store);
}, 120_000);
afterAll(async () => {
  await house.close();
  await new Promise<void>((resolve) => post.close(() => resolve()));
});

/** The value of the form that stands beside somebody's name. */
const valueFor = (text: string, personId: string): string =>
  [...text.matchAll(/<form[\s\S]*?<\/form>/g)]
    .filter(([form]) => form.includes(`value="${personId}"`))
    .flatMap(([form]) => /name="formValue" value="([^"]*)"/.exec(form)?.[1] ?? [])[0] ?? '';

/** Asks for a link for somebody and answers with what the next page says. */
async function press(personId: string): Promise<{ readonly said: string; readonly log: string }> {
  const seat = sitAt(house, await cookieFor(house.api.deps, 'wangfang'));
  const before = house.logged.length;
  const form = await seat.open('/admin/clients/yifeng');
  const sent = await seat.send(form, { person: personId, formValue: valueFor(form.text, personId) }, '/status-link');
  expect(sent.status).toBe(303);
  const page = await seat.open(sent.location ?? '');
  expect(page.status).toBe(200);
  return { said: saidBy(page), log: house.logged.slice(before).join('') };
}

describe('a status link that cannot be mailed', () => {
  test('says whose mail failed and what to do: an address that is refused is to be corrected', async () => {
    const { said, log } = await press('zhoulan');
    expect(said).toContain('给周岚的状态链接邮件没有寄出');
    expect(said).toContain('核对周岚的邮箱');
    expect(log).toContain('a status link could not be mailed');
    expect(log).not.toContain('/c/a/');
    expect(log).not.toContain('zhoulan@');
  });

  test('a mail server that cannot take it now, or is away, is to be tried again', async () => {
    expect((await press('lixiang')).said).toContain('给李想的状态链接邮件没有寄出：邮件服务器暂时没有应答');
    await new Promise<void>((resolve) => post.close(() => resolve()));
    const { said } = await press('lixiang');
    expect(said).toContain('请过几分钟再按一次“寄状态链接”');
    expect(said).not.toContain('503');
  });

  test('a form that is no longer good says so, and sends nothing', async () => {
    const seat = sitAt(house, await cookieFor(house.api.deps, 'wangfang'));
    const form = await seat.open('/admin/clients/yifeng');
    const sent = await seat.send(form, { person: 'lixiang', formValue: 'forged' }, '/status-link');
    expect(saidBy(await seat.open(sent.location ?? ''))).toContain('给李想的状态链接邮件没有寄出：页面打开太久了');
  });

  test('the address of the page can only speak of somebody of this client', async () => {
    const seat = sitAt(house, await cookieFor(house.api.deps, 'wangfang'));
    for (const query of ['unsent=nobody', 'unsent=wangfang', 'refused=%3Cb%3E', 'constructor=x'])
      expect(saidBy(await seat.open(`/admin/clients/yifeng?${query}`))).toBe('');
  });
});
