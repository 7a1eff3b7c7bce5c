import type { Instant } from '../../domain/instant.ts';
import type { Person } from '../../domain/people/types.ts';
import type { WrittenMail } from '../../store/outbox.ts';
import { headerText, nameText } from './clean.ts';
import { labels } from './kinds.ts';
import type { Letter, LetterList, Sheet } from './letter.ts';
import { setHtml } from './set-html.ts';
import { setText } from './set-text.ts';
import { sayer } from './sheet.ts';

/** What stands around the sheets of a mail. */
export interface Envelope {
  readonly to: Person;
  /** The account executive replies go to; nobody when that is the reader. */
  readonly ae?: Person;
  readonly agency: { readonly zh: string; readonly en: string };
  readonly date: Instant;
  /** IANA name of the zone the times in the sheets are told in. */
  readonly zone?: string;
}

// Making one costs more than writing the rest of a mail; a house has a handful of zones and two languages.
const zoneFormats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(zone: string, language: Person['language']): Intl.DateTimeFormat {
  const key = `${language} ${zone}`;
  const format = zoneFormats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'long' });
  zoneFormats.set(key, format);
  return format;
}

/** What people call a zone: `中国标准时间`, `China Standard Time`. */
function zoneWords(zone: string, date: Instant, language: Person['language']): string {
  const parts = zoneFormat(zone, language).formatToParts(new Date(date));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** The subject: number, what it is about, what is asked; for several, how many, then the first. */
function subjectOf(sheets: readonly Sheet[], language: Person['language']): string {
  const [first] = sheets;
  if (first === undefined) return '';
  const number = first.job.split(' · ')[0] ?? '';
  const one = `${number} ${first.about}${language === 'zh-CN' ? '：' : ': '}${first.title}`;
  if (sheets.length === 1) return headerText(one, 160);
  return headerText(`${sayer(language)(labels.pileSubject, { n: sheets.length })} · ${one}`, 160);
}

/** Puts sheets into one mail for one person, as HTML and as text, each written by itself. */
export function writeMail(sheets: readonly Sheet[], envelope: Envelope): WrittenMail {
  const { to, agency } = envelope;
  const say = sayer(to.language);
  const hasLink = sheets.some(({ grantId }) => grantId !== undefined);
  const subject = subjectOf(sheets, to.language);
  const letter: Letter = {
    language: to.language,
    agency: nameText(say(agency)),
    subject,
    preview: sheets
      .map(
        (sheet) => `${sheet.about} ${sheet.title}${sheet.facts[0] === undefined ? '' : ` · ${sheet.facts[0].value}`}`,
      )
      .join('；')
      .slice(0, 140),
    to: nameText(to.name),
    ...(sheets.length > 1 ? { opening: say(labels.pile, { n: sheets.length }) } : {}),
    sheets,
    foot: footOf(envelope, hasLink),
  };
  return mailOf(
    letter,
    envelope,
    sheets.flatMap(({ grantId }) => grantId ?? []),
  );
}

/** Puts lists into one mail for one person; `count` says how many things they are and begins the subject. */
export function writeLists(lists: readonly LetterList[], count: string, envelope: Envelope): WrittenMail {
  const { to, agency } = envelope;
  const lines = lists.flatMap((list) => list.lines);
  const [first] = lines;
  const number = first?.job.split(' · ')[0] ?? '';
  const grantIds = lines.flatMap(({ grantId }) => grantId ?? []);
  const letter: Letter = {
    language: to.language,
    agency: nameText(sayer(to.language)(agency)),
    subject: headerText([count, ...(first === undefined ? [] : [`${number} ${first.about}`])].join(' · '), 160),
    preview: lines
      .slice(0, 3)
      .map(({ about, due }) => [about, due].filter((one) => one !== '').join(' · '))
      .join('；')
      .slice(0, 140),
    to: nameText(to.name),
    sheets: [],
    lists,
    foot: footOf(envelope, grantIds.length > 0),
  };
  return mailOf(letter, envelope, grantIds);
}

function footOf({ to, ae, zone, date }: Envelope, hasLink: boolean): readonly string[] {
  const say = sayer(to.language);
  return [
    ...(hasLink ? [say(labels.personal)] : []),
    ...(zone === undefined ? [] : [say(labels.zone, { zone: zoneWords(zone, date, to.language) })]),
    ...(ae === undefined ? [] : [say(labels.reply, { ae: nameText(ae.name) })]),
  ];
}

function mailOf(letter: Letter, { to, ae, date }: Envelope, grantIds: readonly string[]): WrittenMail {
  return {
    subject: letter.subject,
    text: setText(letter),
    html: setHtml(letter),
    to: { name: nameText(to.name), address: to.mail.address },
    ...(ae === undefined ? {} : { replyTo: { name: nameText(ae.name), address: ae.mail.address } }),
    language: to.language,
    date,
    grantIds,
  };
}
