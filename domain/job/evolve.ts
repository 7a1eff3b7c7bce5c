import { afterHold, evolveCirculation } from '../circulation/evolve.ts';
import type { CirculationEvent } from '../circulation/acts.ts';
import type { Stamp } from '../process.ts';
import type { JobEvent } from './events.ts';
import { afterHandOver } from './hand-over.ts';
import { afterRefresh } from './refresh.ts';
import type { JobState, Opinion, Piece, PieceVersion } from './state.ts';
import { afterPhase, evolveTimetable } from './timetable.ts';

/** A job nobody has asked for yet. `processId` is its workflow id. */
export function initialJobState(processId: string): JobState {
  return {
    stateVersion: 1,
    processId,
    phase: 'REQUESTED',
    phaseSince: '',
    title: '',
    clientId: '',
    brandId: '',
    lineId: '',
    brandCode: '',
    lineCode: '',
    ownerId: '',
    workTypes: [],
    important: false,
    qcRoute: 'qcSeven',
    papers: {},
    pieces: {},
    circulations: {},
    routes: {},
    proposals: [],
    opinions: [],
    revisions: [],
    seen: {},
    effects: [],
    seq: 0,
    head: { seq: 0, hash: '' },
  };
}

/** Whether a job was ever asked for. */
export function exists(state: JobState): boolean {
  return state.seq > 0;
}

/** The job after an event; also folds the read models. Total: what was once accepted can always be folded again. */
export function evolveJob(before: JobState, event: JobEvent, stamp: Stamp): JobState {
  const seen = stamp.actor.kind === 'person' ? withSeen(before.seen, stamp.commandId, stamp.seq) : before.seen;
  return change({ ...before, seq: stamp.seq, seen }, event, stamp);
}

const seenKept = 400;
const seenSlack = 100;

/**
 * Ids that were taken up, the newest some hundred: an id comes twice within minutes, or hours while a worker is away.
 * A repeat older than that meets the rules of round and step, which know it is too late.
 */
function withSeen(seen: JobState['seen'], id: string, seq: number): JobState['seen'] {
  const all = { ...seen, [id]: seq };
  const entries = Object.entries(all);
  if (entries.length <= seenKept + seenSlack) return all;
  return Object.fromEntries(entries.sort(([, a], [, b]) => Math.abs(a) - Math.abs(b)).slice(-seenKept));
}

