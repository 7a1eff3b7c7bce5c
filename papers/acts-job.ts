import * as z from 'zod';
import { moduleWordsMax } from '../domain/job/project-meeting.ts';
import { moduleStandings } from '../domain/job/state.ts';
import { workTypes } from '../domain/job/worktypes.ts';
import { formIds } from '../domain/wording/papers.ts';
import {
  checklist,
  circulationId,
  count,
  day,
  fen,
  id,
  key,
  lines,
  moment,
  people,
  sha256,
  words,
} from './acts-verbs.ts';
import { line, longText, shaped } from './text.ts';

const code = () =>
  shaped(/^[A-Z]{1,12}$/, { zh: '登记过的大写字母代码', en: 'a registered code of capital letters' }, 12, (typed) =>
    typed.trim().toUpperCase(),
  );

/** A paper from outside: which form, and its content as yet unread. The door freezes it (`freezeAct`). */
export const outsidePaper = z.strictObject({
  form: z.enum(formIds),
  content: z.record(z.string(), z.unknown()),
});

/** Approval points a person may submit to; equal to the domain's `PointId`, which a test proves. */
export const pointIds = [
  'requirementBrief',
  'strategyAgreement',
  'creativeBrief',
  'timetable',
  'workOrder',
  'draftGate',
  'internalAgreement',
  'proposalComment',
  'revisionDirection',
  'revisionOrder',
  'quotationConsent',
  'confirmation',
  'estimate',
  'clearance',
  'mediaPlan',
  'mediaSchedule',
  'researchReport',
  'artworkQc',
  'proofQc',
] as const;

const opinionSource = z.enum(['meeting', 'phone', 'mail']);
const opinionKind = z.enum(['question', 'doubt', 'rejection', 'correction']);

/** Shapes of the acts of a person on a job, with papers as they come from outside. */
export const jobSchemas = {
  request: z.strictObject({
    type: z.literal('request'),
    title: line(),
    clientId: id(),
    brandId: id(),
    lineId: id(),
    brandCode: code(),
    lineCode: code(),
    ownerId: id(),
    workTypes: z.array(z.enum(workTypes)).min(1).max(workTypes.length),
    important: z.boolean(),
    qcRoute: z.enum(['qcSeven', 'qcSix']),
    campaign: line().optional(),
    wantedDate: day().optional(),
    budgetFen: fen().optional(),
    paper: outsidePaper,
  }),
  holdBriefing: z.strictObject({
    type: z.literal('holdBriefing'),
    heldAt: moment(),
    client: people(),
    account: people(),
    creative: people(),
  }),
  assess: z.strictObject({
    type: z.literal('assess'),
    evaluation: words(),
    discussion: words(),
    study: words(),
    recommendation: words(),
    differs: z.boolean(),
  }),
  openNumber: z.strictObject({ type: z.literal('openNumber') }),
  huddle: z.strictObject({ type: z.literal('huddle'), heldAt: moment(), people: people(), objections: lines() }),
  file: z.strictObject({
    type: z.literal('file'),
    paper: outsidePaper,
    suffix: shaped(
      /^[A-Za-z0-9._-]{1,40}$/,
      { zh: '字母、数字组成的编号', en: 'letters, digits, dots and hyphens' },
      40,
    ).optional(),
  }),
  submit: z.strictObject({
    type: z.literal('submit'),
    point: z.enum(pointIds),
    paper: outsidePaper.optional(),
    notApplicable: z
      .array(z.strictObject({ step: key(), reason: longText(1_000) }))
      .max(20)
      .optional(),
    revision: count().optional(),
    with: z.array(key()).max(20).optional(),
  }),
  addPiece: z.strictObject({
    type: z.literal('addPiece'),
    pieceId: id(),
    name: line(),
    workType: z.enum(workTypes),
    specification: line(),
    needsProof: z.boolean(),
  }),
  submitVersion: z.strictObject({
    type: z.literal('submitVersion'),
    pieceId: id(),
    stage: z.enum(['DRAFT', 'FINAL_DESIGN', 'FINISHED_ARTWORK', 'PROOF']),
    hash: sha256(),
    fileNames: z.array(line(255)).min(1).max(60),
    printedSample: z.strictObject({ size: line(60), madeAt: moment() }).optional(),
    checklist: checklist().optional(),
    lawHits: lines(200).optional(),
  }),
  prepareProposal: z.strictObject({ type: z.literal('prepareProposal'), kind: z.enum(['CONCEPT', 'DETAILED']) }),
  scheduleProposal: z.strictObject({
    type: z.literal('scheduleProposal'),
    at: moment(),
    place: line(),
    participants: people(),
  }),
  holdProposal: z.strictObject({
    type: z.literal('holdProposal'),
    heldAt: moment(),
    attended: people(),
    feedback: z
      .array(z.strictObject({ kind: opinionKind, words: words(), important: z.boolean().optional() }))
      .max(100),
  }),
  answerOpinion: z.strictObject({
    type: z.literal('answerOpinion'),
    opinionId: key(),
    done: z.boolean(),
    words: words(),
  }),
  recordOpinion: z.strictObject({
    type: z.literal('recordOpinion'),
    kind: opinionKind,
    words: words(),
    from: id(),
    pieceId: id().optional(),
    source: opinionSource.optional(),
    important: z.boolean().optional(),
  }),
  reportOpinion: z.strictObject({ type: z.literal('reportOpinion'), opinionId: key() }),
  callMeeting: z.strictObject({ type: z.literal('callMeeting'), at: moment(), place: line(), people: people() }),
  recordMeeting: z.strictObject({
    type: z.literal('recordMeeting'),
    heldAt: moment(),
    people: people(),
    progress: z
      .array(
        z.strictObject({
          module: key(),
          standing: z.enum(moduleStandings),
          words: longText(moduleWordsMax).optional(),
        }),
      )
      .max(60),
  }),
  rejectProposal: z.strictObject({ type: z.literal('rejectProposal'), words: words() }),
  raiseRevision: z.strictObject({
    type: z.literal('raiseRevision'),
    from: id(),
    source: opinionSource,
    words: words().optional(),
    pieceIds: z.array(id()).max(30),
    opinionIds: z.array(key()).max(100),
    toProposal: z.boolean(),
  }),
  dropRevision: z.strictObject({ type: z.literal('dropRevision'), revision: count(), words: words() }),
  recordFollowUp: z.strictObject({
    type: z.literal('recordFollowUp'),
    shooting: words(),
    period: words(),
    productionPrice: words(),
    mediaPrice: words(),
  }),
  startProduction: z.strictObject({ type: z.literal('startProduction') }),
  reachNode: z.strictObject({ type: z.literal('reachNode'), node: line() }),
  track: z.strictObject({ type: z.literal('track') }),
  evaluate: z.strictObject({ type: z.literal('evaluate'), strategy: words(), execution: words() }),
  archive: z.strictObject({ type: z.literal('archive') }),
  hold: z.strictObject({ type: z.literal('hold'), words: words() }),
  resume: z.strictObject({ type: z.literal('resume') }),
  cancel: z.strictObject({ type: z.literal('cancel'), words: words() }),
  reopen: z.strictObject({ type: z.literal('reopen'), words: words() }),
  changeOwner: z.strictObject({ type: z.literal('changeOwner'), to: id(), words: words() }),
  nudge: z.strictObject({
    type: z.literal('nudge'),
    circulation: circulationId(),
    round: count(),
    step: key(),
    words: words().optional(),
  }),
  askAgain: z.strictObject({
    type: z.literal('askAgain'),
    circulation: circulationId(),
    round: count(),
    step: key(),
    personId: id(),
  }),
};
