import type { JSX } from 'preact';
import type { PersonAnswers } from '../../domain/time-kept/answers.ts';
import type { Lang } from '../view/lang.ts';
import type { Paged } from '../view/paged.ts';
import { Pagination, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { Rows, Side } from './tables.tsx';
import { timeWords } from './words.ts';

/** How one person answered, by name. */
export type AnswerLine = Omit<PersonAnswers, 'personId'> & { readonly name: string };

/** How people answered what they were asked: what was closed without an answer is an outcome of its own, and counted. */
export function AnswersTable({
  lines,
  hrefOf,
  lang,
}: {
  lines: Paged<AnswerLine>;
  hrefOf: (page: number) => string;
  lang: Lang;
}): JSX.Element | null {
  const t = words(lang, timeWords);
  if (lines.rows.length === 0) return null;
  return (
    <Sheet id="answers" title={t('answers')}>
      <p class="muted">{t('answersLead')}</p>
      <Rows
        label={t('answers')}
        heads={[
          { text: t('who') },
          { text: t('side') },
          { text: t('askedCount'), number: true },
          { text: t('answeredCount'), number: true },
          { text: t('unansweredCount'), number: true },
          { text: t('unansweredLate'), number: true },
          { text: t('deemedCount'), number: true },
        ]}
      >
        <tbody>
          {lines.rows.map((line) => (
            <tr>
              <td class="time-who">{line.name}</td>
              <td>
                <Side side={line.side} lang={lang} />
              </td>
              <td class="num time-number">{line.asked}</td>
              <td class="num time-number">{line.answered}</td>
              <td class={`num time-number${line.overdue > 0 ? ' late' : ''}`}>{line.unanswered}</td>
              <td class="num time-number">{line.overdue}</td>
              <td class="num time-number">{line.deemed}</td>
            </tr>
          ))}
        </tbody>
      </Rows>
      <Pagination page={lines.page} pages={lines.pages} hrefOf={hrefOf} lang={lang} />
    </Sheet>
  );
}
