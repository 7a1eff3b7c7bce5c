import { addDays } from '../../domain/calendar/dates.ts';
import { handOverWordsMax, type HandOverProblem, type WantedHandOver } from '../../domain/people/hand-over.ts';
import { roleFacts, type Role } from '../../domain/people/roles.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { pick, type Lang } from '../view/lang.ts';
import { dateInWords } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import type { HandOverBook } from './read.ts';
import { handOverWords } from './words.ts';

/** Names a job or minutes by number and title, for a sentence. */
export type NameWork = (processId: string) => string;

/** A problem as the sentence that says what to change. */
export function sayHandOver(
  problem: HandOverProblem,
  wanted: Pick<WantedHandOver, 'from' | 'to'>,
  book: HandOverBook,
  lang: Lang,
  nameWork: NameWork,
): string {
  const t = words(lang, handOverWords);
  const join = (list: readonly string[]): string => list.join(lang === 'en' ? ', ' : '、');
  const titles = (roles: readonly Role[] = []): string => join(roles.map((role) => pick(roleFacts[role].title, lang)));
  const name = (id: string): string => book.people.get(id)?.name ?? id;
  const [from, to] = [name(wanted.from), name(wanted.to)];
  const day = (at: string | undefined, back = 0): string =>
    at === undefined ? '' : dateInWords(addDays(zoneNamed(book.zone).toLocal(at).date, back), lang);
  switch (problem.code) {
    case 'notInTeam':
    case 'giverLeft':
      return t(problem.code, { name: from });
    case 'notGiversTitle':
      return t('notGiversTitle', { name: from, titles: titles(problem.roles) });
    case 'lacksTitle':
      return t('lacksTitle', { name: to, titles: titles(problem.roles) });
    case 'takerAway': {
      const ends = problem.to === undefined ? 0 : zoneNamed(book.zone).toLocal(problem.to).minutes === 0 ? -1 : 0;
      return t('takerAway', { name: to, from: day(problem.from), to: day(problem.to, ends) });
    }
    case 'teamShort':
      return t('teamShort', {
        route: problem.route === undefined ? '' : pick(problem.route.title, lang),
        steps: join((problem.steps ?? []).map(({ key }) => pick(stepWords(key), lang))),
      });
    case 'tooLong':
      return t('tooLong', { max: handOverWordsMax });
    case 'twoSteps':
      return t('twoSteps', {
        job: nameWork(problem.processId ?? ''),
        name: to,
        step: pick(stepWords(problem.step ?? ''), lang),
      });
    case 'ownWork':
      return t('ownWork', { job: nameWork(problem.processId ?? ''), name: to });
    case 'noDirector':
    case 'unknownGiver':
    case 'clientSide':
    case 'samePerson':
    case 'unknownTaker':
    case 'noTitle':
    case 'takerSignsBoth':
    case 'alreadyRunning':
    case 'factBookOld':
    case 'factBookAhead':
      return t(problem.code);
  }
}
