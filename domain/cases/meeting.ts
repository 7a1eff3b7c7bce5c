import type { CaseDefinition } from './definition.ts';

/**
 * M-06: a meeting, from the plan to its minutes. A client meeting is not held without a notice; whoever does not
 * send an agenda is reminded two hours before and flagged one hour before; everybody is called a quarter of an
 * hour before; what was held begins its minutes at once.
 */
export const meeting: CaseDefinition = {
  id: 'meeting',
  version: 1,
  title: { zh: '会议', en: 'Meeting' },
  by: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  parts: {
    confirmer: { title: { zh: '记录确认人', en: 'who confirms the minutes' }, side: 'client', most: 1 },
    reviewer: { title: { zh: '项目主管', en: 'project supervisor' }, side: 'agency', most: 1 },
    participants: { title: { zh: '与会人员', en: 'participants' }, side: 'both', optional: true },
    clientPeople: { title: { zh: '客户主要人员', en: 'main client people' }, side: 'client', optional: true },
    team: { title: { zh: '项目组成员', en: 'members of the job team' }, side: 'agency', optional: true },
  },
  first: 'PLANNED',
  states: {
    PLANNED: { title: { zh: '待约定', en: 'being planned' } },
    ANNOUNCED: { title: { zh: '已发通知', en: 'announced' } },
    AGENDA_SENT: { title: { zh: '议程已发', en: 'agenda sent' } },
    CALLED: { title: { zh: '已再次提醒', en: 'called' } },
    HELD: { title: { zh: '已召开，待记录', en: 'held, minutes open' } },
    MINUTED: { title: { zh: '记录已发', en: 'minutes sent' }, end: true },
    CANCELLED: { title: { zh: '已取消', en: 'cancelled' }, end: true },
  },
  moves: {
    announce: {
      title: { zh: '发会议通知', en: 'Send the Notice' },
      from: ['PLANNED'],
      to: 'ANNOUNCED',
      by: ['owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
      brings: 'F-13',
      takes: { part: 'participants', fact: 'participants' },
      tells: [{ notice: 'meetingNotice', to: ['participants'] }],
      rule: 'R-120',
    },
    sendAgenda: {
      title: { zh: '发会议议程', en: 'Send the Agenda' },
      from: ['ANNOUNCED'],
      to: 'AGENDA_SENT',
      by: ['owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
      brings: 'F-14',
      needs: ['F-13'],
      tells: [{ notice: 'meetingAgenda', to: ['participants'] }],
      rule: 'R-122',
    },
    call: {
      title: { zh: '会前再次提醒', en: 'Call Everybody' },
      from: ['ANNOUNCED', 'AGENDA_SENT'],
      to: 'CALLED',
      by: [],
      service: 'clock',
      tells: [{ notice: 'meetingCall', to: ['participants'] }],
      rule: 'R-127',
    },
    hold: {
      title: { zh: '会议已召开', en: 'Record That It Was Held' },
      from: ['ANNOUNCED', 'AGENDA_SENT', 'CALLED'],
      to: 'HELD',
      by: ['owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
      needs: ['F-13'],
      when: true,
      begins: 'minutes',
      rule: 'R-120',
    },
    postpone: {
      title: { zh: '改期', en: 'Move to Another Time' },
      from: ['ANNOUNCED', 'AGENDA_SENT', 'CALLED'],
      to: 'PLANNED',
      by: ['owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
      words: true,
      tells: [{ notice: 'meetingMoved', to: ['participants'] }],
    },
    cancel: {
      title: { zh: '取消会议', en: 'Cancel' },
      from: ['PLANNED', 'ANNOUNCED', 'AGENDA_SENT', 'CALLED'],
      to: 'CANCELLED',
      by: ['owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
      words: true,
      tells: [{ notice: 'meetingCancelled', to: ['participants'] }],
    },
    minute: {
      title: { zh: '记录已发', en: 'Minutes Sent' },
      from: ['HELD'],
      to: 'MINUTED',
      by: [],
      service: 'report',
      rule: 'R-128',
    },
  },
  clocks: {
    plan: {
      title: { zh: '约定时间地点', en: 'agreeing time and place' },
      runsIn: ['PLANNED'],
      from: { on: 'entry' },
      calendar: 'office',
      rungs: [{ when: { after: { workingDays: 2 } }, tells: [{ notice: 'meetingUnplanned', to: ['owner'] }] }],
    },
    agenda: {
      title: { zh: '发出议程', en: 'sending the agenda' },
      runsIn: ['ANNOUNCED'],
      from: { on: 'fact', form: 'F-13', fact: 'meetingTime' },
      calendar: 'office',
      rungs: [
        { when: { minutesBefore: 120 }, tells: [{ notice: 'agendaDue', to: ['owner'] }] },
        { when: { minutesBefore: 60 }, flag: 'agendaLate', tells: [{ notice: 'agendaLate', to: ['owner'] }] },
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
        { when: { after: { workingMinutes: 480 } }, tells: [{ notice: 'heldOrNot', to: ['owner'] }] },
        { when: { after: { workingDays: 2 } }, tells: [{ notice: 'heldOrNot', to: ['owner', 'ACCOUNT_MANAGER'] }] },
      ],
    },
  },
  lists: {
    pack: ['C-64', 'C-65', 'C-66', 'C-67', 'C-68', 'C-69', 'C-70', 'C-71', 'C-72', 'C-73', 'C-74'],
    preparation: ['C-75', 'C-76', 'C-77', 'C-78'],
    room: ['C-79', 'C-80', 'C-81', 'C-82', 'C-83', 'C-84', 'C-85', 'C-86', 'C-87', 'C-88', 'C-89'],
  },
  unreached: { notice: 'caseUnreached', to: ['owner'] },
};
