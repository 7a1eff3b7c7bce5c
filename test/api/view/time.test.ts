import { expect, test } from 'vitest';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { sayLimit, sayWhen } from '../../../activities/mail/when.ts';
import { dueInWords, momentInWords } from '../../../api/view/time.tsx';

const calendar = { ...shanghaiOffice(), publishedThrough: '2026-12-31' };
const time = { now: '2026-12-28T02:00:00.000Z', calendar };
const inside = '2026-12-30T08:00:00.000Z';
const beyond = '2027-01-05T08:00:00.000Z';

test('P-21: a moment beyond the published calendar says that it is provisional, wherever "when" is said', () => {
  expect(momentInWords(time, inside, 'en')).not.toContain('provisional');
  expect(momentInWords(time, beyond, 'en')).toContain('16:00 (provisional)');
  expect(momentInWords(time, beyond, 'zh-CN')).toContain('16:00（暂定）');
  expect(dueInWords(time, inside, 'en').when).not.toContain('provisional');
  expect(dueInWords(time, beyond, 'zh-CN').when).toContain('（暂定）');
  expect(sayWhen(beyond, time.now, calendar, 'en')).toContain('(provisional)');
  expect(sayLimit(beyond, time.now, undefined, calendar, 'zh-CN').moment).toContain('（暂定）');
});

test('what has passed is certain, and so is everything once the list is there', () => {
  const later = { now: '2027-02-01T02:00:00.000Z', calendar };
  expect(momentInWords(later, beyond, 'en')).not.toContain('provisional');
  expect(sayWhen(beyond, later.now, calendar, 'en')).not.toContain('provisional');
  const listed = { ...time, calendar: { ...calendar, publishedThrough: '2027-12-31' } };
  expect(momentInWords(listed, beyond, 'en')).not.toContain('provisional');
});
