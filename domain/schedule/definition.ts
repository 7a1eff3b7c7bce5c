import type { CaseDefinition } from '../cases/definition.ts';
import { accountService, ownerOrAbove, tell } from '../cases/parts.ts';

/** Name of the mail that asks executors for their entries; it brings each a link of their own. */
export const confirmEntries = 'confirmEntries';

/**
 * The execution schedule of a job (F-11): account service lays it down with the executing team, each executor confirms their
 * own entries. The table says who lays it down and how it ends; confirmations are no moves of it, because one
 * schedule has many of them at once. One that was fulfilled or set aside is taken up again by laying down the next version.
 */
export const scheduleCase: CaseDefinition = {
  id: 'schedule',
  version: 1,
  title: { zh: '执行排期', en: 'Execution schedule' },
  by: accountService,
  parts: {
    executors: { title: { zh: '执行人', en: 'the executor' }, side: 'agency', optional: true },
    asked: { title: { zh: '待确认的执行人', en: 'executors who are asked' }, side: 'agency', optional: true },
    released: { title: { zh: '不再负责的执行人', en: 'executors who were released' }, side: 'agency', optional: true },
  },
  first: 'TO_SCHEDULE',
  states: {
    TO_SCHEDULE: { title: { zh: '待编排', en: 'to be laid down' } },
    SCHEDULED: { title: { zh: '执行中', en: 'in execution' } },
    FULFILLED: { title: { zh: '全部完成', en: 'everything is done' }, end: true },
    SET_ASIDE: { title: { zh: '已停用', en: 'set aside' }, end: true },
  },
  moves: {
    layDown: {
      title: { zh: '编排执行排期', en: 'Lay Down the Schedule' },
      from: ['TO_SCHEDULE', 'SCHEDULED', 'FULFILLED', 'SET_ASIDE'],
      to: 'SCHEDULED',
      by: ['owner', ...accountService],
      brings: 'F-11',
      tells: [{ notice: confirmEntries, to: ['asked'], asks: true }, tell('entriesReleased', 'released')],
      rule: 'R-52',
    },
    fulfil: {
      title: { zh: '全部完成', en: 'Everything Is Done' },
      from: ['SCHEDULED'],
      to: 'FULFILLED',
      by: [],
      service: 'report',
      tells: [tell('scheduleFulfilled', 'owner')],
    },
    setAside: {
      title: { zh: '停用排期', en: 'Set It Aside' },
      from: ['TO_SCHEDULE', 'SCHEDULED'],
      to: 'SET_ASIDE',
      by: ownerOrAbove,
      words: true,
      tells: [tell('scheduleSetAside', 'executors')],
    },
    endWithJob: {
      title: { zh: '工作已结束，排期停用', en: 'The Job Has Ended' },
      from: ['TO_SCHEDULE', 'SCHEDULED'],
      to: 'SET_ASIDE',
      by: [],
      service: 'report',
    },
  },
  clocks: {},
  lists: {},
  unreached: tell('caseUnreached', 'owner'),
};
