import type { Page } from 'playwright-core';
import { storySubject } from '../../ops/demo/greet.ts';
import { actOn, paperOf, playUntil, signs, type Telling } from '../../ops/demo/story.ts';
import { forms } from '../../papers/index.ts';
import { actSpecs } from '../../api/papers/acts/specs.ts';
import { meetingStates } from './meetings.ts';
import type { DemoHouse } from './house.ts';

/** One page of the product: where it is, who looks at it, and what is done there before the picture is taken. */
export interface Shown {
  readonly name: string;
  readonly path: string;
  /** Id of the person who is signed in; a page of a link or of nobody has none. */
  readonly as?: string;
  /** The answer that is right; 200 unless said. */
  readonly status?: number;
  readonly act?: (page: Page) => Promise<void>;
}

const director = 'demo-zhou';
const executive = 'demo-zhao';
const designer = 'demo-lin';
const management = 'demo-shen';

/** Presses a button of the page; the browser's own questions stay out of the way. */
const press = (selector: string) => async (page: Page) => {
  await page.evaluate('document.querySelectorAll("form").forEach((form) => { form.noValidate = true; })');
  await Promise.all([page.waitForEvent('load'), page.locator(`main ${selector}`).last().click()]);
};

/** Opens every fold, so that nothing behind one goes unlooked at. */
const unfold = async (page: Page): Promise<void> => {
  await page.evaluate('document.querySelectorAll("details").forEach((fold) => { fold.open = true; })');
};

interface Job {
  readonly id: string;
  readonly title: string;
  readonly phase: string;
}

/** A work order that was refused and came again: the link of its first round is an old one. */
async function secondOrder(house: DemoHouse, jobs: readonly Job[]): Promise<string> {
  const title = '秋茶礼盒 工作单第二轮';
  const there = jobs.find((job) => job.title === title);
  if (there) return there.id;
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
    const { job } = await house.ask<{ job: Job }>(executive, `/jobs/${t.jobId}`);
    return job.phase === 'OPENED' ? job : undefined;
  });
  const order = paperOf(t, 'F-04') as { content: Record<string, unknown> };
  order.content['background'] = '秋季礼盒上市。产品照片与标志源文件已补齐。';
  await actOn(t, executive, { type: 'submit', point: 'workOrder', paper: order });
  await signs(t, 'workOrder', 'accountDirector');
  await caller.openStep(executive, t.jobId, 'workOrder', 'creativeDirector');
  return t.jobId;
}

/** The approver's page in its states, each by the link of the mail. */
async function approvals(house: DemoHouse, job: (title: string) => string, again: string): Promise<readonly Shown[]> {
  const artwork = job('夏季主视觉 灯箱海报');
  const links = {
    artwork: await house.link({ processId: artwork, step: 'artDirector', personId: 'demo-wu' }),
    signed: await house.link({ processId: artwork, step: 'copywriter', personId: 'demo-chen' }),
    order: await house.link({ processId: job('秋季新品 命名与包装'), step: 'creativeDirector' }),
    client: await house.link({ processId: job('Winter campaign poster 冬季促销海报'), step: 'client' }),
    refused: await house.link({ processId: job('品牌手册 改版'), step: 'creativeDirector' }),
    old: await house.link({ processId: again, step: 'creativeDirector', round: 1 }),
    again: await house.link({ processId: again, step: 'creativeDirector', round: 2 }),
  };
  const shown = Object.entries(links).flatMap(([name, path]): Shown[] =>
    path === undefined ? [] : [{ name: `approve-${name}`, path }],
  );
  const { artwork: link, order } = links;
  return [
    ...shown,
    ...(link === undefined ? [] : [{ name: 'approve-wrong', path: link, act: press('button[value="sign"]') }]),
    ...(order === undefined ? [] : [{ name: 'approve-unfolded', path: order, act: unfold }]),
  ];
}

