import type { Words } from '../process.ts';

const c = (id: string, zh: string, en: string): Words & { readonly id: string } => ({ id, zh, en });

/** What is looked at before minutes go out (§6.3). */
export const minutesChecks = [
  c('C-48', '抬头各项齐全', 'All header fields are filled in'),
  c('C-49', '决定已写明', 'Decisions are stated'),
  c('C-50', '每个下一步有执行者和日期', 'Every next step has its owner and date'),
  c('C-51', '没有机密信息', 'Nothing confidential is in it'),
  c('C-52', '写有一个工作日内异议的说明', 'It carries the notice of the objection period'),
  c('C-53', '发给所有人，包括未到会的项目组成员', 'It goes to everybody, absent team members too'),
  c('C-54', '项目主管已审阅', 'The project supervisor has reviewed it'),
];

/** How a meeting is prepared: the pack, what to know, the room (§6.5). */
export const meetingChecks = [
  c('C-64', '议程副本', 'Copies of the agenda'),
  c('C-65', '上次同类会议的记录', 'Minutes of the last meeting of this series'),
  c('C-66', '最新预算汇总', 'Latest budget summary'),
  c('C-67', '进行中的创意稿、电视脚本', 'Creative work and TV scripts in progress'),
  c('C-68', '相关的平面与电视广告', 'Related print and TV advertisements'),
  c('C-69', '参考资料与剪报', 'References and clippings'),
  c('C-70', '制作报价', 'Production quotation'),
  c('C-71', '制作时间表', 'Production timetable'),
  c('C-72', '建议媒体的样本', 'Samples of the suggested media'),
  c('C-73', '审批合格证明', 'Approval certificate'),
  c('C-74', '客户的广告规范', 'The client’s advertising guidelines'),
  c('C-75', '没有自己还不知道的消息', 'No news that you do not know'),
  c('C-76', '已与不到会的关键人员确认', 'Confirmed with key people who stay away'),
  c('C-77', '已了解客户、产品、行业的最新消息', 'News about client, product and category looked up'),
  c('C-78', '提早到场', 'Be early'),
  c('C-79', '会议室已订', 'Room booked'),
  c('C-80', '音响与放映设备已试', 'Sound and picture equipment tested'),
  c('C-81', '已告知前台来访者', 'Reception told who comes'),
  c('C-82', '茶点或午餐已订', 'Refreshments or lunch ordered'),
  c('C-83', '会议室已布置，灯光已查', 'Room set up, light checked'),
  c('C-84', '无关物品已收走', 'Unrelated things removed'),
  c('C-85', '议程已摆好，另备一份', 'Agenda laid out with one spare'),
  c('C-86', '好座位留给客户和提案人', 'Best seats for client and presenters'),
  c('C-87', '资料已按顺序排好', 'Material in order'),
  c('C-88', '会前十五分钟通知所有人', 'Everybody called fifteen minutes before'),
  c('C-89', '需要时到前台迎接', 'Greet at reception if needed'),
];
