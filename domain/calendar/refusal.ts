/**
 * Why a calendar gives no answer: it holds no working time within `maxDaysLooked` days, the two moments lie further
 * apart than that, a day asked about is no working day, an amount makes no sense, or a zone was not given.
 */
export type CalendarRefusalCode = 'noWorkingTime' | 'tooFar' | 'notWorkingDay' | 'badAmount' | 'zoneMissing';

/** Thrown instead of searching for ever; `code` and `params` are for the sentence shown to people. */
export class CalendarRefusal extends Error {
  readonly code: CalendarRefusalCode;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(code: CalendarRefusalCode, params: Readonly<Record<string, string | number>>) {
    super(`calendar refused: ${code} ${JSON.stringify(params)}`);
    this.name = 'CalendarRefusal';
    this.code = code;
    this.params = params;
  }
}

/** How many days, forwards or backwards, any answer may look at: about eleven years. Every loop here ends by it. */
export const maxDaysLooked = 4000;
