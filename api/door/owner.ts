import type { Connection } from 'mongoose';
import { isAccountService } from '../../domain/people/roles.ts';
import type { Problem } from '../../papers/problems.ts';
import { people } from '../../store/people.ts';

/**
 * What is wrong with whom an act makes answer for a job: R-65 wants one person of account service, and only the registers
 * know who is one and still there (S-47). Nothing for acts that name nobody.
 */
export async function ownerProblems(
  store: Connection,
  act: { readonly type: string; readonly to?: unknown },
): Promise<readonly Problem[]> {
  if (act.type !== 'changeOwner' || typeof act.to !== 'string') return [];
  const found = await people.get(store, act.to);
  const accountable = found?.value.active === true && isAccountService(found.value.roles);
  return accountable
    ? []
    : [
        {
          field: 'to',
          code: 'RULE',
          zh: '接手人应是公司在职的客户部人员（客户总监、客户经理或客户主任）（R-65）。',
          en: 'Whoever takes the job over is an active account director, manager or executive of the agency (R-65).',
        },
      ];
}
