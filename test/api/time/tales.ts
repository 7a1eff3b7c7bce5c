import type { House } from '../support/house.ts';
import { tell } from './studio.ts';

const hour = 3_600_000;

/** Jobs at different places of their way, some of them late; the ids are what the tests ask for. */
export async function timeTales(house: House): Promise<void> {
  await tell(house, {
    id: 'time-archived',
    title: '夏季主视觉',
    until: 'ARCHIVED',
    hoursAgo: 24 * 90,
    pauseMs: 1.5 * hour,
    clientPauseMs: 20 * hour,
  });
  await tell(house, {
    id: 'time-qc',
    title: '灯箱海报',
    until: 'ARTWORK_QC',
    hoursAgo: 24 * 30,
    pauseMs: hour,
    clientPauseMs: 12 * hour,
  });
  const late = (id: string, title: string, hoursAgo: number, climbed: readonly number[]) =>
    tell(house, {
      id,
      title,
      until: 'ARTWORK_QC',
      hoursAgo,
      then: (job) => {
        for (const n of climbed) job.climb('artworkQc', 'copywriter', n);
      },
    });
  await late('time-late1', '秋季礼盒', 120, [1, 2, 3, 4]);
  await late('time-late2', '门店海报', 100, [1, 2]);
  await late('time-late3', '品牌手册', 80, [1]);
  await late('time-late4', '新品折页', 70, []);
  await late('time-late5', '会员卡面', 60, [1]);
  await tell(house, {
    id: 'time-client',
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
    hoursAgo: 90,
  });
}
