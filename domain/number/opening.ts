import type { Zone } from '../calendar/types.ts';
import type { Instant } from '../instant.ts';
import type { Role } from '../people/roles.ts';
import { parseJobNumber } from './parse.ts';
import { checkCode } from './parts.ts';
import type { NumberProblem } from './parts.ts';

/** The year part: the year on the agency's wall calendar at the moment of opening, whatever happens later. */
export function yearOfOpening(agencyZone: Zone, openedAt: Instant): number {
  return Number(agencyZone.toLocal(openedAt).date.slice(0, 4));
}

/** Who may open a job number: the account executive; account manager and director too, as a proposal. */
export const openingRoles: readonly Role[] = ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'];

/**
 * What stands against opening a job: a person outside account service, a number it already has, a code
 * that is missing or no code. Empty when nothing does.
 */
export function checkOpening(opening: {
  readonly roles: readonly Role[];
  readonly jobNumber?: string;
  readonly brandCode: string;
  readonly lineCode: string;
}): NumberProblem[] {
  const problems: NumberProblem[] = [];
  if (!opening.roles.some((role) => openingRoles.includes(role))) {
    problems.push({ code: 'openingRole', field: 'jobNumber', rule: 'R-06' });
  }
  if (opening.jobNumber !== undefined) {
    problems.push({
      code: 'alreadyNumbered',
      field: 'jobNumber',
      params: { jobNumber: opening.jobNumber },
      rule: 'R-01',
    });
  }
  problems.push(...checkCode(opening.brandCode, 'brandCode'), ...checkCode(opening.lineCode, 'lineCode'));
  return problems;
}

/**
 * What stands against a revision order: no job number named, no such number, or another client's. `known` is what
 * the register says about the number that was named. Empty when nothing does.
 */
export function checkRevisionOrder(
  order: { readonly jobNumber: string; readonly clientId: string },
  known: { readonly jobNumber: string; readonly clientId: string } | undefined,
): NumberProblem[] {
  const field = 'jobNumber';
  const read = parseJobNumber(order.jobNumber);
  if (!read.ok && read.problem.code === 'numberEmpty') return [{ code: 'revisionNumberMissing', field, rule: 'R-05' }];
  if (!read.ok) return [{ ...read.problem, rule: 'R-05' }];
  const params = { jobNumber: read.number };
  if (known?.jobNumber !== read.number) return [{ code: 'revisionNumberUnknown', field, params, rule: 'R-05' }];
  if (known.clientId !== order.clientId) return [{ code: 'revisionOtherClient', field, params, rule: 'R-05' }];
  return [];
}
