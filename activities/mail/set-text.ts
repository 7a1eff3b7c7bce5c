import type { Letter, LetterList, Seal, Sheet } from './letter.ts';

/** How a seal looks in plain text: signed, where it lies now, sent back, not yet, left out. */
const marks: Readonly<Record<Seal['state'], readonly [string, string]>> = {
  signed: ['[', '✓]'],
  here: ['(', '◀)'],
  back: ['[', '✗]'],
  waiting: ['', ''],
  skipped: ['-', '-'],
};

function chain(sheet: Sheet): readonly string[] {
  if (sheet.seals.length === 0) return [];
  const squares = sheet.seals.map(({ char, state }) => `${marks[state][0]}${char}${marks[state][1]}`).join(' ');
  return [squares, sheet.chain, ''];
}

function sheetOf(sheet: Sheet): readonly string[] {
  const colon = sheet.facts.some(({ label }) => /\p{Script=Han}/u.test(label)) ? '：' : ': ';
  return [
    sheet.job,
    `${sheet.about} — ${sheet.title}`,
    '',
    ...chain(sheet),
    ...(sheet.lead === '' ? [] : [sheet.lead, '']),
    ...(sheet.words === undefined
      ? []
      : [sheet.words.label, ...sheet.words.text.split('\n').map((line) => `> ${line}`), '']),
    // A line without a label goes on under the one above it.
    ...sheet.facts.map(
      ({ label, value, soft }) =>
        `${label === '' ? '    ' : `${label}${colon}`}${value}${soft === undefined ? '' : ` · ${soft}`}`,
    ),
    ...(sheet.facts.length > 0 ? [''] : []),
    ...(sheet.meaning === undefined ? [] : [sheet.meaning, '']),
    ...(sheet.button === undefined ? [] : [sheet.button.label, sheet.button.href, '']),
    ...(sheet.proof === undefined ? [] : [sheet.proof.label, sheet.proof.value, sheet.proof.why, '']),
    ...(sheet.next === undefined ? [] : [sheet.next, '']),
  ];
}

function listOf(list: LetterList): readonly string[] {
  const lines = list.lines.flatMap(({ job, about, who, due, link }) => [
    job,
    about,
    ...[who, due].filter((one) => one !== '').map((one) => `    ${one}`),
    ...(link === undefined ? [] : [`    ${link.label} ${link.href}`]),
    '',
  ]);
  const more =
    list.more === undefined
      ? []
      : [
          list.more.text,
          ...(list.more.link === undefined ? [] : [`${list.more.link.label} ${list.more.link.href}`]),
          '',
        ];
  return [list.title, list.lead, '', ...lines, ...more];
}

const rule = '――――――――――――――――――――';

/** The mail as plain text, written from the same sheets as the HTML and saying the same. */
export function setText(letter: Letter): string {
  const sheets = letter.sheets.flatMap((sheet, n) => [...(n > 0 ? [rule, ''] : []), ...sheetOf(sheet)]);
  const lists = (letter.lists ?? []).flatMap((list, n) => [...(n > 0 ? [rule, ''] : []), ...listOf(list)]);
  const head = [letter.agency, letter.to, '', ...(letter.opening === undefined ? [] : [letter.opening, '', rule, ''])];
  return `${[...head, ...sheets, ...lists, rule, ...letter.foot].join('\n')}\n`;
}
