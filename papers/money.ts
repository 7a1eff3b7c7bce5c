import { moneyMax } from './field.ts';

/** Fen as yuan for a person: `1234500` is `12,345.00`. Currency sign and unit are the page's. */
export function yuan(fen: number): string {
  return `${Math.trunc(fen / 100).toLocaleString('en-US')}.${String(Math.abs(fen % 100)).padStart(2, '0')}`;
}

/** Fen as the plain text of an input: `12345.00`. */
export function yuanInput(fen: number): string {
  return yuan(fen).replaceAll(',', '');
}

/**
 * Yuan as typed by a person to fen: `12,345.6`, `￥300`, full-width digits. Undefined when it is no amount
 * of at most two decimals, or out of range.
 */
export function fenOf(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').replace(/[\s,¥]|元$/gu, '');
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  if (match === null) return undefined;
  const amount = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return amount <= moneyMax ? amount : undefined;
}

/** Quantity (three decimals at most) times unit price in fen, rounded half up to whole fen, without floating error. */
export function times(quantity: number, unitPriceFen: number): number {
  const thousandths = BigInt(Math.round(quantity * 1000)) * BigInt(unitPriceFen);
  return Number((thousandths + 500n) / 1000n);
}
