import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEntry } from '../../../domain/log/entry.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { logTable, type LogRow } from '../../../store/log.ts';
import type { Person } from '../../../domain/people/types.ts';
import { samples } from '../../papers/samples.ts';
import { sitAt } from '../papers/browserless.ts';
import { hidden, openClientHouse, until, type ClientHouse } from './client-house.ts';
import { cookieOf } from './office.ts';

/** A mis-click is taken back on the page that told of it, through the door and the real engine. */
let all: ClientHouse;
beforeAll(async () => {
  all = await openClientHouse('take-back');
}, 180_000);
afterAll(() => all.close());

const typesOf = async (id: string): Promise<string[]> =>
  (await logTable(all.house.api.deps.store).find({ processId: id }).sort({ seq: 1 }).lean<LogRow[]>()).flatMap(
    ({ body }) => {
      const type: unknown = (readEntry(body)?.event as { readonly type?: unknown } | undefined)?.type;
      return typeof type === 'string' ? [type] : [];
    },
  );
const count = async (id: string, type: string): Promise<number> =>
  (await typesOf(id)).filter((one) => one === type).length;
const act = (id: string, one: unknown, as?: string) => all.api(`/jobs/${id}/acts`, { act: one }, as);
const follow = async (answer: Response) => {
  expect(answer.status, await answer.clone().text()).toBe(303);
  return all.page(answer.headers.get('location') ?? '');
};
const no = { verdict: 'back', backKind: 'return', reason: 'NOT_CLEAR', backWords: '按错了' };
const back = { verdict: 'takeBack', takeBackWords: '手滑，按错了' };
/** The link a person is mailed in answer to what is done. */
async function linkAfter(person: Person, does: () => Promise<unknown>): Promise<string> {
  const before = all.house.mails.length;
  await does();
  return until(
    () =>
      all.house.mails
        .slice(before)
        .filter(({ to }) => to === person.mail.address)
        .flatMap(({ text }) => /\/a\/[A-Za-z0-9_.-]+/.exec(text)?.[0] ?? [])[0],
  );
}
const assess = {
  type: 'assess',
  evaluation: '清楚',
  discussion: '已讨论',
  study: '已研究',
  recommendation: '先做认知',
} as const;
const phaseOf = async (id: string) => (await wholeJob(all.house.api.deps.store, id))?.state.phase;
interface Possible {
  readonly source: string;
  readonly possible: readonly { readonly act: string; step?: string; by: readonly string[]; possible: boolean }[];
}
/** What may be taken back now, as the process itself answers by the API: step, by whom, whether. */
async function offeredAt(id: string): Promise<readonly string[]> {
  const headers = { Authorization: `Bearer ${await all.house.token(all.director)}` };
  // A busy worker may need longer than the API waits; then the store answers, and we ask once more.
  const { possible } = await until(async () => {
    const answer = await fetch(`${all.house.url}/api/v1/jobs/${id}/possible`, { headers });
    const said = (await answer.json()) as Possible;
    return said.source === 'process' ? said : undefined;
  });
  return possible
    .filter((one) => one.act === 'withdraw')
    .map((one) => `${one.step ?? ''} ${one.by.join()} ${String(one.possible)}`);
}
const openAt = (id: string, circulation: string, step: string) =>
  until(async () =>
    (await wholeJob(all.house.api.deps.store, id))?.state.circulations[circulation]?.stays.some(
      (stay) => stay.step === step && stay.state === 'open',
    )
      ? true
      : undefined,
  );

