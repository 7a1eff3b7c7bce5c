import * as z from 'zod';
import { datetime, long, person, text } from '../../papers/field.ts';

/** F-16: a telephone record. From the shape come validator, form, read view, JSON Schema and draft. */
export const telephoneRecordSchema = z.strictObject({
  clientPerson: person({ zh: '客户', en: 'Client person' }),
  talkedAt: datetime({ zh: '时间', en: 'Time' }),
  topic: text({ zh: '事项', en: 'Topic' }),
  changes: long({ zh: '需修正事宜', en: 'Changes to be made' }),
  toConfirm: long({ zh: '需确认的事项', en: 'Items to be confirmed' }).optional(),
});
