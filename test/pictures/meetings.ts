import type { DemoHouse } from './house.ts';
import type { Shown } from './pages.ts';

const executive = 'demo-zhao';
const supervisor = 'demo-he';
const client = 'demo-liqing';

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const day = (days: number): string => inDays(days).slice(0, 10);

const notice = () => ({
  form: 'F-13',
  content: {
    meetingTime: inDays(1),
    meetingPlace: '客户大会议室',
    clientParticipants: [client, 'demo-maosen'],
    internalParticipants: [
      { person: executive, task: '主持，讲时间表' },
      { person: 'demo-wang', task: '讲第二稿' },
    ],
    papersNeeded: [{ name: '第二稿打印小样', electronic: true, printed: true }],
    jobNumbers: ['YFLC2026001'],
  },
});

const record = (decision = '采用第二稿，标语改为“一杯山风”，背景的山再淡一些。') => ({
  form: 'F-15',
  content: {
    kind: 'proposal',
    meetingTime: inDays(-0.2),
    meetingPlace: '客户大会议室',
    agency: '云帆广告',
    client: 'demo-yunfeng',
    participants: [client, executive, 'demo-lin'],
    copiesTo: ['demo-maosen', supervisor],
    subject: '夏季主视觉第二稿',
    agenda: ['第二稿的三个方向', '打样时间', '户外尺寸'],
    decisions: [{ decision }, { decision: '先打 A4 小样，周三前看户外 1:10。' }],
    nextSteps: [
      { action: '标语放大到版心三分之二', executor: 'demo-lin', keyDate: day(3) },
      { action: '补交产品照片的版权文件', executor: executive, keyDate: day(5) },
    ],
    reporter: executive,
    reportedAt: inDays(-0.1),
    notice: true,
    restrictedNotes: '客户明年预算未公开',
  },
});

/** Meetings and minutes in the states a house can be brought to within a minute; silence and late ones are in `test/browser`. */
export async function meetingStates(house: DemoHouse): Promise<readonly Shown[]> {
  const submit = (id: string) => house.move(executive, id, { move: 'submit', paper: record() });
  const send = async (id: string): Promise<void> => {
    await submit(id);
    await house.move(supervisor, id, { move: 'approve', hash: await house.hash(id) });
  };
  const planned = await house.meeting('meetings', '秋季新品 策略说明会', async () => undefined);
  const announced = await house.meeting('meetings', '夏季主视觉 第三次提案', (id) =>
    house.move(executive, id, { move: 'announce', paper: notice() }),
  );
  const held = await house.meeting('meetings', '夏季主视觉 第二次提案', async (id) => {
    await house.move(executive, id, { move: 'announce', paper: notice() });
    await house.move(executive, id, { move: 'hold', happenedAt: inDays(-0.01) });
  });
  const review = await house.meeting('minutes', '双十一网络旗帜 例会', submit);
  const sent = await house.meeting('minutes', '夏季主视觉 提案会', send);
  const signed = await house.meeting('minutes', '秋季礼盒 例会', async (id) => {
    await send(id);
    await house.press(await house.minutesLink(id, client), 'sign', '');
  });
  const objected = await house.meeting('minutes', '乌龙茶礼盒 提案会', async (id) => {
    await send(id);
    await house.press(await house.minutesLink(id, client), 'object', '打样日期应为本月二十日。');
  });
  const second = await house.meeting('minutes', '门店海报 提案会', async (id) => {
    await send(id);
    await house.press(await house.minutesLink(id, client), 'object', '尺寸写错了。');
    await house.move(executive, id, { move: 'submit', paper: record('采用第二稿，尺寸为 1200 × 1800 毫米。') });
    await house.move(supervisor, id, { move: 'approve', hash: await house.hash(id) });
  });
  const staff = (name: string, id: string, as = executive): Shown => ({ name, path: `/meetings/${id}`, as });
  return [
    { name: 'meeting-new', path: '/meetings/new?kind=meeting&brand=demo-yunfeng', as: executive },
    { name: 'meeting-call', path: '/meetings/new?kind=minutes', as: executive },
    staff('meeting-planned', planned),
    staff('meeting-announced', announced),
    staff('meeting-held', held),
    staff('minutes-due', `${held}.minutes`),
    staff('minutes-review', review, supervisor),
    staff('minutes-sent', sent),
    staff('minutes-objected', objected),
    staff('minutes-signed', signed),
    { name: 'write-notice', path: `/meetings/${planned}/write/announce`, as: executive },
    { name: 'write-agenda', path: `/meetings/${announced}/write/sendAgenda`, as: executive },
    { name: 'write-minutes', path: `/meetings/${held}.minutes/write/submit`, as: executive },
    { name: 'minutes-link', path: await house.minutesLink(sent, client) },
    { name: 'minutes-link-review', path: await house.minutesLink(review, supervisor) },
    { name: 'minutes-link-signed', path: await house.minutesLink(signed, client) },
    { name: 'minutes-link-objected', path: await house.minutesLink(objected, client) },
    { name: 'minutes-link-old', path: await house.minutesLink(second, client, 1) },
  ];
}
