import { describe, expect, test } from 'vitest';
import type { JobActivities } from '../../activities/contract.ts';
import type { PlanInput } from '../../domain/job/timetable.ts';
import { bookUntil, paper } from '../domain/job/agency.ts';
import { Hands, liveJob } from './house.ts';

const day = 86_400_000;
const ahead = (days: number): string => new Date(Date.now() + days * day).toISOString();

/** Hands of a job whose timetable was accepted under a release that counted none. */
class OlderHands extends Hands {
  readonly looks: PlanInput[] = [];

  constructor() {
    super();
    const job = bookUntil('OPENED');
    job.submit('executive', 'timetable', paper('F-10', { deliveryDate: '2099-04-30', changes: [] }, 't1'));
    job.signs('timetable', 'client');
    const { timetable: _counted, ...state } = job.state;
    this.base = { ...state, effects: [], head: { seq: state.seq, hash: `h${String(state.seq)}` } };
  }

  override activities(): JobActivities {
    return {
      ...super.activities(),
      planTimetable: async (input) => {
        this.looks.push(input);
        const node = { name: '看样', date: ahead(2).slice(0, 10), at: ahead(2), announceAt: ahead(-1) };
        return { type: 'timetablePlanned', hash: 't1', nodes: [node], stages: [] };
      },
    };
  }
}

describe('a timetable that was accepted before jobs had a clock for it', { timeout: 120_000 }, () => {
  test('R-45, R-54: the run that is replayed does what it did; the next one takes the timetable up, once', async () => {
    const hands = new OlderHands();
    const { base } = hands;
    if (!base) throw new Error('no job to begin with');
    const job = await liveJob('taken-up', hands);
    const handle = job.client.workflow.getHandle(job.processId);
    const eventsOf = async (): Promise<string> => JSON.stringify(await handle.fetchHistory());
    await job.working(async () => {
      await expect.poll(eventsOf, { timeout: 30_000 }).toContain('workflowTaskCompletedEventAttributes');
      expect(await eventsOf()).not.toContain('timerStartedEventAttributes');
      expect(hands.looks).toEqual([]);
      const heldAt = new Date(Date.now() - 60_000).toISOString();
      const people = ['creativeDirector', 'designer'];
      await job.act('executive', { type: 'huddle', heldAt, people, objections: [] });
      const announced = () => hands.mails.filter(({ kind }) => kind === 'nodeAhead');
      await expect.poll(announced, { timeout: 30_000 }).toHaveLength(1);
      const state = hands.state(job.processId);
      expect(state.timetable).toMatchObject({
        baseline: { hash: 't1', version: 1, deliveryDate: '2099-04-30', acceptedBy: 'contact' },
        told: [expect.stringContaining('看样')],
      });
      // The next decision and the rest after it take nothing up a second time.
      await job.act('executive', { type: 'huddle', heldAt, people: [...people, 'copywriter'], objections: [] });
      await expect.poll(() => hands.state(job.processId).huddle?.people.length).toBe(3);
    });
    const types = hands.entries.slice(base.seq).map(({ event }) => event.type);
    expect(types).toEqual(['huddleHeld', 'baselineAccepted', 'timetableCounted', 'nodeAnnounced', 'huddleHeld']);
    expect(hands.looks).toHaveLength(1);
  });
});
