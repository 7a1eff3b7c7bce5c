import { forms } from '../../papers/index.ts';
import { actForms } from './acts.ts';
import { approvals } from './approvals.ts';
import type { DemoHouse } from './house.ts';
import { meetingStates } from './meetings.ts';
import { schedulePages } from './schedules.ts';
import { handOverPages, ladderPages, leavePages } from './moves.ts';
import { here, later, press, signedIn, unfold, type Wanted } from './shown.ts';

const director = 'demo-zhou';
const executive = 'demo-zhao';
const designer = 'demo-lin';
const management = 'demo-shen';

/** Every page of the product, as a demonstration house shows it. What a page needs is made when it is wanted. */
export async function allPages(house: DemoHouse): Promise<readonly Wanted[]> {
  const jobs = await house.jobs();
  const job = (title: string): string => {
    const one = jobs.find((each) => each.title === title);
    if (!one) throw new Error(`The demonstration has no job called ${title}.`);
    return one.id;
  };
  const [artwork, far, early] = [job('夏季主视觉 灯箱海报'), job('乌龙茶礼盒 户外'), job('儿童牙膏 店内海报')];
  const form = (key: string): Wanted =>
    here({
      name: `form-${key}`,
      path: `/jobs/${artwork}/papers/${key === 'F-08' ? 'F-08:R1' : key}/edit`,
      as: executive,
      // No revision was asked for in this job, and the page says so.
      ...(key === 'F-08' ? { status: 404 } : {}),
    });
  return [
    ...approvals(house, job),
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
      'job-timetable': `/jobs/${artwork}/timetable`,
      'job-timetable-outside': `/jobs/${artwork}/timetable?version=outside`,
      'job-timetable-none': `/jobs/${early}/timetable`,
      paper: `/jobs/${far}/papers/F-04`,
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
      meetings: '/meetings',
      'api-docs': '/api/docs',
    }),
    ...signedIn('demo-wang', { 'desk-of-approver': '/desk' }),
    here({ name: 'job-unfolded', path: `/jobs/${artwork}`, as: executive, act: unfold }),
    ...signedIn(management, {
      'admin-person-new': '/admin/people/new',
      'admin-client-new': '/admin/clients/new',
      'admin-routes': '/admin/routes',
      'admin-calendars': '/admin/calendars',
      'admin-year': '/admin/calendars/office?year=2026',
      'admin-year-next': '/admin/calendars/office?year=2027',
      'admin-ladder': '/admin/ladder?step=qcSeven/copywriter&at=2026-12-31T16:30',
      'admin-tokens': '/admin/tokens',
      'admin-audit': '/admin/audit',
    }),
    ...ladderPages(house),
    ...leavePages(house),
    ...handOverPages(house),
    here({ name: 'admin-person-wrong', path: '/admin/people/new', as: management, act: press('.btn-ink') }),
    ...signedIn(executive, { 'new-job': '/jobs/new' }),
    here({ name: 'new-job-wrong', path: '/jobs/new', as: executive, act: press('.btn-ink') }),
    ...Object.keys(forms).map(form),
    here({
      name: 'form-wrong',
      path: `/jobs/${artwork}/papers/F-09/edit`,
      as: executive,
      act: press('.actions .btn-ink'),
    }),
    ...actForms(house, artwork),
    ...signedIn(designer, { upload: `/jobs/${artwork}/pieces/poster/versions/new` }),
    ...meetingStates(house),
    ...schedulePages(house, artwork, far),
    later('status', async () => ({ path: await house.statusLink('demo-liqing', 'demo-yunfeng') })),
    here({ name: 'sign-in', path: '/sign-in' }),
    here({ name: 'sign-in-code', path: '/sign-in/code' }),
    here({ name: 'problem-nothing', path: '/nothing', status: 404 }),
    here({ name: 'problem-link', path: '/a/aaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbb', status: 404 }),
    here({ name: 'problem-forbidden', path: '/admin/audit', as: designer, status: 403 }),
    here({ name: 'problem-word', path: '/problems/WRONG_PHASE' }),
  ];
}