function change(state: JobState, event: JobEvent, stamp: Stamp): JobState {
  switch (event.type) {
    case 'requested': {
      const { type: _type, by: _by, ...facts } = event;
      return { ...state, ...facts, phase: 'REQUESTED', phaseSince: stamp.at };
    }
    case 'phaseChanged':
      return {
        ...state,
        phase: event.to,
        phaseSince: stamp.at,
        ...(state.timetable ? { timetable: afterPhase(state.timetable, event.to, stamp.at) } : {}),
      };
    case 'briefingHeld':
      return { ...state, briefing: { heldAt: event.heldAt, groups: ['client', 'account', 'creative'] } };
    case 'assessed':
      return {
        ...state,
        assessment: { differs: event.differs, agreed: !event.differs, words: event.recommendation, at: stamp.at },
      };
    case 'strategyAgreed':
      return state.assessment ? { ...state, assessment: { ...state.assessment, agreed: true } } : state;
    case 'numberIssued':
      return { ...state, jobNumber: event.jobNumber, openedAt: stamp.at };
    case 'huddleHeld': {
      const contentHash = state.papers['F-04']?.facts['projectHash'];
      const { heldAt, people, objections } = event;
      return {
        ...state,
        huddle: { heldAt, people, objections, ...(typeof contentHash === 'string' ? { contentHash } : {}) },
      };
    }
    case 'paperFiled':
      return { ...state, papers: { ...state.papers, [event.paper.key]: event.paper } };
    case 'paperStatus': {
      const paper = state.papers[event.key];
      return paper ? { ...state, papers: { ...state.papers, [event.key]: { ...paper, status: event.status } } } : state;
    }
    case 'routePinned':
      return { ...state, routes: { ...state.routes, [event.key]: event.route } };
    case 'pieceAdded':
      return { ...state, pieces: { ...state.pieces, [event.piece.id]: event.piece } };
    case 'versionSubmitted':
      return atPiece(state, event.pieceId, (piece) => ({
        ...piece,
        versions: [...piece.versions.map(outdated), event.version],
      }));
    case 'pieceMoved':
      return atPiece(state, event.pieceId, (piece) => ({
        ...piece,
        state: event.state,
        ...(event.verdict === 'received' ? { receiptAt: stamp.at } : {}),
        versions: event.reopened
          ? piece.versions.map((one, index) => (index === piece.versions.length - 1 ? unjudged(one) : one))
          : event.verdict
            ? piece.versions.map((one, index) =>
                index === piece.versions.length - 1 ? { ...one, verdict: event.verdict } : one,
              )
            : piece.versions,
      }));
    case 'proposalChanged': {
      const others = state.proposals.filter((one) => one.no !== event.proposal.no);
      return { ...state, proposals: [...others, event.proposal].sort((a, b) => a.no - b.no) };
    }
    case 'opinionRecorded':
      return { ...state, opinions: [...state.opinions, event.opinion] };
    case 'opinionAnswered':
      return {
        ...state,
        opinions: state.opinions.map((one) =>
          one.id === event.opinionId ? { ...one, answer: { done: event.done, words: event.words } } : one,
        ),
      };
    case 'opinionReported':
      return afterReport(state, event, stamp.at);
    case 'meetingCalled': {
      const { type: _type, ...called } = event;
      return { ...state, meetings: { ...state.meetings, called } };
    }
    case 'meetingRecorded':
      return afterMeeting(state, event, stamp.receivedAt);
    case 'opinionWithdrawn':
      return {
        ...state,
        opinions: state.opinions.map((one) => (one.id === event.opinionId ? { ...one, withdrawn: true } : one)),
      };
    case 'revisionChanged': {
      const others = state.revisions.filter((one) => one.ordinal !== event.revision.ordinal);
      const revisions = [...others, event.revision].sort((a, b) => a.ordinal - b.ordinal);
      if (event.revision.state !== 'CONFIRMED') return { ...state, revisions };
      // What was carried out and confirmed is kept as a reminder; its full words are in the log.
      const settled = new Set(event.revision.opinionIds);
      const opinions = state.opinions.map((one) => (settled.has(one.id) ? inShort(one) : one));
      return { ...state, revisions, opinions };
    }
    case 'followUpRecorded':
      return { ...state, followUp: event.topics };
    case 'evaluated':
      return { ...state, evaluation: { strategy: event.strategy, execution: event.execution, at: stamp.at } };
    case 'sealed':
      return { ...state, sealed: { hash: event.hash, at: stamp.at } };
    case 'held':
      return { ...state, onHold: { at: stamp.at, by: event.by, words: event.words } };
    case 'resumed': {
      const { onHold, ...rest } = state;
      const circulations = Object.entries(rest.circulations).map(
        ([id, one]) => [id, onHold ? afterHold(one, onHold.at, stamp.at, stamp.seq) : one] as const,
      );
      return { ...rest, resumedAt: stamp.at, circulations: Object.fromEntries(circulations) };
    }
    case 'refreshed':
      return afterRefresh(state, event.cause, stamp);
    case 'brandHandedOver':
      return afterHandOver(state, event.cause, event.owner);
    case 'reopened': {
      const { onHold: _hold, cancelledFrom: _from, ...rest } = state;
      return { ...rest, resumedAt: stamp.at };
    }
    case 'cancelled':
      return { ...state, cancelledFrom: state.phase };
    case 'ownerChanged':
      return { ...state, ownerId: event.to };
    case 'commandRefused':
      return { ...state, seen: withSeen(state.seen, event.commandId, -stamp.seq) };
    case 'proposalHeld':
    case 'proposalRejected':
    case 'numberAsked':
    case 'directorTold':
    case 'archiveAsked':
      return state;
    case 'baselineAccepted':
    case 'timetableLook':
    case 'timetableCounted':
    case 'nodeAnnounced':
    case 'nodeReached':
    case 'stageWarned':
    case 'floatUsedUp':
    case 'extensionDrafted':
      return evolveTimetable(state, event, stamp);
    case 'circulationStarted':
      return { ...state, circulations: { ...state.circulations, [event.circulation.id]: event.circulation } };
    case 'roundOpened':
    case 'stepOpening':
    case 'stepOpened':
    case 'asked':
    case 'askedAgain':
    case 'nudged':
    case 'askFailed':
    case 'decided':
    case 'noted':
    case 'handedOver':
    case 'handOverAsked':
    case 'decisionWithdrawn':
    case 'dateMoved':
    case 'recounted':
    case 'rungClimbed':
    case 'unreachedTold':
    case 'circulationEnded':
      return atCirculation(state, event, stamp);
  }
}

