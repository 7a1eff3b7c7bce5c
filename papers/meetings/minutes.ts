import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { choice, date, datetime, list, long, mustBeYes, person, persons, ref, table, text } from '../field.ts';
import { ids } from '../facts.ts';
import { defineForm, hashOf, type Content, type Draft } from '../form.ts';

const kinds = {
  briefing: { zh: '说明会', en: 'Briefing' },
  proposal: { zh: '提案', en: 'Proposal' },
  routine: { zh: '例会', en: 'Routine Meeting' },
  phone: { zh: '电话', en: 'Telephone' },
  ppm: { zh: '制作前会议', en: 'Pre-production Meeting' },
  internal: { zh: '内部会议', en: 'Internal Meeting' },
};

/** Actions of one meeting, people named in it: their ids go whole into the facts, which hold 4 KB. */
const actionsMax = 20;
const peopleMax = 15;

const schema = z.strictObject({
  kind: choice(f.kind, ['briefing', 'proposal', 'routine', 'phone', 'ppm', 'internal'], (key) => kinds[key]),
  meetingTime: datetime(f.meetingTime),
  meetingPlace: text(f.meetingPlace, { hint: { zh: '电话请写“电话”', en: 'For a call write “telephone”' } }),
  agency: text(f.agency),
  client: ref(f.clientId),
  participants: persons(f.participants, { max: peopleMax }),
  copiesTo: persons(f.copiesTo, {
    max: peopleMax,
    hint: { zh: '未到会的客户负责人与项目组成员', en: 'The client’s main people and team members who were absent' },
  }),
  subject: text(f.subject),
  agenda: list(f.agenda),
  decisions: table(f.decisions, { decision: long(f.decision) }),
  nextSteps: table(
    f.nextSteps,
    { action: long(f.action), executor: person(f.executor), keyDate: date(f.keyDate) },
    { max: actionsMax },
  ),
  reporter: person(f.reporter),
  reportedAt: datetime(f.reportedAt),
  notice: mustBeYes(f.notice, {
    hint: {
      zh: '收到后一个工作日内如有异议，请与报告人联系；否则视为双方同意。',
      en: 'Please contact the reporter within one working day of receipt; otherwise the content counts as agreed.',
    },
  }),
  restrictedNotes: long(f.restrictedNotes, {
    hint: { zh: '不出现在给客户和项目组的副本里', en: 'Not in the copies for client and team' },
  }).optional(),
});

/** The people the minutes name, participants and copies, each once. */
function recipients(minutes: Draft<typeof schema>): string[] {
  return ids([...(minutes.participants ?? []), ...(minutes.copiesTo ?? [])]);
}

/**
 * F-15: what was decided, who does what by when, with the notice that silence of one working day agrees
 * . Review, client reply and objection are no fields: they are decisions about this very version and stand in its
 * log, because a version once frozen is never edited.
 */
export const minutes = defineForm({
  id: 'F-15',
  kind: 'meeting',
  schema,
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '会议记录',
  folder: '会议记录',
  facts: (paper) => ({
    recipients: recipients(paper),
    // Row by row the same length: who does the n-th action, and by which day.
    executors: (paper.nextSteps ?? []).map((row) => row.executor ?? ''),
    keyDates: (paper.nextSteps ?? []).map((row) => row.keyDate ?? ''),
    notice: paper.notice === true,
    copyHash: copyHash(paper),
  }),
});

/** What client and team are given of the minutes (R-139, S-67): everything but the confidential paragraph. */
export function copyOf(content: Content): Content {
  const { restrictedNotes: _kept, ...copy } = content;
  return copy;
}

/** The hash of the copy as it is read; what the client signs is named by it. */
export function copyHash(content: Content): string {
  return hashOf({ form: 'F-15', copy: copyOf(content) });
}

/** One action of minutes. */
export interface NextStep {
  readonly action: string;
  readonly executor: string;
  readonly keyDate: string;
}

/** The actions that kept minutes name, in their order; whatever is no text is empty, and what are no minutes have none. */
export function nextStepsOf(content: unknown): readonly NextStep[] {
  if (typeof content !== 'object' || content === null || !('nextSteps' in content)) return [];
  const { nextSteps } = content;
  const said = (row: object, key: string): string => {
    const value: unknown = Reflect.get(row, key);
    return typeof value === 'string' ? value : '';
  };
  return (Array.isArray(nextSteps) ? nextSteps : []).map((row: unknown): NextStep => {
    const one = typeof row === 'object' && row !== null ? row : {};
    return { action: said(one, 'action'), executor: said(one, 'executor'), keyDate: said(one, 'keyDate') };
  });
}
