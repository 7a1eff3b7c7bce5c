import { times } from '../money.ts';

/** A line of a quotation or estimate, as far as it is filled in. */
export interface PricedLine {
  readonly quantity?: number | undefined;
  readonly unitPriceFen?: number | undefined;
  readonly amountFen?: number | undefined;
}

/** Whether every line's amount is quantity times unit price. A line that is not filled in is not right. */
export function priced(lines: readonly PricedLine[]): boolean {
  return lines.every(
    ({ quantity, unitPriceFen, amountFen }) =>
      quantity !== undefined && unitPriceFen !== undefined && amountFen === times(quantity, unitPriceFen),
  );
}

/** Whether the amounts add up to the total. False without lines or total. */
export function addedUp(lines: readonly Pick<PricedLine, 'amountFen'>[], totalFen: number | undefined): boolean {
  if (lines.length === 0 || totalFen === undefined) return false;
  return lines.reduce((sum, line) => sum + (line.amountFen ?? Number.NaN), 0) === totalFen;
}
