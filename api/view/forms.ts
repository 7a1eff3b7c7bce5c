/** Name of the hidden field with the form value that is the id of the decision. */
export const formValueName = 'formValue';

/** A short form of a hash that people can compare by eye: two groups of four. */
export function shortHash(hash: string): string {
  const hex = hash.replace(/^sha256:/, '');
  return hex.length < 8 ? hex : `${hex.slice(0, 4)} ${hex.slice(4, 8)}`;
}
