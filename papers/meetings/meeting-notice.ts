import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { bool, datetime, list, person, persons, table, text } from '../field.ts';
import { ids } from '../facts.ts';
import { defineForm } from '../form.ts';

/** Client people and agency people a notice may name each; their ids go whole into the facts, which hold 4 KB. */
const peopleMax = 20;

/** F-13: time and place as agreed, and who comes with which task: nobody is invited without one. */
export const meetingNotice = defineForm({
  id: 'F-13',
  kind: 'meeting',
  schema: z.strictObject({
    meetingTime: datetime(f.meetingTime),
    meetingPlace: text(f.meetingPlace),
    clientParticipants: persons(f.clientParticipants, { max: peopleMax }),
    internalParticipants: table(
      f.internalParticipants,
      {
        person: person(f.person),
        task: text(f.task, { hint: { zh: '没有具体任务的不邀请', en: 'Nobody is invited without a task' } }),
      },
      { max: peopleMax },
    ),
    papersNeeded: table(f.papersNeeded, {
      name: text(f.name),
      electronic: bool(f.electronic).optional(),
      printed: bool(f.printed).optional(),
    }),
    jobNumbers: list(f.jobNumbers).optional(),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '会议通知',
  folder: '会议记录',
  facts: (paper) => ({
    meetingTime: paper.meetingTime ?? null,
    participants: ids([
      ...(paper.clientParticipants ?? []),
      ...(paper.internalParticipants ?? []).map((row) => row.person),
    ]),
    // what is needed comes in both forms.
    inBothForms: (paper.papersNeeded ?? []).every((row) => row.electronic === true && row.printed === true),
  }),
});
