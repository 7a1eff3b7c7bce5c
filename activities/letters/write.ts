import { addDays } from '../../domain/calendar/dates.ts';
import type { LocalDate } from '../../domain/calendar/types.ts';
import { signsAs, type HandOver } from '../../domain/people/hand-over.ts';
import { rungName } from '../../domain/people/hand-over-clock.ts';
import type { HouseLetter } from '../../domain/people/letter.ts';
import type { Absence, Person } from '../../domain/people/types.ts';
import type { Words } from '../../domain/process.ts';
import { leaveKindWords } from '../../domain/wording/letters.ts';
import { letterTexts } from '../../domain/wording/letters.ts';
import { mintGrant } from '../../store/grants.ts';
import { handOvers } from '../../store/hand-overs.ts';
import { clients } from '../../store/clients.ts';
import type { WrittenMail } from '../../store/outbox.ts';
import { absences } from '../../store/people.ts';
import { zoneNamed } from '../calendar/zone.ts';
import type { HouseNow } from '../house.ts';
import { calendarIn, peopleIn } from '../house.ts';
import { bodyText, headerText, nameText } from '../mail/clean.ts';
import type { Fact, Sheet } from '../mail/letter.ts';
import { placeholderOf } from '../mail/letter.ts';
import type { MailDeps } from '../mail/parts.ts';
import { missingLists } from './holidays.ts';
import { sayer } from '../mail/sheet.ts';
import { writeMail } from '../mail/write.ts';

/** Purpose of the grants behind the links of hand-overs: to read one and sign it, for one person. */
export const handOverPurpose = 'handOver';

/** What every letter is written from. */
interface Writing {
  readonly deps: MailDeps;
  readonly letter: HouseLetter;
  readonly person: Person;
  readonly zone: string;
  readonly nameOf: (personId: string) => string;
  readonly say: ReturnType<typeof sayer>;
}

/** A letter in its reader's language; undefined where what it would say is not so any more. */
export async function writeLetter(
  deps: MailDeps,
  letter: HouseLetter,
  person: Person,
  house: HouseNow,
): Promise<WrittenMail | undefined> {
  const calendar = await calendarIn(house, 'agency', '', deps.office);
  const writing = { deps, letter, person, zone: calendar.zone, say: sayer(person.language) };
  const sheet = await sheetOf(writing, house);
  if (sheet === undefined) return undefined;
  const envelope = { to: person, agency: deps.agencyName, date: deps.clock(), zone: calendar.zone };
  return writeMail([sheet], envelope);
}

type Begun = Omit<Writing, 'nameOf'>;

async function sheetOf(writing: Begun, house: HouseNow): Promise<Sheet | undefined> {
  switch (writing.letter.register) {
    case 'absences':
      return leaveSheet(writing, house);
    case 'handOvers':
      return handOverSheet(writing, house);
    case 'calendars':
      return holidaySheet(writing, house);
  }
}

/** Calendars that one letter names. */
const calendarsNamed = 12;

function holidaySheet({ letter, say, deps }: Begun, house: HouseNow): Sheet | undefined {
  const missing = missingLists(house.calendars.all, deps.clock()).filter(({ year }) => year === letter.revision);
  // Somebody brought the list in meanwhile.
  if (missing.length === 0) return undefined;
  const text = letterTexts[letter.kind];
  const through = missing.map(({ calendar }) => calendar.publishedThrough).sort()[0] ?? '';
  const values = { year: letter.revision, through };
  return {
    ...plain,
    job: say({ zh: '工作日历', en: 'Working calendars' }),
    about: say({ zh: '节假日', en: 'Holidays' }),
    title: say(text.title, values),
    lead: say(text.lead, values),
    facts: missing.slice(0, calendarsNamed).map(({ calendar }) => ({
      label: headerText(say(calendar.name)),
      value: say({ zh: '填到 {through}', en: 'through {through}' }, { through: calendar.publishedThrough }),
    })),
    ...(text.next === undefined ? {} : { next: say(text.next, values) }),
    button: { label: say(text.button), href: `${deps.publicBaseUrl}/admin/calendars` },
  };
}

async function namesIn(house: HouseNow, ids: readonly (string | undefined)[]): Promise<Writing['nameOf']> {
  const known = await peopleIn(
    house,
    ids.filter((id) => id !== undefined),
  );
  return (personId) => nameText(known.get(personId)?.name ?? personId);
}

const plain = { seals: [], chain: '' } as const;

async function leaveSheet(begun: Begun, house: HouseNow): Promise<Sheet | undefined> {
  const { letter, say, zone, deps } = begun;
  const entry = await absences.get(deps.connection, letter.entry);
  // Who agreed or withdrew meanwhile has answered the question already.
  if (entry === null || (letter.kind === 'leaveAsked' && entry.revision !== letter.revision)) return undefined;
  const leave = entry.value;
  const { personId, standInId, announcedBy, agreedBy } = leave;
  const by = entry.changed.by;
  const nameOf = await namesIn(house, [personId, standInId, announcedBy, agreedBy, by]);
  const text = letterTexts[letter.kind];
  const values = { name: nameOf(personId), by: nameOf(by), standIn: standInId === undefined ? '' : nameOf(standInId) };
  const { first, last } = daysOf(leave, zone);
  const facts: Fact[] = [
    {
      // Leave that never began has no last day any more.
      label: say(leave.from < leave.to ? { zh: '日期', en: 'Days' } : { zh: '第一天', en: 'First day' }),
      value: first === last ? first : `${first} – ${last}`,
      weight: 'strong',
    },
    ...(leave.kind === undefined
      ? []
      : [{ label: say({ zh: '类别', en: 'Kind' }), value: say(leaveKindWords[leave.kind]) }]),
    ...(standInId === undefined ? [] : [{ label: say({ zh: '代理人', en: 'Stand-in' }), value: nameOf(standInId) }]),
    ...(announcedBy === undefined
      ? []
      : [{ label: say({ zh: '报请人', en: 'Announced by' }), value: nameOf(announcedBy) }]),
  ];
  return {
    ...plain,
    job: say({ zh: '请假', en: 'Leave' }),
    about: nameOf(personId),
    title: say(text.title, values),
    lead: say(text.lead, values),
    facts,
    ...(text.next === undefined ? {} : { next: say(text.next, values) }),
    button: { label: say(text.button), href: `${deps.publicBaseUrl}/admin/absences` },
  };
}

