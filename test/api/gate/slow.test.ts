import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrivalLimitMs } from '../../../api/server.ts';
import { until } from '../approve/client-house.ts';
import { artworkJob, type ArtworkJob } from '../approve/office.ts';
import { openHouse, type House } from '../support/house.ts';

/** Threats, row 14: bodies that come drop by drop. */
let house: House;
let job: ArtworkJob;
let token: string;
beforeAll(async () => {
  house = await openHouse({ REQUEST_TIMEOUT_MS: '1000' });
  job = await artworkJob(house, 'copywriter');
  const director = job.people.ACCOUNT_DIRECTOR;
  if (!director) throw new Error('no director');
  token = await house.token(director);
});
afterAll(() => house.close());

interface Line {
  readonly socket: Socket;
  /** What came back so far. */
  said(): string;
  closed(): boolean;
}
/** A request whose body is promised and not sent yet. */
function begin(path: string, type: string, length: number): Line {
  const { hostname, port } = new URL(house.url);
  const socket = connect(Number(port), hostname);
  let said = '';
  let closed = false;
  socket.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  // A reset is an end, too: who was answered and goes on sending gets one.
  socket.on('error', () => undefined);
  socket.on('close', () => (closed = true));
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${hostname}`,
    `Authorization: Bearer ${token}`,
    `Content-Type: ${type}`,
    `Content-Length: ${String(length)}`,
    '',
    '',
  ];
  socket.write(head.join('\r\n'));
  return { socket, said: () => said, closed: () => closed };
}

describe('bodies that come drop by drop', { timeout: 60_000 }, () => {
  test('20 that never end are answered and closed, nobody else waits for them; an upload on a slow line arrives', async () => {
    const acts = `/api/v1/jobs/${job.processId}/acts`;
    const file = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(2_000, 1)]);
    const before = Buffer.from(
      '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n',
    );
    const after = Buffer.from('\r\n--xyz--\r\n');
    const length = before.length + file.length + after.length;
    const upload = begin(`/api/v1/jobs/${job.processId}/files`, 'multipart/form-data; boundary=xyz', length);
    upload.socket.write(Buffer.concat([before, file.subarray(0, 1_000)]));
    const slow = Array.from({ length: 20 }, () => begin(acts, 'application/json', 200));
    for (const { socket } of slow) socket.write('{"act":');
    expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
    // Once all of them were given up, the upload has taken longer than any other request may.
    await until(() => (slow.every((one) => one.closed()) ? true : undefined));
    for (const one of slow) expect(one.said()).toMatch(/^HTTP\/1\.1 503 /);
    expect(upload.said()).toBe('');
    upload.socket.write(Buffer.concat([file.subarray(1_000), after]));
    await until(() => (upload.said().includes('\r\n\r\n') ? true : undefined));
    expect(upload.said()).toMatch(/^HTTP\/1\.1 201 /);
    upload.socket.destroy();
  });

  test('the largest upload may take as long as it takes at 2 Mbit/s', () => {
    const minutes = (uploadMaxBytes: number): number =>
      arrivalLimitMs({ requestTimeoutMs: 30_000, uploadMaxBytes }) / 60_000;
    expect(minutes(200 * 1_048_576)).toBeCloseTo(14, 0);
    expect(minutes(1_048_576)).toBe(0.5);
  });
});
