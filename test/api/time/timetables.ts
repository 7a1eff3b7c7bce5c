import { addDays } from '../../../domain/calendar/dates.ts';
import { nodeMoments } from '../../../domain/timetable/moments.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { freeze } from '../../../papers/form.ts';
import { planOf, readTimetable, timetable } from '../../../papers/timing/timetable.ts';
import { freezePaper } from '../../../store/papers.ts';
import { office } from '../../domain/calendar/calendars.ts';
import type { House } from '../support/house.ts';
import { tell } from './studio.ts';

const hour = 3_600_000;
/** What each tale's job is called. */
const called = {
  plain: { number: 'YFLC2026041', title: '秋季战役' },
  extended: { number: 'YFLC2026042', title: '春节礼盒战役' },
  drafted: { number: 'YFLC2026043', title: '国庆战役' },
  passed: { number: 'YFLC2026044', title: '中秋战役' },
} as const;

/** Sets the house's clock to a Friday morning of July, weeks from any holiday, so that the tales are the same on every day. */
export function inSummer(house: House): void {
  house.moveClock(Date.parse('2026-07-24T02:00:00.000Z') - Date.parse(house.api.deps.clock()));
}

const nodesAround = (day: string) => [
  { node: '提案', date: addDays(day, -8), milestone: 'proposal' },
  { node: '创意确认', date: addDays(day, -2), clientApproval: true, milestone: 'creativeApproval' },
  { node: '主视觉看样', date: addDays(day, 9) },
  { node: '投放开始', date: addDays(day, 40), milestone: 'mediaStart' },
];

/** A timetable around a day: creative before it, the client's comment and production after it. */
export function timetableAround(day: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const on = (days: number): string => addDays(day, days);
  return {
    jobNumber: 'YFLC2026041',
    project: '云峰绿茶秋季战役',
    version: 'internal',
    rows: [
      { stage: '创意发展', owner: '创作部', start: on(-24), end: on(-12) },
      { stage: '内部审核', owner: '创意总监', start: on(-11), end: on(-9), internalOnly: true },
      { stage: '提案与意见', owner: '客户部', start: on(-8), end: on(-2) },
      { stage: '制作', owner: '制作部', start: on(3), end: on(18) },
    ],
    keyNodes: nodesAround(day),
    floatDays: 1,
    deliveryDate: on(21),
    ...more,
  };
}

/** Freezes a timetable as the door would, and gives what its submission carries. */
export async function frozenTimetable(house: House, content: Record<string, unknown>) {
  const frozen = freeze(timetable, content);
  const hash = await freezePaper(house.api.deps.store, 'F-10', frozen.content, frozen.facts);
  return { form: 'F-10', hash, facts: frozen.facts };
}

/**
 * A job whose client accepted a timetable, `time-table`: its proposal was shown, the comment is a week late, the float is
 * used up and an extension is asked for. `drafted`: the job's clock has found that; `extended`: a later version goes round;
 * `passed`: the day of a node is over that nobody marked.
 */
export async function timetableTale(house: House, id: string, how: keyof typeof called = 'plain'): Promise<void> {
  const today = house.api.deps.clock().slice(0, 10);
  const unmarked = { keyNodes: [{ node: '打样', date: addDays(today, -10) }, ...nodesAround(today)] };
  const content = timetableAround(today, how === 'passed' ? unmarked : {});
  const first = await frozenTimetable(house, content);
  const read = readTimetable(freeze(timetable, content).content);
  if (!read) throw new Error('the timetable of the tale cannot be read');
  const plan = planOf(read);
  const moved = addDays(today, 35);
  const later = await frozenTimetable(house, {
    ...content,
    deliveryDate: moved,
    changes: [{ oldDate: addDays(today, 21), newDate: moved, reason: '客户意见晚到', agreedBy: '李女士' }],
  });
  await tell(house, {
    id,
    ...called[how],
    until: 'PROPOSED',
    hoursAgo: 24 * 26,
    pauseMs: 8 * hour,
    before: (job) => {
      job.timetable = first;
      job.looks = ({ at }) => ({
        type: 'timetablePlanned',
        hash: first.hash,
        nodes: nodeMoments(plan, office, { office, zones: zoneNamed }, at),
        stages: [],
        ...(how === 'drafted'
          ? { extension: { oldDate: plan.deliveryDate, newDate: addDays(plan.deliveryDate, 5), clientMs: 24 * hour } }
          : {}),
      });
    },
    then: (job) => {
      job.pauseMs = 60_000;
      if (how === 'extended') job.submit('executive', 'timetable', later);
    },
  });
}

/** A job whose first timetable lies with the client. */
export async function offeredTale(house: House, id: string): Promise<void> {
  const first = await frozenTimetable(house, timetableAround(house.api.deps.clock().slice(0, 10)));
  await tell(house, {
    id,
    title: '第一次送客户',
    until: 'OPENED',
    hoursAgo: 40,
    then: (job) => job.submit('executive', 'timetable', first),
  });
}
