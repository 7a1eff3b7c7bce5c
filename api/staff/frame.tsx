import type { Request } from 'express';
import type { ApiDeps } from '../deps.ts';
import type { SignedIn } from '../session/identify.ts';
import type { Lang } from '../view/lang.ts';
import { staffNav, type PageProps } from '../view/page.tsx';
import { timeFor } from '../view/read/house.ts';
import { staffFrame as readFrame } from '../view/read/staff.ts';
import type { TimeView } from '../view/time.tsx';

/** What every staff page of ours needs: who looks, in which language, at what time, and the frame around it. */
export interface Staff {
  readonly who: SignedIn;
  readonly lang: Lang;
  readonly time: TimeView;
  /** Goes into `Page` as it is. */
  readonly frame: Pick<PageProps, 'lang' | 'nav' | 'current' | 'viewer' | 'signOutValue'>;
}

/** Reads the frame of a staff page; `current` is the key of its menu entry. Throws the 401 problem when nobody is signed in. */
export async function staffFrame(deps: ApiDeps, req: Request, current?: string): Promise<Staff> {
  const [{ who, lang, viewer, deskCount, signOutValue }, time] = await Promise.all([
    readFrame(deps, req),
    timeFor(deps),
  ]);
  return {
    who,
    lang,
    time,
    frame: {
      lang,
      viewer,
      signOutValue,
      nav: staffNav(lang, deskCount),
      ...(current === undefined ? {} : { current }),
    },
  };
}
