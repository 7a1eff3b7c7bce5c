import type { PointTable } from './definition.ts';
import { requirementBrief, strategyAgreement } from './intake.ts';
import { creativeBrief, timetable, workOrder } from './order.ts';
import { artworkQc, draftGate, proofQc } from './pieces.ts';
import { clearance, confirmation, estimate, quotationConsent } from './production.ts';
import { internalAgreement, proposalComment } from './proposal.ts';
import { revisionDirection, revisionOrder } from './revision.ts';
import { mediaPlan, mediaSchedule, researchReport } from './short-forms.ts';

/** Every approval point of a job (§4.24). */
export const points: PointTable = {
  requirementBrief,
  strategyAgreement,
  creativeBrief,
  timetable,
  workOrder,
  draftGate,
  internalAgreement,
  proposalComment,
  revisionDirection,
  revisionOrder,
  quotationConsent,
  confirmation,
  estimate,
  clearance,
  mediaPlan,
  mediaSchedule,
  researchReport,
  artworkQc,
  proofQc,
};
