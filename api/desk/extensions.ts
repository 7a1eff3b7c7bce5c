import { extensionsWaiting } from '../../store/waiting.ts';
import type { ApiDeps } from '../deps.ts';
import type { Lang } from '../view/lang.ts';
import { dateInWords } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import type { DeskCase } from './cases.ts';

/**
 * The extensions that are drafted for an account person and not laid before the client yet, the nearest delivery first;
 * each leads to the filled form.
 */
export async function extensionCards(
  { store }: Pick<ApiDeps, 'store'>,
  personId: string,
  lang: Lang,
): Promise<readonly DeskCase[]> {
  const t = words(lang, boardWords);
  return (await extensionsWaiting(store, personId)).map((job) => ({
    href: `/jobs/${encodeURIComponent(job.jobNumber ?? job._id)}/papers/F-10/edit`,
    kind: t('extension'),
    title: job.title,
    about: t('extensionOf', { date: dateInWords(job.extendsDelivery ?? '', lang) }),
    late: false,
    button: t('extensionSend'),
  }));
}
