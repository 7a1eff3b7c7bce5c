import type { JSX } from 'preact';
import type { FieldProps, FieldValue, TableColumn } from './inputs.tsx';
import { fieldId, SimpleInput } from './inputs.tsx';
import { words } from './words/index.ts';

function rows(value: FieldValue): readonly Readonly<Record<string, string>>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((row): row is Record<string, string> => typeof row === 'object' && row !== null);
}

/** With more columns than this no field would be wide enough to read: each row becomes a card, on wide screens too. */
const gridColumns = 6;

/**
 * A table to fill in. Cells are posted as `name[row][column]`; rows left empty mean nothing. The button that adds a row
 * posts the form with `addRow=<name>` (nothing is submitted then); with JavaScript the last row is copied in the page.
 */
export function TableField({
  field,
  columns,
  spare,
}: {
  field: FieldProps;
  columns: readonly TableColumn[];
  spare: number;
}): JSX.Element {
  const t = words(field.lang);
  const held = rows(field.value);
  const all = [
    ...held,
    ...Array.from({ length: Math.max(spare, held.length === 0 ? 1 : 0) }, (): Record<string, string> => ({})),
  ];
  return (
    <div class="table-field" data-table={field.name}>
      <table class={columns.length > gridColumns ? 'grid grid-cards' : 'grid'}>
        <thead>
          <tr>
            <th scope="col" class="grid-n">
              <span class="hidden">#</span>
            </th>
            {columns.map(({ label }) => (
              <th scope="col">{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map((row, index) => (
            <tr>
              <th scope="row" class="grid-n num">
                {index + 1}
              </th>
              {columns.map((column) => {
                const name = `${field.name}[${index}][${column.key}]`;
                return (
                  <td data-label={column.label}>
                    <SimpleInput
                      kind={column.kind.type === 'long' ? { type: 'long', rows: 2 } : column.kind}
                      value={row[column.key]}
                      attributes={{
                        id:
                          index === 0 && column === columns[0]
                            ? fieldId(field.name, field.scope)
                            : fieldId(name, field.scope),
                        name,
                        'aria-label': `${column.label}, ${t('row', { n: index + 1 })}`,
                      }}
                      lang={field.lang}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <button
        type="submit"
        class="btn btn-quiet"
        name="addRow"
        value={field.name}
        formnovalidate
        data-add-row={field.name}
      >
        {t('addRow')}
      </button>
    </div>
  );
}
