import { handOversToSign } from '../../store/hand-overs.ts';
import { clients } from '../../store/clients.ts';
import { people } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import type { Lang } from '../view/lang.ts';
import type { DueWords, TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { dueOfWait } from './ladder.tsx';
import { handOverWords } from './words.ts';

/** A hand-over that waits for somebody's signature, as a card on their desk. */
export interface HandOverCard {
  readonly href: string;
  readonly title: string;
  readonly kind: string;
  readonly about: string;
  readonly button: string;
  readonly due?: DueWords;
  readonly late: boolean;
}

/** The hand-overs that wait for a person's signature. */
export async function handOverCards(
  { store }: Pick<ApiDeps, 'store'>,
  personId: string,
  time: TimeView,
  lang: Lang,
): Promise<readonly HandOverCard[]> {
  const waiting = await handOversToSign(store, personId);
  if (waiting.length === 0) return [];
  const t = words(lang, handOverWords);
  const [everybody, register] = await Promise.all([people.now(store), clients.all(store)]);
  const brands = register.flatMap(({ value }) => value.brands);
  const name = (id: string): string => everybody.byId.get(id)?.name ?? id;
  return waiting.map(({ id, value }) => {
    const wait = value.waits?.find((one) => one.personId === personId);
    const due = wait && dueOfWait(wait, { time, lang });
    return {
      href: `/admin/hand-overs/${id}`,
      title: t('handOverOf', { brand: brands.find((brand) => brand.id === value.brandId)?.name ?? value.brandId }),
      kind: t('handOvers'),
      about: `${name(value.from)} → ${name(value.to)}`,
      button: t('sign'),
      ...(due === undefined ? {} : { due }),
      late: due?.over ?? false,
    };
  });
}
