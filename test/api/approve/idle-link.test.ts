import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantTable } from '../../../store/grants.ts';
import { idleAfterMs, linkUseTable } from '../../../store/link-uses.ts';
import { logTable } from '../../../store/log.ts';
import { loginCodeTable } from '../../../store/login-codes.ts';
import { correctAddress } from '../session/roads.ts';
import { hidden, openClientHouse, until, type ClientHouse } from './client-house.ts';

/** A link that lay unused for 30 days asks for a mailed code before it acts (design §6): the whole way, with real mail. */
let all: ClientHouse;
beforeAll(async () => {
  all = await openClientHouse('idle');
}, 180_000);
afterAll(() => all.close());

const store = () => all.house.api.deps.store;
const grantOf = (link: string): string => link.slice('/a/'.length).split('.')[0] ?? '';

/** Makes the link, and its last use if there is one, this much older. */
async function age(link: string, byMs: number): Promise<void> {
  const at = new Date(Date.now() - byMs).toISOString();
  await grantTable(store()).updateOne({ _id: grantOf(link) }, { $set: { mintedAt: at } });
  await linkUseTable(store()).updateOne({ _id: grantOf(link) }, { $set: { lastUsedAt: at } });
}

const codes = (): string[] =>
  all.house.mails
    .filter((mail) => mail.to === all.contact.mail.address && mail.subject.includes('签核验证码'))
    .map((mail) => (/(\d{4}) (\d{4})/.exec(mail.text) ?? []).slice(1).join(''));
const nextCode = (before: number): Promise<string> =>
  until(() => (codes().length > before ? codes().at(-1) : undefined));

