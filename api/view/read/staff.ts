import type { Request } from 'express';
import { mintFormValue } from '../../../store/form-values.ts';
import { waitingCount } from '../../../store/waiting.ts';
import type { ApiDeps } from '../../deps.ts';
import type { SignedIn } from '../../session/identify.ts';
import { signedIn } from '../../session/identify.ts';
import { languageOf } from '../../session/language.ts';
import type { Lang } from '../lang.ts';
import type { Viewer } from '../page.tsx';
import { roleTitle } from './house.ts';

/** What every staff page needs for its frame. */
export interface Frame {
  readonly lang: Lang;
  readonly who: SignedIn;
  readonly viewer: Viewer;
  readonly deskCount: number;
  readonly signOutValue: string;
}

/** Reads the frame of a staff page: who looks, in which language, how much waits on their desk. */
export async function staffFrame(deps: Pick<ApiDeps, 'store' | 'keys' | 'clock'>, req: Request): Promise<Frame> {
  return frameAround(deps, req, await waitingCount(deps.store, signedIn(req).person.id));
}

/** The frame of a page that knows already how much waits on the viewer's desk. */
export function frameAround(deps: Pick<ApiDeps, 'keys' | 'clock'>, req: Request, waiting: number): Frame {
  const who = signedIn(req);
  const lang = languageOf(req);
  const [first] = who.person.roles;
  return {
    lang,
    who,
    viewer: { name: who.person.name, ...(first ? { title: roleTitle(first, lang) } : {}), by: 'session' },
    deskCount: waiting,
    signOutValue: mintFormValue(deps.keys.forms, { holder: who.holder, purpose: 'signOut' }, deps.clock()),
  };
}
