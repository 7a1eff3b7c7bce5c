import { randomUUID } from 'node:crypto';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { makeToken } from '../../api/session/tokens.ts';
import { shanghaiOffice } from '../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../activities/calendar/zone.ts';
import { readConfig } from '../../config/config.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import { titlesOf } from '../../domain/circulation/check.ts';
import { ladders, stepTimes, type StepTimes } from '../../domain/circulation/step-times.ts';
import type { RouteStep } from '../../domain/circulation/types.ts';
import { addMs, type Instant } from '../../domain/instant.ts';
import type { AnyJobAct, PointId } from '../../domain/job/acts.ts';
import type { JobEffect, LogDraft } from '../../domain/job/effects.ts';
import { initialJobState, jobProcess } from '../../domain/job/process.ts';
import { stampOf } from '../../domain/job/sketch.ts';
import type { JobState } from '../../domain/job/state.ts';
import { genesis } from '../../domain/log/entry.ts';
import type { Actor, Command } from '../../domain/process.ts';
import { isRefusal } from '../../domain/process.ts';
import { grantId, mintGrant, type GrantScope } from '../../store/grants.ts';
import { record } from '../../store/recorder.ts';
import { turnsIn } from '../../store/turns.ts';
import { jobWorkflowId, taskQueue } from '../../workflows/ids.ts';
import { jobWorkflowType } from '../../workflows/messages.ts';
import { actor, brandNo, personAt, registerAgency, whoHolds } from '../bench/agency.ts';
import { orderPaper, paper, requestAct } from '../domain/job/agency.ts';
import type { Scene } from './scene.ts';

const phaseKey = defineSearchAttributeKey('JobPhase', SearchAttributeType.KEYWORD);
const numberKey = defineSearchAttributeKey('JobNumber', SearchAttributeType.KEYWORD);

/** The desks on which a job of the stock may lie: the client's signature on a brief, or the director's on a work order. */
export type StockDesk = 'client' | 'accountDirector';

/** What a job of the stock is to be. */
export interface StockWish {
  readonly brand: number;
  readonly desk: StockDesk;
  /** When the desk opened and its holder was asked. */
  readonly openedAt: Instant;
  /** Everything that fell due until then was done; absent: nothing was. */
  readonly until?: Instant;
  /** What the desk's ladder says; absent: that of §7.3, counted on `calendar`. */
  readonly times?: StepTimes;
  /** The office's published one where it is absent. */
  readonly calendar?: Calendar;
}

/** A job on the shelf, at rest, with one desk open. */
export interface StockJob {
  readonly processId: string;
  readonly brand: number;
  readonly holder: string;
  readonly where: { readonly circulation: string; readonly round: number; readonly step: string };
  readonly hash: string;
  readonly desk: StockDesk;
  readonly openedAt: Instant;
  readonly state: JobState;
}

/** The limits that routes name for a desk, counted on a calendar. */
export function limitsOf(desk: StockDesk, from: Instant, calendar: Calendar = shanghaiOffice()): StepTimes {
  return stepTimes(ladders[desk === 'client' ? 'clientSignature' : 'internalSignature'], calendar, zoneNamed, from);
}

/** A job as the core tells it, with the activities' answers as the house's own would give them. */
class Tale {
  state: JobState;
  readonly entries: LogDraft[] = [];
  at: Instant;
  /** What the link to the last desk opens. */
  grant: GrantScope | undefined;
  readonly #keyId: string;
  readonly #brand: number;
  readonly #number: string;
  /** Where the last desk opens: its limits, and who can be reached there. */
  #last: { readonly step: string; readonly times: StepTimes } | undefined;

  constructor(processId: string, of: { brand: number; jobNumber: string; at: Instant; keyId: string }) {
    this.state = initialJobState(processId);
    this.#brand = of.brand;
    this.#number = of.jobNumber;
    this.#keyId = of.keyId;
    this.at = of.at;
  }

  send(by: Actor, act: AnyJobAct): void {
    const command: Command<AnyJobAct> = { id: randomUUID(), actor: by, receivedAt: this.at, at: this.at, act };
    const events = jobProcess.decide(this.state, command);
    if (isRefusal(events)) throw new Error(`the stock's ${act.type}: ${events.code}`);
    const effects: JobEffect[] = [];
    for (const event of events) {
      const stamp = stampOf(this.state, command);
      this.state = jobProcess.evolve(this.state, event, stamp);
      this.entries.push({ stamp, event });
      effects.push(...jobProcess.effects(this.state, event, stamp));
    }
    for (const effect of effects) this.#carry(effect);
  }

