import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import { addMs } from '../domain/instant.ts';
import { correctionPoint } from '../domain/job/correction.ts';
import { answersOf, type AskedMinutes, type AskedStay, type PersonAnswers } from '../domain/time-kept/answers.ts';
import type { BrandScope } from './board.ts';
import { inScope } from './board.ts';
import type { CaseRow } from './cases.ts';
import { areMinutes, caseTable, pointOf } from './cases.ts';
import { shortMemory } from './short-memory.ts';
import { mostStays } from './spent.ts';
import { stepTable, type StepRow } from './steps.ts';
import { op } from './table.ts';

const dayMs = 86_400_000;
/** Minutes looked at at most; of more the newest are. */
const mostMinutes = 2_000;
/** How old an answer may be that is shown; milliseconds. */
const oldestMs = 60_000;

const memory = shortMemory<readonly PersonAnswers[]>(oldestMs);

/** How people answered what they were asked in the last `days`; an answer may be a minute old. */
export async function answersLately(
  connection: Connection,
  query: { readonly scope: BrandScope; readonly now: Instant; readonly days: number },
): Promise<readonly PersonAnswers[]> {
  const { scope, now, days } = query;
  if (scope !== 'all' && scope.length === 0) return [];
  const from = addMs(now, -days * dayMs);
  return memory(connection, `${String(days)} ${JSON.stringify(scope)}`, now, async () => {
    const [steps, cases] = await Promise.all([
      stepTable(connection)
        .find(
          // A correction is not answered at its desk: the order that goes round again is the answer.
          { open: false, closedAt: op({ $gte: from }), point: op({ $ne: correctionPoint }), ...inScope(scope) },
          { side: 1, holders: 1, decidedBy: 1, askedAt: 1, dueAt: 1, closedAt: 1 },
        )
        .sort({ closedAt: -1 })
        .limit(mostStays)
        .lean<StepRow[]>(),
      caseTable(connection)
        .find({ kind: 'minutes', updatedAt: op({ $gte: from }), ...inScope(scope) })
        .sort({ updatedAt: -1 })
        .limit(mostMinutes)
        .lean<CaseRow[]>(),
    ]);
    return answersOf(steps.flatMap(askedStay), cases.flatMap(askedMinutes), from);
  });
}

function askedStay({ side, holders, decidedBy, askedAt, dueAt, closedAt }: StepRow): readonly AskedStay[] {
  // Nobody owes an answer to a question that never reached them.
  if (askedAt === undefined || closedAt === undefined) return [];
  return [{ side, holders, decidedBy, closedAt, ...(dueAt === undefined ? {} : { dueAt }) }];
}

function askedMinutes(row: CaseRow): readonly AskedMinutes[] {
  const { state } = pointOf(row);
  return areMinutes(state) ? [{ confirmers: state.parts['confirmer'] ?? [], verdicts: state.verdicts }] : [];
}
