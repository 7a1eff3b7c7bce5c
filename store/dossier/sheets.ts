import type { About, Decision, Route, Stay } from '../../domain/circulation/types.ts';
import type { JobState, Piece, PieceVersion } from '../../domain/job/state.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import type { FoldEntry } from '../fold.ts';

/** A paper that nobody wrote: the service fills it in from the log when the dossier is sealed. */
export interface Sheet {
  readonly form: 'F-21' | 'F-23';
  /** The day its last signature was given. */
  readonly at: string;
  readonly piece: Piece;
  readonly version: number;
  readonly content: Readonly<Record<string, unknown>>;
}

type PieceAbout = Extract<About, { kind: 'piece' }>;

interface Given {
  readonly step: string;
  readonly decision: Pick<Decision, 'verdict' | 'personId' | 'at'> & Partial<Decision>;
}

/** One round of a piece: which version lay there, and what was decided on it, in order. */
interface Round {
  readonly about: PieceAbout;
  readonly route: Route;
  given: Given[];
}

/**
 * The QC sheet of every version that went round artwork or proof QC (R-73, R-74, R-83, P-39), and the receipt of every
 * final package, as the signatures were given, read from the log and nothing else.
 */
export function sheetsFrom(state: JobState, entries: readonly FoldEntry[]): Sheet[] {
  const rounds = roundsIn(state, entries);
  // As they were submitted: the state forgets the printed sample of a version once a newer one lies there.
  const versions = new Map(
    entries.flatMap(({ event }) =>
      event.type === 'versionSubmitted' ? [[`${event.pieceId}/${String(event.version.version)}`, event.version]] : [],
    ),
  );
  return rounds.flatMap((round) => {
    const piece = state.pieces[round.about.pieceId];
    const version = versions.get(`${round.about.pieceId}/${String(round.about.version)}`);
    const last = round.given.at(-1);
    if (piece === undefined || version === undefined || last === undefined) return [];
    const sheet = { piece, version: version.version };
    const receipt = receiptOf(state, round, version);
    return [
      { ...sheet, form: 'F-21' as const, at: last.decision.at, content: qcContent(state, round, piece, version) },
      ...(receipt === undefined ? [] : [{ ...sheet, form: 'F-23' as const, at: last.decision.at, content: receipt }]),
    ];
  });
}

const qcPoints = ['artworkQc', 'proofQc'];

function roundsIn(state: JobState, entries: readonly FoldEntry[]): Round[] {
  const rounds = new Map<string, Round>();
  const open = (id: string, no: number, about: About, authorId: string, stays: readonly Stay[], at: string): void => {
    const circulation = state.circulations[id];
    const route = circulation && state.routes[circulation.route];
    if (about.kind !== 'piece' || route === undefined || !qcPoints.includes(circulation?.point ?? '')) return;
    const given = stays.flatMap((stay): Given[] => {
      if (stay.state !== 'passed') return [];
      const decisions =
        stay.decisions.length > 0 ? stay.decisions : [{ verdict: 'sign' as const, personId: authorId, at }];
      return decisions.map((decision) => ({ step: stay.step, decision }));
    });
    rounds.set(`${id}/${String(no)}`, { about, route, given });
  };
  for (const { stamp, event } of entries) {
    switch (event.type) {
      case 'circulationStarted': {
        const { id, round, about, authorId, stays } = event.circulation;
        open(id, round, about, authorId, stays, stamp.at);
        break;
      }
      case 'roundOpened':
        open(event.circulation, event.round, event.about, event.authorId, event.stays, stamp.at);
        break;
      case 'decided':
        rounds.get(`${event.circulation}/${String(event.round)}`)?.given.push(event);
        break;
      case 'decisionWithdrawn': {
        const round = rounds.get(`${event.circulation}/${String(event.round)}`);
        if (round)
          round.given = round.given.filter((one) => one.step !== event.step || one.decision.personId !== event.by);
        break;
      }
      default:
    }
  }
  return [...rounds.values()];
}

function stepOf({ route }: Round, key: string) {
  return route.steps.find((step) => step.key === key);
}

/** The yes of the client at a step of this kind, if it was given. */
function clientYes(round: Round, act: 'confirm' | 'receipt'): Given['decision'] | undefined {
  return round.given.findLast(({ step, decision }) => {
    const known = stepOf(round, step);
    return known?.side === 'client' && known.act === act && decision.verdict === 'sign';
  })?.decision;
}

function qcContent(state: JobState, round: Round, piece: Piece, version: PieceVersion): Sheet['content'] {
  const signed = clientYes(round, 'confirm');
  const received = clientYes(round, 'receipt');
  const account = round.given.findLast(({ step }) => stepOf(round, step)?.role === 'ACCOUNT_EXECUTIVE')?.decision;
  return present({
    jobNumber: state.jobNumber,
    orderRef: paperWords(version.answers === undefined ? 'F-04' : `F-08:${version.answers}`).zh,
    kind: version.stage,
    piece: piece.id,
    version: version.version,
    checksum: version.hash,
    sampleSize: version.printedSample?.size,
    sampleMadeAt: version.printedSample?.madeAt,
    steps: round.given.map(({ step, decision }) =>
      present({
        role: stepOf(round, step)?.role,
        person: decision.personId,
        standInFor: decision.standInFor,
        verdict: decision.verdict === 'sign' ? 'sign' : 'return',
        reason: decision.reason,
        words: decision.words,
        at: decision.at,
      }),
    ),
    accountChecklist: account?.checklist,
    signer: signed?.personId,
    signedAt: signed?.at,
    receivedBy: received?.personId,
    receiptAt: received?.at,
  });
}

/** What was handed over is the version the client signed; it may be made from that moment on. */
function receiptOf(state: JobState, round: Round, version: PieceVersion): Sheet['content'] | undefined {
  const received = clientYes(round, 'receipt');
  if (received === undefined) return undefined;
  return present({
    jobNumber: state.jobNumber,
    contents: [{ piece: round.about.pieceId, version: version.version, checksum: version.hash }],
    producedBy: version.by,
    producedAt: clientYes(round, 'confirm')?.at,
    receivedBy: received.personId,
    receiptAt: received.at,
  });
}

/** The same without what is not known. */
function present(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}
