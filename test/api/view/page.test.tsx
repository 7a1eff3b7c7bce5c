import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page, sendPage } from '../../../api/view/page.tsx';

const app = express();
app.all('/', (req, res) => {
  sendPage(
    res,
    <Page lang="zh-CN" title="工作">
      {''}
    </Page>,
    req.query.wrong === undefined ? 200 : 404,
  );
});
const server = app.listen(0);
let url = '';
beforeAll(() => {
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => server.close());

/** Where the switch of language leads to, seen from a page. */
async function switchOf(path: string, method = 'GET'): Promise<URL> {
  const text = await (await fetch(url + path, { method })).text();
  const href = /<a class="lang" href="([^"]*)"/.exec(text)?.[1] ?? '';
  return new URL(href.replaceAll('&amp;', '&'), url + path);
}

test('a change of language keeps the search and every other word of the address', async () => {
  const { searchParams } = await switchOf(`/?q=${encodeURIComponent('春季 "海报" & <b>')}&late=1&late=2&lang=zh-CN`);
  expect(searchParams.get('q')).toBe('春季 "海报" & <b>');
  expect(searchParams.getAll('late')).toEqual(['1', '2']);
  expect(searchParams.getAll('lang')).toEqual(['en']);
});

test('an address without a query gets the language alone; one that failed or was posted to is not repeated', async () => {
  expect((await switchOf('/')).search).toBe('?lang=en');
  expect((await switchOf('/?wrong=1&code=secret')).search).toBe('?lang=en');
  expect((await switchOf('/?command=1', 'POST')).search).toBe('?lang=en');
});
