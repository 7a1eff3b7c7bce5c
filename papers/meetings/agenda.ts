import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { bool, list, long, mustBeYes, num, persons, table, text } from '../field.ts';
import { ids } from '../facts.ts';
import { defineForm } from '../form.ts';

/** F-14: the topics one by one, discussed inside, with the client asked for theirs. */
export const agenda = defineForm({
  id: 'F-14',
  kind: 'meeting',
  schema: z.strictObject({
    topics: table(f.topics, {
      topic: text(f.topic),
      minutes: num(f.minutes, { min: 1, max: 600, unit: { zh: '分钟', en: 'minutes' } }),
      disputed: bool(f.disputed).optional(),
    }),
    clientTopics: list(f.clientTopics, {
      hint: { zh: '请先问客户；没有请写“无”', en: 'Ask the client first; if there are none, write “none”' },
    }),
    recap: long(f.recap).optional(),
    discussedWith: persons(f.discussedWith, {
      hint: { zh: '项目经理与与会同事', en: 'The project manager and the colleagues who take part' },
    }),
    participantsConfirmed: mustBeYes(f.participantsConfirmed),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '会议议程',
  folder: '会议记录',
  facts: (paper) => ({
    topics: paper.topics?.length ?? 0,
    minutes: (paper.topics ?? []).reduce((sum, row) => sum + (row.minutes ?? 0), 0),
    discussedWith: ids(paper.discussedWith ?? []),
  }),
});
