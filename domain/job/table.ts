import type { JobAct } from './acts.ts';
import { archive, cancel, changeOwner, evaluate, hold, reopen, resume, track } from './closing.ts';
import { askAgain } from './ask-again.ts';
import type { ActDefinition } from './definition.ts';
import { file, submit } from './file.ts';
import { assess, holdBriefing, openNumber, request } from './intake.ts';
import { huddle } from './order.ts';
import { addPiece, submitVersion } from './pieces.ts';
import { dropRevision, raiseRevision, rejectProposal } from './raise.ts';
import { recordFollowUp, startProduction } from './production.ts';
import { nudge } from './nudge.ts';
import { reportOpinion } from './opinions.ts';
import { callMeeting, recordMeeting } from './project-meeting.ts';
import { answerOpinion, holdProposal, prepareProposal, recordOpinion, scheduleProposal } from './proposal.ts';
import { reachNode } from './timetable.ts';

/** Every act of a person on a job beside the six verbs. */
export const acts: { readonly [T in JobAct['type']]: ActDefinition<Extract<JobAct, { type: T }>> } = {
  request,
  holdBriefing,
  assess,
  openNumber,
  huddle,
  file,
  submit,
  addPiece,
  submitVersion,
  prepareProposal,
  scheduleProposal,
  holdProposal,
  answerOpinion,
  recordOpinion,
  reportOpinion,
  callMeeting,
  recordMeeting,
  rejectProposal,
  raiseRevision,
  dropRevision,
  recordFollowUp,
  startProduction,
  reachNode,
  track,
  evaluate,
  archive,
  hold,
  resume,
  cancel,
  reopen,
  changeOwner,
  askAgain,
  nudge,
};