/** What the code page would post: everything it carries along, and what is typed now. */
function carried(html: string): Record<string, string> {
  const form = html.slice(html.indexOf('<form method="post" action="/a/'));
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

describe('a link that lay unused for 30 days', { timeout: 90_000 }, () => {
  test('reads as before and writes nothing; one day less and it acts as ever', async () => {
    const { id, link } = await all.asked();
    await age(link, idleAfterMs - 86_400_000);
    expect((await all.page(link)).html).not.toContain('30 天没有用过');
    await age(link, idleAfterMs + 1_000);
    const rows = await linkUseTable(store()).countDocuments();
    const { html, status } = await all.page(link);
    expect([status, html.includes('知名度'), html.includes('30 天没有用过')]).toEqual([200, true, true]);
    expect(await linkUseTable(store()).countDocuments()).toBe(rows);
    await age(link, idleAfterMs - 86_400_000);
    const signed = await all.press(link, html, { verdict: 'sign' });
    expect(signed.status).toBe(303);
    expect(await all.decisions(id)).toBe(1);
    expect(await linkUseTable(store()).countDocuments({ _id: grantOf(link) })).toBe(1);
  });

  test('R-100: the code finishes what was begun, with every word typed, once; the next press needs none', async () => {
    const { id, link } = await all.asked();
    await age(link, idleAfterMs + 1_000);
    const { html } = await all.page(link);
    const before = codes().length;
    const asking = await all.press(link, html, { verdict: 'sign', signWords: '可以，<b>照此</b>办理' });
    const page = await asking.text();
    expect(asking.status).toBe(200);
    expect(page).toContain('还没有作出任何决定');
    expect(page).not.toContain('<b>照此');
    expect(await all.decisions(id)).toBe(0);
    const code = await nextCode(before);
    expect(page).not.toContain(code);
    const fields = {
      ...carried(page),
      signWords: '可以，<b>照此</b>办理',
      linkCode: `${code.slice(0, 4)} ${code.slice(4)}`,
    };
    expect(fields).toMatchObject({ verdict: 'sign', formValue: hidden(html, 'formValue') });
    const done = await all.press(link, page, fields);
    expect(done.status).toBe(303);
    expect((await all.page(done.headers.get('location') ?? '')).html).toContain('&lt;b>照此&lt;/b>办理');
    // The replayed request is the same decision; the link was used just now, so nobody is asked again.
    expect([200, 303]).toContain((await all.press(link, page, fields)).status);
    expect(await all.decisions(id)).toBe(1);
    expect(codes().length).toBe(before + 1);
  });

  test('bad input: a wrong, empty, overlong, foreign or used code, a made-up request, doubled fields decide nothing and lose no word', async () => {
    const { id, link } = await all.asked();
    const other = await all.asked();
    await age(link, idleAfterMs + 1_000);
    await age(other.link, idleAfterMs + 1_000);
    const { html } = await all.page(link);
    const back = { verdict: 'back', backKind: 'return', reason: 'NOT_CLEAR', backWords: '再清楚一点' };
    let before = codes().length;
    const foreign = await (await all.press(other.link, (await all.page(other.link)).html, { verdict: 'sign' })).text();
    const foreignCode = await nextCode(before);
    before = codes().length;
    const page = await (await all.press(link, html, back)).text();
    const code = await nextCode(before);
    const fields = carried(page);
    const tries: readonly Readonly<Record<string, string>>[] = [
      { linkCode: code === '00000000' ? '00000001' : '00000000' },
      { linkCode: '' },
      { linkCode: '9'.repeat(500) },
      { linkCode: "12345678' or 1" },
      { linkCode: code, linkCodeRequest: '../../x' },
      { linkCode: foreignCode, linkCodeRequest: carried(foreign).linkCodeRequest ?? '' },
    ];
    for (const wrong of tries) {
      const answer = await all.press(link, page, { ...fields, ...back, ...wrong });
      const said = await answer.text();
      expect([answer.status, said.includes('再清楚一点'), said.includes('验证码不对或已失效')]).toEqual([
        422,
        true,
        true,
      ]);
    }
    expect(await all.decisions(id)).toBe(0);
    // The other link's code is still good for the other link.
    expect(
      (await all.press(other.link, foreign, { ...carried(foreign), verdict: 'sign', linkCode: foreignCode })).status,
    ).toBe(303);
    const done = await all.press(link, page, { ...fields, ...back, linkCode: code });
    expect(done.status).toBe(303);
    expect(await all.decisions(id)).toBe(1);
  });

  test('codes are for one use: an approval code signs nobody in; ten minutes later it is no longer good', async () => {
    const { id, link } = await all.asked();
    await age(link, idleAfterMs + 1_000);
    const before = codes().length;
    const page = await (await all.press(link, (await all.page(link)).html, { verdict: 'sign' })).text();
    const code = await nextCode(before);
    const fields = carried(page);
    const signIn = await fetch(`${all.house.url}/sign-in/code`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'Sec-Fetch-Site': 'same-origin',
        Cookie: `jobbag_signin=${fields.linkCodeRequest ?? ''}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ code }).toString(),
    });
    expect([signIn.status, signIn.headers.getSetCookie().some((one) => one.startsWith('jobbag='))]).toEqual([
      422,
      false,
    ]);
    await loginCodeTable(store()).updateOne(
      { _id: fields.linkCodeRequest ?? '' },
      { $set: { expiresAt: new Date(Date.now() - 1).toISOString() } },
    );
    expect((await all.press(link, page, { ...fields, linkCode: code })).status).toBe(422);
    expect(await all.decisions(id)).toBe(0);
    // Another one is mailed by the button, in the same breath.
    const again = await all.press(link, page, { ...fields, linkCodeAgain: 'true' });
    const fresh = await nextCode(before + 1);
    expect((await all.press(link, page, { ...carried(await again.text()), linkCode: fresh })).status).toBe(303);
    expect(await all.decisions(id)).toBe(1);
  });

  test('the sixth code within fifteen minutes is not mailed; the page says when, in both languages, and keeps the words', async () => {
    const { id, link } = await all.asked();
    await age(link, idleAfterMs + 1_000);
    const { html } = await all.page(link);
    const before = codes().length;
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1)
      statuses.push((await all.press(link, html, { verdict: 'sign', signWords: '好' })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    await nextCode(before + 4);
    const last = await all.press(`${link}?lang=en`, html, { verdict: 'sign', signWords: '好' });
    const said = await last.text();
    expect(said).toContain('Too many codes were mailed or tried.');
    expect(carried(said)).toMatchObject({ signWords: '好', verdict: 'sign' });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(codes().length).toBe(before + 5);
    expect(await logTable(store()).countDocuments({ processId: id, type: 'decided', body: /"step":"client"/ })).toBe(0);
  });

  test('R-100: a page that was open when the address was corrected: its form waits for the code and then decides, once', async () => {
    const { id, link } = await all.asked();
    const { html } = await all.page(link);
    const { now } = await correctAddress(all.house, all.contact.id);
    const closed = await all.page(link);
    expect([closed.html.includes('邮箱换过地址'), closed.html.includes('知名度')]).toEqual([true, false]);
    const words = '可以，<b>照此</b>办理';
    const page = await (await all.press(link, html, { verdict: 'sign', signWords: words })).text();
    expect([page.includes('还没有作出任何决定'), page.includes('知名度')]).toEqual([true, false]);
    expect(carried(page)).toMatchObject({ verdict: 'sign', formValue: hidden(html, 'formValue') });
    expect(await all.decisions(id)).toBe(0);
    const linkCode = await until(() =>
      all.house.mails
        .filter(({ to, subject }) => to === now && subject.includes('链接验证码'))
        .map(({ text }) => (/(\d{4}) (\d{4})/.exec(text) ?? []).slice(1).join(''))
        .at(-1),
    );
    const done = await all.press(link, page, { ...carried(page), signWords: words, linkCode });
    expect([done.status, await all.decisions(id)]).toEqual([303, 1]);
    // What was decided is read in that browser and in no other.
    const path = done.headers.get('location') ?? '';
    expect((await all.page(path)).html).toContain('邮箱换过地址');
    const Cookie = done.headers
      .getSetCookie()
      .map((one) => one.split(';')[0] ?? '')
      .join('; ');
    const seen = await fetch(all.house.url + path, { headers: { Accept: 'text/html', Cookie } });
    expect(await seen.text()).toContain('&lt;b>照此&lt;/b>办理');
  });

  test('no code and no link ever stands in the log', () => {
    const logged = all.house.logged.join('');
    for (const code of codes()) expect(logged).not.toContain(code);
    expect(logged).not.toMatch(/\/a\/[a-z0-9]{6}[A-Za-z0-9_-]{22}/);
  });
});
