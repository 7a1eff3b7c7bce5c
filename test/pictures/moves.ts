import type { Ladder } from '../../domain/calendar/ladders.ts';
import { storySubject } from '../../ops/demo/greet.ts';
import { playUntil, signs, type Telling } from '../../ops/demo/story.ts';
import { ApiSaidNo } from '../../ops/demo/caller.ts';
import type { DemoHouse } from './house.ts';
import { fill, here, later, once, type Wanted } from './shown.ts';

const director = 'demo-zhou';
const manager = 'demo-he';

const scope = 'workOrder/creativeDirector';

/** Every way a rung can be told, somebody who hears it as well, and quiet hours. */
const drawn: Ladder = {
  id: 'own',
  name: { zh: '自定', en: 'Own' },
  limit: { workingMinutes: 180 },
  warnPercents: [50],
  warnBy: 'desk',
  rungs: [
    { n: 1, after: { workingMinutes: 180 }, whom: 'holder', kind: 'remind' },
    { n: 2, after: { workingMinutes: 360 }, whom: 'ae', copy: ['accountManager'], kind: 'escalate', by: 'digest' },
    { n: 3, after: { workingMinutes: 600 }, whom: 'accountDirector', kind: 'escalate' },
  ],
  quiet: { from: '18:00', to: '09:30' },
};

/** A job whose step keeps a ladder the house drew itself, also after the house went back to the standard. */
async function ownLadder(house: DemoHouse): Promise<string> {
  const title = '中秋礼盒 海报（自己的提醒阶梯）';
  const there = await house.jobCalled(title);
  if (there !== undefined) return there;
  const { caller, sign } = house.demo;
  const t: Telling = { caller, sign, subject: { ...storySubject, title }, seed: 43, jobId: '', jobNumber: '' };
  await house.ladder(scope, drawn, '创意总监本周出差，提前提醒');
  await playUntil(t, 'ORDER_SIGNOFF');
  await house.ladder(scope, null, '出差结束');
  await signs(t, 'workOrder', 'accountDirector');
  await caller.openStep(t.subject.ownerId, t.jobId, 'workOrder', 'creativeDirector');
  return t.jobId;
}

/** The job page of a step with a ladder of its own, the versions that were saved, and one that is drawn and not saved yet. */
export function ladderPages(house: DemoHouse): readonly Wanted[] {
  const job = once(() => ownLadder(house));
  const at = '2026-12-31T16:30';
  const draft = new URLSearchParams({ step: scope, at, typed: '1', limit: '3', unit: 'hours', warns: '50' });
  for (const [name, value] of Object.entries({ after1: '3', whom1: 'holder', after2: '6', whom2: 'ae', by2: 'digest' }))
    draft.set(name, value);
  return [
    later('job-own-ladder', async () => ({ path: `/jobs/${await job()}`, as: 'demo-zhao' })),
    here({ name: 'admin-ladder-draft', path: `/admin/ladder?${draft.toString()}`, as: 'demo-shen' }),
    later('admin-ladder-versions', async () => {
      await job();
      return { path: `/admin/ladder?step=${scope}&at=${at}`, as: 'demo-shen' };
    }),
  ];
}

/** Says something to the house that may have been said before. */
async function said(house: DemoHouse, who: string, path: string, body?: object): Promise<void> {
  try {
    await house.demo.caller.ask(who, 'POST', path, body);
  } catch (error) {
    if (!(error instanceof ApiSaidNo)) throw error;
  }
}

async function handOver(house: DemoHouse, id: string, brandId: string, from: string, to: string): Promise<string> {
  await said(house, director, '/hand-overs', {
    id,
    brandId,
    from,
    to,
    factBookOn: house.day(-2),
    words: '岗位调整，下月起由接手人负责全部在办工作。',
  });
  return `ho-${id}`;
}

/** Hand-overs of a brand: the form, its preview and its refusal, and one that waits, one that moved, one that was ended. */
export function handOverPages(house: DemoHouse): readonly Wanted[] {
  const asked = once(() => handOver(house, 'pictures-asked', 'demo-haisheng', 'demo-sun', 'demo-zhao'));
  const done = once(async () => {
    const id = await handOver(house, 'pictures-done', 'demo-kaian', 'demo-lin', 'demo-gao');
    for (const who of ['demo-lin', 'demo-gao']) await said(house, who, `/hand-overs/${id}/sign`);
    await house.demo.caller.until('the hand-over to have moved', async () => {
      // The account director is asked once both have signed.
      await said(house, director, `/hand-overs/${id}/sign`);
      const { state } = await house.ask<{ state: string }>(director, `/hand-overs/${id}`);
      return state === 'done' ? state : undefined;
    });
    return id;
  });
  const ended = once(async () => {
    await done();
    const id = await handOver(house, 'pictures-ended', 'demo-kaian', 'demo-sun', 'demo-zhao');
    await said(house, director, `/hand-overs/${id}/end`, { words: '孙立留任，不再交接。' });
    return id;
  });
  const wanted = { brandId: 'demo-yunfeng', from: 'demo-zhao', to: 'demo-sun', words: '赵一调往新客户组。' };
  const page = (name: string, of: () => Promise<string>): Wanted =>
    later(name, async () => ({ path: `/admin/hand-overs/${await of()}`, as: director }));
  return [
    later('hand-overs', async () => {
      await Promise.all([asked(), done()]);
      return { path: '/admin/hand-overs', as: director };
    }),
    here({
      name: 'hand-over-preview',
      path: '/admin/hand-overs',
      as: director,
      answers: 200,
      act: fill(wanted, '#start .btn'),
    }),
    here({
      name: 'hand-over-wrong',
      path: '/admin/hand-overs',
      as: director,
      act: fill({ ...wanted, to: 'demo-lin', factBookOn: '2020-01-31' }, '#start .btn'),
    }),
    page('hand-over-asked', asked),
    page('hand-over-done', done),
    page('hand-over-ended', ended),
    later('hand-over-link', async () => {
      const processId = `handOver:${await asked()}`;
      return { path: await house.linkThere({ processId, personId: 'demo-sun', purpose: 'handOver' }) };
    }),
    later('hand-over-link-done', async () => {
      const processId = `handOver:${await done()}`;
      return { path: await house.linkThere({ processId, personId: 'demo-gao', purpose: 'handOver' }) };
    }),
  ];
}

/** Leave: who is away, what waits for agreement, the preview of what it would move, and its refusal. */
export function leavePages(house: DemoHouse): readonly Wanted[] {
  const there = once(async () => {
    const leave = { kind: 'annual', from: house.day(7), to: house.day(9) };
    await said(house, 'demo-zhao', '/leave', {
      ...leave,
      id: 'pictures-asked',
      personId: 'demo-zhao',
      standInId: 'demo-sun',
    });
    await said(house, manager, '/leave', {
      ...leave,
      id: 'pictures-coming',
      personId: 'demo-gao',
      standInId: 'demo-lin',
      kind: 'sick',
    });
  });
  const path = '/admin/absences';
  const away = { personId: 'demo-wu', kind: 'sick', from: house.day(0), to: house.day(3), standInId: 'demo-wang' };
  return [
    later('admin-absences', async () => {
      await there();
      return { path, as: manager };
    }),
    here({ name: 'leave-preview', path, as: director, answers: 200, act: fill(away, '#announce .btn') }),
    here({ name: 'leave-wrong', path, as: director, act: fill({ ...away, to: house.day(-2) }, '#announce .btn') }),
  ];
}
