import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agreedType } from '../../api/gate/sniff.ts';
import { artworkJob, type ArtworkJob } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { startChromium } from './chromium.ts';

/** A whole PDF of one page with a filled rectangle, offsets and all. */
function tinyPdf(): Buffer {
  const stream = '0.7 0.2 0.1 rg 20 20 160 60 re f';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = body.length;
  body += `xref\n0 5\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${body}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
}

/** The head of a film and some bytes of media: enough to be known, ranged and offered; nothing is decoded here. */
function tinyFilm(): Buffer {
  const box = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
    box('mdat', Buffer.alloc(2_000, 7)),
  ]);
}

const pdf = tinyPdf();
const film = tinyFilm();
let house: House;
let job: ArtworkJob;
let browser: Browser;
/** Where each file lies in the version: lists of files have an order of their own. */
const placeOf = async (ending: string): Promise<string> => {
  for (const place of [0, 1, 2, 3]) {
    const answer = await fetch(`${house.url}${job.link}/files/${job.hashes[1]}/${place}/raw`, {
      headers: { Range: 'bytes=0-3' },
    });
    if ((answer.headers.get('content-disposition') ?? '').endsWith(ending))
      return `${house.url}${job.link}/files/${job.hashes[1]}/${place}/raw`;
  }
  throw new Error(`no ${ending}`);
};

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  job = await artworkJob(house, 'copywriter', {
    files: [
      { name: 'layout.pdf', mime: 'application/pdf', bytes: pdf },
      { name: 'spot.mp4', mime: 'video/mp4', bytes: film },
    ],
  });
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

describe('artwork that is no picture', () => {
  test(
    'a PDF is drawn by our own script on a canvas, never by the browser; the download stays beside it',
    { timeout: 60_000 },
    async () => {
      const page = await browser.newPage();
      const broken: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') broken.push(message.text());
      });
      await page.goto(house.url + job.link);
      await page.locator('.art-pdf canvas').first().waitFor({ timeout: 30_000 });
      // The canvas stands before it is drawn on.
      const red = (): Promise<unknown> =>
        page.evaluate(
          `(() => { const canvas = document.querySelector('.art-pdf canvas'); const at = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data; return [...at]; })()`,
        );
      const near = [179, 51, 26, 255].map((value): unknown =>
        expect.toSatisfy((got: number) => Math.abs(got - value) <= 3),
      );
      await expect.poll(red, { timeout: 20_000 }).toEqual(near);
      expect(await page.locator('object, embed, iframe').count()).toBe(0);
      expect(await page.locator('a[download="layout.pdf"]').count()).toBe(1);
      expect(await page.locator('video.art-film[controls]').count()).toBe(1);
      expect(broken.filter((line) => /Content Security Policy/i.test(line))).toEqual([]);
      await page.close();
    },
  );

  test('without JavaScript the PDF is a download and the page can be signed', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(house.url + job.link);
    expect(await page.locator('a[download="layout.pdf"]').count()).toBe(1);
    expect(await page.locator('button[value="sign"]').count()).toBe(1);
    await context.close();
  });

  test('a film is sent in ranges, typed, sandboxed and never as a page', async () => {
    const href = await placeOf('spot.mp4');
    const part = await fetch(href, { headers: { Range: 'bytes=4-11' } });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-type')]).toEqual([
      206,
      `bytes 4-11/${film.length}`,
      'video/mp4',
    ]);
    expect(Buffer.from(await part.arrayBuffer()).toString('latin1')).toBe('ftypisom');
    expect(part.headers.get('content-security-policy')).toContain('sandbox');
    expect(part.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(href, { headers: { Range: 'bytes=999999-' } })).status).toBe(416);
    const whole = await fetch(href);
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, film.length]);
  });

  test('a page that calls itself a picture is not taken in, whatever is tried', () => {
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    for (const name of ['x.png', 'x.PNG', 'x.pdf', 'x.mp4', 'a.html.jpg', 'x.webp'])
      expect(agreedType(name, html), name).toBeUndefined();
    expect(agreedType('x.png', pdf)).toBeUndefined();
    expect(agreedType('layout.pdf', pdf)).toBe('application/pdf');
    expect(agreedType('spot.mp4', film)).toBe('video/mp4');
    // Under an honest name it is a file to fetch and never one to look at.
    expect(agreedType('x.html', html)).toBe('application/octet-stream');
    expect(agreedType('x.svg', Buffer.from('<svg onload="alert(1)"/>'))).toBe('application/octet-stream');
  });
});
