import type { Connection } from 'mongoose';
import { standsAfterLast } from '../../domain/people/hand-over-clock.ts';
import type { HandOver, HandOverWait } from '../../domain/people/hand-over.ts';
import { clientOfBrand } from '../../store/clients.ts';
import { handOversAsked } from '../../store/hand-overs.ts';
import { peopleIn } from '../house.ts';
import { headerText, nameText } from '../mail/clean.ts';
import type { ListLine } from '../mail/letter.ts';
import type { MailDeps } from '../mail/parts.ts';
import { sayer } from '../mail/sheet.ts';
import { sayLimit, sayWhen } from '../mail/when.ts';
import { labels } from './words.ts';
import type { Reading } from './write.ts';

/** A hand-over that still waits for signatures after the last rung of their ladders. */
export interface StandingHandOver {
  readonly id: string;
  readonly value: HandOver;
  /** The signatures nobody is left to be told of, due first. */
  readonly waits: readonly HandOverWait[];
}

/** The hand-overs of brands that stand after the last rung, the one that was due first on top. */
export async function handOversStanding(connection: Connection): Promise<readonly StandingHandOver[]> {
  const found = (await handOversAsked(connection)).flatMap(({ id, value }): StandingHandOver[] => {
    const waits = (value.waits ?? []).filter(standsAfterLast).sort((a, b) => (due(a) < due(b) ? -1 : 1));
    return waits.length === 0 ? [] : [{ id, value, waits }];
  });
  return found.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

const due = ({ dueAt = '9999' }: HandOverWait): string => dueAt;
const place = ({ id, waits }: StandingHandOver): string => `${waits[0] ? due(waits[0]) : ''} ${id}`;

/** One line of a digest for a hand-over that stands: who has not signed, since when, and its page. */
export async function handOverLine(
  deps: MailDeps,
  { house, person, hours, now }: Reading,
  { id, value, waits }: StandingHandOver,
): Promise<ListLine> {
  const { language } = person;
  const say = sayer(language);
  const [people, client] = await Promise.all([
    peopleIn(house, [value.from, value.to, ...waits.map(({ personId }) => personId)]),
    clientOfBrand(deps.connection, value.brandId),
  ]);
  const nameOf = (personId: string): string => nameText(people.get(personId)?.name ?? personId);
  const brand = client?.brands.find((one) => one.id === value.brandId)?.name ?? value.brandId;
  const [first] = waits;
  const limit =
    first?.dueAt === undefined ? undefined : sayLimit(first.dueAt, now, first.provisional ?? false, hours, language);
  const holder = waits.map(({ personId }) => nameOf(personId)).join(say({ zh: '、', en: ', ' }));
  return {
    job: [say(labels.handOver), headerText(brand)].join(' · '),
    about: `${nameOf(value.from)} → ${nameOf(value.to)}`,
    who: [
      say(labels.with, { holder }),
      ...(first === undefined ? [] : [say(labels.since, { since: sayWhen(first.since, now, hours, language) })]),
    ].join(say(labels.both)),
    due: limit === undefined ? '' : `${limit.moment} · ${limit.left}`,
    late: limit?.over ?? false,
    link: { label: say(labels.page), href: `${deps.publicBaseUrl}/admin/hand-overs/${id}` },
  };
}
