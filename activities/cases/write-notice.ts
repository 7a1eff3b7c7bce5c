import { notNeededNotice } from '../../domain/cases/not-needed.ts';
import type { Words } from '../../domain/process.ts';
import { noticeWords } from '../../domain/wording/cases.ts';
import { casePath } from '../../store/cases.ts';
import { frozenPaper } from '../../store/papers.ts';
import { copyOf } from '../../papers/meetings/minutes.ts';
import type { WrittenMail } from '../../store/outbox.ts';
import { calendarIn, peopleIn } from '../house.ts';
import { bodyText, headerText } from '../mail/clean.ts';
import type { Fact, Sheet } from '../mail/letter.ts';
import { placeholderOf } from '../mail/letter.ts';
import type { MailDeps } from '../mail/parts.ts';
import { sayer } from '../mail/sheet.ts';
import { sayLimit, sayWhen } from '../mail/when.ts';
import { writeMail } from '../mail/write.ts';
import { settledSheet, wordsFor } from './not-needed.ts';
import { agendaText, issueText, minutesText, noticeText } from './paper-text.ts';
import { askedText } from './schedule-told.ts';
import { tasksIn } from './tasks-told.ts';
import type { Noticing } from './notice.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** Words that every notice shares. */
const labels = {
  stands: w('状态', 'Standing'),
  version: w('版本', 'Version'),
  window: w('可提出异议至', 'Objections until'),
  minutes: w('会议记录', 'Minutes'),
  agenda: w('议程', 'Agenda'),
  meeting: w('会议', 'Meeting'),
  issue: w('问题', 'Issue'),
  said: w('说明', 'Words'),
  page: w('打开查看', 'Open'),
  review: w('打开审阅', 'Open and review'),
  confirm: w('打开签复', 'Open and confirm'),
  standIn: w('代', 'In for'),
  action: w('任务', 'Action'),
  entries: w('打开，逐项确认', 'Open and confirm'),
  tasks: w('您的任务', 'Your tasks'),
  doneBy: w('到期', 'Due'),
} as const satisfies Record<string, Words>;

/** What a notice asks or tells in a sentence of its own, below its title; most say all in the title. */
const leads: Readonly<Record<string, Words>> = {
  confirmMinutes: w(
    '请核对会议记录并签复。一个工作日内没有收到异议，即视为同意；之后仍可签字。',
    'Please check the minutes and confirm them. Without an objection within one working day they count as agreed; you can still sign later.',
  ),
  confirmEntries: w(
    '执行排期中有由您负责的任务。请核对时间节点和交付标准，逐项确认；做不到的，写明原因退回。',
    'Tasks of the execution schedule are yours. Please check dates and standards and confirm each; where you cannot keep one, say why.',
  ),
  reviewMinutes: w('会议记录发给客户之前由您审阅。', 'You review the minutes before they go to the client.'),
  minutesCopy: w('这是供您存阅的副本，不需要处理。', 'This copy is for your files; there is nothing to do.'),
  minutesUnanswered: w(
    '没有收到答复，这份记录已结束，不需要再处理；如果要签字，先前的链接仍然有效。',
    'No answer arrived and the minutes are closed; there is nothing to do. The earlier link still lets you sign.',
  ),
  datesMoved: w(
    '正在进行的事项按新的日历重新计算，已经发出的提醒不变；下面是移动后的时间。',
    'What is under way was counted anew on the changed calendar; reminders already sent stand. Below are the dates as they are now.',
  ),
  issueRaised: w(
    '四个工作小时之内告知客户；原因和解决方案写明、客户已告知之后才能关闭。',
    'Tell the client within four working hours. It is closed once cause and solution are on record and the client was told.',
  ),
  issueUntold: w(
    '客户应在四个工作小时之内知道。请写信，或记下通话。',
    'The client was to know within four working hours. Please write, or put the call on record.',
  ),
  issueToClient: w(
    '项目执行中出现了下面的情况，第一时间向您说明。有问题请直接回复这封邮件。',
    'Something has come up while we work on your project, and we want you to know at once. Please answer this mail with any question.',
  ),
  minutesDeemed: w(
    '期限内没有收到异议，会议记录按默认确认记录在案。仍可打开先前的链接签字。',
    'No objection arrived within the window, so the minutes are kept as deemed confirmed. The earlier link still lets you sign.',
  ),
};

/** Notices that bring the text of a paper, and how it is set. */
const texts: Readonly<
  Record<
    string,
    { readonly form: 'F-13' | 'F-14' | 'F-15' | 'F-63'; readonly label: Words; readonly set: typeof minutesText }
  >
> = {
  meetingNotice: { form: 'F-13', label: labels.meeting, set: noticeText },
  meetingCall: { form: 'F-13', label: labels.meeting, set: noticeText },
  meetingAgenda: { form: 'F-14', label: labels.agenda, set: agendaText },
  issueRaised: { form: 'F-63', label: labels.issue, set: issueText },
  issueTellSoon: { form: 'F-63', label: labels.issue, set: issueText },
  issueUntold: { form: 'F-63', label: labels.issue, set: issueText },
  issueClosed: { form: 'F-63', label: labels.issue, set: issueText },
  minutesCopy: { form: 'F-15', label: labels.minutes, set: minutesText },
  confirmMinutes: { form: 'F-15', label: labels.minutes, set: minutesText },
};

