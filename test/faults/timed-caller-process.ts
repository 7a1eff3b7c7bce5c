import { timed } from '../bench/measure.ts';
import { PatientCaller, Witness } from './patient.ts';

/** Who asks whom; the first message. */
export interface Start {
  readonly baseUrl: string;
  readonly tokens: readonly (readonly [person: string, token: string])[];
  readonly from: string;
}

/** What is to be posted by whom. */
export interface Question {
  readonly id: string;
  readonly who: string;
  readonly path: string;
  readonly body: unknown;
}

/** How long it took until the house said yes, milliseconds, or why it never did. */
export type Reply = { readonly id: string } & ({ readonly ms: number } | { readonly failed: string });

/** Answers the questions of `TimedCaller`; ends with the process that forked it. */
process.once('message', ({ baseUrl, tokens, from }: Start) => {
  const caller = new PatientCaller(baseUrl, new Map(tokens), new Witness(), from);
  const answer = async ({ id, who, path, body }: Question): Promise<Reply> => {
    try {
      return { id, ms: (await timed(() => caller.ask(who, 'POST', path, body))).ms };
    } catch (error) {
      return { id, failed: error instanceof Error ? error.message : String(error) };
    }
  };
  process.on('message', (question: Question) => void answer(question).then((reply) => process.send?.(reply)));
});
