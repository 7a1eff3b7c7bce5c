import type { CaseDefinition } from '../cases/definition.ts';
import type { MinutesEvent } from '../minutes/state.ts';
import type { ScheduleEvent } from '../schedule/state.ts';
import type { Words } from '../process.ts';
import { checkItem } from './checklists.ts';
import { noticeWords } from './cases.ts';
import { sayRefusal } from './say-refusal.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

function notice(key: string): Words {
  const known: Readonly<Record<string, Words>> = noticeWords;
  return Object.hasOwn(known, key) ? (known[key] ?? w(key, key)) : w(key, key);
}

/**
 * What an entry of a case's log says, as a sentence in both languages. `nameOf` gives the names of people. Undefined for
 * entries that only the service's own book-keeping needs.
 */
export function caseHistoryWords(
  event: MinutesEvent | ScheduleEvent,
  definition: CaseDefinition,
  nameOf: (personId: string) => string,
): Words | undefined {
  switch (event.type) {
    case 'caseBegun':
      return w(`开始：${event.title}`, `Begun: ${event.title}`);
    case 'caseMoved': {
      const move = definition.moves[event.move]?.title ?? w(event.move, event.move);
      const state = definition.states[event.to]?.title ?? w(event.to, event.to);
      const version = event.paper === undefined ? undefined : event.paper.version;
      return version === undefined
        ? w(`${move.zh}，现在：${state.zh}`, `${move.en}; now: ${state.en}`)
        : w(`${move.zh}（第 ${version} 版），现在：${state.zh}`, `${move.en} (version ${version}); now: ${state.en}`);
    }
    case 'itemTicked': {
      const item = checkItem(event.item);
      const what = item ?? w(event.item, event.item);
      return event.answer === 'na'
        ? w(`不适用：${what.zh}`, `Not applicable: ${what.en}`)
        : w(`已核对：${what.zh}`, `Checked: ${what.en}`);
    }
    case 'clockRang': {
      const clock = definition.clocks[event.clock]?.title ?? w(event.clock, event.clock);
      return w(`时限到：${clock.zh}`, `A limit was reached: ${clock.en}`);
    }
    case 'mailReported': {
      const about = notice(event.notice);
      const name = nameOf(event.standInId ?? event.personId);
      const standIn =
        event.standInId === undefined
          ? w('', '')
          : w(`（代 ${nameOf(event.personId)}）`, ` (in for ${nameOf(event.personId)})`);
      return event.outcome === 'accepted'
        ? w(
            `邮件已被 ${name} 的邮箱服务器接收：${about.zh}${standIn.zh}`,
            `Mail accepted for ${name}: ${about.en}${standIn.en}`,
          )
        : w(`邮件没有送到 ${name}：${about.zh}`, `Mail to ${name} was not delivered: ${about.en}`);
    }
    case 'mailBounced':
      return w(`给 ${nameOf(event.personId)} 的邮件被退回`, `The mail to ${nameOf(event.personId)} came back`);
    case 'caseHandedOver': {
      const [from, to, giver] = [nameOf(event.from), nameOf(event.to), nameOf(event.giverSigned)];
      const place =
        event.giverSigned === event.from
          ? w('', '')
          : w(`（${giver}代已离职的${from}签字）`, ` (${giver} signed for ${from}, who has left)`);
      const { directorSigned } = event;
      const third =
        directorSigned === undefined
          ? w('', '')
          : w(`；${nameOf(directorSigned)}作为客户总监签字`, `; ${nameOf(directorSigned)} signed as account director`);
      return w(
        `品牌交接：${from}交给${to}${place.zh}${third.zh}`,
        `Brand handed over: ${from} to ${to}${place.en}${third.en}`,
      );
    }
    case 'commandRefused':
      return w(`没有生效：${sayRefusal(event.refusal, 'zh')}`, `Not taken up: ${sayRefusal(event.refusal, 'en')}`);
    case 'taskSettled':
      return event.done ? w('任务已完成', 'A task was done') : w('任务没有完成', 'A task was not done');
    case 'taskReminded':
      return event.mark === 0
        ? w('任务当天，已提醒', 'The day of a task; its executor was reminded')
        : w('任务到期，已提醒', 'A task fell due; its people were reminded');
    case 'entryConfirmed':
    case 'entryDeclined':
    case 'entryDone':
    case 'entryReminded':
      return entryHistoryWords(event, nameOf);
    case 'askedAgain':
      return w(
        `再次请${nameOf(event.personId)}（或其代理人）处理：${notice(event.notice).zh}`,
        `Asked once more of ${nameOf(event.personId)} or who stands in: ${notice(event.notice).en}`,
      );
    case 'lateObjection':
      return w('异议在期限之后提出，先前的结论不变', 'An objection came after the window; the verdict stands');
    case 'clockCounted':
    case 'tasksCounted':
      return event.moved ? w('工作日历改了，期限随之移动', 'The calendar changed and dates moved with it') : undefined;
    case 'caseRefreshed':
    case 'clockRecounting':
    case 'tasksRecounting':
    case 'entriesCounted':
    case 'entriesRecounting':
      return undefined;
  }
}

/** What an entry of the log says of one task of a schedule; `which` names the task, where it is still in it. */
export function entryHistoryWords(
  event: Extract<ScheduleEvent, { readonly type: `entry${'Confirmed' | 'Declined' | 'Done' | 'Reminded'}` }>,
  nameOf: (personId: string) => string,
  which: Words = w('一项任务', 'a task'),
): Words {
  if (event.type === 'entryReminded') return w(`已提醒：${which.zh}`, `Reminded of ${which.en}`);
  const absent = event.standInFor === undefined ? undefined : nameOf(event.standInFor);
  const place = absent === undefined ? w('', '') : w(`（代 ${absent}）`, ` (in for ${absent})`);
  switch (event.type) {
    case 'entryConfirmed':
      return w(`确认${which.zh}${place.zh}`, `Confirmed ${which.en}${place.en}`);
    case 'entryDeclined':
      return w(`不能按排期完成${which.zh}${place.zh}`, `Cannot keep ${which.en}${place.en}`);
    case 'entryDone':
      return w(`完成${which.zh}${place.zh}`, `Reported ${which.en} as done${place.en}`);
  }
}
