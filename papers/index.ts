import type { FormId } from '../domain/wording/papers.ts';
import { artworkProductionOrder } from './closing/artwork-production-order.ts';
import { evaluation } from './closing/evaluation.ts';
import type { FormDefinition } from './form.ts';
import { creativeBrief } from './intake/creative-brief.ts';
import { requirementBrief } from './intake/requirement-brief.ts';
import { revisionOrder } from './intake/revision-order.ts';
import { taskSheet } from './intake/task-sheet.ts';
import { workOrder } from './intake/work-order.ts';
import { mediaBooking, mediaMasterPlan, mediaMonthlySchedule } from './media/plans.ts';
import { researchSummary } from './media/research-summary.ts';
import { agenda } from './meetings/agenda.ts';
import { clientComment } from './meetings/client-comment.ts';
import { meetingNotice } from './meetings/meeting-notice.ts';
import { minutes } from './meetings/minutes.ts';
import { phoneRecord } from './meetings/phone-record.ts';
import { estimate } from './money/estimate.ts';
import { quotation } from './money/quotation.ts';
import { confirmation } from './proposal/confirmation.ts';
import { packageReceipt } from './proposal/package-receipt.ts';
import { plan } from './proposal/plan.ts';
import { presentation } from './proposal/presentation.ts';
import { qcSheet } from './proposal/qc-sheet.ts';
import { strategyRecommendation } from './proposal/strategy-recommendation.ts';
import { issueRecord } from './service/issue-record.ts';
import { executionSchedule } from './timing/schedule.ts';
import { timetable } from './timing/timetable.ts';

/** Every paper form of the house by its id. A new form is one file and one line here. */
export const forms: Readonly<Record<FormId, FormDefinition>> = {
  'F-01': taskSheet,
  'F-03': requirementBrief,
  'F-04': workOrder,
  'F-05': creativeBrief,
  'F-08': revisionOrder,
  'F-09': artworkProductionOrder,
  'F-10': timetable,
  'F-11': executionSchedule,
  'F-13': meetingNotice,
  'F-14': agenda,
  'F-15': minutes,
  'F-16': phoneRecord,
  'F-18': clientComment,
  'F-19': plan,
  'F-20': presentation,
  'F-21': qcSheet,
  'F-22': confirmation,
  'F-23': packageReceipt,
  'F-24': strategyRecommendation,
  'F-35': quotation,
  'F-36': estimate,
  'F-45': mediaMasterPlan,
  'F-46': mediaMonthlySchedule,
  'F-47': mediaBooking,
  'F-51': researchSummary,
  'F-54': evaluation,
  'F-63': issueRecord,
};
