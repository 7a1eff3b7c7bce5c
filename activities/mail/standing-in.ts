import type { MailInput } from '../../domain/job/effects.ts';
import type { Instant } from '../../domain/instant.ts';
import { absenceOf, standInNamedBy } from '../../domain/people/holders.ts';
import type { Absence, Person } from '../../domain/people/types.ts';
import type { Words } from '../../domain/process.ts';
import { absences } from '../../store/people.ts';
import type { HouseNow } from '../house.ts';
import { zoneNamed } from '../calendar/zone.ts';

/** The leave a job's owner is on, and who answers meanwhile; undefined while the owner is there. */
export interface OwnerAway {
  readonly leave: Absence;
  /** Whoever the owner named, or whom that one named; undefined at the end of the chain. */
  readonly standInId?: string;
}

/** Looks whether the owner of a job is on leave at a moment. */
export async function ownerAway(house: HouseNow, ownerId: string, at: Instant): Promise<OwnerAway | undefined> {
  const all = house.absences.complete
    ? house.absences.all
    : (await absences.all(house.connection)).map(({ value }) => value);
  const leave = absenceOf(ownerId, all, at);
  if (leave === undefined) return undefined;
  const standInId = standInNamedBy(ownerId, all, at);
  return { leave, ...(standInId === undefined ? {} : { standInId }) };
}

/** Mails to the author of a paper that tell what became of it; the owner's go to the stand-in like those to the owner. */
const toldToAuthor: ReadonlySet<MailInput['kind']> = new Set<MailInput['kind']>(['returned', 'passed']);

/** Whether a mail is for whoever answers for the job. What asks, reminds or is a receipt is one person's own. */
export function isOwnersMail({ to, kind, ownerId, authorId = ownerId }: MailInput): boolean {
  if ('personId' in to) return to.personId === ownerId && toldToAuthor.has(kind);
  return to.position === 'owner' || (to.position === 'author' && (authorId === '' || authorId === ownerId));
}

/** Why this mail comes to somebody who does not answer for the job, in one line; undefined where nothing needs saying. */
export function standingIn(
  input: MailInput,
  reader: Person,
  away: OwnerAway | undefined,
  zone: string,
  owner: string,
): Words | undefined {
  if (away === undefined || reader.id === input.ownerId || !isOwnersMail(input)) return undefined;
  const { date } = zoneNamed(zone).toLocal(away.leave.to);
  return {
    zh: `${owner}请假，${date} 回来；在此之前，负责的工作的通知寄给您。`,
    en: `${owner} is on leave, back on ${date}; until then mails for the jobs ${owner} answers for come to you.`,
  };
}
