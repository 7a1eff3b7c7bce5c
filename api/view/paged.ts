/** Where a page lies in a list. */
export interface PageIn {
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  /** Place of its first row. */
  readonly from: number;
}

/** One page of a list. */
export interface Paged<T> extends PageIn {
  readonly rows: readonly T[];
}

/** The page of so many rows that an address asks for; what names none is the first, what lies behind the last is the last. */
export function pageIn(count: number, asked: unknown, perPage: number): PageIn {
  const pages = Math.max(1, Math.ceil(count / perPage));
  const wanted = typeof asked === 'string' && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
  const page = Math.min(wanted, pages);
  return { page, pages, from: (page - 1) * perPage };
}

/** The same of a list that is there whole. */
export function paged<T>(all: readonly T[], asked: unknown, perPage: number): Paged<T> {
  const place = pageIn(all.length, asked, perPage);
  return { ...place, rows: all.slice(place.from, place.from + perPage) };
}
