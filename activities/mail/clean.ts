/** Direction overrides and isolates: they make a name read as something else. Joiners stay, emoji and scripts need them. */
const bidi = /[\u200E\u200F\u202A-\u202E\u2066-\u2069\u061C]/gu;
/** C0 and C1 controls, line and paragraph separators, and the byte order mark. */
const controls = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFEFF]/gu;
const controlsButLines = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF]/gu;
/** Halves of a character that stand alone; no encoding has bytes for them. */
const lone = /\p{Cs}/gu;
/** What mail programs would turn into a link by themselves. */
const scheme = /([a-z][a-z0-9+.-]{1,20}:)?\/\/+/giu;

/** The longest single character, in UTF-16 units: above the longest emoji, far below a pile of combining marks. */
const longestCharacter = 40;

const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Cuts by characters people see as one, never inside one; the last becomes an ellipsis. Piled-up marks are cut off. */
function shortened(text: string, longest: number): string {
  // So short a text has neither too many characters nor one that is too long.
  if (text.length <= Math.min(longest, longestCharacter)) return text.replace(lone, '\uFFFD');
  const seen = [...characters.segment(text)].map(({ segment }) => segment);
  const kept = (seen.length <= longest ? seen : [...seen.slice(0, longest - 1), '…']).map((one) =>
    one.slice(0, longestCharacter),
  );
  return kept.join('').replace(lone, '\uFFFD');
}

/**
 * A text that will stand in a header: subject, name of a sender or recipient. One line, no control, no direction
 * override, nothing half of a character, no link; at most `longest` characters.
 */
export function headerText(text: string, longest = 120): string {
  const line = text
    .replace(lone, '\uFFFD')
    .normalize('NFC')
    .replace(controls, ' ')
    .replace(bidi, '')
    .replace(scheme, ' ')
    .replace(/\bwww\./giu, 'www ');
  return shortened(line.replace(/\s+/gu, ' ').trim(), longest);
}

/** The name of a person or an agency: a header text that also cannot pass for an address. */
export function nameText(name: string): string {
  return headerText(name.replace(/[<>"@\\]/gu, ' '), 60);
}

/** Words somebody wrote, as they stand in a mail's body: lines stay, controls and direction overrides go. */
export function bodyText(text: string, longest = 4000): string {
  const clean = text
    .replace(lone, '\uFFFD')
    .normalize('NFC')
    .replace(/\r\n?/gu, '\n')
    .replace(controlsButLines, ' ')
    .replace(bidi, '');
  return shortened(clean.replace(/\n{3,}/gu, '\n\n').trim(), longest);
}
