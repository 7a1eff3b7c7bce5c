import type { JobEvent } from '../../domain/job/events.ts';
import { readEntry } from '../../domain/log/entry.ts';
import { historySentence } from '../../domain/wording/history.ts';
import type { WholeJob } from '../../store/jobs.ts';
import type { LogRow } from '../../store/log.ts';
import { wordingLang } from '../view/lang.ts';
import type { HistoryEntry } from '../view/parts.tsx';
import { dateInWords, momentInWords } from '../view/time.tsx';
import type { JobSaying } from './read.ts';

/** What of the history is shown. */
export const historyKinds = ['all', 'decisions', 'papers', 'mails'] as const;

/** One of the filters of the history. */
export type HistoryKind = (typeof historyKinds)[number];

/** The word of each filter, by its key in the board's words. */
export const historyLabels = {
  all: 'historyAll',
  decisions: 'historyDecisions',
  papers: 'historyPapers',
  mails: 'historyMails',
} as const satisfies Record<HistoryKind, string>;

const mailTypes: readonly JobEvent['type'][] = [
  'asked',
  'askFailed',
  'askedAgain',
  'nudged',
  'unreachedTold',
  'rungClimbed',
  'directorTold',
  'opinionReported',
  'meetingCalled',
  'nodeAnnounced',
  'stageWarned',
  'floatUsedUp',
  'extensionDrafted',
];

const typesOf: Readonly<Record<Exclude<HistoryKind, 'all'>, readonly JobEvent['type'][]>> = {
  decisions: [
    'decided',
    'decisionWithdrawn',
    'circulationEnded',
    'roundOpened',
    'handedOver',
    'handOverAsked',
    'noted',
    'dateMoved',
    'strategyAgreed',
    'opinionRecorded',
    'opinionAnswered',
    'opinionReported',
    'meetingRecorded',
  ],
  papers: [
    'paperFiled',
    'paperStatus',
    'pieceAdded',
    'versionSubmitted',
    'pieceMoved',
    'circulationStarted',
    'revisionChanged',
    'sealed',
  ],
  mails: mailTypes,
};

/** Reads a filter out of an address; anything else is none. */
export function historyKindOf(text: unknown): HistoryKind {
  return historyKinds.find((kind) => kind === text) ?? 'all';
}

/** The types of entry a filter asks the log for. */
export function historyTypes(kind: HistoryKind): { readonly types?: readonly string[] } {
  return kind === 'all' ? {} : { types: typesOf[kind] };
}

function eventOf(row: LogRow): JobEvent | undefined {
  // Only our own recorder writes entries, so what lies in one is an event of a job.
  return readEntry(row.body)?.event as JobEvent | undefined;
}

/** People an entry speaks about, so that their names are read with the rest. */
export function peopleInEntry(row: LogRow): string[] {
  const known = eventOf(row);
  // Leave and hand-overs name their people in what caused the entry.
  const cause = known?.type === 'brandHandedOver' || known?.type === 'refreshed' ? known.cause : {};
  const signed = known?.type === 'brandHandedOver' ? Object.values(known.cause.signed) : [];
  const event: Readonly<Record<string, unknown>> = { ...cause, ...known, signed };
  return ['personId', 'by', 'to', 'from', 'people', 'client', 'account', 'creative', 'attended', 'signed']
    .flatMap((key) => event[key])
    .filter((id) => typeof id === 'string');
}

/** An entry of the log as a line of the readable history. */
export function historyEntry(row: LogRow, job: WholeJob, { lang, names, time }: JobSaying): HistoryEntry[] {
  const event = eventOf(row);
  if (!event) return [];
  const what = historySentence(
    event,
    {
      person: (id) => {
        const person = names.people.get(id);
        const [role] = person?.roles ?? [];
        return person ? { name: person.name, ...(role ? { role } : {}) } : undefined;
      },
      piece: (id) => job.state.pieces[id]?.name,
      time: (instant) => momentInWords(time, instant, lang),
      day: (date) => dateInWords(date, lang),
    },
    wordingLang(lang),
  );
  const kind =
    event.type === 'decided'
      ? event.decision.verdict === 'sign'
        ? 'sign'
        : 'back'
      : event.type === 'phaseChanged'
        ? 'phase'
        : mailTypes.includes(event.type)
          ? 'mail'
          : 'plain';
  return [{ when: momentInWords(time, row.at, lang), instant: row.at, what, kind }];
}
