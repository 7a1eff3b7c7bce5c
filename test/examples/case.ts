import type { CaseDefinition } from '../../domain/cases/definition.ts';

/** A call with the client: recorded the same day, read by the account manager; one that is forgotten is remembered. */
export const phoneCall: CaseDefinition = {
  id: 'phoneCall',
  version: 1,
  title: { zh: '电话', en: 'Phone call' },
  by: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER'],
  parts: { reader: { title: { zh: '阅读人', en: 'reader' }, side: 'agency', most: 1 } },
  first: 'TALKED',
  states: {
    TALKED: { title: { zh: '已通话', en: 'talked' } },
    RECORDED: { title: { zh: '已记录', en: 'recorded' } },
    READ: { title: { zh: '已阅', en: 'read' }, end: true },
  },
  moves: {
    record: {
      title: { zh: '写电话记录', en: 'Write It Down' },
      from: ['TALKED'], to: 'RECORDED', by: ['owner'], brings: 'F-16',
      tells: [{ notice: 'callRecorded', to: ['reader'], asks: true }],
    },
    read: {
      title: { zh: '已阅', en: 'Read' },
      from: ['RECORDED'], to: 'READ', by: ['reader'], apartFrom: ['record'], about: { form: 'F-16' },
    },
  },
  clocks: {
    today: {
      title: { zh: '当天记录', en: 'the record of the day' },
      runsIn: ['TALKED'], from: { on: 'begin' }, calendar: 'office',
      rungs: [{ when: { after: { workingMinutes: 240 } }, tells: [{ notice: 'callUnrecorded', to: ['owner'] }] }],
    },
  },
  lists: {},
  unreached: { notice: 'caseUnreached', to: ['owner'] },
};
