import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { AnyCaseAct, CaseEffect, CaseEvent, CaseMailEffect, CaseReport } from '../../../domain/cases/acts.ts';
import { countSpans } from '../../../domain/cases/count.ts';
import { issue } from '../../../domain/cases/issue.ts';
import { meeting } from '../../../domain/cases/meeting.ts';
import { caseProcess, newCase } from '../../../domain/cases/process.ts';
import type { CaseState } from '../../../domain/cases/state.ts';
import { laterOf } from '../../../domain/instant.ts';
import type { Instant } from '../../../domain/instant.ts';
import { genesis } from '../../../domain/log/entry.ts';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import { initialMinutes } from '../../../domain/minutes/state.ts';
import type { MinutesAct, MinutesEvent, MinutesState } from '../../../domain/minutes/state.ts';
import type { Actor, Process, Stamp } from '../../../domain/process.ts';
import { isRefusal } from '../../../domain/process.ts';
import { freeze } from '../../../papers/form.ts';
import { forms } from '../../../papers/index.ts';
import { recordCase } from '../../../store/case-recorder.ts';
import type { FoldedEvent } from '../../../store/cases.ts';
import { freezePaper } from '../../../store/papers.ts';
import { office, shanghai } from '../../domain/calendar/calendars.ts';
import { about, who } from '../../domain/cases/play.ts';
import { samples } from '../../papers/samples.ts';

type Input = CaseMailEffect['input'];

/** A case that is run as the engine would run it, with its log and its fold in the real store; its mails are left to the test. */
export class KeptCase<S extends CaseState, A extends { readonly type: string }, E extends FoldedEvent> {
  readonly processId: string;
  state: S;
  now: Instant;
  readonly mails: Input[] = [];
  readonly #store: Connection;
  readonly #process: Process<S, A, E, CaseEffect>;
  readonly #entries: { readonly stamp: Stamp; readonly event: E }[] = [];
  #head = genesis;
  #commands = 0;

  constructor(store: Connection, process: Process<S, A, E, CaseEffect>, state: S, now: Instant) {
    this.#store = store;
    this.#process = process;
    this.state = state;
    this.processId = state.processId;
    this.now = now;
  }

  /** Somebody does something; a refusal is an error of the test. */
  async act(personId: string, act: A): Promise<void> {
    await this.#send(who(personId), act);
  }

  /** Does what falls due up to a moment, in its order. */
  async until(end: Instant): Promise<void> {
    for (let due = this.#process.due(this.state); due && due.at <= end; due = this.#process.due(this.state)) {
      this.now = laterOf(this.now, due.at);
      await this.#send({ kind: 'system', name: 'clock' }, due.act);
    }
    this.now = laterOf(this.now, end);
  }

  /** The mails of a kind of notice, oldest first. */
  told(notice: string): readonly Input[] {
    return this.mails.filter((one) => one.notice === notice);
  }

  async #report(name: 'open' | 'mail', found: CaseReport | A): Promise<void> {
    await this.#send({ kind: 'system', name }, found as A);
  }

  async #send(actor: Actor, act: A): Promise<void> {
    const commandId = `${this.processId}-${String((this.#commands += 1))}`;
    const command = { id: commandId, actor, receivedAt: this.now, at: this.now, act };
    const events = this.#process.decide(this.state, command);
    if (isRefusal(events)) throw new Error(`${act.type}: ${events.code} ${JSON.stringify(events.params ?? {})}`);
    const effects: CaseEffect[] = [];
    for (const event of events) {
      const stamp = { seq: this.state.seq + 1, at: this.now, receivedAt: this.now, commandId, actor };
      this.state = this.#process.evolve(this.state, event, stamp);
      this.#entries.push({ stamp, event });
      effects.push(...this.#process.effects(this.state, event, stamp));
    }
    const entries = this.#entries.splice(0);
    const appended = { processId: this.processId, after: this.#head, entries };
    if (entries.length > 0) this.#head = await recordCase(this.#store, appended, this.now);
    for (const effect of effects) await this.#carry(effect);
  }

  async #carry(effect: CaseEffect): Promise<void> {
    if (effect.kind === 'count') {
      await this.#report(
        'open',
        countSpans(office, () => shanghai, effect.input),
      );
      return;
    }
    if (effect.kind === 'tell') return;
    const { asks, to, notice, seq } = effect.input;
    this.mails.push(effect.input);
    if (!asks || !('personId' in to)) return;
    const sent = { type: 'mailed', notice, sent: seq, personId: to.personId, at: this.now } as const;
    await this.#report('mail', { ...sent, outcome: 'accepted' });
  }
}

