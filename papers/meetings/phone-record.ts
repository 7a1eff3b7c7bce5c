import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { bool, datetime, list, person, text } from '../field.ts';
import { defineForm } from '../form.ts';

const orNone = { hint: { zh: '没有请写“无”', en: 'If there are none, write “none”' } };

/** How much of a record goes to the director in the mail itself, code points; the record has the rest. */
const opinionMax = 400;

/** What the client said, for whoever cannot wait: what it was about, what is to change, what is to be confirmed. */
function opinionIn(paper: {
  readonly topic?: string | undefined;
  readonly toChange?: readonly string[] | undefined;
  readonly toConfirm?: readonly string[] | undefined;
}): string {
  const said = [paper.topic ?? '', ...(paper.toChange ?? []), ...(paper.toConfirm ?? [])].filter((one) => one !== '');
  const signs = [...said.join('\n')];
  return signs.length > opinionMax ? `${signs.slice(0, opinionMax).join('')}…` : signs.join('');
}

/** F-16: a call with the client. Where a decision was taken it becomes minutes within the same 24 hours. */
export const phoneRecord = defineForm({
  id: 'F-16',
  kind: 'meeting',
  schema: z.strictObject({
    clientPerson: person(f.clientPerson),
    talkedAt: datetime(f.talkedAt),
    topic: text(f.topic),
    toChange: list(f.toChange, orNone),
    toCarryOut: list(f.toCarryOut, orNone),
    toConfirm: list(f.toConfirm, orNone),
    decided: bool(f.decided, { hint: { zh: '如是，须写会议记录', en: 'If so, minutes are to be written' } }),
    importantOpinion: bool(f.importantOpinion, {
      hint: { zh: '如是，客户总监马上收到邮件', en: 'If so, the account director gets a mail at once' },
    }).optional(),
  }),
  writtenBy: ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '电话记录',
  folder: '会议记录',
  facts: (paper) => ({
    decided: paper.decided ?? false,
    talkedAt: paper.talkedAt ?? null,
    toConfirm: paper.toConfirm?.length ?? 0,
    // Only where there is one: a record without has the facts, and so the hash, that it always had.
    ...(paper.importantOpinion === true
      ? { important: true, opinion: opinionIn(paper), clientPerson: paper.clientPerson ?? null }
      : {}),
  }),
});
