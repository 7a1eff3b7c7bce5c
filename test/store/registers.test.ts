import { describe, expect, test } from 'vitest';
import type { Person } from '../../domain/people/types.ts';
import { auditOf } from '../../store/audit.ts';
import type { Client } from '../../store/clients.ts';
import { clientOfBrand, clients, doubledLineCodes } from '../../store/clients.ts';
import { people, personByAddress } from '../../store/people.ts';
import { ownStore } from './store.ts';

const store = ownStore();
const at = '2026-03-12T08:30:00.000Z';

function person(id: string, over: Partial<Person> = {}): Person {
  return {
    id,
    name: `人 ${id}`,
    roles: ['COPYWRITER'],
    side: 'agency',
    language: 'zh-CN',
    mail: { address: `${id}@agency.example`, revision: 1 },
    active: true,
    ...over,
  };
}

function client(id: string, code: string): Client {
  return {
    id,
    name: `客户 ${id}`,
    kind: 'fullService',
    contacts: [],
    brands: [
      {
        id: `${id}-b`,
        name: '云峰',
        code,
        lines: [{ id: `${id}-l`, name: '绿茶', code: 'LC', active: true }],
        active: true,
      },
    ],
    qcRoute: { route: 'qcSeven', chosenBy: 'p1' },
    active: true,
  };
}

