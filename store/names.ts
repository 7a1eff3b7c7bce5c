import type { Instant } from '../domain/instant.ts';
import { defineTable, number, text, texts } from './table.ts';

/** What a job is found by: the pieces of its words, and whose it is. Part of the `jobs` read model, written when a name changes. */
export interface JobNamesRow {
  readonly _id: string;
  readonly seq: number;
  readonly grams: readonly string[];
  readonly clientId: string;
  readonly brandId: string;
  readonly lineId: string;
  /** When the job got its present names. */
  readonly at: Instant;
}

/** Collection `jobNames`. */
export const jobNamesTable = defineTable<JobNamesRow>(
  'jobNames',
  {
    _id: text,
    seq: number,
    grams: texts,
    clientId: { type: String },
    brandId: { type: String },
    lineId: { type: String },
    at: text,
  },
  [[{ grams: 1 }], [{ brandId: 1, at: -1 }], [{ clientId: 1, at: -1 }], [{ lineId: 1 }]],
);
