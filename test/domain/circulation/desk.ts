import type { CirculationEvent, ClockAct, StepOpenedAct, AskedAct, Verb } from '../../../domain/circulation/acts.ts';
import { decideReport } from '../../../domain/circulation/clock.ts';
import { decideVerb } from '../../../domain/circulation/decide.ts';
import { evolveCirculation } from '../../../domain/circulation/evolve.ts';
import { submitRound } from '../../../domain/circulation/start.ts';
import type { Circulation, Holder, Route, RouteStep, Rung } from '../../../domain/circulation/types.ts';
import type { Actor, Command, PersonActor, Refusal } from '../../../domain/process.ts';
import { isRefusal } from '../../../domain/process.ts';
import type { Role } from '../../../domain/people/roles.ts';
import { person } from '../job/agency.ts';

/** Start of every story here. */
export const start = Date.parse('2026-03-12T01:00:00.000Z');
/** So many hours after the start. */
export const hour = (n: number): string => new Date(start + n * 3_600_000).toISOString();

/** One desk of a made-up route. */
export function desk(key: string, role: Role, more: Partial<RouteStep> = {}): RouteStep {
  return {
    key,
    role,
    alsoRoles: [],
    side: role.startsWith('CLIENT') ? 'client' : 'agency',
    after: [],
    act: 'review',
    meaning: { zh: '同意', en: 'Agreed' },
    rule: { kind: 'one' },
    noes: ['return'],
    optional: false,
    checklist: [],
    ladder: 'internalSignature',
    ...more,
  };
}

/** Where every made-up route begins. */
export const author = (): RouteStep => desk('author', 'ARTIST', { act: 'submit', noes: [] });

/** A made-up route. */
export const routeOf = (...steps: readonly RouteStep[]): Route => ({
  id: 'made',
  version: 1,
  title: { zh: '流程', en: 'Route' },
  steps,
});

/** Somebody of the fixture, or one of as many people of either side as a test needs: `staff7`, `client3`. */
function somebody(id: string): PersonActor {
  if (/^staff\d/.test(id)) return { ...person('manager'), personId: id };
  return /^client\d/.test(id) ? { ...person('lead'), personId: id } : person(id);
}

/** A paper on its way round a route, with nothing else around it. */
export class Paper {
  circulation: Circulation;
  events: CirculationEvent[] = [];
  now = start;
  readonly route: Route;
  #n = 0;

  constructor(route: Route, authorId = 'designer', notApplicable: readonly { step: string; reason: string }[] = []) {
    this.route = route;
    const begun = submitRound(undefined, this.submission(authorId, notApplicable), 'first');
    const first = isRefusal(begun) ? undefined : begun[0];
    if (isRefusal(begun) || first?.type !== 'circulationStarted') throw new Error('did not start');
    this.circulation = first.circulation;
    this.take(begun, this.command(person(authorId), undefined));
  }

  submission(authorId: string, notApplicable: readonly { step: string; reason: string }[] = [], version = 1) {
    return {
      id: 'c1',
      point: 'workOrder',
      routeKey: 'made@1',
      route: this.route,
      about: { kind: 'paper', paper: 'F-04', form: 'F-04', version, hash: `h${version}` },
      authorId,
      proof: 'link',
      at: hour(0),
      commandId: `submit-${version}`,
      notApplicable,
    } as const;
  }

  command<A>(actor: Actor, act: A, at = this.now): Command<A> {
    const moment = new Date(at).toISOString();
    return { id: `d${(this.#n += 1)}`, actor, receivedAt: moment, at: moment, act };
  }

  take(events: readonly CirculationEvent[], command: Command<unknown>): void {
    for (const event of events) {
      const { at, receivedAt, id: commandId, actor } = command;
      this.circulation = evolveCirculation(this.circulation, this.route, event, {
        seq: 1,
        at,
        receivedAt,
        commandId,
        actor,
      });
      this.events.push(event);
    }
  }

  report(act: StepOpenedAct | AskedAct | ClockAct, at = this.now): readonly CirculationEvent[] {
    const command = this.command({ kind: 'system', name: 'open' }, act, at);
    const events = decideReport({ circulation: this.circulation, route: this.route, ownerId: 'executive' }, command);
    this.take(events, command);
    return events;
  }

  at(step: string): { circulation: string; round: number; step: string } {
    return { circulation: 'c1', round: this.circulation.round, step };
  }

  /** The desk is found: these people hold it. */
  open(step: string, holders: readonly (string | Partial<Holder>)[], rungs: readonly Rung[] = []): void {
    this.report({
      type: 'stepOpened',
      ...this.at(step),
      holders: holders.map((one) => ({
        personId: '',
        grantId: `g-${typeof one === 'string' ? one : one.personId}`,
        ...(typeof one === 'string' ? { personId: one } : one),
      })),
      provisional: false,
      rungs,
      dueAt: hour(4),
      unreachedAt: hour(1),
    });
  }

  /** What somebody says; the refusal, if any. `late` is when the process takes up what arrived before. */
  does(who: string, act: Verb, late?: { receivedAt: string }): Refusal | undefined {
    this.now += 60_000;
    const actor = somebody(who);
    const command = { ...this.command(actor, act), ...(late ?? {}) };
    const around = { circulation: this.circulation, route: this.route, ownerId: 'executive' };
    const answer = decideVerb(around, { ...command, actor });
    if (isRefusal(answer)) return answer;
    this.take(answer, command);
    return undefined;
  }

  sign(who: string, step: string, more: Partial<Extract<Verb, { type: 'sign' }>> = {}): Refusal | undefined {
    return this.does(who, { type: 'sign', ...this.at(step), hash: this.circulation.about.hash, ...more });
  }

  sendBack(who: string, step: string, more: Partial<Extract<Verb, { type: 'return' }>> = {}): Refusal | undefined {
    const words = { kind: 'return', reason: 'TEXT_ERROR', words: 'larger' } as const;
    return this.does(who, { type: 'return', ...this.at(step), hash: this.circulation.about.hash, ...words, ...more });
  }

  state(step: string): string | undefined {
    return this.stay(step)?.state;
  }

  stay(step: string): Circulation['stays'][number] | undefined {
    return this.circulation.stays.find((one) => one.step === step);
  }
}

/** Four rungs of a ladder at these hours. */
export const rungsAt = (...hours: readonly number[]): readonly Rung[] =>
  hours.map((at, index) => ({
    n: index + 1,
    kind: index === 0 ? 'remind' : 'escalate',
    whom: (['holder', 'standInOrHead', 'accountManager', 'accountDirector'] as const)[index] ?? 'accountDirector',
    at: hour(at),
  }));
