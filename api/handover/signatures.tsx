import type { JSX } from 'preact';
import type { DirectorNeed } from '../../domain/people/hand-over-director.ts';
import type { HandOver, HandOverSignature } from '../../domain/people/hand-over.ts';
import { Chip, Facts, Sheet } from '../view/parts.tsx';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { HandOverLadders } from './ladder.tsx';
import type { HandOverSaying } from './saying.ts';
import { handOverWords } from './words.ts';

function signatureWords(
  value: HandOver,
  signature: HandOverSignature | undefined,
  waits: string,
  { lang, time, nameOf }: HandOverSaying,
): JSX.Element | string {
  const t = words(lang, handOverWords);
  const left = nameOf(value.from);
  if (signature === undefined) {
    const who = nameOf(waits);
    if (value.state !== 'asked') return '–';
    const inPlace = waits === value.giverSigns && waits !== value.from && waits !== value.to;
    return <Chip>{inPlace ? t('waitsInPlace', { name: who, left }) : t('waitsFor', { name: who })}</Chip>;
  }
  const [name, when] = [nameOf(signature.by), momentInWords(time, signature.at, lang)];
  return signature.inPlaceOf === undefined
    ? t('signedAt', { name, when })
    : t('inPlaceOf', { name, left: nameOf(signature.inPlaceOf), when });
}

/** The signature as account director: whose it is or will be, and what it waits for. */
function directorWords(
  value: HandOver,
  need: DirectorNeed | undefined,
  saying: HandOverSaying,
): JSX.Element | string | undefined {
  const { lang, time, nameOf } = saying;
  const t = words(lang, handOverWords);
  const { director, directorAsked: asked } = value;
  if (director) {
    const [name, when] = [nameOf(director.by), momentInWords(time, director.at, lang)];
    return director.inPlaceOf === undefined
      ? t('signedAt', { name, when })
      : t('directorFor', { name, away: nameOf(director.inPlaceOf), when });
  }
  if (value.state !== 'asked') return undefined;
  if (asked === undefined) return directorNeedWords(need, saying);
  const name = nameOf(asked.personId);
  return (
    <Chip>
      {asked.inPlaceOf === undefined
        ? t('waitsFor', { name })
        : t('waitsForAway', { name, away: nameOf(asked.inPlaceOf) })}
    </Chip>
  );
}

/** Who is going to sign as account director, in words; nothing where that is not known. */
export function directorNeedWords(
  need: DirectorNeed | undefined,
  { lang, nameOf }: Pick<HandOverSaying, 'lang' | 'nameOf'>,
): string | undefined {
  const t = words(lang, handOverWords);
  switch (need?.kind) {
    case 'own':
      return t('directorIsOne', { name: nameOf(need.personId) });
    case 'asked':
      return need.inPlaceOf === undefined
        ? t('directorThen', { name: nameOf(need.personId) })
        : t('directorThenAway', { name: nameOf(need.personId), away: nameOf(need.inPlaceOf) });
    default:
      return undefined;
  }
}

/** Who has signed a hand-over, who is waited for with what reminds them, and who comes after that (F-57, M-22). */
export function HandOverSignatures({
  value,
  director,
  saying,
}: {
  value: HandOver;
  /** Whose signature as account director it needs by now. */
  director: DirectorNeed | undefined;
  saying: HandOverSaying;
}): JSX.Element {
  const t = words(saying.lang, handOverWords);
  return (
    <Sheet title={t('signatures')} id="signatures">
      <Facts
        facts={[
          { label: t('giver'), value: signatureWords(value, value.giver, value.giverSigns, saying) },
          { label: t('taker'), value: signatureWords(value, value.taker, value.to, saying) },
          { label: t('accountDirector'), value: directorWords(value, director, saying) },
        ]}
      />
      <HandOverLadders value={value} saying={saying} />
    </Sheet>
  );
}
