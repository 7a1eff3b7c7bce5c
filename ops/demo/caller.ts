import { randomUUID } from 'node:crypto';

/** A step of a job as the API tells it. */
export interface Step {
  readonly circulation: string;
  readonly round: number;
  readonly step: string;
  readonly point: string;
  readonly open: boolean;
  readonly state: string;
  readonly holders: readonly string[];
  readonly hash: string;
}

/** The API said no; `code` is its stable word for it. */
export class ApiSaidNo extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(`${status} ${code}: ${detail}`);
    this.status = status;
    this.code = code;
  }
}

/** An outside program that speaks to the API as several people, each with a token of their own. */
export class Caller {
  readonly #baseUrl: string;
  readonly #tokens: ReadonlyMap<string, string>;

  constructor(baseUrl: string, tokens: ReadonlyMap<string, string>) {
    this.#baseUrl = baseUrl;
    this.#tokens = tokens;
  }

  /** One request as a person. Throws ApiSaidNo with the problem's code; a service that starts again is asked again. */
  async ask<T>(
    who: string,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const form = body instanceof FormData;
    for (let tries = 1; ; tries += 1) {
      const answer = await fetch(`${this.#baseUrl}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#tokens.get(who) ?? ''}`,
          'accept-language': 'en',
          ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (answer.ok) return JSON.parse(text) as T;
      const problem = read(text);
      if ((answer.status === 503 || answer.status === 429) && tries < 60) {
        await pause(Number(answer.headers.get('retry-after') ?? '1') * 1000);
        continue;
      }
      throw new ApiSaidNo(
        answer.status,
        problem.code,
        [problem.detail, ...(problem.errors ?? []).map((one) => `${one.field}: ${one.detail}`)].join(' '),
      );
    }
  }

  /**
   * An act on a job; waits until the read models show it. On a busy machine it may only be received at first: then it is
   * done when its outcome is recorded. Throws where that outcome is a refusal.
   */
  async act(who: string, jobId: string, act: object): Promise<void> {
    const id = randomUUID();
    const answer = await this.ask<{ seq?: number; commandId: string }>(who, 'POST', `/jobs/${jobId}/acts`, { act, id });
    const { seq } = answer.seq === undefined ? await this.#outcome(who, jobId, answer.commandId) : answer;
    if (seq !== undefined) await this.ask(who, 'GET', `/jobs/${jobId}?atLeast=${seq}`);
  }

  #outcome(who: string, jobId: string, commandId: string): Promise<{ readonly seq?: number }> {
    return this.until(`what became of ${commandId}`, async () => {
      const path = `/jobs/${jobId}/commands/${commandId}`;
      const found = await this.ask<{ outcome: string; seq?: number; refusal?: { code: string; detail: string } }>(
        who,
        'GET',
        path,
      );
      if (found.outcome === 'refused')
        throw new ApiSaidNo(409, found.refusal?.code ?? 'REFUSED', found.refusal?.detail ?? '');
      return found.outcome === 'accepted' ? found : undefined;
    });
  }

  /** Asks for a job and returns its id, once it can be found. */
  async request(who: string, act: object): Promise<string> {
    const { id } = await this.ask<{ id: string }>(who, 'POST', '/jobs', act, { 'idempotency-key': randomUUID() });
    return this.until(`job ${id} to be found`, async () => {
      try {
        await this.ask(who, 'GET', `/jobs/${id}`);
        return id;
      } catch (error) {
        if (error instanceof ApiSaidNo && error.status === 404) return undefined;
        throw error;
      }
    });
  }

  /** Waits until a step of a point is open and returns it; bounded. */
  async openStep(who: string, jobId: string, point: string, step: string): Promise<Step> {
    return this.until(`${point}.${step} to open`, async () => {
      const { steps } = await this.ask<{ steps: Step[] }>(who, 'GET', `/jobs/${jobId}/steps`);
      return steps.find((one) => one.point === point && one.step === step && one.open && one.state === 'open');
    });
  }

  /** Waits until something is there; asks again every 100 ms, for a minute at most. */
  async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (let tries = 0; tries < 600; tries += 1) {
      const found = await look();
      if (found !== undefined) return found;
      await pause(100);
    }
    throw new Error(`waited a minute for ${what}`);
  }
}

function read(text: string): { code: string; detail: string; errors?: { field: string; detail: string }[] } {
  try {
    return JSON.parse(text) as { code: string; detail: string };
  } catch {
    return { code: 'NO_JSON', detail: text.slice(0, 200) };
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
