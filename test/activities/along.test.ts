import { expect, test } from 'vitest';
import { alongside } from '../../activities/along.ts';

const limits = () => ({ withinMs: 30, pauseMs: 600_000, underWay: new Set<Promise<unknown>>() });

test('what is done along with an append is answered by name; what fails is left out and never thrown', async () => {
  const along = alongside((n: number) => {
    if (n < 0) throw new Error('no such thing');
    return Promise.resolve(n * 2);
  }, limits());
  const effects = [
    { name: 'a', input: 1 },
    { name: 'b', input: -1 },
    { name: 'c', input: 3 },
  ];
  expect(await along(effects)).toEqual({ a: 2, c: 6 });
});

test('what takes too long is left out, goes on, and is known to whoever ends the worker; the next is not tried', async () => {
  const parts = limits();
  let finish = (_what: string): void => undefined;
  const slow = new Promise<string>((resolve) => (finish = resolve));
  const asked: string[] = [];
  const along = alongside((what: string) => {
    asked.push(what);
    return what === 'slow' ? slow : Promise.resolve(what);
  }, parts);
  const both = [
    { name: '1', input: 'slow' },
    { name: '2', input: 'quick' },
  ];
  expect(await along(both)).toEqual({ '2': 'quick' });
  expect(parts.underWay.size).toBe(1);
  expect(await along([{ name: '3', input: 'quick' }])).toEqual({});
  expect(asked).toEqual(['slow', 'quick']);
  finish('done');
  await Promise.all(parts.underWay);
  expect(parts.underWay.size).toBe(0);
});