/** Every page of the product, as a demonstration house shows it. What is missing is made first. */
export async function allPages(house: DemoHouse): Promise<readonly Shown[]> {
  const found = await house.ask<{ jobs: Job[] }>(director, '/jobs?limit=100');
  const again = await secondOrder(house, found.jobs);
  const { jobs } = await house.ask<{ jobs: Job[] }>(director, '/jobs?limit=100');
  const job = (title: string): string => {
    const one = jobs.find((each) => each.title === title);
    if (!one) throw new Error(`The demonstration has no job called ${title}.`);
    return one.id;
  };
  const [artwork, far, early] = [job('夏季主视觉 灯箱海报'), job('乌龙茶礼盒 户外'), job('儿童牙膏 店内海报')];
  const signedIn = (as: string, pages: Readonly<Record<string, string>>): Shown[] =>
    Object.entries(pages).map(([name, path]) => ({ name, path, as }));
  return [
    ...(await approvals(house, job, again)),
    ...signedIn(director, {
      board: '/',
      'board-column': '/?column=production',
      'board-search': `/?q=${encodeURIComponent('海报')}`,
      'board-nothing': `/?q=${encodeURIComponent('没有这样的工作')}`,
      desk: '/desk',
      job: `/jobs/${artwork}`,
      'job-far': `/jobs/${far}`,
      'job-early': `/jobs/${early}`,
      'job-refused': `/jobs/${job('品牌手册 改版')}`,
      'job-decisions': `/jobs/${far}?history=decisions`,
      'job-time': `/jobs/${far}/time`,
      'job-time-now': `/jobs/${artwork}/time`,
      paper: `/jobs/${far}/papers/F-04`,
      'paper-second': `/jobs/${again}/papers/F-04/2`,
      'paper-timetable': `/jobs/${far}/papers/F-10`,
      version: `/jobs/${far}/pieces/poster/versions/2`,
      late: '/late',
      load: '/load',
      spent: '/spent',
      demo: '/demo',
      'admin-people': '/admin/people',
      'admin-person': '/admin/people/demo-wang',
      'admin-teams': '/admin/teams',
      'admin-team': '/admin/teams/demo-yunfeng',
      'admin-clients': '/admin/clients',
      'admin-client': '/admin/clients/demo-yunfeng',
      'admin-brand': '/admin/clients/demo-yunfeng/brands/demo-yunfeng',
      'admin-absences': '/admin/absences',
      meetings: '/meetings',
      'api-docs': '/api/docs',
    }),
    { name: 'desk-of-approver', path: '/desk', as: 'demo-wang' },
    { name: 'job-unfolded', path: `/jobs/${artwork}`, as: executive, act: unfold },
    ...signedIn(management, {
      'admin-person-new': '/admin/people/new',
      'admin-client-new': '/admin/clients/new',
      'admin-routes': '/admin/routes',
      'admin-calendars': '/admin/calendars',
      'admin-year': '/admin/calendars/office?year=2026',
      'admin-ladder': '/admin/ladder?step=qcSeven/copywriter&at=2026-12-31T16:30',
      'admin-tokens': '/admin/tokens',
      'admin-audit': '/admin/audit',
    }),
    { name: 'admin-person-wrong', path: '/admin/people/new', as: management, act: press('.btn-ink') },
    { name: 'new-job', path: '/jobs/new', as: executive },
    { name: 'new-job-wrong', path: '/jobs/new', as: executive, act: press('.btn-ink') },
    ...Object.keys(forms).map((form) => ({
      name: `form-${form}`,
      path: `/jobs/${artwork}/papers/${form === 'F-08' ? 'F-08:R1' : form}/edit`,
      as: executive,
      // No revision was asked for in this job, and the page says so.
      ...(form === 'F-08' ? { status: 404 } : {}),
    })),
    { name: 'form-wrong', path: `/jobs/${artwork}/papers/F-09/edit`, as: executive, act: press('.actions .btn-ink') },
    ...Object.keys(actSpecs).map((act) => ({
      name: `act-${act}`,
      path: `/jobs/${artwork}/acts/${act}`,
      as: executive,
    })),
    { name: 'upload', path: `/jobs/${artwork}/pieces/poster/versions/new`, as: designer },
    ...(await meetingStates(house)),
    { name: 'status', path: await house.statusLink('demo-liqing', 'demo-yunfeng') },
    { name: 'sign-in', path: '/sign-in' },
    { name: 'sign-in-code', path: '/sign-in/code' },
    { name: 'problem-nothing', path: '/nothing', status: 404 },
    { name: 'problem-link', path: '/a/aaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbb', status: 404 },
    { name: 'problem-forbidden', path: '/admin/audit', as: designer, status: 403 },
    { name: 'problem-word', path: '/problems/WRONG_PHASE' },
  ];
}