  /** Somebody does something, a second later. */
  does(who: string, act: AnyJobAct): void {
    this.at = addMs(this.at, 1_000);
    this.send(actor(who), act);
  }

  /** The client signs what lies with them. */
  signs(point: PointId): void {
    const found = Object.values(this.state.circulations).find((one) => one.point === point && one.status === 'running');
    if (!found) throw new Error(`nothing runs at ${point}`);
    const { id: circulation, round, about } = found;
    const lead = personAt(this.#brand, 'lead');
    this.does(lead, { type: 'sign', circulation, round, step: 'client', hash: about.hash, checklist: [] });
  }

  /** The last submission: its desk opens at a moment of its own, with limits of its own. */
  comesToRest(wish: StockWish, times: StepTimes, point: PointId, given: ReturnType<typeof paper>): void {
    this.at = addMs(wish.openedAt, -1_000);
    this.#last = { step: wish.desk, times };
    this.does(personAt(this.#brand, 'executive'), { type: 'submit', point, paper: given });
  }

  /** Everything that the clock had to do until then. */
  climbs(until: Instant): void {
    for (let due = jobProcess.due(this.state); due && due.at <= until; due = jobProcess.due(this.state)) {
      this.at = due.at;
      this.send({ kind: 'system', name: 'clock' }, due.act);
    }
  }

  #timesAt(step: string): StepTimes {
    return this.#last?.step === step
      ? this.#last.times
      : { dueAt: addMs(this.at, 86_400_000), provisional: false, rungs: [] };
  }

  #carry(effect: JobEffect): void {
    if (effect.kind === 'number')
      this.send({ kind: 'system', name: 'number' }, { type: 'numberIssued', jobNumber: this.#number });
    if (effect.kind === 'open') {
      const { circulation, round, step, route } = effect.input;
      const unreachedAt = addMs(this.at, 3_600_000);
      const personId = holderOf(this.#brand, route);
      const { processId, about } = effect.input;
      const scope = { personId, processId, circulation, round, step, hash: about.hash, purpose: 'decide' };
      const holders = [{ personId, grantId: grantId(scope, this.#keyId) }];
      if (this.#last?.step === step) this.grant = scope;
      const opened = { type: 'stepOpened', circulation, round, step, holders, unreachedAt } as const;
      this.send({ kind: 'system', name: 'open' }, { ...opened, ...this.#timesAt(step) });
    }
    if (effect.kind === 'mail' && effect.input.kind === 'ask' && effect.input.where && 'personId' in effect.input.to) {
      const { where, to } = effect.input;
      const asked = { type: 'asked', ...where, personId: to.personId, outcome: 'accepted', askedAt: this.at } as const;
      this.send({ kind: 'system', name: 'mail' }, { ...asked, ...this.#timesAt(where.step) });
    }
  }
}

function holderOf(brand: number, route: RouteStep): string {
  const desk = titlesOf(route).flatMap((title) => whoHolds(title) ?? [])[0];
  if (desk === undefined) throw new Error(`nobody for ${route.key}`);
  return personAt(brand, desk);
}

const freshHash = (): string => randomUUID().replaceAll('-', '').repeat(2);

/** Jobs that were played by the book in memory, recorded by the house's own recorder, and taken up by the engine as after any rest. */
export class Stock {
  readonly #scene: Scene;
  readonly #brands: number;
  /** How many rungs of one minute the house climbs in a second. */
  readonly rungsPerSecond: number;
  readonly #turns: ReturnType<typeof turnsIn>;
  #made = 0;

  private constructor(scene: Scene, brands: number) {
    this.#scene = scene;
    this.#brands = brands;
    this.rungsPerSecond = readConfig({ ...process.env, ...scene.house.environment }).rungsPerSecond;
    this.#turns = turnsIn(scene.store, { perSecond: this.rungsPerSecond });
  }

  /** Registers so many brands, each with a team, a client and tokens of its staff. */
  static async open(scene: Scene, brands: number): Promise<Stock> {
    await registerAgency(scene.store, brands);
    return new Stock(scene, brands);
  }

  get brands(): number {
    return this.#brands;
  }

  /** A token with which a person of the stock may speak to the API. */
  async tokenOf(personId: string, at: Instant): Promise<string> {
    const expiresAt = addMs(at, 90 * 86_400_000);
    return (await makeToken(this.#scene.store, { personId, name: 'faults', madeBy: personId, at, expiresAt })).token;
  }

  /** Plays a job in memory, writes its log and read models, and gives it to the engine. */
  async add(wish: StockWish): Promise<StockJob> {
    const { store, engine, keys } = this.#scene;
    this.#made += 1;
    const no = this.#made;
    const processId = jobWorkflowId(randomUUID());
    const tale = this.#tell(processId, wish, no);
    const head = await record(store, { processId, after: genesis, entries: tale.entries }, tale.at);
    const state: JobState = { ...tale.state, head };
    const where = openAt(state, wish.desk);
    const circulation = state.circulations[where.circulation];
    const hash = circulation?.about.hash ?? '';
    const holder = circulation?.stays.find((stay) => stay.step === where.step)?.holders[0]?.personId ?? '';
    if (tale.grant) await mintGrant(store, tale.grant, keys.links, wish.openedAt);
    const dueAt = jobProcess.due(state)?.at;
    const turn = dueAt === undefined ? undefined : { dueAt, at: await this.#turns(dueAt) };
    await engine.workflow.start(jobWorkflowType, {
      workflowId: processId,
      taskQueue,
      args: [{ processId, state, ...(turn ? { turn } : {}) }],
      // As behind any rest, the engine's screens know already where the job is.
      typedSearchAttributes: [
        { key: phaseKey, value: state.phase },
        ...(state.jobNumber === undefined ? [] : [{ key: numberKey, value: state.jobNumber }]),
      ],
    });
    return { processId, brand: wish.brand, holder, where, hash, desk: wish.desk, openedAt: wish.openedAt, state };
  }

  #tell(processId: string, wish: StockWish, no: number): Tale {
    const { brand, desk, openedAt } = wish;
    const [executive, lead] = [personAt(brand, 'executive'), personAt(brand, 'lead')];
    const jobNumber = `${brandNo(brand).brandCode}LC${openedAt.slice(0, 4)}${String(no).padStart(5, '0')}`;
    const at = addMs(openedAt, -3_600_000);
    const tale = new Tale(processId, { brand, jobNumber, at, keyId: this.#scene.keys.links.current().id });
    const times = wish.times ?? limitsOf(desk, openedAt, wish.calendar);
    const title = `春茶海报 ${no}`;
    tale.does(
      executive,
      requestAct({
        ...brandNo(brand),
        title,
        ownerId: executive,
        qcRoute: 'qcSix',
        paper: paper('F-01', {}, freshHash()),
      }),
    );
    const heldAt = tale.at;
    const creative = [personAt(brand, 'creativeDirector')];
    tale.does(executive, { type: 'holdBriefing', heldAt, client: [lead], account: [executive], creative });
    if (desk === 'client') {
      tale.comesToRest(wish, times, 'requirementBrief', paper('F-03', {}, freshHash()));
    } else {
      tale.does(executive, { type: 'submit', point: 'requirementBrief', paper: paper('F-03', {}, freshHash()) });
      tale.signs('requirementBrief');
      tale.does(executive, {
        type: 'assess',
        evaluation: '清楚',
        discussion: '已讨论',
        study: '已查',
        recommendation: '照办',
        differs: false,
      });
      tale.does(executive, { type: 'openNumber' });
      tale.does(executive, { type: 'submit', point: 'timetable', paper: paper('F-10', {}, freshHash()) });
      tale.signs('timetable');
      tale.does(executive, { type: 'huddle', heldAt: tale.at, people: creative, objections: [] });
      tale.comesToRest(wish, times, 'workOrder', { ...orderPaper(), hash: freshHash() });
    }
    if (wish.until !== undefined) tale.climbs(wish.until);
    return tale;
  }
}

function openAt(state: JobState, step: string): StockJob['where'] {
  for (const { id, round, stays } of Object.values(state.circulations))
    if (stays.some((stay) => stay.step === step && stay.state === 'open')) return { circulation: id, round, step };
  throw new Error(`${step} is not open`);
}
