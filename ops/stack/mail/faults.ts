import { z } from 'zod';

/** Narrows a fault to some recipients, some occasions, some luck. */
const scope = {
  /** Part of the recipient's address; every recipient when absent. */
  to: z.string().min(1).max(320).optional(),
  /** How often it happens before it is used up; for ever when absent. */
  times: z.number().int().min(1).max(1_000_000).optional(),
  probability: z.number().min(0).max(1).optional(),
};

/** What the inbox can be told to do wrong, as outside servers do. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Refuses the recipient: 4xx means "later", 5xx "never". */
  z.strictObject({
    kind: z.literal('refuse'),
    code: z.number().int().min(400).max(599),
    message: z.string().max(200).optional(),
    ...scope,
  }),
  /** Takes the whole message, then breaks the connection before saying so; the sender cannot know whether it arrived. */
  z.strictObject({ kind: z.literal('drop'), kept: z.boolean().default(true), ...scope }),
  /** Says yes and forgets the message. */
  z.strictObject({ kind: z.literal('lose'), ...scope }),
  /** Says yes late. */
  z.strictObject({ kind: z.literal('delay'), ms: z.number().int().min(0).max(600_000), ...scope }),
]);

/** One thing the inbox does wrong. */
export type Fault = z.output<typeof faultSchema>;

/** The same as it is written down: what has a default may be left out. */
export type FaultInput = z.input<typeof faultSchema>;

/** The faults that are to be played, in the order they were added; the first of a kind that fits is taken. */
export class FaultBook {
  #faults: Fault[] = [];

  /** Adds a fault. */
  add(fault: FaultInput): void {
    this.#faults.push(faultSchema.parse(fault));
  }

  /** Forgets all faults. */
  clear(): void {
    this.#faults = [];
  }

  /** What is still to be played. */
  list(): readonly Fault[] {
    return this.#faults;
  }

  /** The fault of this kind for these recipients, if one is due now; counts it as played. */
  take<K extends Fault['kind']>(kind: K, recipients: readonly string[]): Extract<Fault, { kind: K }> | undefined {
    const index = this.#faults.findIndex((fault) => fault.kind === kind && isDue(fault, recipients));
    const fault = this.#faults[index];
    if (fault === undefined) return undefined;
    if (fault.times !== undefined) {
      if (fault.times > 1) this.#faults[index] = { ...fault, times: fault.times - 1 };
      else this.#faults.splice(index, 1);
    }
    return fault as Extract<Fault, { kind: K }>;
  }
}

function isDue(fault: Fault, recipients: readonly string[]): boolean {
  const wanted = fault.to?.toLowerCase();
  if (wanted !== undefined && !recipients.some((one) => one.toLowerCase().includes(wanted))) return false;
  return fault.probability === undefined || Math.random() < fault.probability;
}
