import type { CaseDefinition, Hand, Tell } from './definition.ts';

/** The titles of account service that begin a meeting or minutes. */
export const accountService = ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'] as const;

/** Who moves a case on: whoever answers for it, or account service above. */
export const ownerOrAbove = ['owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'] as const;

/** Who has a part in a meeting, and by it in its minutes. */
export const meetingParts: CaseDefinition['parts'] = {
  confirmer: { title: { zh: '记录确认人', en: 'who confirms the minutes' }, side: 'client', most: 1 },
  reviewer: { title: { zh: '项目主管', en: 'project supervisor' }, side: 'agency', most: 1 },
  participants: { title: { zh: '与会人员', en: 'participants' }, side: 'both', optional: true },
  clientPeople: { title: { zh: '客户主要人员', en: 'main client people' }, side: 'client', optional: true },
  team: { title: { zh: '项目组成员', en: 'members of the job team' }, side: 'agency', optional: true },
};

/** A notice that tells somebody and asks nothing. */
export function tell(notice: string, ...to: readonly Hand[]): Tell {
  return { notice, to };
}
