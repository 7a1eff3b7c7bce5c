import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shanghaiOffice } from '../../activities/calendar/holidays.ts';
import { holidayLetters } from '../../activities/letters/holidays.ts';
import { createLetterActivities } from '../../activities/letters/index.ts';
import { createMailer } from '../../activities/mail/mailer.ts';
import type { SingleCalendar } from '../../domain/calendar/types.ts';
import { calendars } from '../../store/calendars.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { people } from '../../store/people.ts';
import { person } from '../domain/people/house.ts';
import { ownStore } from '../store/store.ts';
import { openPostOffice, type PostOffice } from './mail/post-office.ts';

const store = ownStore();
const by = { by: 'test', at: '2026-03-01T00:00:00.000Z' };
const office: SingleCalendar = { ...shanghaiOffice(), publishedThrough: '2026-12-31' };
let keys: string;
let post: PostOffice;
let now = '';
beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'jobbag-holidays-'));
  post = await openPostOffice();
  for (const one of [
    person('admin-1', ['ADMIN']),
    person('boss-1', ['MANAGEMENT']),
    person('left-1', ['ADMIN'], { active: false }),
    person('ae-1', ['ACCOUNT_EXECUTIVE']),
  ])
    await people.save(store(), one.id, 0, one, by);
  await calendars.save(store(), 'office', 0, office, by);
});
afterAll(async () => {
  await post.stop();
  await rm(keys, { recursive: true, force: true });
});

const letters = () =>
  createLetterActivities({
    connection: store(),
    clock: () => now,
    mailer: createMailer(post.url),
    ring: openKeyrings(keys, () => now).links,
    office,
    publicBaseUrl: 'https://jobbag.example.test',
    mailFrom: 'jobbag@agency.example',
    agencyName: { zh: '沧海', en: 'Canghai' },
    gatherMs: 0,
    pileWindowMs: 0,
  });

/** What the daily run does about holidays at a moment: the letters that are due, sent. */
async function day(at: string): Promise<readonly string[]> {
  now = at;
  const due = await holidayLetters(store(), now);
  for (const letter of due) expect(await letters().sendLetter(letter)).toBe('sent');
  return due.map(({ kind, revision, to }) => `${kind} ${revision} ${to}`).sort();
}
const subjects = (): string[] => post.taken.map(({ email }) => email.subject ?? '');

test('P-21: whoever keeps the calendars is written to in time, once a year and person, and once more when it is near', async () => {
  expect(await day('2026-10-31T01:00:00.000Z')).toEqual([]);
  expect(await day('2026-11-02T01:00:00.000Z')).toEqual([
    'holidaysMissing 2027 admin-1',
    'holidaysMissing 2027 boss-1',
  ]);
  expect(await day('2026-11-03T01:00:00.000Z')).toEqual([]);
  expect(subjects()).toHaveLength(2);
  expect(subjects()[0]).toContain('2027 年的节假日还没有填');
  expect(post.taken[0]?.email.text).toContain('2026-12-31');
  expect(post.taken[0]?.email.text).toContain('https://jobbag.example.test/admin/calendars');
  // A client's own calendar ends with the same year: it is in the next letter, and makes none of its own.
  await calendars.save(store(), 'yunfeng', 0, { ...office, id: 'yunfeng', name: { zh: '云峰', en: 'Yunfeng' } }, by);
  expect(await day('2026-11-20T01:00:00.000Z')).toEqual([]);
  expect(await day('2026-12-18T01:00:00.000Z')).toEqual(['holidaysNear 2027 admin-1', 'holidaysNear 2027 boss-1']);
  expect(await day('2027-01-05T01:00:00.000Z')).toEqual([]);
  expect(subjects()).toHaveLength(4);
  expect(post.taken.at(-1)?.email.text).toContain('云峰');
});

test('a list that was brought in says nothing any more, and a letter on its way is moot; the year after speaks again', async () => {
  await calendars.save(store(), 'office', 1, { ...office, publishedThrough: '2027-12-31' }, by);
  await calendars.drop(store(), 'yunfeng', 1, by);
  expect(await day('2027-01-06T01:00:00.000Z')).toEqual([]);
  const late = {
    kind: 'holidaysMissing',
    register: 'calendars',
    entry: 'holidays',
    revision: 2027,
    to: 'ae-1',
  } as const;
  expect(await letters().sendLetter(late)).toBe('moot');
  expect(await day('2027-11-03T01:00:00.000Z')).toEqual([
    'holidaysMissing 2028 admin-1',
    'holidaysMissing 2028 boss-1',
  ]);
});
