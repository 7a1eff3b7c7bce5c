import type { HouseLetter } from '../people/letter.ts';
import type { Absence } from '../people/types.ts';
import type { Words } from '../process.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** Kinds of leave in words (F-58). */
export const leaveKindWords: Readonly<Record<NonNullable<Absence['kind']>, Words>> = {
  annual: w('年假', 'Annual leave'),
  private: w('私假', 'Private leave'),
  sick: w('病假', 'Sick leave'),
};

/** What a letter says. `{name}` is who is on leave, `{by}` who did it, `{from}` and `{to}` the two of a hand-over, `{waiting}` who has not signed. */
export interface LetterText {
  readonly title: Words;
  readonly lead: Words;
  readonly next?: Words;
  readonly button: Words;
}

const openLeave = w('打开请假页', 'Open the page of leave');
const openHandOver = w('打开交接', 'Open the hand-over');

/** The table of letters: one line a kind. */
export const letterTexts: Readonly<Record<HouseLetter['kind'], LetterText>> = {
  leaveAsked: {
    title: w('请您同意', 'please agree'),
    lead: w(
      '{name}报了请假，代理人是{standIn}，等您同意。同意之前什么也不转。',
      '{name} announced leave with {standIn} as stand-in. It waits for you to agree; nothing moves before that.',
    ),
    next: w(
      '同意以后，请假期间打开的步骤转给代理人，签字写两个人的名字；回来以后转回。',
      'Once you agree, steps open during the leave move to the stand-in, who signs with both names shown; they move back on return.',
    ),
    button: openLeave,
  },
  leaveAgreed: {
    title: w('请假已同意', 'leave is agreed'),
    lead: w(
      '{by}同意了{name}的请假，代理人是{standIn}。',
      '{by} agreed to the leave of {name}, with {standIn} as stand-in.',
    ),
    button: openLeave,
  },
  leaveDeclined: {
    title: w('请假没有同意', 'leave is not agreed'),
    lead: w(
      '{by}没有同意{name}的请假，什么也没有转。请改日期或代理人后再报。',
      '{by} did not agree to the leave of {name}; nothing moved. Change the days or the stand-in and announce it again.',
    ),
    button: openLeave,
  },
  leaveEnded: {
    title: w('请假已结束', 'leave is over'),
    lead: w(
      '{by}结束了{name}的请假，代理的步骤转回。',
      '{by} ended the leave of {name}; what the stand-in held moves back.',
    ),
    button: openLeave,
  },
  leaveWithdrawn: {
    title: w('请假已取消', 'leave is withdrawn'),
    lead: w('{by}取消了{name}的请假，什么也没有转。', '{by} withdrew the leave of {name}; nothing had moved.'),
    button: openLeave,
  },
  standIn: {
    title: w('请您代理', 'you stand in'),
    lead: w(
      '{name}请假期间由您代理：打开的步骤会转到您手上，负责的工作的通知也寄给您。',
      'You stand in for {name}: steps that are open then come to you, and so do mails for the jobs {name} answers for.',
    ),
    next: w(
      '签字时写两个人的名字；回来以后自动转回。',
      'You sign with both names shown; everything moves back on return.',
    ),
    button: openLeave,
  },
  handOverAsked: {
    title: w('请您签字', 'please sign'),
    lead: w(
      '{by}提出把品牌由{from}交给{to}。该签的都签字以后，一切同时移交；在此之前什么也不动。',
      '{by} proposes that the brand go from {from} to {to}. Once everybody who has to has signed, everything moves at once; until then nothing does.',
    ),
    next: w('请先核对清单，再签字或说明为什么不签。', 'Please read the list first, then sign, or say why you do not.'),
    button: w('核对并签字', 'Read and sign'),
  },
  handOverDirector: {
    title: w('请客户总监签字', 'please sign as account director'),
    lead: w(
      '品牌由{from}交给{to}，两个人都已签字，等您作为客户总监签字。您签字以后一切同时移交；在此之前什么也不动。',
      'The brand goes from {from} to {to}. Both have signed; it waits for you to sign as account director. With your signature everything moves at once; until then nothing does.',
    ),
    next: w('请先核对清单，再签字或说明为什么不签。', 'Please read the list first, then sign, or say why you do not.'),
    button: w('核对并签字', 'Read and sign'),
  },
  handOverReminder: {
    title: w('还等您签字', 'still waits for your signature'),
    lead: w(
      '品牌由{from}交给{to}，还等您签字。该签的都签字以前，什么也不动。',
      'The brand is to go from {from} to {to}, and your signature is still waited for. Until everybody who has to has signed, nothing moves.',
    ),
    next: w(
      '请先核对清单，再签字或说明为什么不签。不处理不等于同意：系统不会替您签字。',
      'Please read the list first, then sign, or say why you do not. Silence decides nothing: nobody signs for you.',
    ),
    button: w('核对并签字', 'Read and sign'),
  },
  handOverLate: {
    title: w('交接停在签字上', 'a hand-over waits for signatures'),
    lead: w(
      '品牌由{from}交给{to}，已经提醒过，{waiting}还没有签字；在此之前什么也不动。',
      'The brand is to go from {from} to {to}. {waiting}: reminded, and not signed yet; until then nothing moves.',
    ),
    next: w(
      '请催签；不该移交的，请取消并写明原因。系统不会替任何人签字。',
      'Please press for it; withdraw it with a reason if it should not be. The system signs for nobody.',
    ),
    button: openHandOver,
  },
  handOverDeclined: {
    title: w('交接没有签', 'hand-over was declined'),
    lead: w('{by}没有签，什么也没有移交。', '{by} did not sign; nothing was handed over.'),
    button: openHandOver,
  },
  handOverWithdrawn: {
    title: w('交接已取消', 'hand-over was withdrawn'),
    lead: w('{by}取消了交接，什么也没有移交。', '{by} withdrew it; nothing was handed over.'),
    button: openHandOver,
  },
  holidaysMissing: {
    title: w('{year} 年的节假日还没有填', 'the holidays of {year} are missing'),
    lead: w(
      '下面这些工作日历只填到 {through}，再往后的日期只能暂定。国务院的放假通知出来以后，请把 {year} 年的名单填进去。',
      'The working calendars below end on {through}; dates beyond it can only be provisional. Please bring the list of {year} in once it is published.',
    ),
    next: w(
      '保存前可以看到会移动哪些期限；保存后正在进行的工作随即重新计算，期限移动的人各收到一封邮件。',
      'Before you save you see which dates it would move; then everything under way is counted anew, and whoever’s date moves gets one mail.',
    ),
    button: w('打开工作日历', 'Open the working calendars'),
  },
  holidaysNear: {
    title: w('{year} 年的节假日仍然缺', 'the holidays of {year} are still missing'),
    lead: w(
      '下面这些工作日历只填到 {through}，已经很近了：越来越多的期限只能暂定，可能落在放假里。请尽快把 {year} 年的名单填进去。',
      'The working calendars below end on {through}, and that is near: more and more dates are only provisional and may fall on days off. Please bring the list of {year} in soon.',
    ),
    button: w('打开工作日历', 'Open the working calendars'),
  },
  handOverDone: {
    title: w('品牌已移交', 'the brand was handed over'),
    lead: w(
      '该签的都已签字，{from}手上的一切已移交给{to}。先前的链接会说明转给了谁。',
      'Everybody has signed and everything has gone from {from} to {to}. Earlier links say who has it now.',
    ),
    button: openHandOver,
  },
};
