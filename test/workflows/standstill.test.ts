import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { paper } from '../domain/job/agency.ts';
import { skippingHouse } from './skipping.ts';

/** Whether anybody still listens there. */
function listens(address: string): Promise<boolean> {
  const [host = '', port = ''] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
}

test('a process that does not come to rest: what it waits for is told with its last failure, and its server goes all the same', async () => {
  const house = await skippingHouse();
  const { address } = house;
  try {
    const job = await house.job();
    job.hands.mailDown = true;
    await job.act('executive', { type: 'submit', point: 'timetable', paper: paper('F-10', {}, 'timetable-1') });
    await job.until(() => job.events().some(({ event }) => event.type === 'stepOpened'));
    await expect.poll(() => job.standstill(), { timeout: 60_000 }).toMatch(/activity sendMail.*421 come back later/u);
    const told = await job.standstill();
    expect(told).toMatch(/history: open since \d+: activity sendMail/u);
    expect(told).toMatch(/query state: .*"phase":"OPENED"/u);
    expect(told).toMatch(/clock: \d{4}-/u);
    expect(await listens(address)).toBe(true);
  } finally {
    await expect(house.close(200)).rejects.toThrow(/never came to rest[^]*421 come back later/u);
  }
  await expect.poll(() => listens(address)).toBe(false);
});
