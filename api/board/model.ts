import type { BoardColumn } from '../../store/jobs.ts';
import type { Lang } from '../view/lang.ts';
import type { CardView } from '../view/read/cards.ts';

/** One column of the board: the cards the page carries, and how many jobs it has. */
export interface ColumnView {
  readonly key: BoardColumn;
  readonly cards: readonly CardView[];
  readonly count: number;
  /** Jobs below the cards, and the page that shows them. */
  readonly more: number;
  readonly href: string;
}

/** What of the board refreshes itself. */
export interface BoardPartView {
  readonly lang: Lang;
  readonly columns: readonly ColumnView[];
  readonly counts: { readonly late: number; readonly withClient: number; readonly open: number };
  readonly updated: string;
}

/** One column alone, page by page. */
export interface OneColumnView {
  readonly key: BoardColumn;
  readonly cards: readonly CardView[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
  readonly hrefOf: (page: number) => string;
  readonly boardHref: string;
}

/** The board's page: the board, or one of its columns, or what was found. */
export interface BoardView {
  readonly lang: Lang;
  readonly shown:
    | ({
        readonly kind: 'board';
        /** Address of the part that refreshes itself. */ readonly partHref: string;
      } & BoardPartView)
    | ({ readonly kind: 'column' } & OneColumnView)
    | { readonly kind: 'found'; readonly q: string; readonly cards: readonly CardView[] };
  readonly filter: { readonly brand: string; readonly owner: string; readonly late: boolean };
  readonly brands: readonly { readonly id: string; readonly name: string }[];
  readonly owners: readonly { readonly id: string; readonly name: string }[];
  /** Jobs of the demonstration, for somebody who may take it away. */
  readonly demoJobs?: number;
}
