import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { artworkJob, type ArtworkJob } from '../approve/office.ts';
import { until } from '../approve/client-house.ts';
import { openHouse, type House } from '../support/house.ts';

/** Threats, rows 15 and 29: uploads that break off, and a disk that takes no more. */
let house: House;
let job: ArtworkJob;
let token: string;
beforeAll(async () => {
  house = await openHouse();
  job = await artworkJob(house, 'copywriter');
  const director = job.people.ACCOUNT_DIRECTOR;
  if (!director) throw new Error('no director');
  token = await house.token(director);
});
afterAll(() => house.close());

const png = (bytes: number): Buffer<ArrayBuffer> =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(bytes)]);
const path = (): string => `/api/v1/jobs/${job.processId}/files`;
async function upload(
  bytes: Buffer<ArrayBuffer>,
): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> {
  const form = new FormData();
  form.append('file', new Blob([bytes]), '20260312_夏季_完稿.png');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(house.url + path(), { method: 'POST', headers, body: form });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const arriving = (): readonly string[] => readdirSync(join(house.api.deps.config.dataDir, 'blobs', 'arriving'));
/** Files of the house that this process holds open. */
const heldOpen = (): number =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(house.api.deps.config.dataDir);
    } catch {
      return false;
    }
  }).length;
async function blobsKept(): Promise<number> {
  let count = 0;
  for await (const _blob of house.api.deps.blobs.list()) count += 1;
  return count;
}

describe('uploads', { timeout: 60_000 }, () => {
  test('40 that break off in the middle leave no file, no open handle and no blob; the next one is taken', async () => {
    const before = await blobsKept();
    const { hostname, port } = new URL(house.url);
    const boundary = 'x'.repeat(20);
    const head = [
      `POST ${path()} HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${token}`,
      `Content-Type: multipart/form-data; boundary=${boundary}`,
      'Content-Length: 900000',
      '',
      `--${boundary}`,
      'Content-Disposition: form-data; name="file"; filename="a.png"',
      'Content-Type: image/png',
      '',
      '',
    ].join('\r\n');
    const sockets = Array.from({ length: 40 }, () => connect(Number(port), hostname));
    await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<void>((resolve, reject) => {
            socket.on('error', reject);
            socket.write(Buffer.concat([Buffer.from(head), png(200_000)]), () => resolve());
          }),
      ),
    );
    // They must really have begun before they are cut, else nothing is proved.
    await until(() => (arriving().length >= 10 ? true : undefined));
    for (const socket of sockets) socket.resetAndDestroy();
    await until(() => (arriving().length === 0 && heldOpen() === 0 ? true : undefined));
    expect(await blobsKept()).toBe(before);
    expect((await upload(png(3_000))).status).toBe(201);
  });

  test('a disk that takes no more: 507 in words, nothing half is left, and it goes on once there is room', async () => {
    const before = await blobsKept();
    const image = png(600_000);
    // The kernel refuses this process to make a file longer than that, as a full disk or a quota would.
    const longest = (bytes: string): unknown =>
      execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
    longest('100000');
    try {
      const full = await upload(image);
      expect([full.status, full.body.code]).toEqual([507, 'DISK_FULL']);
      expect(full.body.detail).toContain('什么都没有改变');
      expect(arriving()).toEqual([]);
      expect(await blobsKept()).toBe(before);
      expect((await upload(png(3_000))).status).toBe(201);
    } finally {
      longest('unlimited');
    }
    const kept = await upload(image);
    expect([kept.status, kept.body.size]).toEqual([201, image.length]);
    expect(await blobsKept()).toBe(before + 2);
  });
});
