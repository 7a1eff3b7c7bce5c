import type { JSX } from 'preact';
import { fieldId } from '../view/fields.tsx';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import type { LineOffered } from './offers.ts';
import { newJobWords } from './words.ts';

/** One choice for client, brand and line: the lines, under the client and brand they belong to. Works without any script. */
export function LineField({
  lines,
  chosen,
  error,
  lang,
}: {
  lines: readonly LineOffered[];
  chosen: string;
  error?: string;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, newJobWords);
  const id = fieldId('lineId');
  const groups = new Map<string, { label: string; lines: LineOffered[] }>();
  for (const one of lines) {
    const group = groups.get(one.brand.id) ?? {
      label: `${one.client.name} › ${one.brand.name} ${one.brand.code}`,
      lines: [],
    };
    group.lines.push(one);
    groups.set(one.brand.id, group);
  }
  return (
    <div class={`field${error ? ' field-bad' : ''}`}>
      <label for={id}>
        {t('line')} <span class="must">{t('required')}</span>
      </label>
      <p class="hint" id={`${id}-hint`}>
        {t('lineHint')}
      </p>
      {error ? (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      <select
        id={id}
        name="lineId"
        aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}
        aria-invalid={error ? 'true' : undefined}
      >
        <option value="">{t('choose')}</option>
        {[...groups.values()].map((group) => (
          <optgroup label={group.label}>
            {group.lines.map(({ line, brand }) => (
              <option value={line.id} selected={line.id === chosen}>
                {`${brand.name} › ${line.name} · ${brand.code}${line.code}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
