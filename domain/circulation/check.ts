import type { Role } from '../people/roles.ts';
import { roleFacts } from '../people/roles.ts';
import type { Route, RouteStep, StepKey } from './types.ts';

/** What is wrong with a route, with the step it is about. */
export interface RouteProblem {
  readonly code:
    | 'NO_STEPS'
    | 'STEP_TWICE'
    | 'UNKNOWN_STEP'
    | 'CYCLE'
    | 'NO_SUBMISSION'
    | 'SUBMISSION_NOT_FIRST'
    | 'CLIENT_BEFORE_AGENCY'
    | 'SIDE_AND_ROLE'
    | 'BAD_RULE'
    | 'NO_WITHOUT_WAY_BACK'
    | 'OPTIONAL_CLIENT'
    | 'OPTIONAL_SUBMISSION';
  readonly step?: StepKey;
}

/** All steps that must be passed before this one, directly or not. */
export function stepsBefore(route: Route, key: StepKey): ReadonlySet<StepKey> {
  const found = new Set<StepKey>();
  const visit = (one: StepKey): void => {
    for (const before of route.steps.find((step) => step.key === one)?.after ?? []) {
      if (!found.has(before)) {
        found.add(before);
        visit(before);
      }
    }
  };
  visit(key);
  return found;
}

/** All steps that wait for this one, directly or not. */
export function stepsBehind(route: Route, key: StepKey): readonly RouteStep[] {
  return route.steps.filter((step) => stepsBefore(route, step.key).has(key));
}

/** The titles that may sign at a step. */
export function titlesOf(step: RouteStep): readonly Role[] {
  return [step.role, ...step.alsoRoles];
}

/**
 * Whether a route holds together. The interlock "nothing to the client before the agency's signatures" is checked here,
 * in the core: a client's step must come behind every agency step. Only an agency's receipt may wait
 * for the client, and a paper the client wrote itself starts with the client. An empty list means the route is good.
 */
export function checkRoute(route: Route): readonly RouteProblem[] {
  const problems: RouteProblem[] = [];
  const keys = route.steps.map((step) => step.key);
  if (keys.length === 0) return [{ code: 'NO_STEPS' }];
  for (const step of route.steps) {
    if (keys.filter((key) => key === step.key).length > 1) problems.push({ code: 'STEP_TWICE', step: step.key });
    if (step.after.some((key) => !keys.includes(key))) problems.push({ code: 'UNKNOWN_STEP', step: step.key });
    if (stepsBefore(route, step.key).has(step.key)) problems.push({ code: 'CYCLE', step: step.key });
    if (titlesOf(step).some((role) => roleFacts[role].side !== step.side))
      problems.push({ code: 'SIDE_AND_ROLE', step: step.key });
    if (step.rule.kind === 'some' && (!Number.isInteger(step.rule.n) || step.rule.n < 1))
      problems.push({ code: 'BAD_RULE', step: step.key });
    if (step.act === 'submit' && step.noes.length > 0) problems.push({ code: 'NO_WITHOUT_WAY_BACK', step: step.key });
    if (step.optional && step.side === 'client') problems.push({ code: 'OPTIONAL_CLIENT', step: step.key });
    if (step.optional && step.act === 'submit') problems.push({ code: 'OPTIONAL_SUBMISSION', step: step.key });
    if (step.act === 'submit' && step.after.length > 0) problems.push({ code: 'SUBMISSION_NOT_FIRST', step: step.key });
  }
  const submissions = route.steps.filter((step) => step.act === 'submit');
  if (submissions.length !== 1) problems.push({ code: 'NO_SUBMISSION' });
  const opening = route.steps.filter((step) => step.after.length === 0);
  if (submissions.length === 1 && opening.length !== 1) problems.push({ code: 'SUBMISSION_NOT_FIRST' });
  if (problems.length > 0) return problems;
  for (const client of route.steps.filter((step) => step.side === 'client' && step.act !== 'submit')) {
    const before = stepsBefore(route, client.key);
    const open = route.steps.some(
      (step) =>
        step.side === 'agency' &&
        !before.has(step.key) &&
        !(step.act === 'receipt' && stepsBefore(route, step.key).has(client.key)),
    );
    if (open) problems.push({ code: 'CLIENT_BEFORE_AGENCY', step: client.key });
  }
  return problems;
}
