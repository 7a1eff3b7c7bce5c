import type { JSX } from 'preact';
import { Empty, Sheet } from '../view/parts.tsx';
import type { Frame } from '../view/read/staff.ts';
import { words } from '../view/words/index.ts';
import { amount } from './amount.ts';
import { AnswersTable } from './answers.tsx';
import { BarChart } from './charts.tsx';
import { hrefOfPage, TimePage } from './frame.tsx';
import { Legend } from './picture.tsx';
import { periods, type SpentView } from './spent-read.ts';
import { Rows, Side } from './tables.tsx';
import { timeWords } from './words.ts';

/** Bars a chart draws; the table has every line. */
const drawn = 16;

/** Where time goes, per step and per client: a picture each, and its table beside it. */
export function SpentPage({ view, frame }: { view: SpentView; frame: Frame }): JSX.Element {
  const { lang } = view;
  const t = words(lang, timeWords);
  return (
    <TimePage
      page="spent"
      frame={frame}
      brand={view.brand}
      brands={view.brands}
      filter={
        <label class="filter">
          <span>{t('period')}</span>
          <select name="days">
            {periods.map((days) => (
              <option value={days} selected={days === view.days}>
                {t('lastDays', { n: days })}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {view.stays === 0 || view.steps.length === 0 ? (
        <Empty title={t('nothingSpent')}>
          <p>{t('nothingSpentText')}</p>
        </Empty>
      ) : (
        <>
          <p class="spent-lead">
            {t('spentLead', { days: view.days, n: view.stays })}
            {view.cut === undefined ? '' : ` ${t('spentCut', { n: view.cut })}`}
          </p>
          <Legend whose={['agency', 'client']} lang={lang} />
          <Sheet id="steps" title={t('spentSteps')}>
            <div class="chart-split">
              <BarChart
                label={t('spentStepsPicture')}
                rows={view.steps.slice(0, drawn).map(({ name, side, sumMs }) => ({
                  name,
                  says: amount(sumMs, lang),
                  parts: [{ kind: side, value: sumMs }],
                }))}
              />
              <StepTable view={view} />
            </div>
          </Sheet>
          <Sheet id="clients" title={t('spentClients')}>
            <div class="chart-split">
              <BarChart
                label={t('spentClientsPicture')}
                rows={view.clients.slice(0, drawn).map(({ name, agencyMs, clientMs }) => ({
                  name,
                  says: [agencyMs, clientMs]
                    .filter((ms) => ms > 0)
                    .map((ms) => amount(ms, lang))
                    .join(' · '),
                  parts: [
                    { kind: 'agency', value: agencyMs },
                    { kind: 'client', value: clientMs },
                  ],
                }))}
              />
              <ClientTable view={view} />
            </div>
          </Sheet>
        </>
      )}
      <AnswersTable
        lines={view.answers}
        hrefOf={hrefOfPage('spent', { brand: view.brand, days: view.days }, '#answers')}
        lang={lang}
      />
    </TimePage>
  );
}

function StepTable({ view }: { view: SpentView }): JSX.Element {
  const { lang } = view;
  const t = words(lang, timeWords);
  return (
    <Rows
      label={t('spentSteps')}
      heads={[
        { text: t('step') },
        { text: t('side') },
        { text: t('stays'), number: true },
        { text: t('median'), number: true },
        { text: t('longest'), number: true },
        { text: t('inAll'), number: true },
        { text: t('lateStays'), number: true },
      ]}
    >
      <tbody>
        {view.steps.map((line) => (
          <tr>
            <td>{line.name}</td>
            <td>
              <Side side={line.side} lang={lang} />
            </td>
            <td class="num time-number">{line.stays}</td>
            <td class="num time-number">{amount(line.medianMs, lang)}</td>
            <td class="num time-number">{amount(line.longestMs, lang)}</td>
            <td class="num time-number">{amount(line.sumMs, lang)}</td>
            <td class={`num time-number${line.late > 0 ? ' late' : ''}`}>{line.late}</td>
          </tr>
        ))}
      </tbody>
    </Rows>
  );
}

function ClientTable({ view }: { view: SpentView }): JSX.Element {
  const { lang } = view;
  const t = words(lang, timeWords);
  return (
    <Rows
      label={t('spentClients')}
      heads={[
        { text: t('clientName') },
        { text: t('jobs'), number: true },
        { text: t('agencyTime'), number: true },
        { text: t('clientTime'), number: true },
        { text: t('lateStays'), number: true },
      ]}
    >
      <tbody>
        {view.clients.map((line) => (
          <tr>
            <td>{line.name}</td>
            <td class="num time-number">{line.jobs}</td>
            <td class="num time-number">{amount(line.agencyMs, lang)}</td>
            <td class="num time-number">{amount(line.clientMs, lang)}</td>
            <td class={`num time-number${line.late > 0 ? ' late' : ''}`}>{line.late}</td>
          </tr>
        ))}
      </tbody>
    </Rows>
  );
}
