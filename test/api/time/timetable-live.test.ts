import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { decisionsFor } from '../../../activities/digest/decisions-told.ts';
import { houseNow } from '../../../activities/house.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { workingDaysAfter } from '../../../domain/calendar/working-days.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { mailsOfJob } from '../../../store/outbox.ts';
import { office } from '../../domain/calendar/calendars.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { timetableAround } from './timetables.ts';

/** A timetable through the real engine: sent, accepted by link, announced by mail, extended, and bad input on its way. */
let all: ClientHouse;
beforeAll(async () => {
  all = await openClientHouse('timetable');
}, 180_000);
afterAll(() => all.close());

const store = () => all.house.api.deps.store;
const today = (): string => all.house.api.deps.clock().slice(0, 10);
/** What became of an act: 200, or the status and the words of the refusal. */
const act = async (id: string, one: object): Promise<{ readonly status: number; readonly text: string }> => {
  try {
    return { status: 200, text: JSON.stringify(await all.api(`/jobs/${id}/acts`, { act: one })) };
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    return { status: Number(/ (\d{3}) /.exec(text)?.[1]), text };
  }
};
const stateOf = async (id: string) => (await wholeJob(store(), id))?.state;
const submit = (id: string, content: object) =>
  act(id, { type: 'submit', point: 'timetable', paper: { form: 'F-10', content } });
/** The link of the newest mail that asks the client's contact. */
const asked = (before: number): Promise<string> =>
  until(
    () =>
      all.house.mails
        .slice(before)
        .filter(({ to }) => to === all.contact.mail.address)
        .flatMap(({ text }) => /\/a\/[A-Za-z0-9_.-]+/.exec(text)?.[0] ?? [])[0],
  );
const accept = async (link: string): Promise<void> => {
  const answer = await all.press(link, (await all.page(link)).html, { verdict: 'sign' });
  expect(answer.status, await answer.clone().text()).toBe(303);
};

describe('a timetable on the real engine', { timeout: 240_000 }, () => {
  test('R-45, R-46, R-51, R-54, S-32: accepted by link, a near node announced at once and once; a later date names what it replaces', async () => {
    const { id, link } = await all.asked();
    await accept(link);
    await act(id, {
      type: 'assess',
      evaluation: '清楚',
      discussion: '已讨论',
      study: '已研究',
      recommendation: '先做认知',
      differs: false,
    });
    await act(id, { type: 'openNumber' });
    await until(async () => ((await stateOf(id))?.phase === 'OPENED' ? true : undefined));
    const jobNumber = (await stateOf(id))?.jobNumber ?? '';
    const on = (days: number): string => addDays(today(), days);
    // The next working day closes ahead of us and is less than three working days away, on whatever day this runs.
    const near = workingDaysAfter(
      office,
      zoneNamed,
      zoneNamed(office.zone).toLocal(all.house.api.deps.clock()).date,
      1,
    );
    const content = {
      ...timetableAround(on(30)),
      jobNumber,
      keyNodes: [
        { node: '提案', date: near, clientApproval: true },
        { node: '创意确认', date: on(28), milestone: 'creativeApproval' },
      ],
    };

    const turned = await submit(id, { ...content, deliveryDate: on(2) });
    expect(turned.status).toBe(422);
    expect(turned.text).toContain('deliveryDate');
    const odd = await submit(id, { ...content, keyNodes: [{ node: '提案', date: on(1), milestone: 'someday' }] });
    expect(odd.status).toBe(422);
    expect(odd.text).toContain('milestone');

    const before = all.house.mails.length;
    expect((await submit(id, content)).status).toBe(200);
    const offered = await asked(before);
    const shown = (await all.page(offered)).html;
    expect(shown).toContain('提案与意见');
    for (const hidden of ['内部审核', '弹性']) expect(shown).not.toContain(hidden);
    await accept(offered);
    const told = await until(async () => ((await stateOf(id))?.timetable?.told.length === 1 ? true : undefined));
    expect(told).toBe(true);
    // S-32: the outside version went to the client by mail; the inside one is in the next morning of the whole team.
    const given = (await mailsOfJob(store(), id)).filter(
      ({ kind, personId, where }) =>
        kind === 'ask' && personId === all.contact.id && where?.circulation.startsWith('timetable'),
    );
    expect(given.map(({ state }) => state)).toEqual(['sent']);
    for (const person of [all.executive, all.director, all.creative]) {
      const jobs = await decisionsFor(await houseNow(store()), person, all.house.api.deps.clock());
      const mine = jobs.filter(({ processId }) => processId === id).flatMap(({ steps }) => steps);
      expect(
        mine.map(({ point, step }) => `${point}.${step}`),
        person.name,
      ).toContain('timetable.client');
    }
    const announced = () => all.house.mails.filter(({ subject }) => /关键节点将至|A key node is near/.test(subject));
    await until(() => announced()[0]);
    expect(announced()[0]?.to).toBe(all.contact.mail.address);
    expect(announced()[0]?.text).toMatch(/提案[:：]/);

    const later = { ...content, deliveryDate: on(80) };
    const unnamed = await submit(id, later);
    expect(unnamed.status).toBe(422);
    expect(unnamed.text).toContain('EXTENSION_UNNAMED');
    const { deliveryDate } = content as unknown as { deliveryDate: string };
    const changes = [{ oldDate: deliveryDate, newDate: on(80), reason: '客户延期', agreedBy: '李女士' }];
    const second = all.house.mails.length;
    expect((await submit(id, { ...later, changes })).status).toBe(200);
    const extension = await asked(second);
    expect((await stateOf(id))?.timetable?.baseline.deliveryDate).toBe(deliveryDate);
    await accept(extension);
    await until(async () => ((await stateOf(id))?.timetable?.baseline.deliveryDate === on(80) ? true : undefined));
    expect((await stateOf(id))?.timetable?.earlier.map((one) => one.deliveryDate)).toEqual([deliveryDate]);
    // The node keeps its date, so nothing is announced a second time.
    await until(async () => ((await stateOf(id))?.timetable?.nodes.length === 2 ? true : undefined));
    const mark = await act(id, { type: 'reachNode', node: `${near} 提案` });
    expect(mark.status).toBe(200);
    expect((await act(id, { type: 'reachNode', node: 'nowhere' })).status).toBe(404);
    expect(announced()).toHaveLength(1);
  });
});
