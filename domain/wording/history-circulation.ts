import type { CirculationEvent } from '../circulation/acts.ts';
import type { Decision, Rung } from '../circulation/types.ts';
import { handOverWords, noWords, noteWords } from './acts.ts';
import { inBrackets, inLang, inRow, said, type Lang } from './language.ts';
import { personInWords, timeInWords, type HistoryNames } from './names.ts';
import { circulationWords } from './points.ts';
import { reasonFacts } from './reasons.ts';
import { causeWords } from './states.ts';
import { stepWords } from './steps.ts';
import type { RungChannel } from '../calendar/ladders.ts';
import { roleFacts } from '../people/roles.ts';
import type { Words } from '../process.ts';

/** What a rung of a ladder does (M-22). */
export const rungWords: Readonly<Record<Rung['kind'], Words>> = {
  warn: { zh: '到期前提醒', en: 'Warning before the date' },
  remind: { zh: '催办', en: 'Reminder' },
  escalate: { zh: '升级', en: 'Escalation' },
  digest: { zh: '列入每日摘要', en: 'Put into the daily digest' },
};

/** Whom a rung of a ladder writes to. */
export const whomWords: Readonly<Record<Rung['whom'], Words>> = {
  holder: { zh: '处理人', en: 'the holder' },
  standInOrHead: { zh: '代理人或部门主管', en: 'the stand-in or department head' },
  ae: roleFacts.ACCOUNT_EXECUTIVE.title,
  accountManager: roleFacts.ACCOUNT_MANAGER.title,
  accountDirector: roleFacts.ACCOUNT_DIRECTOR.title,
  clientContact: roleFacts.CLIENT_CONTACT.title,
};

/** How a rung reaches somebody where that is not a mail. */
export const rungChannelWords: Readonly<Record<RungChannel, Words>> = {
  mail: { zh: '邮件', en: 'by mail' },
  digest: { zh: '列入次日早上的摘要', en: 'in the digest of the next morning' },
  desk: { zh: '只在桌面和工作页上', en: 'on the desk and the job page only' },
};

const endWords: Readonly<Record<Extract<CirculationEvent, { type: 'circulationEnded' }>['verdict'], Words>> = {
  passed: { zh: '全部签核', en: 'signed all round' },
  return: { zh: '被退回', en: 'was sent back' },
  refuse: { zh: '被拒单', en: 'was refused' },
  object: { zh: '有异议', en: 'was objected to' },
  withdrawn: { zh: '已撤回', en: 'was taken back' },
  closed: { zh: '已关闭', en: 'was closed' },
};

/** What goes round, in words: a piece by its name where one is known. */
function thingInWords(id: string, names: HistoryNames, lang: Lang): string {
  const [point = '', about = ''] = id.split(':');
  const piece = about === '' ? undefined : names.piece?.(about);
  return piece === undefined ? inLang(circulationWords(id), lang) : `${inLang(circulationWords(point), lang)} ${piece}`;
}

