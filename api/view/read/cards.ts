import type { JobCard } from '../../../store/board.ts';
import type { RoleFacts } from '../../../domain/people/roles.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import { phaseWords } from '../../../domain/wording/phases.ts';
import { pointWords } from '../../../domain/wording/points.ts';
import type { Seal } from '../chain.tsx';
import type { Lang } from '../lang.ts';
import { pick } from '../lang.ts';
import type { DueWords, TimeView } from '../time.tsx';
import { dueInWords } from '../time.tsx';
import type { HouseNames } from './house.ts';
import { sealsOfDesk } from './seals.ts';

/** A job as its card shows it. */
export interface CardView {
  readonly id: string;
  readonly href: string;
  readonly number?: string;
  readonly brand: string;
  readonly title: string;
  readonly seals: readonly Seal[];
  readonly holder: string;
  readonly stage: string;
  readonly due?: DueWords;
  readonly late: boolean;
  readonly withClient: boolean;
  readonly onHold: boolean;
  readonly important: boolean;
}

/** The words of an approval point; a house's own comes back as it is. */
export function pointTitle(point: string, lang: Lang): string {
  const table: Readonly<Record<string, { zh: string; en: string }>> = pointWords;
  const known = Object.hasOwn(table, point) ? table[point] : undefined;
  return known ? pick(known, lang) : point;
}

/** The title of a role that came out of the store as text; one this release does not know is left out. */
export function roleTitleOf(role: string, lang: Lang): string | undefined {
  const table: Readonly<Record<string, RoleFacts>> = roleFacts;
  const known = Object.hasOwn(table, role) ? table[role] : undefined;
  return known ? pick(known.title, lang) : undefined;
}

/** Makes the card of a job: the desk that is due first speaks for it; without one, its phase and its owner do. */
export function cardView(row: JobCard, names: HouseNames, time: TimeView, lang: Lang): CardView {
  const desk = row.waiting.find(({ dueAt }) => dueAt === row.dueAt) ?? row.waiting[0];
  const role = desk ? roleTitleOf(desk.role, lang) : undefined;
  const due = row.dueAt ? dueInWords(time, row.dueAt, lang, desk?.provisional) : undefined;
  return {
    id: row._id,
    href: `/jobs/${encodeURIComponent(row.jobNumber ?? row._id)}`,
    ...(row.jobNumber ? { number: row.jobNumber } : {}),
    brand: names.brand(row.brandId),
    title: row.title,
    seals: desk ? sealsOfDesk(desk, lang) : [],
    holder:
      desk && desk.holders.length > 0
        ? desk.holders.map(names.person).join(lang === 'en' ? ', ' : '、')
        : names.person(row.ownerId),
    stage: desk ? [pointTitle(desk.point, lang), role].filter(Boolean).join(' · ') : pick(phaseWords[row.phase], lang),
    ...(due ? { due } : {}),
    late: row.dueAt !== undefined && row.dueAt < time.now,
    withClient: row.withClient,
    onHold: row.onHold,
    important: row.important,
  };
}
