import type { Connection } from 'mongoose';
import { signersOf } from '../../domain/circulation/decide.ts';
import { laterOf } from '../../domain/instant.ts';
import { holdersFor, type Holding } from '../../domain/people/holders.ts';
import type { LeaveContext } from '../../domain/people/leave.ts';
import type { Absence } from '../../domain/people/types.ts';
import { openDesksOf, type AffectedStep } from '../../store/affected.ts';
import { wholeJob } from '../../store/jobs.ts';

/** An open desk that leave moves, and who would have it. */
export interface MovedDesk {
  readonly desk: AffectedStep;
  readonly goesTo: readonly Holding[];
  /** Nobody may sign there: whoever is named has to find somebody. */
  readonly caretaker: boolean;
}

/** Most desks that are looked at. */
export const shownDesks = 50;

/** Which open desks somebody's leave would move, and to whom, by the very rules that open a step; nothing is changed by asking. */
export async function leaveEffect(
  store: Connection,
  leave: Absence,
  context: LeaveContext,
): Promise<readonly MovedDesk[]> {
  const at = laterOf(leave.from, context.now);
  const moved: MovedDesk[] = [];
  for (const desk of await openDesksOf(store, leave.personId, shownDesks)) {
    const job = await wholeJob(store, desk.processId);
    const circulation = job?.state.circulations[desk.circulation];
    const step = circulation && job?.state.routes[circulation.route]?.steps.find(({ key }) => key === desk.step);
    const stay = circulation?.stays.find((one) => one.step === desk.step);
    if (!job || !circulation || !step || !stay || step.act === 'submit') continue;
    const leaving = stay.holders.find(({ personId }) => personId === leave.personId);
    const others = stay.holders.filter((holder) => holder !== leaving).map(({ personId }) => personId);
    const { holders, caretaker } = holdersFor(step, {
      team: context.teams.find(({ brandId }) => brandId === job.state.brandId) ?? {
        id: '',
        brandId: job.state.brandId,
        members: [],
        defaults: {},
      },
      people: [...context.people.values()],
      absences: [...context.absences, leave],
      at,
      clientId: job.state.clientId,
      ownerId: job.state.ownerId,
      authorId: circulation.authorId,
      signedBy: [...signersOf(circulation, desk.step), ...others],
      handed: { to: leaving?.standInFor ?? leave.personId, standIn: false },
    });
    moved.push({ desk, goesTo: holders, caretaker });
  }
  return moved;
}
