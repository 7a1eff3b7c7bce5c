import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../domain/people/types.ts';
import { caseRow, pointOf } from '../../../store/cases.ts';
import { people } from '../../../store/people.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { sitAt, type Page } from '../papers/browserless.ts';
import { samples } from '../../papers/samples.ts';

/** Minutes whose reviewer hands the brand over while they lie there: what the links say. */
let there: ClientHouse;
let manager: Person;
let second: Person;
beforeAll(async () => {
  there = await openClientHouse('minutes-handed');
  const found = (await people.all(store())).find(({ value }) => value.roles.includes('ACCOUNT_MANAGER'));
  if (!found) throw new Error('no account manager');
  manager = found.value;
  second = await there.house.person(['ACCOUNT_MANAGER'], { name: '第二经理' });
}, 180_000);
afterAll(() => there.close());

const deps = () => there.house.api.deps;
const store = () => deps().store;
const plain = (page: Page): string => page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const stateOf = async (id: string) => {
  const row = await caseRow(store(), id);
  if (!row) throw new Error('no minutes');
  return pointOf(row).state;
};
const linkTo = (person: Person, road: string, seen: number): Promise<string> =>
  until(
    () =>
      there.house.mails
        .slice(seen)
        .flatMap((mail) =>
          mail.to === person.mail.address ? (new RegExp(`/${road}/a/[A-Za-z0-9_.-]+`).exec(mail.text)?.[0] ?? []) : [],
        )[0],
  );

describe('a link to minutes of somebody who has handed them over', () => {
  it(
    'S-133: says who has them now, shows no more of them and decides nothing; the new link does',
    { timeout: 240_000 },
    async () => {
      const { place, executive, contact, director } = there;
      const before = there.house.mails.length;
      const { clientId, brandId } = place;
      const parts = { confirmer: [contact.id], reviewer: [manager.id] };
      const begun = await there.api('/minutes', { title: '沟通会', clientId, brandId, ownerId: executive.id, parts });
      const id = String(begun.id);
      const content = {
        ...samples['F-15'],
        participants: [executive.id, contact.id],
        reporter: executive.id,
        nextSteps: [{ action: '改竖版海报', executor: executive.id, keyDate: '2099-12-31' }],
      };
      const submit = { type: 'move', move: 'submit', paper: { form: 'F-15', content } };
      await there.api(`/cases/${id}/acts`, { act: submit });
      const link = await linkTo(manager, 'm', before);
      const guest = sitAt(there.house);
      const page = await guest.open(link);
      expect(page.text).toContain('name="do" value="approve"');

      const wanted = { brandId, from: manager.id, to: second.id, factBookOn: deps().clock().slice(0, 10) };
      const as = async (person: Person) => there.house.token(person);
      const made = await there.api('/hand-overs', wanted, await as(director));
      for (const person of [manager, second, director])
        await there.api(`/hand-overs/${String(made.id)}/sign`, {}, await as(person));
      await until(async () => ((await stateOf(id)).parts['reviewer']?.includes(second.id) ? true : undefined));

      const old = await guest.open(link);
      expect(plain(old)).toContain('These minutes were handed to 第二经理');
      expect(old.text).not.toContain('name="do"');
      // The page that was open before: nothing is decided by it either.
      const late = await guest.send(page, { do: 'approve' });
      expect([late.status, plain(late).includes('handed to 第二经理')]).toEqual([409, true]);
      expect((await stateOf(id)).state).toBe('AT_SUPERVISOR');

      const fresh = await guest.open(await linkTo(second, 'm', before));
      expect((await guest.send(fresh, { do: 'approve' })).status).toBe(303);
      await until(async () => ((await stateOf(id)).made['approve']?.by === second.id ? true : undefined));
    },
  );
});
