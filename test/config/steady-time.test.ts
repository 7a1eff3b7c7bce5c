import { expect, it } from 'vitest';
import { clockOf } from '../../config/clock.ts';
import { steadyTime } from '../../config/steady-time.ts';

const day = 86_400_000;
/** A machine whose clock can be set while it goes on ticking, and a store whose clock is right. */
function house() {
  const state = { tick: 1_000, wallMs: 1_800_000_000_000, storeMs: 1_800_000_000_000, asked: 0, away: false };
  const wrong: number[] = [];
  const time = steadyTime({
    wall: () => state.wallMs,
    ticking: () => state.tick,
    onWrong: (aheadMs) => wrong.push(aheadMs),
  });
  const pass = (ms: number): void => {
    state.tick += ms;
    state.wallMs += ms;
    state.storeMs += ms;
  };
  const ask = (): Promise<number> => {
    state.asked += 1;
    return state.away ? Promise.reject(new Error('away')) : Promise.resolve(state.storeMs);
  };
  return { state, time, pass, ask, wrong };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('§5: until the store has answered, the machine’s clock counts', async () => {
  const { state, time, pass, ask } = house();
  pass(5_000);
  expect(time.now()).toBe(state.wallMs);
  state.away = true;
  await time.follow(ask);
  pass(5_000);
  expect(time.now()).toBe(state.wallMs);
  time.stop();
});

it.each([3_600_000, -3_600_000, 30 * day, -30 * day])(
  '§5: a machine’s clock that is set by %i ms moves no moment of the house, and is told once',
  async (leap) => {
    const { state, time, pass, ask, wrong } = house();
    await time.follow(ask);
    state.wallMs += leap;
    pass(250);
    expect(time.now()).toBe(state.storeMs);
    await turn();
    expect(state.asked, 'the store is asked at once').toBe(2);
    pass(60_000);
    expect(time.now()).toBe(state.storeMs);
    expect(wrong).toEqual([leap]);
    time.stop();
  },
);

it('§5: a process that starts with a wrong clock goes by the store’s, and the house’s offset stands on top', async () => {
  const { state, time, ask } = house();
  state.wallMs += 30 * day;
  await time.follow(ask);
  expect(clockOf({ clockOffsetMs: 60_000 }, time.now)()).toBe(new Date(state.storeMs + 60_000).toISOString());
  time.stop();
});

it('§5: a machine that slept did not tick: it goes by the others as soon as they have answered', async () => {
  const { state, time, ask } = house();
  await time.follow(ask);
  state.wallMs += 8 * 3_600_000;
  state.storeMs += 8 * 3_600_000;
  time.now();
  await turn();
  expect(time.now()).toBe(state.storeMs);
  time.stop();
});

it('§5: while the store is away the time goes on from what was agreed', async () => {
  const { state, time, pass, ask } = house();
  await time.follow(ask);
  state.away = true;
  state.wallMs += day;
  pass(600_000);
  time.now();
  await turn();
  pass(1_000);
  expect(time.now()).toBe(state.storeMs);
  time.stop();
});