/** What happened to a paper on its way, as one sentence. */
export function circulationSentence(event: CirculationEvent, names: HistoryNames, lang: Lang): string {
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en);
  const word = (words: Words): string => inLang(words, lang);
  const who = (id: string): string => personInWords(id, names, lang);
  const time = (instant: string): string => timeInWords(instant, names, lang);
  const thing = thingInWords(
    event.type === 'circulationStarted' ? event.circulation.id : event.circulation,
    names,
    lang,
  );
  const desk = 'step' in event ? `${thing} · ${word(stepWords(event.step))}` : thing;
  switch (event.type) {
    case 'circulationStarted': {
      const { authorId, about } = event.circulation;
      return say(
        `${who(authorId)}提交${thing} · 第 ${about.version} 版`,
        `${who(authorId)} sent round ${thing} · version ${about.version}`,
      );
    }
    case 'roundOpened':
      return say(
        `${thing}开始第 ${event.round} 轮（${word(causeWords[event.cause])}）· 第 ${event.about.version} 版`,
        `${thing}: round ${event.round} opened (${word(causeWords[event.cause])}) · version ${event.about.version}`,
      );
    case 'stepOpening':
      return say(`${desk}：正在安排处理人`, `${desk}: finding who holds it`);
    case 'stepOpened': {
      const holders = inRow(
        event.holders.map((holder) => signer(holder, names, lang)),
        lang,
      );
      const due = event.dueAt === undefined ? '' : say(`，截止 ${time(event.dueAt)}`, `, due ${time(event.dueAt)}`);
      return say(`${desk}：等待${holders}${due}`, `${desk}: waiting for ${holders}${due}`);
    }
    case 'asked':
      return say(`已通知${who(event.personId)}：${desk}`, `${who(event.personId)} was asked: ${desk}`);
    case 'askedAgain':
      return event.by === event.personId
        ? say(`${who(event.by)}请求重发链接：${desk}`, `${who(event.by)} asked for the link again: ${desk}`)
        : say(
            `${who(event.by)}请求再发一次给${who(event.personId)}：${desk}`,
            `${who(event.by)} had ${who(event.personId)} asked again: ${desk}`,
          );
    case 'nudged': {
      const to = inRow(event.people.map(who), lang);
      return say(
        `${who(event.by)}催办${to}：${desk}${said(event.words, lang)}`,
        `${who(event.by)} reminded ${to} by hand: ${desk}${said(event.words, lang)}`,
      );
    }
    case 'askFailed':
      return say(
        `给${who(event.personId)}的邮件没有送达${said(event.why, lang)}`,
        `The mail to ${who(event.personId)} was not delivered${said(event.why, lang)}`,
      );
    case 'decided':
      return decided(event.decision, event.circulation, event.round, names, lang);
    case 'noted': {
      const { note } = event;
      const until = note.kind === 'onIt' ? say(`（至 ${time(note.until)}）`, ` until ${time(note.until)}`) : '';
      const answer =
        note.kind === 'spoken' ? (note.verdict === 'yes' ? say('（同意）', ' (yes)') : say('（不同意）', ' (no)')) : '';
      return say(
        `${who(event.personId)}${word(noteWords[note.kind])}${until}${answer}${said(event.words, lang)}`,
        `${who(event.personId)} ${word(noteWords[note.kind])}${until}${answer}${said(event.words, lang)}`,
      );
    }
    case 'handedOver':
      return say(
        `${who(event.by)}把${desk}${word(handOverWords[event.how])}给${who(event.to)}${said(event.words, lang)}`,
        `${who(event.by)} ${word(handOverWords[event.how])}: ${desk}, to ${who(event.to)}${said(event.words, lang)}`,
      );
    case 'handOverAsked':
      return say(
        `${who(event.by)}请求把${desk}转交${who(event.to)}${said(event.words, lang)}`,
        `${who(event.by)} asked to hand ${desk} over to ${who(event.to)}${said(event.words, lang)}`,
      );
    case 'decisionWithdrawn':
      return event.verdict === undefined
        ? say(
            `${who(event.by)}撤回了自己的决定${said(event.words, lang)}`,
            `${who(event.by)} took back the decision${said(event.words, lang)}`,
          )
        : say(
            `${who(event.by)}收回了${word(noWords[event.verdict].past)}，本轮继续：${desk}${said(event.words, lang)}`,
            `${who(event.by)} took back the no (${word(noWords[event.verdict].past)}); the round goes on: ${desk}${said(event.words, lang)}`,
          );
    case 'dateMoved': {
      const from = event.from === undefined ? '' : say(`由 ${time(event.from)} `, ` from ${time(event.from)}`);
      return say(
        `${who(event.by)}把${desk}的截止时间${from}改为 ${time(event.to)}${said(event.words, lang)}`,
        `${who(event.by)} moved the date of ${desk}${from} to ${time(event.to)}${said(event.words, lang)}`,
      );
    }
    case 'recounted':
      return event.moved === undefined || event.dueAt === undefined
        ? say(`${desk}：提醒时间已按工作时间重新计算`, `${desk}: reminders counted anew in working time`)
        : say(
            `${desk}：工作日历有变动，截止时间由 ${time(event.moved.from)} 改为 ${time(event.dueAt)}`,
            `${desk}: the working calendar changed; the date moves from ${time(event.moved.from)} to ${time(event.dueAt)}`,
          );
    case 'rungClimbed': {
      const told = inRow(
        [event.whom, ...(event.copy ?? [])].map((whom) => word(whomWords[whom])),
        lang,
      );
      const how = event.by === undefined ? '' : inBrackets(word(rungChannelWords[event.by]), lang);
      return say(
        `${word(rungWords[event.kind])}：${desk}，通知${told}${how}`,
        `${word(rungWords[event.kind])}: ${desk}, to ${told}${how}`,
      );
    }
    case 'unreachedTold':
      return say(
        `${desk}：一小时内无人收到邮件，已告知客户主任`,
        `${desk}: nobody could be reached within the hour; the account executive was told`,
      );
    case 'circulationEnded': {
      const by = event.by === undefined ? '' : say(`（${who(event.by)}）`, ` by ${who(event.by)}`);
      return say(
        `${thing}第 ${event.round} 轮${word(endWords[event.verdict])}${by}${said(event.words, lang)}`,
        `${thing}, round ${event.round}, ${word(endWords[event.verdict])}${by}${said(event.words, lang)}`,
      );
    }
  }
}

// A stand-in's signature shows both names (R-229).
function signer(
  person: { readonly personId: string; readonly standInFor?: string },
  names: HistoryNames,
  lang: Lang,
): string {
  const own = personInWords(person.personId, names, lang);
  if (person.standInFor === undefined) return own;
  const absent = personInWords(person.standInFor, names, lang);
  return lang === 'zh' ? `${own}代${absent}` : `${own} for ${absent}`;
}

function decided(decision: Decision, circulation: string, round: number, names: HistoryNames, lang: Lang): string {
  const version = names.version?.(circulation, round);
  const where =
    lang === 'zh'
      ? ` · 第 ${round} 轮${version === undefined ? '' : ` · 第 ${version} 版`}`
      : ` · round ${round}${version === undefined ? '' : ` · version ${version}`}`;
  const who = signer(decision, names, lang);
  if (decision.verdict === 'sign') {
    return `${who}${lang === 'zh' ? '签字' : ' signed'}${where}${said(decision.words, lang)}`;
  }
  const past = inLang(noWords[decision.verdict].past, lang);
  const facts = decision.reason === undefined ? undefined : reasonFacts(decision.reason);
  const ground = facts === undefined ? decision.reason : inLang(facts, lang);
  const lacks = decision.missing ?? [];
  const missing =
    lacks.length === 0 ? '' : lang === 'zh' ? `；缺：${inRow(lacks, lang)}` : `; missing: ${inRow(lacks, lang)}`;
  // What is missing stands with the ground: words end with a full stop of their own.
  const reason = ground === undefined ? '' : inBrackets(`${ground}${missing}`, lang);
  return `${who}${lang === 'zh' ? '' : ' '}${past}${reason}${where}${said(decision.words, lang)}`;
}
