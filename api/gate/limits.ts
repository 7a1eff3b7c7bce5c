import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { safeError, type Logger } from '../../config/logging.ts';
import { Problem } from '../problems.ts';
import { defineTable, isDuplicateKey, number, text } from '../../store/table.ts';

/** One counter for one key in one window of time; the store removes it some time after. */
interface LimitRow {
  readonly _id: string;
  readonly n: number;
  readonly endsAt: Date;
}

/**
 * Collection `limits`. The window is part of the key, so a counter is only ever counted up and never replaced:
 * `rate-limiter-flexible` replaces expired rows, which FerretDB answers with an error that is no duplicate key.
 */
const limitTable = defineTable<LimitRow & { readonly _id: string }>(
  'limits',
  { _id: text, n: number, endsAt: { type: Date, required: true } },
  [[{ endsAt: 1 }, { expireAfterSeconds: 0 }]],
);

/** So many in such a window. */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly windowMs: number;
}

const minute = 60_000;

/** Every limit of the service. Numbers leave a whole agency behind one address enough room at the deadline hour. */
export const limits = {
  /** Presses of a button under one personal link: far above any thumb, so that who presses often still hears what was decided. */
  link: { name: 'link', points: 300, windowMs: minute },
  /** Codes mailed for one link that lay unused for long. */
  linkCode: { name: 'linkCode', points: 5, windowMs: 15 * minute },
  /** Codes tried for one such link, over all its codes. */
  linkCodeTried: { name: 'linkCodeTried', points: 20, windowMs: 60 * minute },
  /** Links that do not exist, by address: nobody honest needs many. */
  badLink: { name: 'badLink', points: 30, windowMs: 5 * minute },
  /** Codes asked for one mail address. */
  codeAsked: { name: 'codeAsked', points: 5, windowMs: 15 * minute },
  /** Codes asked from one network address. */
  codeAskedFrom: { name: 'codeAskedFrom', points: 60, windowMs: 15 * minute },
  /** Codes tried from one network address. */
  codeTried: { name: 'codeTried', points: 60, windowMs: 15 * minute },
  /** Codes tried for one mail address, over all codes. */
  codeTriedFor: { name: 'codeTriedFor', points: 20, windowMs: 60 * minute },
  /** Tokens that do not exist, by network address. */
  badToken: { name: 'badToken', points: 60, windowMs: 5 * minute },
  /** Changes by one person or, before anybody is known, one network address. */
  change: { name: 'change', points: 600, windowMs: minute },
  /** Readings from one network address, counted by each process for itself. */
  reading: { name: 'reading', points: 3_000, windowMs: minute },
} as const satisfies Record<string, Limit>;

/** What became of one more use of a key. */
export interface LimitAnswer {
  readonly allowed: boolean;
  readonly retryAfterSeconds: number;
}

/** Counts uses of keys in the store that all processes share; keys are kept as hashes, so no token or address lies there. */
export interface Limiter {
  /** Counts one use. Never throws: where the store is away this process counts for itself. */
  use(limit: Limit, key: string): Promise<LimitAnswer>;
  /** Counts one use in this process only, for readings that must cost nothing. */
  useHere(limit: Limit, key: string): LimitAnswer;
  /** Counts one use and throws the 429 problem with Retry-After when it was one too many. */
  demand(limit: Limit, key: string): Promise<void>;
}

/** Most keys a process remembers; the oldest go first. A flood of keys must not fill the memory. */
const maxRemembered = 50_000;

/** Makes a limiter. Windows follow the machine's clock: moving the house's clock must not free anybody. */
export function createLimiter(deps: {
  readonly store: Connection;
  readonly logger: Logger;
  readonly now?: () => number;
}): Limiter {
  const now = deps.now ?? Date.now;
  const here = new Map<string, { n: number; endsAt: number }>();

  const remember = (id: string, n: number, endsAt: number): void => {
    here.delete(id);
    here.set(id, { n, endsAt });
    const oldest = here.size > maxRemembered ? here.keys().next().value : undefined;
    if (oldest !== undefined) here.delete(oldest);
  };

  const window = (limit: Limit, key: string): { id: string; endsAt: number } => {
    const no = Math.floor(now() / limit.windowMs);
    const hash = createHash('sha256').update(key).digest('base64url').slice(0, 22);
    return { id: `${limit.name}:${hash}:${no}`, endsAt: (no + 1) * limit.windowMs };
  };

  const answer = (limit: Limit, n: number, endsAt: number): LimitAnswer => ({
    allowed: n <= limit.points,
    retryAfterSeconds: Math.max(1, Math.ceil((endsAt - now()) / 1_000)),
  });

  const useHere = (limit: Limit, key: string): LimitAnswer => {
    const { id, endsAt } = window(limit, key);
    const n = (here.get(id)?.n ?? 0) + 1;
    remember(id, n, endsAt);
    return answer(limit, n, endsAt);
  };

  const count = async (id: string, endsAt: number): Promise<number> => {
    const model = limitTable(deps.store);
    const once = () =>
      model
        .findOneAndUpdate(
          { _id: id },
          { $inc: { n: 1 }, $setOnInsert: { endsAt: new Date(endsAt + minute) } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<LimitRow>();
    try {
      return (await once())?.n ?? 1;
    } catch (error) {
      // Two first uses at once: the other one made the row, so now it is there.
      if (isDuplicateKey(error)) return (await once())?.n ?? 1;
      throw error;
    }
  };

  const use = async (limit: Limit, key: string): Promise<LimitAnswer> => {
    const { id, endsAt } = window(limit, key);
    const known = here.get(id);
    // Whoever is over stays over until the window ends, without asking the store again.
    if (known !== undefined && known.n > limit.points) return answer(limit, known.n, endsAt);
    try {
      const n = await count(id, endsAt);
      remember(id, n, endsAt);
      return answer(limit, n, endsAt);
    } catch (error) {
      deps.logger.warn({ err: safeError(error), limit: limit.name }, 'limits are counted here while the store is away');
      return useHere(limit, key);
    }
  };

  return {
    use,
    useHere,
    async demand(limit, key) {
      const { allowed, retryAfterSeconds } = await use(limit, key);
      if (!allowed) throw new Problem('TOO_MANY', { headers: { 'Retry-After': String(retryAfterSeconds) } });
    },
  };
}
