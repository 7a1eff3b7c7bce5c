import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { planMornings } from '../../../activities/digest/standing.ts';
import { houseNow } from '../../../activities/house.ts';
import { stepTimes } from '../../../domain/circulation/step-times.ts';
import { withClocks, withRungsTold } from '../../../domain/people/hand-over-clock.ts';
import type { HandOver } from '../../../domain/people/hand-over.ts';
import { handOvers } from '../../../store/hand-overs.ts';
import { ownStore } from '../../store/store.ts';
import { fillHouse } from '../house.ts';
import type { MailDesk } from '../mail/desk.ts';
import { openDesk } from '../mail/desk.ts';
import { digestDeps, StartedDigests, textsTo as textsIn } from './desk.ts';

const store = ownStore();
const digests = new StartedDigests();
let desk: MailDesk;
beforeAll(async () => {
  desk = await openDesk(store);
  await fillHouse(store());
});
afterAll(async () => desk.close());
const textsTo = (id: string) => textsIn(desk, id);
const letLeave = () => digests.leave(digestDeps(desk, digests));

describe('a hand-over nobody signs', () => {
  it('M-22, S-133: behind the last rung of its ladder it is a line in the director’s mail every working day, until somebody signs or withdraws', async () => {
    const at = '2026-03-09T01:00:00.000Z';
    const asked: HandOver = {
      brandId: 'b1',
      clientId: 'c1',
      from: 'executive',
      to: 'chief',
      roles: ['ACCOUNT_EXECUTIVE'],
      state: 'asked',
      startedBy: 'executive',
      startedAt: at,
      giverSigns: 'executive',
      factBookOn: '2026-03-08',
      words: '',
      list: [],
      owns: true,
    };
    const timed = withClocks(asked, (ladder, _who, from) => stepTimes(ladder, shanghaiOffice(), zoneNamed, from), at);
    const stands = withRungsTold(timed, '2026-03-12T01:00:00.000Z');
    const change = { by: 'executive', at };
    const planning = { connection: store(), office: shanghaiOffice(), digests };
    desk.now = '2026-03-16T16:10:00.000Z';
    await handOvers.save(store(), 'ho-stands', 0, withRungsTold(timed, at), change);
    expect(await planMornings(planning, await houseNow(store()), desk.now)).toBe(0);
    await handOvers.save(store(), 'ho-stands', 1, stands, change);
    expect(await planMornings(planning, await houseNow(store()), desk.now)).toBe(1);
    for (const morning of ['2026-03-17T01:00:00.000Z', '2026-03-18T01:00:00.000Z']) {
      desk.now = morning;
      await letLeave();
      const text = textsTo('director').at(-1) ?? '';
      expect(text).toContain('1 项交接各级都已告知，仍未签完');
      expect(text).toMatch(/品牌交接 · b1\n王 芳 → 许 知远\n\s+在王 芳、许 知远处，自/u);
      expect(text).toContain('/admin/hand-overs/ho-stands');
    }
    expect(textsTo('director')).toHaveLength(2);
    await handOvers.save(store(), 'ho-stands', 2, { ...stands, state: 'withdrawn' }, change);
    desk.now = '2026-03-19T01:00:00.000Z';
    await letLeave();
    expect(textsTo('director')).toHaveLength(2);
    expect(digests.started.filter((one) => one.at > desk.now)).toEqual([]);
  });
});