/** Who has to do with a case of the tests, where it is not the usual cast. */
export interface Cast {
  readonly ownerId?: string;
  readonly reviewer?: string;
  readonly title?: string;
}

/** A meeting of the tests. */
export type KeptMeeting = KeptCase<CaseState, AnyCaseAct, CaseEvent>;
/** Minutes of the tests. */
export type KeptMinutes = KeptCase<MinutesState, MinutesAct, MinutesEvent>;

const fresh = (kind: 'case' | 'minutes' | 'issue'): string => `${kind}-${randomBytes(8).toString('hex')}`;

function beginning({ ownerId = about.ownerId, reviewer = 'am-1', title = about.title }: Cast) {
  return { ...about, title, ownerId, parts: { ...about.parts, reviewer: [reviewer] } };
}

/** A meeting that was begun at a moment. */
export async function keptMeeting(store: Connection, at: Instant, cast: Cast = {}): Promise<KeptMeeting> {
  const kept: KeptMeeting = new KeptCase(store, caseProcess, newCase(fresh('case'), meeting), at);
  await kept.act('ae-1', { type: 'begin', ...beginning(cast) });
  return kept;
}

/** An issue of which the client was told on the telephone at the moment it was raised. */
export async function toldIssue(store: Connection, at: Instant, cast: Cast = {}): Promise<KeptMeeting> {
  const kept: KeptMeeting = new KeptCase(store, caseProcess, newCase(fresh('issue'), issue), at);
  const paper = await keptPaper(store, 'F-63');
  const begun = { ...beginning(cast), jobId: `job-${kept.processId}`, parts: { finder: ['artist-1'] }, paper };
  await kept.act('artist-1', { type: 'begin', ...begun });
  const told = { words: '已说明', parts: { told: ['client-1'] }, happenedAt: at };
  await kept.act('am-1', { type: 'move', move: 'tellByPhone', ...told });
  return kept;
}

/** Minutes that nobody has written yet, of a meeting that ended at a moment. */
export async function unwrittenMinutes(store: Connection, at: Instant, cast: Cast = {}): Promise<KeptMinutes> {
  const kept: KeptMinutes = new KeptCase(store, minutesProcess, initialMinutes(fresh('minutes')), at);
  await kept.act('ae-1', { type: 'begin', ...beginning(cast) });
  return kept;
}

/** A paper for minutes or a meeting, frozen in the store. */
export async function keptPaper(
  store: Connection,
  form: 'F-13' | 'F-15' | 'F-63',
  change: Record<string, unknown> = {},
) {
  const { hash, facts, content } = freeze(forms[form], { ...samples[form], ...change });
  await freezePaper(store, form, content, facts);
  return { form, hash, facts };
}

/** Minutes that lie with the client since a moment; `steps` are the actions agreed on. */
export async function keptMinutes(
  store: Connection,
  at: Instant,
  { steps, ...cast }: Cast & { readonly steps?: readonly object[] } = {},
): Promise<KeptMinutes> {
  const kept = await unwrittenMinutes(store, at, cast);
  const paper = await keptPaper(store, 'F-15', steps === undefined ? {} : { nextSteps: steps });
  await kept.act('ae-1', { type: 'move', move: 'submit', paper });
  await kept.act(cast.reviewer ?? 'am-1', { type: 'move', move: 'approve', hash: paper.hash });
  return kept;
}

/** The same minutes after the client objected. */
export async function objectedMinutes(store: Connection, at: Instant, cast: Cast = {}): Promise<KeptMinutes> {
  const kept = await keptMinutes(store, at, cast);
  const hash = String(kept.state.papers['F-15']?.facts['copyHash']);
  await kept.act('client-1', { type: 'move', move: 'object', hash, words: '日期不对' });
  return kept;
}
