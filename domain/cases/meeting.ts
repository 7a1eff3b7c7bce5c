import type { CaseDefinition } from './definition.ts';
import { accountService, meetingParts, ownerOrAbove, tell } from './parts.ts';

/**
 * M-06: a meeting, from the plan to its minutes. A client meeting is not held without a notice; whoever does not
 * send an agenda is reminded two hours before and flagged one hour before; everybody is called a quarter of an
 * hour before; what was held begins its minutes at once.
 */
export const meeting: CaseDefinition = {
  id: 'meeting',
  version: 2,
  title: { zh: '会议', en: 'Meeting' },
  by: accountService,
  parts: meetingParts,
  first: 'PLANNED',
  states: {
    PLANNED: { title: { zh: '待约定', en: 'being planned' } },
    ANNOUNCED: { title: { zh: '已发通知', en: 'announced' } },
    AGENDA_SENT: { title: { zh: '议程已发', en: 'agenda sent' } },
    CALLED: { title: { zh: '已再次提醒', en: 'called' } },
    HELD: { title: { zh: '已召开，待记录', en: 'held, minutes open' } },
    MINUTED: { title: { zh: '记录已发', en: 'minutes sent' }, end: true },
    UNMINUTED: { title: { zh: '已召开，无需记录', en: 'held, no minutes needed' }, end: true },
    CANCELLED: { title: { zh: '已取消', en: 'cancelled' }, end: true },
  },
  moves: {
    announce: {
      title: { zh: '发会议通知', en: 'Send the Notice' },
      from: ['PLANNED'],
      to: 'ANNOUNCED',
      by: ownerOrAbove,
      brings: 'F-13',
      takes: { part: 'participants', fact: 'participants' },
      tells: [tell('meetingNotice', 'participants')],
      rule: 'R-120',
    },
    sendAgenda: {
      title: { zh: '发会议议程', en: 'Send the Agenda' },
      from: ['ANNOUNCED'],
      to: 'AGENDA_SENT',
      by: ownerOrAbove,
      brings: 'F-14',
      needs: ['F-13'],
      tells: [tell('meetingAgenda', 'participants')],
      rule: 'R-122',
    },
    call: {
      title: { zh: '会前再次提醒', en: 'Call Everybody' },
      from: ['ANNOUNCED', 'AGENDA_SENT'],
      to: 'CALLED',
      by: [],
      service: 'clock',
      tells: [tell('meetingCall', 'participants')],
      rule: 'R-127',
    },
    hold: {
      title: { zh: '会议已召开', en: 'Record That It Was Held' },
      from: ['ANNOUNCED', 'AGENDA_SENT', 'CALLED'],
      to: 'HELD',
      by: ownerOrAbove,
      needs: ['F-13'],
      when: true,
      begins: 'minutes',
      rule: 'R-120',
    },
    postpone: {
      title: { zh: '改期', en: 'Move to Another Time' },
      from: ['ANNOUNCED', 'AGENDA_SENT', 'CALLED'],
      to: 'PLANNED',
      by: ownerOrAbove,
      words: true,
      tells: [tell('meetingMoved', 'participants')],
    },
    cancel: {
      title: { zh: '取消会议', en: 'Cancel' },
      from: ['PLANNED', 'ANNOUNCED', 'AGENDA_SENT', 'CALLED'],
      to: 'CANCELLED',
      by: ownerOrAbove,
      words: true,
      tells: [tell('meetingCancelled', 'participants')],
    },
    minute: {
      title: { zh: '记录已发', en: 'Minutes Sent' },
      from: ['HELD'],
      to: 'MINUTED',
      by: [],
      service: 'report',
      rule: 'R-128',
    },
    leave: {
      title: { zh: '无需记录', en: 'No Minutes Needed' },
      from: ['HELD'],
      to: 'UNMINUTED',
      by: [],
      service: 'report',
    },
  },
  clocks: {
    plan: {
      title: { zh: '约定时间地点', en: 'agreeing time and place' },
      runsIn: ['PLANNED'],
      from: { on: 'entry' },
      calendar: 'office',
      rungs: [{ when: { after: { workingDays: 2 } }, tells: [tell('meetingUnplanned', 'owner')] }],
    },
    agenda: {
      title: { zh: '发出议程', en: 'sending the agenda' },
      runsIn: ['ANNOUNCED'],
      from: { on: 'fact', form: 'F-13', fact: 'meetingTime' },
      calendar: 'office',
      rungs: [
        { when: { minutesBefore: 120 }, tells: [tell('agendaDue', 'owner')] },
        { when: { minutesBefore: 60 }, flag: 'agendaLate', tells: [tell('agendaLate', 'owner')] },
      ],
    },
    call: {
      title: { zh: '会前提醒', en: 'the call before the meeting' },
      runsIn: ['ANNOUNCED', 'AGENDA_SENT'],
      from: { on: 'fact', form: 'F-13', fact: 'meetingTime' },
      calendar: 'office',
      rungs: [{ when: { minutesBefore: 15 }, move: 'call' }],
    },
    outcome: {
      title: { zh: '说明是否召开', en: 'saying whether it was held' },
      runsIn: ['CALLED'],
      from: { on: 'fact', form: 'F-13', fact: 'meetingTime' },
      calendar: 'office',
      rungs: [
        { when: { after: { workingMinutes: 480 } }, tells: [tell('heldOrNot', 'owner')] },
        { when: { after: { workingDays: 2 } }, tells: [tell('heldOrNot', 'owner', 'ACCOUNT_MANAGER')] },
      ],
    },
  },
  lists: {
    pack: ['C-64', 'C-65', 'C-66', 'C-67', 'C-68', 'C-69', 'C-70', 'C-71', 'C-72', 'C-73', 'C-74'],
    preparation: ['C-75', 'C-76', 'C-77', 'C-78'],
    room: ['C-79', 'C-80', 'C-81', 'C-82', 'C-83', 'C-84', 'C-85', 'C-86', 'C-87', 'C-88', 'C-89'],
  },
  unreached: tell('caseUnreached', 'owner'),
};
