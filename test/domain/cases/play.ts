import type { CaseEffect, CaseMailEffect, CaseReport, TellEffect } from '../../../domain/cases/acts.ts';
import { countSpans } from '../../../domain/cases/count.ts';
import type { CaseState } from '../../../domain/cases/state.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Facts } from '../../../domain/job/state.ts';
import type { Role } from '../../../domain/people/roles.ts';
import type { Command, Due, Effect, PersonActor, Process, Refusal } from '../../../domain/process.ts';
import { isRefusal } from '../../../domain/process.ts';
import type { FormId } from '../../../domain/wording/papers.ts';
import { freeze } from '../../../papers/form.ts';
import { forms } from '../../../papers/index.ts';
import { samples } from '../../papers/samples.ts';
import { inShanghai, office, shanghai } from '../calendar/calendars.ts';

const cast: Readonly<Record<string, { readonly roles: readonly Role[]; readonly side: 'agency' | 'client' }>> = {
  'ae-1': { roles: ['ACCOUNT_EXECUTIVE'], side: 'agency' },
  'am-1': { roles: ['ACCOUNT_MANAGER'], side: 'agency' },
  'adir-1': { roles: ['ACCOUNT_DIRECTOR'], side: 'agency' },
  'artist-1': { roles: ['ARTIST'], side: 'agency' },
  'client-1': { roles: ['CLIENT_LEAD'], side: 'client' },
  'client-2': { roles: ['CLIENT_CONTACT'], side: 'client' },
};

/** Who is who: an account team, an artist, two people of the client. */
export function who(personId: string, standInFor?: string): PersonActor {
  const { roles, side } = cast[personId] ?? { roles: [], side: 'client' as const };
  return { kind: 'person', personId, roles, side, proof: 'link', ...(standInFor === undefined ? {} : { standInFor }) };
}

/** A frozen sample of a form, changed in some fields. */
export function paperOf(
  form: FormId,
  change: Record<string, unknown> = {},
): { form: FormId; hash: string; facts: Facts } {
  const { hash, facts } = freeze(forms[form], { ...samples[form], ...change });
  return { form, hash, facts };
}

/** What every case of the tests is begun with. */
export const about = {
  title: '云峰绿茶春季海报',
  clientId: 'yunfeng',
  brandId: 'yunfeng',
  ownerId: 'ae-1',
  parts: { confirmer: ['client-1'], reviewer: ['am-1'], team: ['ae-1'] },
} as const;

/** How mails fare in a play. */
export type Post = 'accepted' | 'failed' | 'silent';

/** Plays a process as the shell does: one command after another, effects carried out with the real calendar. */
export class Play<S extends CaseState, A extends { readonly type: string }, E extends { readonly type: string }> {
  state: S;
  now: Instant = inShanghai('2026-03-10 10:00');
  post: Post = 'accepted';
  /** What the registers say now: the office's calendar, and who answers for whom while they are away. */
  calendar: Calendar = office;
  readonly standIns: Record<string, string> = {};
  readonly events: E[] = [];
  readonly mails: CaseMailEffect['input'][] = [];
  readonly tells: TellEffect['input'][] = [];
  readonly #process: Process<S, A, E, CaseEffect>;
  readonly #waiting: CaseEffect[] = [];
  #commands = 0;

  constructor(process: Process<S, A, E, CaseEffect>, state: S) {
    this.#process = process;
    this.state = state;
  }

  /** A person's act; the answer is the refusal or the events. `receivedAt` is now unless it came earlier. */
  act(personId: string | PersonActor, act: A, receivedAt: Instant = this.now): readonly E[] | Refusal {
    const actor = typeof personId === 'string' ? who(personId) : personId;
    return this.#settle({ id: `c${(this.#commands += 1)}`, actor, receivedAt, at: this.now, act });
  }

  /** What the service reports. */
  report(name: 'open' | 'mail' | 'clock' | 'tell', act: CaseReport | A): readonly E[] | Refusal {
    const told = act as A;
    return this.#settle({
      id: `s${(this.#commands += 1)}`,
      actor: { kind: 'system', name },
      receivedAt: this.now,
      at: this.now,
      act: told,
    });
  }

  /** Lets time pass; the clock does what falls due on the way. */
  until(wallClock: string): this {
    const end = wallClock.endsWith('Z') ? wallClock : inShanghai(wallClock);
    for (;;) {
      const due: Due<A> | undefined = this.#process.due(this.state);
      if (!due || due.at > end) break;
      if (due.at > this.now) this.now = due.at;
      const before = this.state.seq;
      this.report('clock', due.act);
      if (this.state.seq === before) throw new Error(`what was due changes nothing: ${JSON.stringify(due)}`);
    }
    if (end > this.now) this.now = end;
    return this;
  }

  /** Names of the mails to somebody, oldest first. */
  mailsTo(key: string): string[] {
    return this.mails.filter(({ to }) => ('title' in to ? to.title : to.personId) === key).map(({ notice }) => notice);
  }

  #settle(command: Command<A>): readonly E[] | Refusal {
    const events = this.#process.decide(this.state, command);
    if (isRefusal(events)) return events;
    for (const event of events) {
      const { id: commandId, actor, at, receivedAt } = command;
      const stamp = { seq: this.state.seq + 1, at, receivedAt, commandId, actor };
      this.state = this.#process.evolve(this.state, event, stamp);
      this.events.push(event);
      this.#waiting.push(...this.#process.effects(this.state, event, stamp));
    }
    for (let effect = this.#waiting.shift(); effect; effect = this.#waiting.shift()) this.#carry(effect);
    return events;
  }

  #carry(effect: CaseEffect & Effect): void {
    if (effect.kind === 'count') this.report('open', countSpans(this.calendar, shanghai, effect.input));
    else if (effect.kind === 'tell') this.tells.push(effect.input);
    else {
      const { notice, asks, to, seq, asking, waits } = effect.input;
      this.mails.push(effect.input);
      if (!asks || !('personId' in to) || this.post === 'silent') return;
      const { personId } = to;
      const standInId = waits === true ? this.standIns[personId] : undefined;
      const more = {
        ...(standInId === undefined ? {} : { standInId }),
        ...(asking === undefined ? {} : { again: seq }),
      };
      const told = { type: 'mailed', notice, sent: asking ?? seq, personId, at: this.now } as const;
      this.report('mail', { ...told, outcome: this.post, ...more });
    }
  }
}

/** The code of a refusal, with its rule; the types of the events otherwise. */
export function said(answer: readonly { readonly type: string }[] | Refusal): string {
  if (isRefusal(answer)) return [answer.code, answer.rule].filter((one) => one !== undefined).join(' ');
  return answer.map(({ type }) => type).join(' ');
}
