import type { JSX } from 'preact';
import { Chain } from '../view/chain.tsx';
import { pick } from '../view/lang.ts';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { areMinutes } from '../../store/cases.ts';
import { capital, type CaseDesk } from './read.ts';
import { minutesSeals } from './seals.ts';
import { meetingWords } from './words.ts';

/** The stations of a meeting, with the moves that lead there. */
const stations = [
  { state: 'PLANNED', moves: [] },
  { state: 'ANNOUNCED', moves: ['announce'] },
  { state: 'AGENDA_SENT', moves: ['sendAgenda'] },
  { state: 'HELD', moves: ['hold'] },
  { state: 'MINUTED', moves: ['minute'] },
] as const;

/** Where a case stands: minutes as their chain of seals, a meeting as its stations. Nothing for one that was given up. */
export function Road({ desk }: { readonly desk: CaseDesk }): JSX.Element | null {
  const { state, staff, saying } = desk;
  const { lang, time } = staff;
  if (areMinutes(state))
    return state.state === 'DROPPED' ? null : <Chain seals={minutesSeals(state, lang, saying.nameOf)} lang={lang} />;
  if (state.state === 'CANCELLED') return null;
  const t = words(lang, meetingWords);
  // Called is announced once more: the meeting stands where its papers are.
  const standing =
    state.state === 'CALLED' ? (state.papers['F-14'] === undefined ? 'ANNOUNCED' : 'AGENDA_SENT') : state.state;
  const here = stations.findIndex((station) => station.state === standing);
  return (
    <ol class="rung-line road" aria-label={t('road')}>
      {stations.map((station, place) => {
        const made = station.moves.map((move) => state.made[move]).find((one) => one !== undefined);
        const title = state.definition.states[station.state]?.title;
        const passed = place < here && (made !== undefined || station.moves.length === 0);
        const at = place === here ? state.since : made?.at;
        return (
          <li
            class={passed ? 'rung-done' : place === here ? 'rung-next' : undefined}
            aria-current={place === here ? 'step' : undefined}
          >
            <b>{title === undefined ? station.state : capital(pick(title, lang))}</b>
            <span>
              {place > here ? t('roadNext') : passed || place === here ? at && momentInWords(time, at, lang) : '–'}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
