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
}
