import type { Stay } from '../../domain/circulation/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { MailKind } from '../../domain/job/effects.ts';
import type { JobEvent } from '../../domain/job/events.ts';
import type { Words } from '../../domain/process.ts';
import type { KindFacts } from './kinds.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/**
 * Since when a desk waits for this reader, or for whoever has it: since their request was accepted. Who got it by a
 * hand-over is not told of the days it lay with somebody else.
 */
export function waitingSince(stay: Stay | undefined, personId: string): Instant | undefined {
  const own = stay?.holders.find((holder) => holder.personId === personId)?.askedAt;
  const asked = (stay?.holders ?? []).flatMap(({ askedAt }) => askedAt ?? []).sort();
  return own ?? asked[0] ?? stay?.openedAt;
}

/** What a rung says that the house's own ladder has drawn before the limit: nothing is over yet. */
const early: Readonly<Partial<Record<MailKind, Pick<KindFacts, 'title' | 'lead'>>>> = {
  remind: {
    title: w('提醒：还在等您处理', 'A reminder: still waiting for you'),
    lead: w(
      '自{since} 起，这一步在等您，期限还没有到。',
      'This step has been waiting for you since {since}; its limit is still ahead.',
    ),
  },
  escalate: {
    title: w('请留意，{step}一步还没有处理', 'For your attention: still open at {step}'),
    lead: w(
      '自{since} 起在{holder}处，期限还没有到。请留意，需要时催办、移交给别人，或与各方改期。',
      'It has been with {holder} since {since}; its limit is still ahead. Please keep an eye on it, and press, hand over or move the date where needed.',
    ),
  },
};

/** The words of a rung's mail; one that comes before the limit does not say that the limit has passed. */
export function rungFacts(
  kind: MailKind,
  facts: KindFacts,
  event: JobEvent | undefined,
  stay: Pick<Stay, 'dueAt' | 'rungs'> | undefined,
): KindFacts {
  if (event?.type !== 'rungClimbed' || stay?.dueAt === undefined) return facts;
  const rung = stay.rungs.find((one) => one.kind === event.kind && one.n === event.n);
  return rung !== undefined && rung.at < stay.dueAt ? { ...facts, ...early[kind] } : facts;
}
