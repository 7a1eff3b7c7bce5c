import type { JSX } from 'preact';
import { meetingDueAt } from '../../domain/calendar/meeting-period.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import { meetingFrom } from '../../domain/job/project-meeting.ts';
import type { JobState, ModuleStanding } from '../../domain/job/state.ts';
import { workTypeFacts, workTypes } from '../../domain/job/worktypes.ts';
import { standingWords } from '../../domain/wording/states.ts';
import { pick, type Lang } from '../view/lang.ts';
import { ButtonLink, Chip } from '../view/parts.tsx';
import type { HouseNames } from '../view/read/house.ts';
import { Due, dueInWords, momentInWords, type DueWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { actHref } from './addresses.ts';

/** The internal meetings of a job as its page shows them. */
export interface MeetingsView {
  /** By when the next is to be held; absent while none is asked for. */
  readonly due?: DueWords;
  readonly called?: { readonly when: string; readonly place: string; readonly people: string };
  readonly last?: {
    readonly when: string;
    readonly people: string;
    readonly progress: readonly {
      readonly name: string;
      readonly standing: string;
      readonly tone: 'plain' | 'late' | 'done';
      readonly words?: string;
    }[];
  };
  /** Where one is called and recorded, where the reader may and the job is at it. */
  readonly callHref?: string;
  readonly recordHref?: string;
}

const toneOf: Readonly<Record<ModuleStanding, 'plain' | 'late' | 'done'>> = {
  onTrack: 'plain',
  atRisk: 'late',
  late: 'late',
  done: 'done',
};

/** What the page says of a job's internal meetings; undefined before any is asked for. */
export function meetingsView(
  state: JobState,
  saying: { readonly lang: Lang; readonly names: HouseNames; readonly time: TimeView },
  more: { readonly workingDays: number; readonly href: string; readonly may: (act: string) => boolean },
): MeetingsView | undefined {
  const { lang, names, time } = saying;
  const from = meetingFrom(state);
  const { last, called } = state.meetings ?? {};
  if (from === undefined && last === undefined) return undefined;
  const due = from === undefined ? undefined : dueOf(from, more.workingDays, time, lang);
  const inRow = (ids: readonly string[]): string => ids.map(names.person).join(lang === 'en' ? ', ' : '、');
  return {
    ...(due === undefined ? {} : { due }),
    ...(called === undefined
      ? {}
      : {
          called: {
            when: momentInWords(time, called.at, lang),
            place: called.place,
            people: inRow(called.people),
          },
        }),
    ...(last === undefined
      ? {}
      : {
          last: {
            when: momentInWords(time, last.heldAt, lang),
            people: inRow(last.people),
            progress: last.progress.map(({ module, standing, words: said }) => ({
              name: moduleName(state, module, lang),
              standing: pick(standingWords[standing], lang),
              tone: toneOf[standing],
              ...(said === undefined ? {} : { words: said }),
            })),
          },
        }),
    ...(more.may('callMeeting') ? { callHref: actHref(more.href, 'callMeeting') } : {}),
    ...(more.may('recordMeeting') ? { recordHref: actHref(more.href, 'recordMeeting') } : {}),
  };
}

function dueOf(from: string, workingDays: number, time: TimeView, lang: Lang): DueWords | undefined {
  try {
    const { at, provisional } = meetingDueAt(time.calendar, zoneNamed, from, workingDays);
    return dueInWords(time, at, lang, provisional);
  } catch (error) {
    // An office without working days ahead sets no date.
    if (error instanceof CalendarRefusal) return undefined;
    throw error;
  }
}

/** A module by name: the piece, or the kind of work. */
function moduleName(state: JobState, id: string, lang: Lang): string {
  const kind = workTypes.find((one) => id === `work-${one}`);
  return state.pieces[id]?.name ?? (kind === undefined ? id : pick(workTypeFacts[kind].title, lang));
}

/** The internal meetings of a job: when the next is due, the one that is called, and what the last said of each module. */
export function Meetings({ view, lang }: { readonly view: MeetingsView; readonly lang: Lang }): JSX.Element {
  const t = words(lang, boardWords);
  const { due, called, last, callHref, recordHref } = view;
  return (
    <>
      {due === undefined ? null : (
        <p>
          {t('nextMeeting')} <Due due={due} />
        </p>
      )}
      {called === undefined ? null : (
        <p>
          {t('meetingCalled')} <b class="num">{called.when}</b> · {called.place}
          <br />
          <span class="muted small">{called.people}</span>
        </p>
      )}
      {last === undefined ? (
        <p class="muted">{t('neverMet')}</p>
      ) : (
        <>
          <p>
            {t('lastMeeting')} <span class="num">{last.when}</span>
            <br />
            <span class="muted small">{last.people}</span>
          </p>
          <ul class="small-list">
            {last.progress.map((one) => (
              <li>
                {one.name} <Chip tone={one.tone}>{one.standing}</Chip>
                {one.words === undefined ? null : <p class="small prose">{one.words}</p>}
              </li>
            ))}
          </ul>
        </>
      )}
      {callHref === undefined && recordHref === undefined ? null : (
        <p class="actions-row">
          {callHref === undefined ? null : <ButtonLink href={callHref}>{t('callMeeting')}</ButtonLink>}
          {recordHref === undefined ? null : (
            <ButtonLink href={recordHref} kind="quiet">
              {t('recordMeeting')}
            </ButtonLink>
          )}
        </p>
      )}
    </>
  );
}
