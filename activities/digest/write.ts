import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JobState } from '../../domain/job/state.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Words } from '../../domain/process.ts';
import { circulationWords } from '../../domain/wording/points.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import type { WrittenMail } from '../../store/outbox.ts';
import { jobStateTable, readState, type JobStateRow } from '../../store/jobs.ts';
import type { StepRow } from '../../store/steps.ts';
import { op } from '../../store/table.ts';
import type { HouseNow } from '../house.ts';
import { peopleIn } from '../house.ts';
import { headerText, nameText } from '../mail/clean.ts';
import type { LetterList, ListLine } from '../mail/letter.ts';
import { placeholderOf } from '../mail/letter.ts';
import type { MailDeps } from '../mail/parts.ts';
import { sayer } from '../mail/sheet.ts';
import { sayLimit, sayWhen } from '../mail/when.ts';
import { writeLists } from '../mail/write.ts';
import type { Told } from './gather.ts';
import { labels, parts, type PartName } from './words.ts';

/** What a digest is written with. */
export interface Reading {
  readonly house: HouseNow;
  readonly person: Person;
  /** The hours its reader works. */
  readonly hours: Calendar;
  readonly now: Instant;
}

const order: readonly PartName[] = ['waiting', 'escalated', 'standing'];

/**
 * Writes a digest of several things: each part in its order, so many lines of it as a mail can bear, and how many more
 * there are with the way to them.
 */
export async function writeDigest(deps: MailDeps, reading: Reading, told: Told['parts']): Promise<WrittenMail> {
  const { house, person, hours, now } = reading;
  const say = sayer(person.language);
  const shown = order.flatMap((part) => told[part].slice(0, parts[part].most));
  const [states, people] = await Promise.all([
    statesOf(house, shown),
    peopleIn(
      house,
      shown.flatMap(({ holders, ownerId }) => [...holders, ownerId]),
    ),
  ]);
  const nameOf = (id: string): string => nameText(people.get(id)?.name ?? id);
  const lists = order
    .filter((part) => told[part].length > 0)
    .map((part): LetterList => {
      const { count: title, lead, most } = parts[part];
      const steps = told[part].slice(0, most);
      const more = told[part].length - steps.length;
      return {
        title: say(title, { n: told[part].length }),
        lead: say(lead),
        lines: steps.map((step) => lineOf(deps, reading, { step, state: states.get(step.processId), part, nameOf })),
        ...(more === 0 ? {} : { more: moreOf(deps, person, part, more) }),
      };
    });
  const count = order
    .filter((part) => told[part].length > 0)
    .map((part) => say(parts[part].count, { n: told[part].length }))
    .join(say(labels.both));
  const owners = new Set(shown.map(({ ownerId }) => ownerId));
  const owner = owners.size === 1 ? people.get([...owners][0] ?? '') : undefined;
  return writeLists(lists, count, {
    to: person,
    ...(owner?.active === true && owner.id !== person.id ? { ae: owner } : {}),
    agency: deps.agencyName,
    date: now,
    zone: hours.zone,
  });
}

/** The jobs as they stand now, for the names of their pieces. */
async function statesOf(house: HouseNow, steps: readonly StepRow[]): Promise<ReadonlyMap<string, JobState>> {
  const ids = op({ $in: [...new Set(steps.map(({ processId }) => processId))] });
  const rows = await jobStateTable(house.connection).find({ _id: ids }).lean<JobStateRow[]>();
  return new Map(rows.map((row) => [row._id, readState(row)]));
}

interface Line {
  readonly step: StepRow;
  readonly state: JobState | undefined;
  readonly part: PartName;
  readonly nameOf: (id: string) => string;
}

function lineOf(deps: MailDeps, { person, hours, now }: Reading, { step, state, part, nameOf }: Line): ListLine {
  const { language } = person;
  const say = sayer(language);
  const about = state?.circulations[step.circulation]?.about;
  const piece = about?.kind === 'piece' ? state?.pieces[about.pieceId]?.name : undefined;
  const what = say(circulationWords(step.point));
  const due = step.dueAt === undefined ? undefined : sayLimit(step.dueAt, now, step.provisional, hours, language);
  const since = step.openedAt === undefined ? undefined : sayWhen(step.openedAt, now, hours, language);
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
function linkOf(deps: MailDeps, person: Person, step: StepRow, part: PartName): Pick<ListLine, 'link' | 'grantId'> {
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
  return part === 'waiting' ? to(labels.moreDesk, labels.desk, '/desk') : to(labels.moreLate, labels.late, '/late');
}
