import type { ComponentChildren, JSX } from 'preact';
import { Chip, Empty } from '../view/parts.tsx';
import type { Lang } from '../view/lang.ts';
import type { Frame } from '../view/read/staff.ts';
import { RungDots } from '../view/rungs.tsx';
import { Due } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { TimePage } from './frame.tsx';
import type { LateIssue, LateLine, LateView } from './late-model.ts';
import { timeWords } from './words.ts';

/** What is late and why: red first, then what else has stood too long, then what is due next. The first five stand in one look. */
export function LatePage({
  view,
  frame,
  children,
}: {
  view: LateView;
  frame: Frame;
  /** Lists beside it of what is late by a period of its own. */
  children?: ComponentChildren;
}): JSX.Element {
  const { lang } = view;
  const t = words(lang, timeWords);
  const late = view.lines.filter((line) => line.late);
  const next = view.lines.filter((line) => !line.late);
  return (
    <TimePage page="late" frame={frame} brand={view.brand} brands={view.brands}>
      <section aria-labelledby="late-now">
        <h2 id="late-now" class="late-head">
          {t('lateNow')} <span class={`num${view.late > 0 ? ' late' : ' muted'}`}>{view.late}</span>
        </h2>
        {late.length > 0 ? (
          <Lines lines={late} lang={lang} />
        ) : view.issues.some((one) => one.late) ? null : (
          <Empty title={t('nothingLate')}>
            <p>{t('nothingLateText')}</p>
          </Empty>
        )}
        {view.late > late.length ? <p class="muted small">{t('lateMore', { n: view.late - late.length })}</p> : null}
      </section>
      {view.issues.length > 0 ? (
        <section aria-labelledby="issues-open">
          <h2 id="issues-open" class="late-head">
            {t('issuesOpen')}{' '}
            <span class={`num${view.issues.some((one) => one.late) ? ' late' : ' muted'}`}>{view.issues.length}</span>
          </h2>
          <ol class="late-lines">
            {view.issues.map((one) => (
              <IssueLine issue={one} lang={lang} />
            ))}
          </ol>
        </section>
      ) : null}
      {children}
      {next.length > 0 ? (
        <section aria-labelledby="due-next">
          <h2 id="due-next" class="late-head">
            {t('dueNext')} <span class="num muted">{next.length}</span>
          </h2>
          <Lines lines={next} lang={lang} />
        </section>
      ) : null}
    </TimePage>
  );
}

function Lines({ lines, lang }: { lines: readonly LateLine[]; lang: Lang }): JSX.Element {
  const t = words(lang, timeWords);
  return (
    <>
      <p class="late-cols" aria-hidden="true">
        {(['job', 'atWhom', 'dueAndWhy', 'ladder'] as const).map((column) => (
          <span>{t(column)}</span>
        ))}
      </p>
      <ol class="late-lines">
        {lines.map((line) => (
          <Line line={line} lang={lang} />
        ))}
      </ol>
    </>
  );
}

function IssueLine({ issue, lang }: { issue: LateIssue; lang: Lang }): JSX.Element {
  const t = words(lang, timeWords);
  return (
    <li class={`late-line${issue.late ? ' late-line-red' : ''}`}>
      <div class="late-job">
        <p class="card-head">
          <span class="num">{issue.number ?? issue.brand}</span>
        </p>
        <h3>
          <a href={issue.href}>{issue.title}</a>
        </h3>
        <p class="small muted">
          {issue.brand} · <a href={issue.jobHref}>{issue.job}</a>
        </p>
      </div>
      <div>
        <p>
          <b>{issue.holder}</b>
        </p>
        <p class="small muted">{t('since', { when: issue.since })}</p>
      </div>
      <div>
        {issue.due === undefined ? null : (
          <p>
            <Due due={issue.due} />
          </p>
        )}
        <p class="small">{issue.standing}</p>
      </div>
    </li>
  );
}

function Line({ line, lang }: { line: LateLine; lang: Lang }): JSX.Element {
  const t = words(lang, timeWords);
  return (
    <li class={`late-line${line.late ? ' late-line-red' : ''}`}>
      <div class="late-job">
        <p class="card-head">
          <span class="num">{line.number ?? line.brand}</span>
          {line.side === 'client' ? <Chip tone="client">{t('withClient')}</Chip> : null}
        </p>
        <h3>
          <a href={line.href}>{line.title}</a>
        </h3>
        <p class="small muted">
          {line.brand}
          {line.about === undefined ? null : ` · ${line.about}`}
          {line.timeHref === undefined ? null : (
            <>
              {' · '}
              <a href={line.timeHref}>{t('whoseTime')}</a>
            </>
          )}
        </p>
      </div>
      <div>
        <p>
          <b>{line.holder}</b>
        </p>
        <p class="small">{line.step}</p>
        <p class="small muted">
          {t('since', { when: line.since })}
          {line.others > 0 ? ` · ${t('others', { n: line.others })}` : ''}
        </p>
      </div>
      <div>
        <p>
          <Due due={line.due} />
        </p>
        <p class="small">{line.why}</p>
      </div>
      <div>
        <RungDots rungs={line.rungs} />
        {line.next ? (
          <p class="small">
            <b>{t('nextRung')}</b> <span class="num">{line.next.when}</span>
            {line.next.left === '' ? null : <span class="muted"> {line.next.left}</span>}
            <br />
            {line.next.what} · {line.next.whom}
          </p>
        ) : (
          <p class="small">{t('noRung')}</p>
        )}
      </div>
    </li>
  );
}
