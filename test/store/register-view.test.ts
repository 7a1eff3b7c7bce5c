import { describe, expect, inject, test } from 'vitest';
import type { Person } from '../../domain/people/types.ts';
import { registerDemo } from '../../ops/demo/register.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { removeDemo } from '../../store/demo.ts';
import { people } from '../../store/people.ts';
import { ownStore } from './store.ts';

const store = ownStore();
const change = { by: 'boss', at: '2026-03-12T09:00:00.000Z' };
const person = (id: string, name: string): Person => ({
  id,
  name,
  roles: ['COPYWRITER'],
  side: 'agency',
  language: 'zh-CN',
  mail: { address: `${id}@agency.example`, revision: 1 },
  active: true,
});
const named = async (id: string, connection = store()) => (await people.now(connection)).byId.get(id)?.name;

describe('a register from memory', () => {
  test('shows every saved change at once, in the process that saved it and in every other', async () => {
    const elsewhere = await connectStore({ uri: inject('mongoUri'), database: store().name });
    expect(await named('v1')).toBeUndefined();
    expect(await named('v1', elsewhere)).toBeUndefined();
    await people.save(store(), 'v1', 0, person('v1', '一'), change);
    expect([await named('v1'), await named('v1', elsewhere)]).toEqual(['一', '一']);
    await people.save(elsewhere, 'v1', 1, person('v1', '二'), change);
    expect([await named('v1'), await named('v1', elsewhere)]).toEqual(['二', '二']);
    await closeStore(elsewhere);
  });

  test('is read once for as long as nothing changes', async () => {
    const first = await people.now(store());
    expect(await people.now(store())).toBe(first);
    await people.save(store(), 'v2', 0, person('v2', '新'), change);
    const second = await people.now(store());
    expect(second).not.toBe(first);
    expect(second.all.map(({ id }) => id)).toEqual([...second.all.map(({ id }) => id)].sort());
    expect(second.complete).toBe(true);
  });

  test('a save that lost changes nothing that is shown', async () => {
    const before = await people.now(store());
    expect((await people.save(store(), 'v2', 0, person('v2', '旧'), change)).saved).toBe(false);
    expect(await people.now(store())).toBe(before);
  });

  test('twenty changes at once end with the last of them shown', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, no) => {
        const id = `w${String(no)}`;
        await people.save(store(), id, 0, person(id, '众'), change);
        expect(await named(id)).toBe('众');
      }),
    );
    expect((await people.now(store())).all.filter(({ name }) => name === '众')).toHaveLength(20);
  });

  test('what is removed with the demonstration is gone', async () => {
    await registerDemo(store(), change.at);
    expect((await people.now(store())).all.some(({ id }) => id.startsWith('demo-'))).toBe(true);
    await removeDemo(store(), () => Promise.resolve());
    expect((await people.now(store())).all.some(({ id }) => id.startsWith('demo-'))).toBe(false);
  });
});
