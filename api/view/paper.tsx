import type { JSX } from 'preact';
import type { Lang } from './lang.ts';
import { langOfWords } from './lang.ts';
import { approveWords } from './words/approve.ts';
import { words } from './words/index.ts';

/** One field of a paper as it is read: a text, several, or a table. */
export interface PaperLine {
  readonly label: string;
  readonly value:
    string | readonly string[] | { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Wide fields (long texts, tables) take the whole line. */
  readonly wide?: boolean;
}

/** One difference between two versions, already in words. */
export interface ChangeLine {
  readonly label: string;
  readonly from?: string;
  readonly to?: string;
  /** An opinion of the client and what became of it. */
  readonly opinion?: 'done' | 'not' | 'open';
}

type PaperTable = Exclude<PaperLine['value'], string | readonly string[]>;

function isTable(value: PaperLine['value']): value is PaperTable {
  return typeof value === 'object' && 'columns' in value;
}

/** Above so many columns a table is no longer one: each row becomes a card, on wide screens and on paper too. */
const tableColumns = 5;

/**
 * Rows of a paper: a list where there is one column, a table that stacks on a phone, or cards of name and value where there
 * are many columns. Empty cells of a card are left out.
 */
function Rows({ table, lang }: { table: PaperTable; lang: Lang }): JSX.Element {
  const t = words(lang);
  const { columns, rows } = table;
  if (rows.length === 0) return <span class="muted">{t('none')}</span>;
  if (columns.length === 1)
    return (
      <ol class="bullets numbers">
        {rows.map(([cell = '']) => (
          <li lang={langOfWords(cell, lang)}>{cell}</li>
        ))}
      </ol>
    );
  if (columns.length > tableColumns) {
    return (
      <ol class="row-cards">
        {rows.map((row, index) => (
          <li>
            <p class="row-n num">{t('row', { n: index + 1 })}</p>
            <dl>
              {row.map((cell, place) =>
                cell === '' ? null : (
                  <div class={[...cell].length > 40 ? 'row-long' : undefined}>
                    <dt>{columns[place]}</dt>
                    <dd lang={langOfWords(cell, lang)}>{cell}</dd>
                  </div>
                ),
              )}
            </dl>
          </li>
        ))}
      </ol>
    );
  }
  return (
    <table class="rows rows-stack">
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col">{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((cell, place) => (
              <td data-label={columns[place]} lang={langOfWords(cell, lang)}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value, lang }: { value: PaperLine['value']; lang: Lang }): JSX.Element {
  if (typeof value === 'string')
    return value === '' ? (
      <span class="muted">{words(lang)('none')}</span>
    ) : (
      <span class="prose" lang={langOfWords(value, lang)}>
        {value}
      </span>
    );
  if (isTable(value)) return <Rows table={value} lang={lang} />;
  if (value.length === 0) return <span class="muted">{words(lang)('none')}</span>;
  return (
    <ul class="bullets">
      {value.map((one) => (
        <li lang={langOfWords(one, lang)}>{one}</li>
      ))}
    </ul>
  );
}

/** A paper as it is read and printed: every field by its name, empty ones say so. */
export function PaperView({ lines, lang }: { lines: readonly PaperLine[]; lang: Lang }): JSX.Element {
  return (
    <dl class="paper">
      {lines.map((line) => (
        <div class={line.wide || isTable(line.value) ? 'paper-wide' : undefined}>
          <dt>{line.label}</dt>
          <dd>
            <Value value={line.value} lang={lang} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What changed against the version before: field by field, or opinion by opinion with its answer. */
export function Changes({ changes, lang }: { changes: readonly ChangeLine[]; lang: Lang }): JSX.Element {
  const t = words(lang, approveWords);
  if (changes.length === 0) return <p class="muted">{t('noChanges')}</p>;
  const opinionWord = { done: 'opinionDone', not: 'opinionNot', open: 'opinionOpen' } as const;
  return (
    <ul class="changes">
      {changes.map((change) => (
        <li>
          <span class="change-label">{change.label}</span>
          {change.opinion ? (
            <span class={`chip chip-${change.opinion === 'done' ? 'done' : 'law'}`}>
              {t(opinionWord[change.opinion])}
            </span>
          ) : null}
          {change.to === undefined ? null : (
            <ins lang={langOfWords(change.to, lang)}>{change.to === '' ? t('none') : change.to}</ins>
          )}
          {change.from === undefined ? null : (
            <del lang={langOfWords(change.from, lang)}>
              <span class="hidden">{t('was')} </span>
              {change.from === '' ? t('none') : change.from}
            </del>
          )}
        </li>
      ))}
    </ul>
  );
}