/** The days of leave on the office's wall calendar: the first and the last. */
function daysOf({ from, to }: Absence, zone: string): { first: LocalDate; last: LocalDate } {
  const wall = zoneNamed(zone);
  const end = wall.toLocal(to);
  const first = wall.toLocal(from).date;
  const last = end.minutes === 0 ? addDays(end.date, -1) : end.date;
  return { first, last: last < first ? first : last };
}

async function handOverSheet(begun: Begun, house: HouseNow): Promise<Sheet | undefined> {
  const { letter, person, say, deps } = begun;
  const entry = await handOvers.get(deps.connection, letter.entry);
  const asks = asking.has(letter.kind);
  // Who has signed, or is not the one to sign any more, is asked for nothing.
  if (entry === null || (asks && signsAs(entry.value, person.id) === undefined)) return undefined;
  const { value } = entry;
  // Noted before it was ended, and then somebody else was first.
  if (letter.kind === 'handOverDeclined' && value.state !== 'declined') return undefined;
  if (letter.kind === 'handOverWithdrawn' && value.state !== 'withdrawn') return undefined;
  const late = letter.kind === 'handOverLate' ? stillWaited(value, letter.rung) : [];
  // Whoever was told of is no news once they have signed.
  if (letter.kind === 'handOverLate' && late.length === 0) return undefined;
  const { from, to, giverSigns, startedBy, ended, list, moved, directorAsked } = value;
  const asDirector = directorAsked?.personId === person.id && asks;
  const away = asDirector ? directorAsked?.inPlaceOf : undefined;
  const [client] = await clients.by(deps.connection, `brand:${value.brandId}`);
  const brand = client?.value.brands.find(({ id }) => id === value.brandId)?.name ?? value.brandId;
  const nameOf = await namesIn(house, [from, to, giverSigns, startedBy, ended?.by, away, ...late]);
  const text = letterTexts[letter.kind];
  const values = {
    from: nameOf(from),
    to: nameOf(to),
    by: nameOf(ended?.by ?? startedBy),
    giver: nameOf(giverSigns),
    waiting: late.map(nameOf).join(say({ zh: '、', en: ', ' })),
  };
  const jobs = list.filter(({ kind }) => kind === 'job').length;
  const desks = list.reduce((sum, line) => sum + line.desks.length, 0);
  const count: Words = moved
    ? {
        zh: `${moved.jobs} 项工作，${moved.cases} 个会议或记录`,
        en: `Jobs: ${moved.jobs}, meetings or minutes: ${moved.cases}`,
      }
    : { zh: `${jobs} 项工作，${desks} 个打开的步骤`, en: `Jobs: ${jobs}, open steps: ${desks}` };
  const words = bodyText(ended?.words ?? value.words);
  const grantId = asks ? await grantFor(deps, letter, person) : undefined;
  return {
    ...plain,
    job: say({ zh: '品牌交接', en: 'Hand-over' }),
    about: headerText(brand),
    title: say(text.title, values),
    lead: say(text.lead, values),
    facts: [
      { label: say({ zh: '由', en: 'From' }), value: nameOf(from) },
      { label: say({ zh: '交给', en: 'To' }), value: nameOf(to), weight: 'strong' },
      { label: say({ zh: '内容', en: 'What' }), value: say(count) },
      ...(giverSigns === from
        ? []
        : [{ label: say({ zh: '代签', en: 'Signs for the giver' }), value: nameOf(giverSigns) }]),
      ...(away === undefined ? [] : [{ label: say({ zh: '代谁签', en: 'In place of' }), value: nameOf(away) }]),
    ],
    ...(words === '' ? {} : { words: { label: say({ zh: '说明', en: 'Words' }), text: words } }),
    ...(text.next === undefined ? {} : { next: say(text.next, values) }),
    button:
      grantId === undefined
        ? { label: say(text.button), href: `${deps.publicBaseUrl}/admin/hand-overs/${letter.entry}` }
        : { label: say(text.button), href: placeholderOf(grantId) },
    ...(grantId === undefined ? {} : { grantId }),
  };
}

/** Letters that ask somebody to sign, by a link of their own. */
const asking: ReadonlySet<HouseLetter['kind']> = new Set<HouseLetter['kind']>([
  'handOverAsked',
  'handOverDirector',
  'handOverReminder',
]);

/** Whose signatures a rung told of that are still waited for. */
function stillWaited({ waits = [] }: HandOver, rung: string | undefined): readonly string[] {
  return waits.filter(({ rungs }) => rungs.some((one) => rungName(one) === rung)).map(({ personId }) => personId);
}

/** The link of a person to one hand-over; a corrected address makes links that went to the old one worthless. */
async function grantFor(deps: MailDeps, { entry }: HouseLetter, person: Person): Promise<string> {
  const about = { circulation: handOverPurpose, step: 'sign', hash: handOverPurpose, purpose: handOverPurpose };
  const scope = { personId: person.id, processId: `handOver:${entry}`, round: person.mail.revision, ...about };
  return (await mintGrant(deps.connection, scope, deps.ring, deps.clock())).id;
}