function unjudged(version: PieceVersion): PieceVersion {
  const { verdict: _taken, ...rest } = version;
  return rest;
}

/** A version that a newer one followed: what it was and what became of it. The rest is in the log. */
function outdated(version: PieceVersion): PieceVersion {
  const { printedSample: _sample, lawHits: _hits, ...rest } = version;
  return version.verdict === 'released' || version.verdict === 'signed'
    ? version
    : { ...rest, verdict: version.verdict ?? 'superseded' };
}

const shortLength = 60;

/** Opinions reported to the director that the state remembers, and how much of each; in UTF-16 units. */
const reportedKept = 30;
const reportedLength = 300;

function afterReport(
  state: JobState,
  { type: _type, ...event }: Extract<JobEvent, { type: 'opinionReported' }>,
  at: string,
): JobState {
  const words = event.words.length > reportedLength ? `${event.words.slice(0, reportedLength)}…` : event.words;
  return {
    ...state,
    opinions: state.opinions.map((one) => (one.id === event.opinionId ? { ...one, important: true } : one)),
    reported: [...(state.reported ?? []), { ...event, words, at }].slice(-reportedKept),
  };
}

/** The newest meeting counts, whenever it was written down; a call whose time has come is answered by it. */
function afterMeeting(
  state: JobState,
  { type: _type, ...held }: Extract<JobEvent, { type: 'meetingRecorded' }>,
  recordedAt: string,
): JobState {
  const { last, called } = state.meetings ?? {};
  const newest = last && last.heldAt > held.heldAt ? last : held;
  const ahead = called && called.at > recordedAt ? { called } : {};
  return { ...state, meetings: { last: newest, ...ahead } };
}

/** An opinion that was settled, shrunk so that a job of many rounds stays small. */
function inShort(opinion: Opinion): Opinion {
  const cut = (text: string): string => (text.length > shortLength ? `${text.slice(0, shortLength)}…` : text);
  const { answer } = opinion;
  return {
    ...opinion,
    words: cut(opinion.words),
    ...(answer ? { answer: { ...answer, words: cut(answer.words) } } : {}),
  };
}

function atPiece(state: JobState, id: string, change: (piece: Piece) => Piece): JobState {
  const piece = state.pieces[id];
  return piece ? { ...state, pieces: { ...state.pieces, [id]: change(piece) } } : state;
}

function atCirculation(
  state: JobState,
  event: Exclude<CirculationEvent, { type: 'circulationStarted' }>,
  stamp: Stamp,
): JobState {
  const circulation = state.circulations[event.circulation];
  const route = circulation && state.routes[circulation.route];
  if (!circulation || !route) return state;
  return {
    ...state,
    circulations: { ...state.circulations, [circulation.id]: evolveCirculation(circulation, route, event, stamp) },
  };
}
