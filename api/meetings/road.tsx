import type { JSX } from 'preact';
import { Chain } from '../view/chain.tsx';
import { pick } from '../view/lang.ts';
import { momentInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { areMinutes } from '../../store/cases.ts';
import type { Words } from '../../domain/process.ts';
import { issueWords } from './issue-words.ts';
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

/** The stations of an issue; the client is told by mail or on the telephone. */
const issueStations = [
  { state: 'FOUND', moves: [] },
  { state: 'CLIENT_TOLD', moves: ['arrive', 'tellByPhone'] },
  { state: 'CLOSED', moves: ['close'] },
] as const;

/** Where an issue stands among its stations: what is still on its way has told nobody. */
function issueStanding(state: string): string {
  return state === 'TELLING' ? 'FOUND' : state === 'CLIENT_CALLED' ? 'CLIENT_TOLD' : state;
}

/** A station of an issue by name: as it stands or was passed, else what is still to come of it. */
function issueTitle({ state, definition, made }: CaseDesk['state'], station: string, ahead: number): Words | undefined {
  const { states } = definition;
  if (ahead === 0) return states[state]?.title;
  if (station === 'FOUND') return issueWords.found;
  if (station !== 'CLIENT_TOLD') return states[station]?.title;
  if (ahead > 0) return issueWords.toldFact;
  return states[made['tellByPhone'] === undefined ? station : 'CLIENT_CALLED']?.title;
}

/** Where a case stands: minutes as their chain of seals, a meeting as its stations. Nothing for one that was given up. */
export function Road({ desk }: { readonly desk: CaseDesk }): JSX.Element | null {
  const { state, staff, saying } = desk;
  const { lang, time } = staff;
  if (areMinutes(state))
    return state.state === 'DROPPED' ? null : <Chain seals={minutesSeals(state, lang, saying.nameOf)} lang={lang} />;
  if (state.state === 'CANCELLED' || state.state === 'WITHDRAWN') return null;
  const t = words(lang, meetingWords);
  const isIssue = state.definition.id === 'issue';
  const all: readonly { readonly state: string; readonly moves: readonly string[] }[] = isIssue
    ? issueStations
    : stations;
  // Called is announced once more: the meeting stands where its papers are.
  const standing = isIssue
    ? issueStanding(state.state)
    : state.state === 'CALLED'
      ? state.papers['F-14'] === undefined
        ? 'ANNOUNCED'
        : 'AGENDA_SENT'
      : state.state;
  const here = all.findIndex((station) => station.state === standing);
  return (
    <ol class="rung-line road" aria-label={t('road')}>
      {all.map((station, place) => {
        const made = station.moves.map((move) => state.made[move]).find((one) => one !== undefined);
        const title = isIssue
          ? issueTitle(state, station.state, place - here)
          : state.definition.states[station.state]?.title;
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
