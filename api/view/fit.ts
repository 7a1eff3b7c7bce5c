/** Signs that are as wide as the type is high: Chinese characters and full-width marks. */
const wide = /[\u2e80-\uffef]/u;

/** About how wide words stand in type of a size, in the same unit as the size. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, sign) => sum + size * (wide.test(sign) ? 1 : /[A-Z&@%—…]/u.test(sign) ? 0.7 : 0.56), 0);
}

/** The words, or as many of them as stand within a width, with a mark that there are more. Pictures cannot break a line. */
export function fitted(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  const signs = [...text];
  while (signs.length > 1 && widthOf(`${signs.join('')}…`, size) > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}
