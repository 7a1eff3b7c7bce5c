import type { Ladder, LadderRecipient } from '../calendar/ladders.ts';
import { ladders, usualCopy, type StepTimes } from '../circulation/step-times.ts';
import type { RouteStep, Rung } from '../circulation/types.ts';
import { compareInstants } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { waitedFor, type HandOver, type HandOverPart, type HandOverWait } from './hand-over.ts';
import { isAbsent, type HoldingContext } from './holders.ts';
import { holdersOfPosition } from './positions.ts';

/** What the signatures under a hand-over are as a route, for the ladder that the house has drawn for internal signatures (§7.3). */
export const handOverRoute = 'handOver';

/** A signature under a hand-over as a step: from it come the ladder that watches it and the people its rungs tell. */
export function signingStep({ roles }: Pick<HandOver, 'roles'>, part: HandOverPart): RouteStep {
  return {
    key: part,
    role: part === 'director' ? 'ACCOUNT_DIRECTOR' : (roles[0] ?? 'ACCOUNT_EXECUTIVE'),
    alsoRoles: [],
    side: 'agency',
    after: part === 'director' ? ['giver', 'taker'] : [],
    act: 'confirm',
    meaning: { zh: '交接清单已核对。', en: 'The hand-over list is checked.' },
    rule: { kind: 'one' },
    noes: ['refuse'],
    optional: false,
    checklist: [],
    ladder: 'internalSignature',
  };
}

/** Counts a ladder from a moment by the hours of whoever is to sign; undefined where no working time lies ahead. */
export type CountSignature = (ladder: Ladder, personId: string, from: Instant) => StepTimes | undefined;

/**
 * A hand-over with the clocks it should have at a moment (M-22): one begins where a signature is newly waited for and
 * ends where it is given or somebody else is asked. What runs is counted again, so a day that was declared closed moves
 * it; a rung that was told stays told. Twice is once.
 */
export function withClocks(value: HandOver, count: CountSignature, now: Instant): HandOver {
  const { waits: before = [], ...rest } = value;
  const waits = waitedFor(value).map(({ part, personId }): HandOverWait => {
    const known = before.find((one) => one.part === part && one.personId === personId);
    // Both are asked when it is started; a director from the moment it is their turn.
    const since = known?.since ?? (part === 'director' ? now : value.startedAt);
    const times = count(value.ladder ?? ladders[signingStep(value, part).ladder], personId, since);
    if (times === undefined) return known ?? { part, personId, since, rungs: [] };
    return {
      part,
      personId,
      since,
      dueAt: times.dueAt,
      ...(times.provisional ? { provisional: true as const } : {}),
      rungs: times.rungs.map((rung) => toldBefore(known, rung) ?? rung),
    };
  });
  return waits.length === 0 ? rest : { ...rest, waits };
}

function toldBefore(known: HandOverWait | undefined, { kind, n }: Rung): Rung | undefined {
  return known?.rungs.find((rung) => rung.kind === kind && rung.n === n && rung.firedAt !== undefined);
}

/** A rung whose moment has come, and the signature it is about. */
export interface RungDue {
  readonly wait: HandOverWait;
  readonly rung: Rung;
}

/** The rungs of a hand-over whose moment has come and that nobody was told yet. */
export function rungsDue({ waits = [] }: HandOver, now: Instant): readonly RungDue[] {
  return waits.flatMap((wait) => wait.rungs.flatMap((rung) => (isDue(rung, now) ? [{ wait, rung }] : [])));
}

function isDue({ at, firedAt }: Rung, now: Instant): boolean {
  return firedAt === undefined && compareInstants(at, now) <= 0;
}

/** The hand-over once every rung that is due was told. */
export function withRungsTold(value: HandOver, now: Instant): HandOver {
  if (value.waits === undefined) return value;
  const waits = value.waits.map((wait) => ({
    ...wait,
    rungs: wait.rungs.map((rung) => (isDue(rung, now) ? { ...rung, firedAt: now } : rung)),
  }));
  return { ...value, waits };
}

/** The name of a rung. Rungs of both signers that fall on one moment share it, so that one person gets one letter of them. */
export function rungName({ kind, n, at }: Rung): string {
  return `${kind}/${String(n)}/${at}`;
}

/**
 * Whom a rung tells (M-22), each once: the signer, then their stand-in or head beside whoever started the hand-over, the
 * account manager, the account director. Nobody is told of the own signature as somebody else's: above a director who is
 * waited for stands agency management. `context.ownerId` is who started it.
 */
export function toldOfRung(value: HandOver, { wait, rung }: RungDue, context: HoldingContext): readonly string[] {
  const step = signingStep(value, wait.part);
  const holderId = wait.personId;
  const one = (whom: LadderRecipient): string | undefined => {
    switch (whom) {
      case 'holder':
        return holderId;
      case 'ae':
      case 'clientContact':
        return holdersOfPosition('owner', context)[0];
      default:
        return aboveSigner(holdersOfPosition(whom, context, { step, holderId })[0], holderId, context);
    }
  };
  const told = [rung.whom, ...(rung.copy ?? usualCopy(rung.whom))].map(one).filter((id) => id !== undefined);
  return [...new Set(told)];
}

function aboveSigner(found: string | undefined, signer: string, context: HoldingContext): string {
  if (found !== undefined && found !== signer) return found;
  const { people, absences, at, ownerId } = context;
  const management = people.find(
    ({ id, active, side, roles }) =>
      active && side === 'agency' && id !== signer && roles.includes('MANAGEMENT') && !isAbsent(id, absences, at),
  );
  return management?.id ?? ownerId;
}

/** Whether a signature stands after the last rung of its ladder: from then on it is in the director's daily digest. */
export function standsAfterLast({ rungs }: Pick<HandOverWait, 'rungs'>): boolean {
  return rungs.length > 0 && rungs.every(({ firedAt }) => firedAt !== undefined);
}
