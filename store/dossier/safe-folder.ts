/** A name as a folder that every system takes (§8.1): forbidden signs and blanks become `-`, at most 80 characters. */
export function safeFolder(name: string, otherwise: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[/\\:*?"<>|\s\p{Cc}\p{Cf}]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
  return [...clean].slice(0, 80).join('') || otherwise;
}
