import { randomUUID } from 'node:crypto';
import { ApiSaidNo, Caller } from '../../ops/demo/caller.ts';

/** What the house said yes to: a command it must never lose. */
export interface Promised {
  readonly jobId: string;
  readonly commandId: string;
  readonly by: 'accepted' | 'received';
}

/** Everything that clients of one scenario saw. */
export class Witness {
  readonly promised = new Map<string, Promised>();
  /** How often each status was answered. */
  readonly statuses = new Map<number, number>();
  /** Answers that a person should never see: 5xx that do not say when to come back. */
  readonly rude: string[] = [];
  lostAnswers = 0;
  /** When the last part was killed, by the machine's clock; infinite while more will be. */
  calmSince = -Infinity;

  /** How long somebody who asks now goes on: their time begins anew when the house is left in peace. */
  patience(): () => boolean {
    const from = Date.now();
    return () => Date.now() < Math.max(from, this.calmSince) + patienceMs;
  }

  /** Takes down an answer. */
  saw(status: number, what: string, retryAfter: string | null): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status >= 500 && (status !== 503 || retryAfter === null)) this.rude.push(`${status} for ${what}`);
  }

  /** Takes down a yes. */
  yes(jobId: string, commandId: string, by: Promised['by']): void {
    this.promised.set(`${jobId}/${commandId}`, { jobId, commandId, by });
  }

  /** The figures of one line. */
  toString(): string {
    const counts = [...this.statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${times} × ${status}`);
    return `${counts.join(', ')}; ${this.lostAnswers} answers lost on the way`;
  }
}

/** Waits without holding anything up. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long one request goes on being asked while the house is away; milliseconds. */
const patienceMs = 240_000;

/** Repeats what fails because a part is away, until it works or patience ends. */
export async function again<T>(what: string, work: () => Promise<T>, withinMs = patienceMs): Promise<T> {
  for (const until = Date.now() + withinMs; ;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until)
        throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      await pause(400);
    }
  }
}

/** A request that is sent until somebody answers it, always with the same bytes. 503 and 429 are waited for. */
export async function insist(
  witness: Witness,
  url: string,
  init: RequestInit,
): Promise<{ status: number; text: string; headers: Headers }> {
  const what = `${init.method ?? 'GET'} ${new URL(url).pathname.replace(/^\/a\/.*/, '/a/…')}`;
  for (const patient = witness.patience(); ;) {
    let waitMs = 400;
    try {
      const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(45_000) });
      const text = await answer.text();
      witness.saw(answer.status, what, answer.headers.get('retry-after'));
      if (answer.status < 500 && answer.status !== 429) return { status: answer.status, text, headers: answer.headers };
      waitMs = Math.min(2_000, Number(answer.headers.get('retry-after') ?? '1') * 1_000);
      if (!patient()) throw new Error(`${answer.status} for ${what} for ${patienceMs / 1000} s`);
    } catch (error) {
      witness.lostAnswers += 1;
      if (!patient()) throw error;
    }
    await pause(waitMs);
  }
}

/** The demonstration's people, with the patience of programs that ask again under the same id. */
export class PatientCaller extends Caller {
  readonly #baseUrl: string;
  readonly #tokens: ReadonlyMap<string, string>;
  readonly #witness: Witness;
  readonly #from: string;

  /** `from` is the network address this caller seems to come from. */
  constructor(baseUrl: string, tokens: ReadonlyMap<string, string>, witness: Witness, from: string) {
    super(baseUrl, tokens);
    this.#baseUrl = baseUrl;
    this.#tokens = tokens;
    this.#witness = witness;
    this.#from = from;
  }

  override async ask<T>(
    who: string,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const form = body instanceof FormData;
    for (const patient = this.#witness.patience(); ;) {
      const answer = await insist(this.#witness, `${this.#baseUrl}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#tokens.get(who) ?? ''}`,
          'accept-language': 'en',
          'x-forwarded-for': this.#from,
          ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      });
      if (answer.status < 300) return JSON.parse(answer.text) as T;
      // A job that was only received is not on the shelves yet.
      if (answer.status === 404 && path.startsWith('/jobs/') && patient()) {
        await pause(500);
        continue;
      }
      const problem = JSON.parse(answer.text) as { code?: string; detail?: string };
      throw new ApiSaidNo(answer.status, problem.code ?? '', `${problem.detail ?? ''} (${method} ${path} as ${who})`);
    }
  }

  override async act(who: string, jobId: string, act: object): Promise<void> {
    const id = randomUUID();
    const { seq } = await this.ask<{ seq?: number }>(who, 'POST', `/jobs/${jobId}/acts`, { act, id });
    this.#witness.yes(jobId, id, seq === undefined ? 'received' : 'accepted');
    const outcome = seq ?? (await this.outcome(who, jobId, id));
    await this.ask(who, 'GET', `/jobs/${jobId}?atLeast=${outcome}`);
  }

  override async request(who: string, act: object): Promise<string> {
    const { id, commandId } = await this.ask<{ id: string; commandId: string }>(who, 'POST', '/jobs', act, {
      'idempotency-key': randomUUID(),
    });
    this.#witness.yes(id, commandId, 'accepted');
    await this.ask(who, 'GET', `/jobs/${id}`);
    return id;
  }

  /** Waits for what became of a command that was only received; its last entry. Throws when it was refused. */
  async outcome(who: string, jobId: string, commandId: string): Promise<number> {
    return this.until(`the outcome of ${commandId}`, async () => {
      const found = await this.ask<{ outcome: string; seq?: number; refusal?: { code?: string } }>(
        who,
        'GET',
        `/jobs/${jobId}/commands/${commandId}`,
      );
      if (found.outcome === 'refused')
        throw new Error(`${commandId} was received and then refused: ${found.refusal?.code ?? ''}`);
      return found.seq;
    });
  }

  override async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (const patient = this.#witness.patience(); patient();) {
      const found = await look();
      if (found !== undefined) return found;
      await pause(400);
    }
    throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
  }
}
