import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { choice, date, datetime, files, list, long, money, person, ref } from '../field.ts';
import { defineForm } from '../form.ts';

const urgencies = {
  normal: { zh: '一般', en: 'Normal' },
  urgent: { zh: '紧急', en: 'Urgent' },
  veryUrgent: { zh: '特急', en: 'Very urgent' },
};

/** F-01: what the client asks for, in writing. The account executive's own record stands in when the client confirms it (P-11). */
export const taskSheet = defineForm({
  id: 'F-01',
  kind: 'intake',
  schema: z.strictObject({
    clientId: ref(f.clientId),
    brandId: ref(f.brandId),
    lineId: ref(f.lineId),
    need: long(f.need),
    deliverables: list(f.deliverables),
    wantedDate: date(f.wantedDate),
    urgency: choice(f.urgency, ['normal', 'urgent', 'veryUrgent'], (key) => urgencies[key]).optional(),
    budgetLimit: money(f.budgetLimit).optional(),
    material: files(f.material).optional(),
    orderedBy: person(f.orderedBy),
    orderedAt: datetime(f.orderedAt),
  }),
  writtenBy: ['CLIENT_LEAD', 'CLIENT_CONTACT', 'ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  fileType: '工作任务单',
  folder: '客户资料',
  facts: () => ({}),
});
