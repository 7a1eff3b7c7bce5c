import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JobState } from '../../domain/job/state.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Words } from '../../domain/process.ts';
import { circulationWords } from '../../domain/wording/points.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import type { WrittenMail } from '../../store/outbox.ts';
import type { StepRow } from '../../store/steps.ts';
import type { HouseNow } from '../house.ts';
import { peopleIn } from '../house.ts';
import { headerText, nameText } from '../mail/clean.ts';
import type { LetterList, ListLine } from '../mail/letter.ts';
import { placeholderOf } from '../mail/letter.ts';
import type { MailDeps } from '../mail/parts.ts';
import { sayer } from '../mail/sheet.ts';
import { sayLimit, sayWhen } from '../mail/when.ts';
import { writeLists } from '../mail/write.ts';
import { kindOfCase } from '../../store/cases.ts';
import { caseLine } from './cases-told.ts';
import { decidedLines } from './decisions-told.ts';
import type { Told } from './gather.ts';
import { handOverLine } from './hand-overs-told.ts';
import { meetingLine } from './meetings-told.ts';
import { jobsNow } from './parts.ts';
import { warningLine } from './timetable-told.ts';
import { labels, order, parts, type PartName, type StepPart } from './words.ts';

/** What a digest is written with. */
export interface Reading {
  readonly house: HouseNow;
  readonly person: Person;
  /** The hours its reader works. */
  readonly hours: Calendar;
  readonly now: Instant;
}

/** A part of a digest before its words: how many things it is, the lines a mail can bear, and who answers for those. */
interface Part {
  readonly n: number;
  readonly lines: readonly ListLine[];
  readonly ownerIds: readonly string[];
}

/**
 * Writes a digest of several things: each part in its order, so many lines of it as a mail can bear, and how many more
 * there are with the way to them.
 */
export async function writeDigest(deps: MailDeps, reading: Reading, told: Told): Promise<WrittenMail> {
  const { house, person, hours, now } = reading;
  const say = sayer(person.language);
  const found = new Map<PartName, Part>();
  for (const part of order) {
    const one = await partOf(deps, reading, told, part);
    if (one.n > 0) found.set(part, one);
  }
  const lists = [...found].map(([part, { n, lines }]): LetterList => {
    const { count: title, lead } = parts[part];
    const more = n - lines.length;
    return {
      title: say(title, { n }),
      lead: say(lead),
      lines,
      ...(more === 0 ? {} : { more: moreOf(deps, person, part, more) }),
    };
  });
  const count = [...found].map(([part, { n }]) => say(parts[part].count, { n })).join(say(labels.both));
  const owners = new Set([...found.values()].flatMap(({ ownerIds }) => ownerIds));
  const [ownerId = ''] = owners;
  const owner = owners.size === 1 ? (await peopleIn(house, [ownerId])).get(ownerId) : undefined;
  return writeLists(lists, count, {
    to: person,
    ...(owner?.active === true && owner.id !== person.id ? { ae: owner } : {}),
    agency: deps.agencyName,
    date: now,
    zone: hours.zone,
  });
}

async function partOf(deps: MailDeps, reading: Reading, told: Told, part: PartName): Promise<Part> {
  const { most } = parts[part];
  switch (part) {
    case 'issues':
    case 'cases':
    case 'entries': {
      const theirs = told.cases.filter(({ row }) => partOfCase(row.processId) === part);
      const shown = theirs.slice(0, most);
      const lines = await Promise.all(shown.map((one) => caseLine(deps, reading, one)));
      return { n: theirs.length, lines, ownerIds: shown.map(({ point }) => point.state.ownerId) };
    }
    case 'timetable': {
      const shown = told.timetable.slice(0, most);
      const lines = await Promise.all(shown.map((one) => warningLine(deps, reading, one)));
      return { n: told.timetable.length, lines, ownerIds: shown.map(({ state }) => state.ownerId) };
    }
    case 'meetings': {
      const shown = told.meetings.slice(0, most);
      const lines = shown.map((one) => meetingLine(deps, reading, one));
      return { n: told.meetings.length, lines, ownerIds: shown.map(({ state }) => state.ownerId) };
    }
    case 'decided': {
      const { decided = [] } = told;
      const shown = decided.slice(0, most);
      const lines = await decidedLines(deps.publicBaseUrl, reading, shown);
      return { n: decided.length, lines, ownerIds: shown.flatMap(({ steps }) => steps.map(({ ownerId }) => ownerId)) };
    }
    case 'handOvers': {
      const shown = told.handOvers.slice(0, most);
      const lines = await Promise.all(shown.map((one) => handOverLine(deps, reading, one)));
      return { n: told.handOvers.length, lines, ownerIds: shown.map(({ value }) => value.startedBy) };
    }
    default: {
      const shown = told.steps[part].slice(0, most);
      const lines = await stepLines(deps, reading, part, shown);
      return { n: told.steps[part].length, lines, ownerIds: shown.map(({ ownerId }) => ownerId) };
    }
  }
}

