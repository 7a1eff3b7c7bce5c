import type { Circulation, Route, Stay } from '../../../domain/circulation/types.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import type { Seal, SealState } from '../chain.tsx';
import type { Lang } from '../lang.ts';
import { pick } from '../lang.ts';

const sealStates: Readonly<Record<Stay['state'], SealState>> = {
  waiting: 'waiting',
  opening: 'here',
  open: 'here',
  passed: 'signed',
  stopped: 'back',
  notApplicable: 'notApplicable',
  lapsed: 'waiting',
};

/** The chain of seals of a circulation's current round. */
export function sealsOf(circulation: Circulation, route: Route, lang: Lang, nameOf?: (id: string) => string): Seal[] {
  return route.steps.map((step) => {
    const stay = circulation.stays.find((one) => one.step === step.key);
    const signer = stay?.decisions.at(-1)?.personId ?? stay?.holders[0]?.personId;
    return {
      seal: roleFacts[step.role].seal,
      title: pick(roleFacts[step.role].title, lang),
      state: sealStates[stay?.state ?? 'waiting'],
      ...(signer !== undefined && nameOf ? { who: nameOf(signer) } : {}),
    };
  });
}

/**
 * The chain as a card shows it, from the desk alone: a card does not carry the whole state. Everything before the desk
 * in the standard route of its point counts as signed; no chain where the house draws that point differently.
 */
export function sealsOfDesk(desk: { readonly point: string; readonly step: string }, lang: Lang): Seal[] {
  const route = routeOfDesk(desk);
  const at = route?.steps.findIndex(({ key }) => key === desk.step) ?? -1;
  if (!route || at < 0) return [];
  return route.steps.map((step, index) => ({
    seal: roleFacts[step.role].seal,
    title: pick(roleFacts[step.role].title, lang),
    state: index < at ? 'signed' : index === at ? 'here' : 'waiting',
  }));
}

/** The standard route that a point of this name takes and that has this step. */
export function routeOfDesk(desk: { readonly point: string; readonly step: string }): Route | undefined {
  const routes: Readonly<Record<string, Route>> = standardRoutes;
  const ids =
    desk.point === 'artworkQc'
      ? ['qcSeven', 'qcSix']
      : desk.point === 'proofQc'
        ? ['proofSeven', 'proofSix']
        : [desk.point, `${desk.point}Media`];
  return ids.map((id) => routes[id]).find((route) => route?.steps.some(({ key }) => key === desk.step));
}
