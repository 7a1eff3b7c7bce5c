import type { JSX } from 'preact';
import type { Connection } from 'mongoose';
import { signersOf } from '../../domain/circulation/decide.ts';
import { laterOf } from '../../domain/instant.ts';
import { holdersFor, type Holding } from '../../domain/people/holders.ts';
import type { LeaveContext } from '../../domain/people/leave.ts';
import type { Absence } from '../../domain/people/types.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { openDesksOf, type AffectedStep } from '../../store/affected.ts';
import { wholeJob } from '../../store/jobs.ts';
import { pick, type Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import { absenceWords } from '../leave/words.ts';

/** An open desk that leave moves, and who would have it. */
export interface MovedDesk {
  readonly desk: AffectedStep;
  readonly goesTo: readonly Holding[];
  /** Nobody may sign there: whoever is named has to find somebody. */
  readonly caretaker: boolean;
}

/** Desks that a page shows. */
const shownDesks = 50;

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

/** The preview: job, step, and who gets it with both names. */
export function LeaveEffectView({
  moved,
  nameOf,
  lang,
}: {
  moved: readonly MovedDesk[];
  nameOf: (personId: string) => string;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, absenceWords);
  if (moved.length === 0) return <p>{t('effectNone')}</p>;
  const goesTo = ({ goesTo: holders, caretaker }: MovedDesk): string => {
    const names = holders.map(({ personId, standInFor }) =>
      standInFor === undefined
        ? nameOf(personId)
        : t('forWhom', { name: nameOf(personId), absent: nameOf(standInFor) }),
    );
    const said = names.length === 0 ? t('nobody') : names.join(lang === 'en' ? ', ' : '、');
    return caretaker ? t('caretaker', { name: said }) : said;
  };
  return (
    <>
      {moved.length === shownDesks ? <p class="muted small">{t('effectFirst', { n: shownDesks })}</p> : null}
      <div class="rows-scroll" tabIndex={0} role="group" aria-label={t('effect')}>
        <table class="rows moved-table">
          <thead>
            <tr>
              <th scope="col">{t('job')}</th>
              <th scope="col">{t('step')}</th>
              <th scope="col">{t('goesTo')}</th>
            </tr>
          </thead>
          <tbody>
            {moved.map((one) => (
              <tr>
                <td data-label={t('job')}>
                  <a href={`/jobs/${one.desk.processId}`}>
                    {[one.desk.jobNumber, one.desk.title].filter(Boolean).join(' ')}
                  </a>
                </td>
                <td data-label={t('step')}>{pick(stepWords(one.desk.step), lang)}</td>
                <td data-label={t('goesTo')}>{goesTo(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
