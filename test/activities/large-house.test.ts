import { beforeAll, describe, expect, it } from 'vitest';
import { shanghaiOffice } from '../../activities/calendar/holidays.ts';
import { calendarIn, holdingIn, houseNow, peopleIn } from '../../activities/house.ts';
import type { HouseNow } from '../../activities/house.ts';
import { personCalendarId } from '../../domain/calendar/desk.ts';
import { isAbsent } from '../../domain/people/holders.ts';
import { calendars } from '../../store/calendars.ts';
import { ownStore } from '../store/store.ts';
import { fillHouse } from './house.ts';

const store = ownStore();
const at = '2026-03-12T02:20:00.000Z';
const asking = { brandId: 'b1', clientId: 'c1', ownerId: 'executive', authorId: 'designer', signedBy: [], at };
const leave = { personId: 'writer', from: '2026-03-10T00:00:00.000Z', to: '2026-03-20T00:00:00.000Z' };

describe('a house too large to be remembered whole', () => {
  beforeAll(async () => {
    await fillHouse(store(), undefined, [leave]);
    const id = personCalendarId('writer');
    await calendars.save(store(), id, 0, { ...shanghaiOffice(), id }, { by: 'admin', at });
  });

  it('finds the same people, leave, team and hours by their rows', async () => {
    const answers = async (house: HouseNow) => {
      const { people, absences, team } = await holdingIn(house, asking);
      return {
        people: people.map(({ id }) => id),
        away: ['writer', 'designer'].map((id) => isAbsent(id, absences, at)),
        team,
        name: (await peopleIn(house, ['writer'])).get('writer')?.name,
        hours: (await calendarIn(house, 'agency', 'c1', shanghaiOffice(), ['writer'])).id,
      };
    };
    const house = await houseNow(store());
    const known = await answers(house);
    expect(known).toMatchObject({ away: [true, false], name: '陈 默', hours: personCalendarId('writer') });
    const none = { all: [], byId: new Map(), complete: false };
    expect(await answers({ ...house, people: none, teams: none, absences: none, calendars: none })).toEqual(known);
  });
});