function titleOf(notice: string): Words {
  const known: Readonly<Record<string, Words>> = noticeWords;
  return known[notice] ?? w(notice, notice);
}

/** Writes the mail of a notice in its reader's language. `grantId`: the link it brings, where it asks. */
export async function writeNotice(
  deps: MailDeps,
  { input, point, house, person, meant }: Noticing,
  grantId: string | undefined,
): Promise<WrittenMail> {
  const { connection } = deps;
  const { state } = point;
  const now = deps.clock();
  const say = sayer(person.language);
  const side = person.side === 'client' ? 'client' : 'agency';
  const calendar = await calendarIn(house, side, input.clientId, deps.office, [person.id]);
  const set = texts[input.notice];
  const hash = set === undefined ? undefined : state.papers[set.form]?.hash;
  const paper = hash === undefined ? null : await frozenPaper(connection, hash);
  const content = typeof paper?.content === 'object' && paper.content !== null ? { ...paper.content } : undefined;
  const named = await peopleIn(house, idsIn(content));
  const said = (at: string): string => sayWhen(at, now, calendar, person.language);
  const asked = { notice: input.notice, personId: meant?.id ?? person.id };
  const entries = await askedText(connection, point, asked, { say, when: said });
  const words =
    entries !== undefined
      ? entries
      : set === undefined || content === undefined
        ? wordsFor(person, input)
        : set.set(copyOf(content), { say, when: said, nameOf: (id) => named.get(id)?.name ?? id });
  const label =
    entries !== undefined ? labels.tasks : set !== undefined && content !== undefined ? set.label : labels.said;
  // What the house calls the standing of its own issue says nothing to the client who is told of it.
  const standing = { label: say(labels.stands), value: say(state.definition.states[state.state]?.title ?? w('', '')) };
  const facts: Fact[] = input.notice === 'issueToClient' ? [] : [standing];
  const version = (state.papers['F-15'] ?? state.papers['F-11'])?.version;
  if (version !== undefined) facts.push({ label: say(labels.version), value: String(version) });
  if (meant !== undefined) facts.push({ label: say(labels.standIn), value: meant.name });
  const limit = (at: string): string => {
    const { moment, left } = sayLimit(at, now, undefined, calendar, person.language);
    return [moment, left].filter((part) => part !== '').join(person.language === 'zh-CN' ? '，' : ', ');
  };
  const endsAt = 'window' in state ? state.window?.endsAt : undefined;
  if (endsAt !== undefined && input.notice !== 'confirmMinutes')
    facts.push({ label: say(labels.window), value: endsAt > now ? limit(endsAt) : said(endsAt) });
  for (const { action, dueAt } of await tasksIn(deps, point)) {
    if (action !== '') facts.push({ label: say(labels.action), value: headerText(action) });
    if (dueAt !== undefined) facts.push({ label: say(labels.doneBy), value: limit(dueAt) });
  }
  if (point.event?.type === 'clockCounted') {
    const clock = state.definition.clocks[point.event.clock];
    const next = state.clocks[point.event.clock]?.rungs.find(
      ({ rangAt, at }) => rangAt === undefined && at !== undefined,
    );
    if (clock && next?.at !== undefined) facts.push({ label: say(clock.title), value: limit(next.at) });
  }
  const settled = input.notice === notNeededNotice ? await settledSheet(house, point, { say, when: said }) : undefined;
  const sheet: Sheet = {
    job: headerText(state.title),
    about: say(state.definition.title),
    title: say(titleOf(input.notice)),
    lead: leads[input.notice] === undefined ? '' : say(leads[input.notice] ?? w('', '')),
    seals: [],
    chain: '',
    ...settled,
    facts: [...facts, ...(settled?.facts ?? [])],
    ...(words === '' ? {} : { words: { label: say(label), text: bodyText(words) } }),
    ...buttonOf(deps, { input, point, house, person }, grantId),
  };
  const owner = (await peopleIn(house, [input.ownerId])).get(input.ownerId);
  const ae = owner?.active === true && owner.id !== person.id ? owner : undefined;
  return writeMail([sheet], {
    to: person,
    ...(ae === undefined ? {} : { ae }),
    agency: deps.agencyName,
    date: now,
    zone: calendar.zone,
  });
}

function buttonOf(
  deps: MailDeps,
  { input, person }: Noticing,
  grantId: string | undefined,
): Pick<Sheet, 'button' | 'grantId'> {
  const say = sayer(person.language);
  if (grantId !== undefined) {
    const asked: Readonly<Record<string, Words>> = { confirmMinutes: labels.confirm, confirmEntries: labels.entries };
    const label = asked[input.notice] ?? labels.review;
    return { button: { label: say(label), href: placeholderOf(grantId) }, grantId };
  }
  if (person.side !== 'agency') return {};
  const href = `${deps.publicBaseUrl}${casePath(input.processId)}`;
  return { button: { label: say(labels.page), href } };
}

/** Everything in a paper that could be a person: texts at any depth. Unknown ones are left out by the register. */
function idsIn(content: unknown): string[] {
  if (typeof content === 'string') return content.length <= 64 ? [content] : [];
  if (typeof content !== 'object' || content === null) return [];
  return Object.values(content).flatMap(idsIn);
}
