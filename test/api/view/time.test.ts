import { expect, test } from 'vitest';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { timetableWords } from '../../../activities/mail/timetable-words.ts';
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

test('P-21: a delivery that is only expected says so beyond the published calendar; what was agreed is firm', () => {
  const moved = {
    type: 'extensionDrafted',
    oldDate: '2027-01-04',
    newDate: '2027-01-06',
    clientMs: 8 * 3_600_000,
  } as const;
  expect(timetableWords(moved, 'en', '2026-12-31')).toContain('Mon 4 Jan 2027 → Wed 6 Jan 2027 (provisional)');
  expect(timetableWords(moved, 'zh-CN', '2026-12-31')).toContain('2027年1月4日（周一） → 2027年1月6日（周三）（暂定）');
  expect(timetableWords(moved, 'en', '2027-12-31')).not.toContain('provisional');
});
