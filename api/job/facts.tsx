import type { JobAnswers } from '../../domain/job/answers.ts';
import type { JobDue } from '../../domain/job/due-answer.ts';
import type { JobState } from '../../domain/job/state.ts';
import { actWords, noWords } from '../../domain/wording/acts.ts';
import { phaseWords } from '../../domain/wording/phases.ts';
import { pointWords } from '../../domain/wording/points.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { pick, type Lang } from '../view/lang.ts';
import type { Fact } from '../view/parts.tsx';
import type { HouseNames } from '../view/read/house.ts';
import { dateInWords, Due, dueInWords, momentInWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';

function isPoint(text: string): text is keyof typeof pointWords {
  return Object.hasOwn(pointWords, text);
}

/** What comes next in words: `artworkQc.copywriter` is an open step, everything else an act or a point. */
function nextInWords(next: string, lang: Lang): string {
  const [point = '', step] = next.split('.');
  const acts: Readonly<Record<string, { zh: string; en: string }>> = actWords;
  const first = isPoint(point) ? pick(pointWords[point], lang) : acts[point] ? pick(acts[point], lang) : point;
  return step === undefined ? first : `${first} · ${pick(stepWords(step), lang)}`;
}

const dueOf = {
  proposal: 'dueOfProposal',
  node: 'dueOfNode',
  stage: 'dueOfStage',
  delivery: 'dueOfDelivery',
  wanted: 'dueOfWanted',
} as const satisfies Readonly<Record<Exclude<JobDue['of'], 'step'>, keyof typeof boardWords>>;

/** By when, and what says so where it is no desk; only a desk is late. */
function dueSaid({ dueAt, due }: JobAnswers, { lang, time }: { lang: Lang; time: TimeView }): Fact['value'] {
  const t = words(lang, boardWords);
  if (dueAt !== undefined) return <Due due={dueInWords(time, dueAt, lang)} />;
  if (due === undefined || due.of === 'step') return t('noDate');
  return (
    <>
      {'date' in due ? dateInWords(due.date, lang) : momentInWords(time, due.at, lang)}
      <span class="fact-more">{t(dueOf[due.of])}</span>
    </>
  );
}

/** The seven facts on top of a job: state, since, holder, next, due, last decision, what the client wants. */
export function jobFacts(
  state: JobState,
  answers: JobAnswers,
  { lang, names, time }: { lang: Lang; names: HouseNames; time: TimeView },
): Fact[] {
  const t = words(lang, boardWords);
  const and = lang === 'en' ? ', ' : '、';
  const last = answers.lastDecision;
  const verdicts: Readonly<Record<string, { zh: string; en: string }>> = {
    sign: { zh: '签字', en: 'signed' },
    return: noWords.return.past,
    refuse: noWords.refuse.past,
    object: noWords.object.past,
  };
  return [
    { label: t('state'), value: pick(phaseWords[state.phase], lang) },
    { label: t('sinceWhen'), value: momentInWords(time, answers.since, lang) },
    {
      label: t('holder'),
      value: [...new Set(answers.holders.map(({ personId }) => names.person(personId)))].join(and),
    },
    {
      label: t('next'),
      value: answers.next
        .slice(0, 3)
        .map((one) => nextInWords(one, lang))
        .join(and),
    },
    { label: t('due'), value: dueSaid(answers, { lang, time }) },
    {
      label: t('lastDecision'),
      value: last ? (
        <>
          {names.person(last.personId)} · {pick(verdicts[last.verdict] ?? { zh: last.verdict, en: last.verdict }, lang)}
          <span class="fact-more">{momentInWords(time, last.at, lang)}</span>
        </>
      ) : (
        ''
      ),
    },
    { label: t('owner'), value: names.person(state.ownerId) },
    { label: t('wanted'), value: state.wantedDate === undefined ? '' : dateInWords(state.wantedDate, lang) },
  ];
}
