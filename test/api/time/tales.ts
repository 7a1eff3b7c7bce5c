import type { House } from '../support/house.ts';
import { tell } from './studio.ts';

const hour = 3_600_000;
/** The desks of the artwork QC in their order. */
const desks = [
  'copywriter',
  'artDirector',
  'creativeDirector',
  'accountExecutive',
  'accountDirector',
  'client',
] as const;

/** Jobs at different places of their way, some of them late; the ids are what the tests ask for. */
export async function timeTales(house: House): Promise<void> {
  await tell(house, {
    id: 'time-archived',
    number: 'YFLC2026014',
    title: '夏季主视觉',
    until: 'ARCHIVED',
    hoursAgo: 24 * 90,
    pauseMs: 1.5 * hour,
    clientPauseMs: 20 * hour,
  });
  await tell(house, {
    id: 'time-qc',
    number: 'YFLC2026029',
    title: '灯箱海报',
    until: 'ARTWORK_QC',
    hoursAgo: 24 * 30,
    pauseMs: hour,
    clientPauseMs: 12 * hour,
  });
  // Each lies one desk further than the one before, with these rungs climbed.
  const late = (place: number, title: string, hoursAgo: number, climbed: readonly number[]) =>
    tell(house, {
      id: `time-late${String(place)}`,
      number: `YFLC2026${String(30 + place).padStart(3, '0')}`,
      title,
      until: 'ARTWORK_QC',
      hoursAgo,
      then: (job) => {
        job.signs('artworkQc', ...desks.slice(0, place));
        for (const n of climbed) job.climb('artworkQc', desks[place] ?? 'copywriter', n);
      },
    });
  await late(1, '秋季礼盒', 130, [1, 2, 3, 4]);
  await late(2, '门店海报', 110, [1, 2]);
  await late(3, '品牌手册', 90, [1]);
  await late(4, '新品折页', 80, []);
  await late(5, '会员卡面', 70, [1]);
  await tell(house, {
    id: 'time-client',
    number: 'YFLC2026036',
    title: '双十一长图',
    until: 'PROPOSED',
    hoursAgo: 60,
    clientPauseMs: 2 * hour,
  });
  // Another brand, in which nobody of the studio works.
  await tell(house, {
    id: 'time-foreign',
    title: '别家的工作',
    brandId: 'elsewhere',
    until: 'ARTWORK_QC',
    hoursAgo: 95,
  });
}