describe('design §3: taking back on the page of a decided step', { timeout: 90_000 }, () => {
  test('a mis-clicked no: the page says what will happen, asks why, opens the step for the same person and says so', async () => {
    const { id, link } = await all.asked();
    const returned = await follow(await all.press(link, (await all.page(link)).html, no));
    for (const said of ['撤回这次退回', '按错了？在下一位处理之前可以撤回', '先前的签字仍然有效', '都留在记录里'])
      expect(returned.html).toContain(said);

    // Whoever only opens it changes nothing; without a word why, nothing happens either.
    for (const method of ['GET', 'HEAD']) await fetch(all.house.url + link, { method });
    const mute = await all.press(link, returned.html, { verdict: 'takeBack', takeBackWords: ' ' });
    expect(mute.status).toBe(422);
    const asked = await mute.text();
    expect(asked).toContain('请写一句为什么撤回');
    expect(hidden(asked, 'formValue')).toBe(hidden(returned.html, 'formValue'));
    expect(await count(id, 'decisionWithdrawn')).toBe(0);

    const taken = await follow(await all.press(link, asked, back));
    expect(taken.html).toContain('已撤回，这一步重新由您决定');
    expect(taken.html).toContain('value="sign"');
    // The same press again is the same wish; one from another window is told.
    expect((await all.press(link, asked, back)).status).toBe(303);
    const other = await all.press(link, asked, { ...back, formValue: 'x' });
    expect(other.status).toBe(409);
    expect(await count(id, 'decisionWithdrawn')).toBe(1);

    const signed = await follow(await all.press(link, (await all.page(link)).html, { verdict: 'sign' }));
    expect(signed.html).toContain('您已签字');
    // The last signature of a round ends it: the core takes nothing back any more, so nothing is offered.
    await until(async () => ((await phaseOf(id)) === 'ASSESSING' ? true : undefined));
    expect((await all.page(link)).html).not.toContain('takeBack');
    expect(await count(id, 'decided')).toBe(2);
  });

  test('English readers read it in English; a job on hold offers nothing and a late press hears why', async () => {
    const { id, link } = await all.asked();
    await all.press(link, (await all.page(link)).html, no);
    await until(async () => ((await all.page(link)).html.includes('takeBack') ? true : undefined));
    const english = await all.page(`${link}?lang=en`);
    for (const said of ['Take back the return', 'yours to decide again', 'Why you take it back'])
      expect(english.html).toContain(said);
    const director = await all.house.token(all.director);
    await act(id, { type: 'hold', words: '客户暂停' }, director);
    const held = await all.press(link, english.html, back);
    expect(held.status).toBe(409);
    const said = await held.text();
    expect(said).toContain('暂停');
    expect(said).not.toContain('value="takeBack"');
    await act(id, { type: 'resume' }, director);
    await until(async () => ((await all.page(link)).html.includes('value="takeBack"') ? true : undefined));
  });

  test('ACTED_UPON: somebody has acted on the no since, so a sentence says so and nothing changes', async () => {
    const { id, link } = await all.asked();
    await all.press(link, (await all.page(link)).html, { verdict: 'sign' });
    await act(id, { ...assess, differs: true });
    const paper = { form: 'F-24', content: { ...samples['F-24'], brandId: all.place.brandId } };
    const agree = await linkAfter(all.contact, () => act(id, { type: 'submit', point: 'strategyAgreement', paper }));
    await openAt(id, 'strategyAgreement', 'client');
    const returned = await follow(await all.press(agree, (await all.page(agree)).html, no));
    expect(returned.html).toContain('value="takeBack"');
    await act(id, { ...assess, differs: true });
    const late = await all.press(agree, returned.html, back);
    expect(late.status).toBe(409);
    const said = await late.text();
    expect(said).toContain('已经有人据此处理，不能再收回');
    expect(said).not.toContain('value="takeBack"');
    expect(await count(id, 'decisionWithdrawn')).toBe(0);
  });

  test('a signature: who had been asked behind it is named, told, and holds nothing until it is given again', async () => {
    const { id, link } = await all.asked();
    await all.press(link, (await all.page(link)).html, { verdict: 'sign' });
    await act(id, { ...assess, differs: false });
    await act(id, { type: 'openNumber' });
    await until(async () => ((await phaseOf(id)) === 'OPENED' ? true : undefined));
    const jobNumber = (await wholeJob(all.house.api.deps.store, id))?.state.jobNumber ?? '';
    const submit = (point: string, form: 'F-04' | 'F-10', more: object = {}, rest: object = {}) =>
      act(id, { type: 'submit', point, paper: { form, content: { ...samples[form], jobNumber, ...more } }, ...rest });
    await submit('timetable', 'F-10');
    await act(id, {
      type: 'huddle',
      heldAt: new Date(Date.now() - 1000).toISOString(),
      people: [all.creative.id],
      objections: [],
    });
    const skipped = ['artDirector', 'copywriter', 'designer'].map((step) => ({ step, reason: '小件' }));
    const mine = await linkAfter(all.director, () =>
      submit(
        'workOrder',
        'F-04',
        { executors: [{ person: all.creative.id, role: 'CREATIVE_DIRECTOR' }], supervisors: [all.director.id] },
        { notApplicable: skipped },
      ),
    );
    await openAt(id, 'workOrder', 'accountDirector');
    let signed = '';
    const next = await linkAfter(all.creative, async () => {
      signed = (await follow(await all.press(mine, (await all.page(mine)).html, { verdict: 'sign' }))).html;
    });
    expect(signed).toContain('撤回我的签字');
    await openAt(id, 'workOrder', 'creativeDirector');
    const offered = await all.page(mine);
    expect(offered.html).toContain('王冉 已收到请求，会收到通知');
    expect(await offeredAt(id)).toEqual([`accountDirector ${all.director.id} true`]);
    const desk = `/desk/${id}/workOrder/accountDirector`;
    const seat = sitAt(all.house, await cookieOf(all.house, all.director));
    expect((await seat.open(`/jobs/${id}`)).text).toContain(`href="${desk}"`);
    expect((await seat.open(desk)).text).toContain('value="takeBack"');

    const told = all.house.mails.length;
    const taken = await follow(await all.press(mine, offered.html, back));
    expect(taken.html).toContain('已撤回，这一步重新由您决定');
    expect(taken.html).toContain('value="sign"');
    expect((await all.page(next)).html).toContain('还没轮到您');
    const mail = await until(() =>
      all.house.mails
        .slice(told)
        .find(({ to, subject }) => to === all.creative.mail.address && /Taken back/.test(subject)),
    );
    expect(mail.text).toContain('周岚');
    await follow(await all.press(mine, taken.html, { verdict: 'sign' }));
    await openAt(id, 'workOrder', 'creativeDirector');
    expect((await all.page(next)).html).toContain('value="sign"');
    // The next person has acted: from now on the core says no, and so does the page.
    await follow(await all.press(next, (await all.page(next)).html, { verdict: 'sign' }));
    expect((await all.page(mine)).html).not.toContain('takeBack');
    expect(await offeredAt(id)).toEqual([]);
    expect((await seat.open(`/jobs/${id}`)).text).not.toContain(`href="${desk}"`);
  });
});
