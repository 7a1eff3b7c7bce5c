import { describe, expect, test } from 'vitest';
import type { Verb } from '../../domain/circulation/acts.ts';
import { answersOf } from '../../domain/job/answers.ts';
import { isClosed } from '../../domain/job/decide.ts';
import { jobProcess } from '../../domain/job/process.ts';
import { stampOf } from '../../domain/job/sketch.ts';
import type { JobState } from '../../domain/job/state.ts';
import type { Command } from '../../domain/process.ts';
import { isRefusal } from '../../domain/process.ts';
import { upcastJob } from '../../workflows/upcast/job.ts';
import { person } from '../domain/job/agency.ts';
import { frozenStates, phasesKept } from './states.ts';

const at = '2026-12-31T02:00:00.000Z';

/** Whoever holds an open step signs it. */
function signOf(state: JobState): Command<Verb> | undefined {
  for (const circulation of Object.values(state.circulations)) {
    if (circulation.status !== 'running') continue;
    const stay = circulation.stays.find((one) => one.state === 'open');
    const holder = stay?.holders[0];
    if (!stay || !holder) continue;
    const items = state.routes[circulation.route]?.steps.find((one) => one.key === stay.step)?.checklist ?? [];
    const checklist = items.map((item) => ({ item, answer: 'pass' as const, note: 'looked at' }));
    const { id, round, about } = circulation;
    const act = { type: 'sign', circulation: id, round, step: stay.step, hash: about.hash, checklist } as const;
    return { id: 'click', actor: person(holder.personId), receivedAt: at, at, act };
  }
  return undefined;
}

describe('states of every release are read by this one', () => {
  test('release 0.1.0 left a state of every phase that is kept', () => {
    const names = frozenStates().map(({ name }) => name);
    for (const phase of [...phasesKept, 'ON_HOLD']) expect(names).toContain(`${phase}-0.1.0`);
  });

  test.each(frozenStates())('$name: is taken over whole, judged, changed and watched', ({ name, state: frozen }) => {
    const state = upcastJob(structuredClone(frozen));
    expect(state.seq).toBe((frozen as { seq: number }).seq);
    expect(Object.keys(state.seen).length).toBeGreaterThan(0);
    expect(answersOf(state).phase).toBe(state.phase);

    const due = jobProcess.due(state);
    const sign = signOf(state);
    expect(due !== undefined, 'an open step has something the clock must do').toBe(
      sign !== undefined && !state.onHold && !isClosed(state),
    );

    // A person without the title is refused in every phase.
    const again = { id: 'again', actor: person('contact'), receivedAt: at, at, act: { type: 'track' } } as const;
    expect(isRefusal(jobProcess.decide(state, again))).toBe(true);
    if (!sign) return;
    const events = jobProcess.decide(state, sign);
    if (state.onHold) {
      expect(events).toMatchObject({ code: 'ON_HOLD' });
      return;
    }
    if (isRefusal(events)) throw new Error(`${name}: ${events.code} ${JSON.stringify(events.params ?? {})}`);
    let next = state;
    const kinds: string[] = [];
    for (const event of events) {
      const stamp = stampOf(next, sign);
      next = jobProcess.evolve(next, event, stamp);
      kinds.push(...jobProcess.effects(next, event, stamp).map((effect) => effect.kind));
    }
    expect(next.seen['click']).toBe(next.seq);
    expect(kinds).toContain('mail');
  });

  test.each([
    ['of a later release', { stateVersion: 2 }],
    ['without a version', { phase: 'OPENED' }],
    ['that is none', 'OPENED'],
    ['that is nothing', null],
  ])('a state %s is refused by name, never guessed at', (_what, state) => {
    expect(() => upcastJob(state)).toThrowError(expect.objectContaining({ type: 'UNKNOWN_STATE_VERSION' }) as Error);
  });
});
