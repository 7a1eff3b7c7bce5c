import type { Words } from '../process.ts';
import type { Role } from '../people/roles.ts';
import { roleFacts } from '../people/roles.ts';
import type { NoKind, Route, RouteStep, StepKey } from './types.ts';

type More = Partial<Pick<RouteStep, 'after' | 'alsoRoles' | 'noes' | 'optional' | 'checklist' | 'ladder' | 'rule'>>;

/** One desk of a route. Where a step does not say otherwise one holder signs, may return it, and waits for nobody. */
export const step = (key: StepKey, role: Role, act: RouteStep['act'], meaning: Words, more: More = {}): RouteStep => {
  const side = roleFacts[role].side === 'client' ? 'client' : 'agency';
  const back: readonly NoKind[] = act === 'submit' || act === 'receipt' ? [] : ['return'];
  return {
    key,
    role,
    alsoRoles: [],
    side,
    after: [],
    act,
    meaning,
    rule: { kind: 'one' },
    noes: back,
    optional: false,
    checklist: [],
    ladder: side === 'client' ? 'clientSignature' : 'internalSignature',
    ...more,
  };
};

/** Puts steps one behind the other, where a step does not say itself what it waits for. */
const inOrder = (steps: readonly RouteStep[]): readonly RouteStep[] =>
  steps.map((one, index) => {
    const before = steps[index - 1];
    return one.after.length > 0 || !before ? one : { ...one, after: [before.key] };
  });

/** A route of the house in its first version. */
export const route = (id: string, title: Words, steps: readonly RouteStep[]): Route => ({
  id,
  version: 1,
  title,
  steps: inOrder(steps),
});

/** Who may sign beside an account manager. */
export const aboveManager: readonly Role[] = ['ACCOUNT_DIRECTOR'];
/** Who may hold the position of the account executive (P-05). */
export const ownerTitles: readonly Role[] = ['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'];
/** Who of the client may sign beside a contact. */
export const clientTitles: readonly Role[] = ['CLIENT_LEAD', 'CLIENT_DECIDER'];

/** The submission of account service. */
export const byAccount = (zh: string, en: string): RouteStep =>
  step('submit', 'ACCOUNT_EXECUTIVE', 'submit', { zh, en }, { alsoRoles: ownerTitles });