/** The part in which reminders of a case stand. */
function partOfCase(processId: string): 'issues' | 'cases' | 'entries' {
  switch (kindOfCase(processId)) {
    case 'issue':
      return 'issues';
    case 'schedule':
      return 'entries';
    case 'meeting':
    case 'minutes':
      return 'cases';
  }
}

async function stepLines(
  deps: MailDeps,
  reading: Reading,
  part: StepPart,
  steps: readonly StepRow[],
): Promise<readonly ListLine[]> {
  const [states, people] = await Promise.all([
    // As they stand now, for the names of their pieces.
    jobsNow(
      reading.house.connection,
      steps.map(({ processId }) => processId),
    ),
    peopleIn(
      reading.house,
      steps.flatMap(({ holders }) => holders),
    ),
  ]);
  const nameOf = (id: string): string => nameText(people.get(id)?.name ?? id);
  return steps.map((step) => lineOf(deps, reading, { step, state: states.get(step.processId), part, nameOf }));
}

interface Line {
  readonly step: StepRow;
  readonly state: JobState | undefined;
  readonly part: StepPart;
  readonly nameOf: (id: string) => string;
}

function lineOf(deps: MailDeps, { person, hours, now }: Reading, { step, state, part, nameOf }: Line): ListLine {
  const { language } = person;
  const say = sayer(language);
  const about = state?.circulations[step.circulation]?.about;
  const piece = about?.kind === 'piece' ? state?.pieces[about.pieceId]?.name : undefined;
  const what = say(circulationWords(step.point));
  const due = step.dueAt === undefined ? undefined : sayLimit(step.dueAt, now, step.provisional, hours, language);
  const lies = step.askedAt ?? step.openedAt;
  const since = lies === undefined ? undefined : sayWhen(lies, now, hours, language);
  const holder = step.holders.map(nameOf).join(say({ zh: '、', en: ', ' }));
  const who = [
    ...(part === 'waiting' || holder === '' ? [] : [say(labels.with, { holder })]),
    ...(since === undefined ? [] : [say(labels.since, { since })]),
  ].join(say(labels.both));
  return {
    job: [step.jobNumber, headerText(step.title)].filter((one) => one !== undefined).join(' · '),
    about: [...(piece === undefined ? [] : [headerText(piece)]), what, say(stepWords(step.step))].join(' · '),
    who,
    due: due === undefined ? '' : `${due.moment} · ${due.left}`,
    late: due?.over ?? false,
    ...linkOf(deps, person, step, part),
  };
}

/** The reader's own step opens by their own link; what lies with others is looked at on the page of the job. */
function linkOf(deps: MailDeps, person: Person, step: StepRow, part: StepPart): Pick<ListLine, 'link' | 'grantId'> {
  const say = sayer(person.language);
  const grantId = part === 'waiting' ? step.grantIds[step.holders.indexOf(person.id)] : undefined;
  if (grantId !== undefined) return { link: { label: say(labels.open), href: placeholderOf(grantId) }, grantId };
  if (person.side !== 'agency') return {};
  return { link: { label: say(labels.job), href: `${deps.publicBaseUrl}/jobs/${step.processId}` } };
}

function moreOf(deps: MailDeps, person: Person, part: PartName, n: number): LetterList['more'] {
  const say = sayer(person.language);
  if (person.side !== 'agency') return { text: say(labels.moreClient, { n }) };
  const to = (text: Words, label: Words, path: string): LetterList['more'] => ({
    text: say(text, { n }),
    link: { label: say(label), href: `${deps.publicBaseUrl}${path}` },
  });
  switch (part) {
    case 'waiting':
    case 'entries':
      return to(labels.moreDesk, labels.desk, '/desk');
    case 'issues':
    case 'cases':
      return to(labels.moreCases, labels.meetings, '/meetings');
    case 'timetable':
      return { text: say(labels.moreTimetable, { n }) };
    case 'meetings':
      return to(labels.moreMeetings, labels.late, '/late');
    case 'handOvers':
      return to(labels.moreHandOvers, labels.late, '/late');
    case 'decided':
      return to(labels.moreDecided, labels.board, '/board');
    case 'escalated':
    case 'standing':
      return to(labels.moreLate, labels.late, '/late');
  }
}
