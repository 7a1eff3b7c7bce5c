import { storySubject } from '../../ops/demo/greet.ts';
import { actOn, paperOf, playUntil, signs, type Telling } from '../../ops/demo/story.ts';
import type { Grant } from '../../store/grants.ts';
import type { DemoHouse } from './house.ts';
import { later, once, press, unfold, type Shown, type Wanted } from './shown.ts';

const executive = 'demo-zhao';

/** A work order that was refused and came again: the link of its first round is an old one. Answers with the job. */
async function refusedOrder(house: DemoHouse): Promise<string> {
  const title = '秋茶礼盒 工作单第二轮';
  const there = await house.jobCalled(title);
  if (there !== undefined) return there;
  const { caller, sign } = house.demo;
  const t: Telling = { caller, sign, subject: { ...storySubject, title }, seed: 41, jobId: '', jobNumber: '' };
  await playUntil(t, 'ORDER_SIGNOFF');
  await signs(t, 'workOrder', 'accountDirector');
  const { circulation, round, hash } = await caller.openStep(executive, t.jobId, 'workOrder', 'creativeDirector');
  await actOn(t, 'demo-wang', {
    type: 'return',
    kind: 'refuse',
    circulation,
    round,
    step: 'creativeDirector',
    hash,
    reason: 'MATERIAL_INSUFFICIENT',
    words: '缺少产品照片与标志源文件。',
    missing: ['产品照片', '标志源文件'],
  });
  await caller.until('the refused order to be back', async () => {
    const { job } = await house.ask<{ job: { phase: string } }>(executive, `/jobs/${t.jobId}`);
    return job.phase === 'OPENED' ? job : undefined;
  });
  const order = paperOf(t, 'F-04') as { content: Record<string, unknown> };
  order.content['background'] = '秋季礼盒上市。产品照片与标志源文件已补齐。';
  await actOn(t, executive, { type: 'submit', point: 'workOrder', paper: order });
  await signs(t, 'workOrder', 'accountDirector');
  await caller.openStep(executive, t.jobId, 'workOrder', 'creativeDirector');
  return t.jobId;
}

/** The approver's page in its states, each by the link of the mail; beside it the second version of a refused order. */
export function approvals(house: DemoHouse, job: (title: string) => string): readonly Wanted[] {
  const again = once(() => refusedOrder(house));
  const order = { processId: job('秋季新品 命名与包装'), step: 'creativeDirector' };
  type Where = Partial<Pick<Grant, 'processId' | 'personId' | 'step' | 'round'>>;
  const view = { processId: job('夏季主视觉 灯箱海报'), step: 'artDirector', personId: 'demo-wu' };
  const by = (name: string, where: Where | (() => Promise<Where>), act?: Shown['act']): Wanted =>
    later(`approve-${name}`, async () => ({
      path: await house.linkThere(typeof where === 'function' ? await where() : where),
      ...(act ? { act } : {}),
    }));
  return [
    by('artwork', view),
    by('signed', { ...view, step: 'copywriter', personId: 'demo-chen' }),
    by('order', order),
    by('client', { processId: job('Winter campaign poster 冬季促销海报'), step: 'client' }),
    by('refused', { processId: job('品牌手册 改版'), step: 'creativeDirector' }),
    by('old', async () => ({ processId: await again(), step: 'creativeDirector', round: 1 })),
    by('again', async () => ({ processId: await again(), step: 'creativeDirector', round: 2 })),
    by('wrong', view, press('button[value="sign"]')),
    by('unfolded', order, unfold),
    later('paper-second', async () => ({ path: `/jobs/${await again()}/papers/F-04/2`, as: 'demo-zhou' })),
  ];
}
