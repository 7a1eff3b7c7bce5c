import type { Content } from '../../papers/form.ts';
import type { PersonActor } from '../../domain/process.ts';
import { isOver } from '../../domain/cases/state.ts';
import type { Entry, EntryAnswer, ScheduleState } from '../../domain/schedule/state.ts';
import { entryDesk } from '../../domain/schedule/state.ts';
import { localDateAt, openIntervals } from '../../domain/calendar/day.ts';
import { epochMsOf, type Instant } from '../../domain/instant.ts';
import { scheduleRowsOf } from '../../papers/timing/schedule.ts';
import { whyNotAct } from '../cases/read.ts';
import type { Lang } from '../view/lang.ts';
import type { Tone } from '../view/parts.tsx';
import { dueInWords, momentInWords, type DueWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { scheduleWords } from './words.ts';

/** One task of a schedule as it is shown. */
export interface EntryView {
  readonly id: string;
  readonly mark: string;
  readonly stage: string;
  readonly task: string;
  readonly standard: string;
  /** Whose it is, by name. */
  readonly who: string;
  /** Who stands in for them, while they are on leave. */
  readonly away?: string;
  readonly due: DueWords;
  /** The node lies outside the office's working hours. */
  readonly outside: boolean;
  readonly state: Entry['state'];
  readonly late: boolean;
  readonly chip: { readonly tone: Tone; readonly text: string };
  /** Who confirmed or declined it, and when. */
  readonly answered?: string;
  /** Why it was declined. */
  readonly why?: string;
  readonly done?: { readonly said: string; readonly evidence: string };
  /** What whoever looks may do about it. */
  readonly can: { readonly confirm: boolean; readonly decline: boolean; readonly report: boolean };
}

/** The id of an entry's place on its page. */
export function entryAnchor({ id }: Pick<Entry, 'id'>): string {
  return `entry-${id}`;
}

/** What is needed to show entries: who looks, in which language, at what time, and what ids are called. */
export interface EntrySaying {
  readonly lang: Lang;
  readonly time: TimeView;
  readonly nameOf: (personId: string) => string;
  readonly actor: PersonActor;
}

const tones = { asked: 'plain', confirmed: 'done', declined: 'law', done: 'done' } as const;

/** The entries of a schedule as they are shown, in the order of the paper. */
export function entryViews(
  state: ScheduleState,
  content: Content | undefined,
  saying: EntrySaying,
): readonly EntryView[] {
  const rows = scheduleRowsOf(content);
  return [...state.entries]
    .sort((a, b) => a.row - b.row)
    .map((entry) => entryView(state, entry, rows[entry.row], saying));
}

function entryView(
  state: ScheduleState,
  entry: Entry,
  row: ReturnType<typeof scheduleRowsOf>[number] | undefined,
  saying: EntrySaying,
): EntryView {
  const { lang, time, nameOf } = saying;
  const t = words(lang, scheduleWords);
  const { id, mark, owner, node, answer, done } = entry;
  const desk = entryDesk(state, entry);
  const late = entry.state !== 'done' && !isOver(state) && node < time.now;
  const names = { asked: t('asked'), confirmed: t('stateConfirmed'), declined: t('declined'), done: t('done') };
  const said =
    answer && t(entry.state === 'declined' ? 'declinedBy' : 'confirmedBy', whoAndWhen(answer, answer.at, saying));
  return {
    id,
    mark,
    stage: row?.stage ?? '',
    task: row?.task ?? id,
    standard: row?.standard ?? '',
    who: nameOf(owner),
    ...(desk === owner || entry.state === 'done' ? {} : { away: nameOf(desk) }),
    due: dueInWords(time, node, lang),
    outside: isOutside(time, node),
    state: entry.state,
    late,
    chip: late ? { tone: 'late', text: t('late') } : { tone: tones[entry.state], text: names[entry.state] },
    ...(said === undefined ? {} : { answered: said }),
    ...(answer?.words === undefined ? {} : { why: answer.words }),
    ...(done === undefined
      ? {}
      : { done: { said: t('doneBy', whoAndWhen(done, done.doneAt, saying)), evidence: done.evidence } }),
    can: canOf(state, entry, saying),
  };
}

/** Whether a moment lies outside the office's working hours; the very moment of closing is still inside. */
function isOutside({ calendar }: TimeView, at: Instant): boolean {
  const day = openIntervals(calendar, zoneNamed, localDateAt(calendar, zoneNamed, at));
  return !day.some(({ startMs, endMs }) => startMs <= epochMsOf(at) && epochMsOf(at) <= endMs);
}

function whoAndWhen(
  { by, standInFor }: Pick<EntryAnswer, 'by' | 'standInFor'>,
  at: string,
  { lang, time, nameOf }: EntrySaying,
): { readonly who: string; readonly when: string } {
  const t = words(lang, scheduleWords);
  const who = standInFor === undefined ? nameOf(by) : t('inFor', { who: nameOf(by), absent: nameOf(standInFor) });
  return { who, when: momentInWords(time, at, lang) };
}

/** What this person may do with an entry now: the schedule itself is asked, with something said where words are needed. */
function canOf(state: ScheduleState, { id: entry, mark }: Entry, { actor, time }: EntrySaying): EntryView['can'] {
  const about = { id: 'asked', actor, at: time.now };
  const may = (act: Parameters<typeof whyNotAct>[1]['act']): boolean =>
    whyNotAct(state, { ...about, act }) === undefined;
  return {
    confirm: may({ type: 'confirmEntry', entry, mark }),
    decline: may({ type: 'declineEntry', entry, mark, words: '.' }),
    report: may({ type: 'reportEntry', entry, mark, evidence: '.' }),
  };
}

/** Whether whoever looks may do anything about an entry. */
export function isMine({ can }: EntryView): boolean {
  return can.confirm || can.decline || can.report;
}
