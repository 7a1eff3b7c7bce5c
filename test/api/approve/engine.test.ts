import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samples } from '../../papers/samples.ts';
import { openClientHouse, until, type ClientHouse } from './client-house.ts';

/** The whole way: a mail is sent, its link is followed over HTTP, the button is pressed, the engine decides. */
let house: ClientHouse['house'];
let contact: ClientHouse['contact'];
let all: ClientHouse;
beforeAll(async () => {
  all = await openClientHouse('approve');
  ({ house, contact } = all);
}, 180_000);
afterAll(() => all.close());
const api: ClientHouse['api'] = (...given) => all.api(...given);
const asked = (): ReturnType<ClientHouse['asked']> => all.asked();
const page: ClientHouse['page'] = (path) => all.page(path);
const press: ClientHouse['press'] = (...given) => all.press(...given);
const decisions: ClientHouse['decisions'] = (id) => all.decisions(id);

describe('a link out of a real mail', { timeout: 90_000 }, () => {
  test('R-100: signed once; the replayed request is the same decision, a second click is told, a no after a yes changes nothing', async () => {
    const { id, link } = await asked();
    const { html } = await page(link);
    for (const said of ['知名度', '请您确认签字', '李女士', '需求简报']) expect(html).toContain(said);
    const first = await press(link, html, { verdict: 'sign', signWords: '可以' });
    expect(first.status).toBe(303);
    const done = await page(first.headers.get('location') ?? '');
    expect(done.html).toContain('您已签字');
    expect(done.html).toContain('可以');
    const replayed = await Promise.all(
      Array.from({ length: 5 }, () => press(link, html, { verdict: 'sign', signWords: '可以' })),
    );
    for (const answer of replayed) expect([200, 303]).toContain(answer.status);
    const again = await page(link);
    expect(again.html).toContain('这一步已经处理过了');
    const late = await press(link, html, {
      verdict: 'back',
      backKind: 'return',
      reason: 'NOT_CLEAR',
      backWords: '再想想',
    });
    expect(late.status).toBeLessThan(500);
    expect(await decisions(id)).toBe(1);
  });

  test('R-79: sent back with reason and words; the next page says who, when and why', async () => {
    const { id, link } = await asked();
    const { html } = await page(link);
    const sent = await press(link, html, {
      verdict: 'back',
      backKind: 'return',
      reason: 'NOT_CLEAR',
      backWords: '<b>目标</b>不清楚',
    });
    expect(sent.status).toBe(303);
    const { html: after } = await page(sent.headers.get('location') ?? '');
    expect(after).toContain('已退回');
    expect(after).toContain('&lt;b>目标&lt;/b>不清楚');
    expect(await decisions(id)).toBe(1);
  });

  test('20 parallel presses of mixed verdicts: one decision, everybody answered, no 5xx', async () => {
    const { id, link } = await asked();
    const pages = await Promise.all(Array.from({ length: 20 }, () => page(link)));
    const answers = await Promise.all(
      pages.map(({ html }, n) =>
        press(
          link,
          html,
          n % 2 === 0
            ? { verdict: 'sign' }
            : { verdict: 'back', backKind: 'return', reason: 'NOT_CLEAR', backWords: `第 ${n} 个` },
        ),
      ),
    );
    expect(Math.max(...answers.map(({ status }) => status))).toBeLessThan(500);
    expect(await decisions(id)).toBe(1);
  });

  test('R-69: a client’s hand-over is a request; the step stays with them. A word changes nothing', async () => {
    const { link } = await asked();
    const { html } = await page(link);
    const values = [...html.matchAll(/name="formValue" value="([^"]*)"/g)].map((one) => one[1] ?? '');
    const noted = await press(link, html, {
      verdict: 'note',
      formValue: values[1] ?? '',
      noteKind: 'question',
      noteWords: '价格含税吗？',
    });
    expect(noted.status).toBe(303);
    expect((await page(noted.headers.get('location') ?? '')).html).toContain('留言已记下');
    const handed = await press(link, html, {
      verdict: 'handOver',
      formValue: values[2] ?? '',
      handOverTo: '王总',
      handOverWords: '他负责',
    });
    expect(handed.status).toBe(303);
    expect((await page(link)).html).toContain('value="sign"');
  });

  test('R-100: a link of an old round mails the new one to the address on file only, once in ten minutes, and shows none', async () => {
    const { id, link } = await asked();
    const sent = await press(link, (await page(link)).html, {
      verdict: 'back',
      backKind: 'return',
      reason: 'NOT_CLEAR',
      backWords: '再清楚一点',
    });
    expect(sent.status).toBe(303);
    const asks = () =>
      house.mails.flatMap((mail) =>
        mail.to === contact.mail.address ? (/\/a\/[A-Za-z0-9_.-]+/.exec(mail.text)?.[0] ?? []) : [],
      );
    // While nobody holds the new round there is nothing to send.
    expect((await page(link)).html).not.toContain('value="resend"');
    await api(`/jobs/${id}/acts`, {
      act: {
        type: 'submit',
        point: 'requirementBrief',
        paper: { form: 'F-03', content: { ...samples['F-03'], coreObjective: '知名度与试饮' } },
      },
    });
    const fresh = await until(() =>
      asks().findLast((one) => one !== link && asks().indexOf(one) > asks().indexOf(link)),
    );
    await until(async () => ((await page(link)).html.includes('value="resend"') ? true : undefined));
    const { html } = await page(link);
    expect(html).toContain('这是第 1 轮的链接');
    expect(html).not.toContain(fresh);
    const before = asks().length;
    const resent = await press(link, html, { verdict: 'resend' });
    expect(resent.status).toBe(200);
    const said = await resent.text();
    expect(said).toContain('新链接已发到登记的邮箱');
    expect(said).not.toContain(fresh);
    await until(() => (asks().length > before ? true : undefined));
    expect(asks().slice(before)).toEqual([fresh]);
    const soon = await press(link, (await page(link)).html, { verdict: 'resend' });
    expect([soon.status, (await soon.text()).includes('分钟内不重复发送')]).toEqual([429, true]);
    // The same press again is the same wish: no second mail.
    await press(link, html, { verdict: 'resend' });
    expect(asks().length).toBe(before + 1);
  });

  test('no worker: "received", and recorded once when the worker is back', async () => {
    const { id, link } = await asked();
    const { html } = await page(link);
    await all.rest();
    const sent = await press(link, html, { verdict: 'sign' });
    const said = await sent.text();
    expect(sent.status).toBe(202);
    expect(said).toContain('已收到，正在记录');
    const reload = /href="([^"]*\?command=[^"]*)"/.exec(said)?.[1] ?? '';
    expect((await page(reload)).status).toBe(202);
    await all.work();
    await until(async () =>
      (await page(reload)).html.includes('已签') && (await decisions(id)) === 1 ? true : undefined,
    );
    expect(await decisions(id)).toBe(1);
  });
});