describe('registers', () => {
  test('an entry that is taken out is nowhere any more, keeps its history, and comes back under its next number', async () => {
    const by = { by: 'boss', at, words: '不再需要' };
    const first = person('gone', { mail: { address: 'gone@agency.example', revision: 1 } });
    expect(await people.standing(store(), 'gone')).toEqual({ revision: 0, entry: null });
    await people.save(store(), 'gone', 0, first, by);
    expect(await people.drop(store(), 'gone', 7, by)).toMatchObject({ saved: false, why: 'changed' });
    expect(await people.drop(store(), 'gone', 1, by)).toEqual({ saved: true, revision: 2 });
    expect(await people.drop(store(), 'gone', 2, by)).toMatchObject({ saved: false, why: 'changed', current: null });
    expect(await people.standing(store(), 'gone')).toEqual({ revision: 2, entry: null, dropped: by });
    expect(await people.get(store(), 'gone')).toBeNull();
    expect(await people.some(store(), ['gone'])).toEqual([]);
    expect(await personByAddress(store(), 'gone@agency.example')).toBeUndefined();
    expect((await people.now(store())).byId.has('gone')).toBe(false);
    // What it had taken is free again, and whoever saw no entry does not bring it back by accident.
    expect((await people.save(store(), 'other', 0, { ...first, id: 'other' }, by)).saved).toBe(true);
    expect(await people.save(store(), 'gone', 0, person('gone'), by)).toMatchObject({ saved: false, why: 'changed' });
    expect(
      await people.save(
        store(),
        'gone',
        2,
        person('gone', { mail: { address: 'back@agency.example', revision: 2 } }),
        by,
      ),
    ).toEqual({ saved: true, revision: 3 });
    expect((await people.standing(store(), 'gone')).dropped).toBeUndefined();
    const audit = await auditOf(store(), 'people', 'gone');
    expect(audit.map(({ revision, before, after }) => [revision, before !== null, after !== null])).toEqual([
      [3, false, true],
      [2, true, false],
      [1, false, true],
    ]);
  });

  test('every change has a version and an audit entry with before, after, by, when and why', async () => {
    expect(await people.save(store(), 'a1', 0, person('a1'), { by: 'boss', at })).toEqual({ saved: true, revision: 1 });
    const moved = person('a1', { mail: { address: 'new@agency.example', revision: 2 } });
    expect(await people.save(store(), 'a1', 1, moved, { by: 'boss', at, words: '换邮箱' })).toEqual({
      saved: true,
      revision: 2,
    });
    expect(await people.get(store(), 'a1')).toMatchObject({ revision: 2, value: moved });
    const audit = await auditOf(store(), 'people', 'a1');
    expect(audit.map((one) => one.revision)).toEqual([2, 1]);
    expect(audit[0]).toEqual({
      register: 'people',
      entry: 'a1',
      revision: 2,
      by: 'boss',
      at,
      words: '换邮箱',
      before: person('a1'),
      after: moved,
    });
  });

  test('whoever saves over a version they did not see is shown what is there, and nothing changes', async () => {
    await people.save(store(), 'a2', 0, person('a2'), { by: 'boss', at });
    await people.save(store(), 'a2', 1, person('a2', { name: '一' }), { by: 'x', at });
    const late = await people.save(store(), 'a2', 1, person('a2', { name: '二' }), { by: 'y', at });
    expect(late).toMatchObject({ saved: false, why: 'changed', current: { revision: 2, value: { name: '一' } } });
    expect(await people.save(store(), 'a2', 0, person('a2'), { by: 'y', at })).toMatchObject({
      saved: false,
      why: 'changed',
    });
    expect(await auditOf(store(), 'people', 'a2')).toHaveLength(2);
  });

  test('of 20 savers at once one wins, and the audit has exactly its change', async () => {
    await people.save(store(), 'a3', 0, person('a3'), { by: 'boss', at });
    const done = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        people.save(store(), 'a3', 1, person('a3', { name: `n${String(n)}` }), { by: `by${String(n)}`, at }),
      ),
    );
    expect(done.filter((one) => one.saved)).toHaveLength(1);
    const [last] = await auditOf(store(), 'people', 'a3');
    expect(last?.after).toEqual((await people.get(store(), 'a3'))?.value);
  });

  test('a change whose saver died before the audit was written is audited by the next one', async () => {
    await people.save(store(), 'a4', 0, person('a4'), { by: 'boss', at });
    await people.save(store(), 'a4', 1, person('a4', { name: '一' }), { by: 'dead', at });
    await store().collection('audit').deleteOne({ register: 'people', entry: 'a4', revision: 2 });
    await people.save(store(), 'a4', 2, person('a4', { name: '二' }), { by: 'next', at });
    expect((await auditOf(store(), 'people', 'a4')).map((one) => one.by)).toEqual(['next', 'dead', 'boss']);
  });

  test('one address belongs to one person, however it is spelled', async () => {
    await people.save(store(), 'a5', 0, person('a5'), { by: 'boss', at });
    const second = await people.save(
      store(),
      'a6',
      0,
      person('a6', { mail: { address: 'A5@Agency.example', revision: 1 } }),
      { by: 'boss', at },
    );
    expect(second).toEqual({ saved: false, why: 'taken', taken: ['mail:a5@agency.example'] });
    expect(await people.get(store(), 'a6')).toBeNull();
    expect(await personByAddress(store(), ' A5@AGENCY.example ')).toEqual(person('a5'));
  });

  test('two brands never share a code, and what is taken is named', async () => {
    await clients.save(store(), 'c1', 0, client('c1', 'YF'), { by: 'boss', at });
    expect(await clients.save(store(), 'c2', 0, client('c2', 'YF'), { by: 'boss', at })).toEqual({
      saved: false,
      why: 'taken',
      taken: ['code:YF'],
    });
    expect(await clients.save(store(), 'c2', 0, client('c2', 'YFA'), { by: 'boss', at })).toMatchObject({
      saved: true,
    });
    expect((await clientOfBrand(store(), 'c2-b'))?.id).toBe('c2');
  });

  test('a line code twice in one brand is found', () => {
    const [brand] = client('c9', 'AB').brands;
    if (!brand) throw new Error('no brand');
    const doubled = { ...client('c9', 'AB'), brands: [{ ...brand, lines: [...brand.lines, ...brand.lines] }] };
    expect(doubledLineCodes(doubled)).toEqual(['AB:LC']);
    expect(doubledLineCodes(client('c9', 'AB'))).toEqual([]);
  });
});
