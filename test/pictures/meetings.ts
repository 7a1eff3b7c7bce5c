import type { DemoHouse } from './house.ts';
import { here, later, once, type Wanted } from './shown.ts';

const executive = 'demo-zhao';
const supervisor = 'demo-he';
const client = 'demo-liqing';

const notice = (house: DemoHouse) => ({
  form: 'F-13',
  content: {
    meetingTime: house.inDays(1),
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

const record = (house: DemoHouse, decision = '采用第二稿，标语改为“一杯山风”，背景的山再淡一些。') => ({
  form: 'F-15',
  content: {
    kind: 'proposal',
    meetingTime: house.inDays(-0.2),
    meetingPlace: '客户大会议室',
    agency: '云帆广告',
    client: 'demo-yunfeng',
    participants: [client, executive, 'demo-lin'],
    copiesTo: ['demo-maosen', supervisor],
    subject: '夏季主视觉第二稿',
    agenda: ['第二稿的三个方向', '打样时间', '户外尺寸'],
    decisions: [{ decision }, { decision: '先打 A4 小样，周三前看户外 1:10。' }],
    nextSteps: [
      { action: '标语放大到版心三分之二', executor: 'demo-lin', keyDate: house.day(3) },
      { action: '补交产品照片的版权文件', executor: executive, keyDate: house.day(5) },
    ],
    reporter: executive,
    reportedAt: house.inDays(-0.1),
    notice: true,
    restrictedNotes: '客户明年预算未公开',
  },
});

/**
 * Meetings and minutes in the states a house can be brought to within a minute, and the desk with the tasks that come out
 * of them; silence and late ones are in `test/browser`.
 */
export function meetingStates(house: DemoHouse): readonly Wanted[] {
  const submit = (id: string) => house.move(executive, id, { move: 'submit', paper: record(house) });
  const send = async (id: string): Promise<void> => {
    await submit(id);
    await house.move(supervisor, id, { move: 'approve', hash: await house.hash(id) });
  };
  const announce = (id: string) => house.move(executive, id, { move: 'announce', paper: notice(house) });
  const object = async (id: string, words: string): Promise<void> =>
    house.press(await house.minutesLink(id, client), 'object', words);
  const planned = once(() => house.meeting('meetings', '秋季新品 策略说明会', async () => undefined));
  const announced = once(() => house.meeting('meetings', '夏季主视觉 第三次提案', announce));
  const held = once(() =>
    house.meeting('meetings', '夏季主视觉 第二次提案', async (id) => {
      await announce(id);
      await house.move(executive, id, { move: 'hold', happenedAt: house.inDays(-0.01) });
    }),
  );
  const review = once(() => house.meeting('minutes', '双十一网络旗帜 例会', submit));
  const sent = once(() => house.meeting('minutes', '夏季主视觉 提案会', send));
  const signed = once(() =>
    house.meeting('minutes', '秋季礼盒 例会', async (id) => {
      await send(id);
      await house.press(await house.minutesLink(id, client), 'sign', '');
    }),
  );
  const objected = once(() =>
    house.meeting('minutes', '乌龙茶礼盒 提案会', async (id) => {
      await send(id);
      await object(id, '打样日期应为本月二十日。');
    }),
  );
  const second = once(() =>
    house.meeting('minutes', '门店海报 提案会', async (id) => {
      await send(id);
      await object(id, '尺寸写错了。');
      const paper = record(house, '采用第二稿，尺寸为 1200 × 1800 毫米。');
      await house.move(executive, id, { move: 'submit', paper });
      await house.move(supervisor, id, { move: 'approve', hash: await house.hash(id) });
    }),
  );
  type Case = () => Promise<string>;
  const staff = (name: string, of: Case, after = '', as = executive): Wanted =>
    later(name, async () => ({ path: `/meetings/${await of()}${after}`, as }));
  const linked = (name: string, of: Case, personId = client, round?: number): Wanted =>
    later(name, async () => ({ path: await house.minutesLink(await of(), personId, round) }));
  return [
    here({ name: 'meeting-new', path: '/meetings/new?kind=meeting&brand=demo-yunfeng', as: executive }),
    here({ name: 'meeting-call', path: '/meetings/new?kind=minutes', as: executive }),
    staff('meeting-planned', planned),
    staff('meeting-announced', announced),
    staff('meeting-held', held),
    staff('minutes-due', held, '.minutes'),
    staff('minutes-review', review, '', supervisor),
    staff('minutes-sent', sent),
    staff('minutes-objected', objected),
    staff('minutes-signed', signed),
    later('desk-tasks', async () => {
      await signed();
      return { path: '/desk', as: 'demo-lin' };
    }),
    staff('write-notice', planned, '/write/announce'),
    staff('write-agenda', announced, '/write/sendAgenda'),
    staff('write-minutes', held, '.minutes/write/submit'),
    linked('minutes-link', sent),
    linked('minutes-link-review', review, supervisor),
    linked('minutes-link-signed', signed),
    linked('minutes-link-objected', objected),
    linked('minutes-link-old', second, client, 1),
  ];
}
