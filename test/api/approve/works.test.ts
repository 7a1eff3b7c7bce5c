import { Readable } from 'node:stream';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { Person } from '../../../domain/people/types.ts';
import { mintGrant } from '../../../store/grants.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { linkFor } from '../../../store/links.ts';
import { headsOf } from '../../../store/log.ts';
import { keepManifest, manifestOf } from '../../../store/manifests.ts';
import { record } from '../../../store/recorder.ts';
import { poster } from '../../browser/story/artwork.ts';
import { openHouse, type House } from '../support/house.ts';
import { artworkJob, cookieOf, type ArtworkJob } from './office.ts';

const page = '<!doctype html><script>alert(1)</script>';
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const film = Buffer.from([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x6d, 0x70, 0x34, 0x32, 0, 0, 0, 0, 1, 2, 3, 4]);
/** A picture of 144 million pixels in 20 KB: whoever opens it without a limit needs the memory of a house wall. */
const wall = ((side: number): Buffer => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * side));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
})(12_000);
const names = {
  wall: '20260312_夏季墙面_v2.png',
  disguised: '20260312_夏季_v2.png',
  pdf: '20260312_夏季_v2.pdf',
  film: '20260312_夏季_v2.mp4',
  poster: '20260312_夏季主视觉_v2.png',
  native: '夏季主视觉_v2.ai',
} as const;

let house: House;
let job: ArtworkJob;
let client: Person;
let papers: { readonly confirmation: string; readonly direction: string };
let inside: string;
/** Places of the files in the manifest of version 2, which has an order of its own. */
let at: Readonly<Record<keyof typeof names, number>>;

/** Writes further entries into the log of the job, as its process would. */
async function go(events: readonly JobEvent[]): Promise<void> {
  const { store, clock } = house.api.deps;
  const found = await wholeJob(store, job.processId);
  if (!found) throw new Error('the job is gone');
  const { seq } = found.row;
  const [head] = await headsOf(store, job.processId, seq, seq);
  if (!head) throw new Error('the log is gone');
  const stamp = { at: clock(), receivedAt: clock(), actor: { kind: 'system', name: 'operator' } as const };
  await record(
    store,
    {
      processId: job.processId,
      after: head,
      entries: events.map((event, index) => ({
        stamp: { ...stamp, seq: head.seq + 1 + index, commandId: `w${head.seq + index}` },
        event,
      })),
    },
    clock(),
  );
}

/** Sends a paper to the client's step of its route; answers with the link of the client's lead. */
async function paperRound(point: 'confirmation' | 'revisionDirection', paper: string, hash: string): Promise<string> {
  const { store, keys, clock } = house.api.deps;
  const circulation = `${point}:${paper}`;
  const route = standardRoutes[point];
  const scope = { personId: client.id, processId: job.processId, circulation, round: 1, step: 'client', hash };
  const grant = await mintGrant(store, { ...scope, purpose: 'decide' }, keys.links, clock());
  const author = job.people.ACCOUNT_EXECUTIVE?.id ?? '';
  await go([
    { type: 'routePinned', key: `${point}@1`, route },
    {
      type: 'circulationStarted',
      circulation: {
        id: circulation,
        point,
        route: `${point}@1`,
        about: { kind: 'paper', paper, form: paper.slice(0, 4), version: 1, hash },
        authorId: author,
        round: 1,
        cause: 'first',
        status: 'running',
        startedAt: clock(),
        stays: route.steps.map(({ key }) => ({
          step: key,
          state: key === 'client' ? 'open' : 'passed',
          holders: key === 'client' ? [{ personId: client.id, grantId: grant.id, askedAt: clock() }] : [],
          rungs: [],
          decisions:
            key === 'client'
              ? []
              : [{ id: `d-${circulation}`, verdict: 'sign', personId: author, proof: 'session', at: clock() }],
        })),
        closedRounds: [],
      },
    },
  ]);
  return linkFor(grant, keys.links);
}

beforeAll(async () => {
  house = await openHouse();
  job = await artworkJob(house, 'copywriter', {
    files: [
      { name: names.disguised, mime: 'image/png', bytes: Buffer.from(page) },
      { name: names.wall, mime: 'image/png', bytes: wall },
      { name: names.pdf, mime: 'application/pdf', bytes: pdf },
      { name: names.film, mime: 'video/mp4', bytes: film },
    ],
  });
  if (!job.people.CLIENT_LEAD) throw new Error('nobody signs for the client');
  client = job.people.CLIENT_LEAD;
  const { blobs, store, clock } = house.api.deps;
  const held = (await manifestOf(store, job.hashes[1]))?.files ?? [];
  const placeOf = (name: string): number => held.findIndex((one) => one.name === name);
  at = {
    wall: placeOf(names.wall),
    disguised: placeOf(names.disguised),
    pdf: placeOf(names.pdf),
    film: placeOf(names.film),
    poster: placeOf(names.poster),
    native: placeOf(names.native),
  };
  const { size, sha256 } = await blobs.put(Readable.from([await poster('第二件')]));
  inside = await keepManifest(store, [{ name: '20260312_横幅_v1.png', size, sha256, mime: 'image/png', use: 'view' }]);
  await go([
    { type: 'pieceMoved', pieceId: 'P1', state: 'artworkSigned', verdict: 'signed' },
    {
      type: 'pieceAdded',
      piece: {
        id: 'P2',
        name: '横幅',
        workType: 'pos',
        specification: '3×1 m',
        final: 'FINISHED_ARTWORK',
        needsProof: false,
        versions: [],
        state: 'creating',
      },
    },
    {
      type: 'versionSubmitted',
      pieceId: 'P2',
      version: { version: 1, stage: 'DRAFT', hash: inside, by: job.people.ARTIST?.id ?? '', at: clock() },
      fileNames: ['20260312_横幅_v1.png'],
    },
  ]);
  papers = {
    confirmation: await paperRound('confirmation', 'F-22', 'c'.repeat(64)),
    direction: await paperRound('revisionDirection', 'F-18:R1', 'd'.repeat(64)),
  };
});
afterAll(() => house.close());

const get = async (path: string, headers: Record<string, string> = {}) => fetch(house.url + path, { headers });
const file = (road: string, place: number, how: 'raw' | 'picture' | 'thumb', hash = job.hashes[1]) =>
  `${road}/files/${hash}/${place}/${how}`;

/** What every file of a stranger must carry, whatever it is: it is saved, never run and never guessed at. */
function onlySaved(answer: Response): void {
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="file"; filename\*=UTF-8''/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
}

describe('files beside a paper', () => {
  test('a picture is shown, a PDF is drawn by our own script, a film is played; a native file is not even named', async () => {
    const shown = await (await get(papers.confirmation)).text();
    expect(shown).toContain(`<img class="art-picture" src="${file(papers.confirmation, at.poster, 'picture')}"`);
    expect(shown).toContain(`data-pdf="${file(papers.confirmation, at.pdf, 'raw')}"`);
    expect(shown).toMatch(new RegExp(`<video [^>]*src="[^"]*/${at.film}/raw"`));
    expect(shown).not.toContain('.ai');
    expect(shown).not.toMatch(/<(iframe|object|embed)/);
  });

  test('a PNG that is a web page is no picture; as a download it is bytes without a type', async () => {
    for (const how of ['picture', 'thumb'] as const)
      expect((await get(file(papers.confirmation, at.disguised, how))).status).toBe(404);
    const raw = await get(file(papers.confirmation, at.disguised, 'raw'));
    onlySaved(raw);
    expect(raw.headers.get('content-type')).toBe('application/octet-stream');
    expect(await raw.text()).toBe(page);
  });

  test('threats, row 16: a small file of too many pixels is never opened, only saved', async () => {
    expect(wall.length).toBeLessThan(100_000);
    for (const how of ['picture', 'thumb'] as const)
      expect((await get(file(papers.confirmation, at.wall, how))).status).toBe(404);
    const raw = await get(file(papers.confirmation, at.wall, 'raw'));
    onlySaved(raw);
    expect(Buffer.from(await raw.arrayBuffer()).equals(wall)).toBe(true);
  });

  test('an image is re-encoded to be shown and keeps its bytes only as a download', async () => {
    const picture = await get(file(papers.confirmation, at.poster, 'picture'));
    expect(picture.headers.get('content-type')).toBe('image/webp');
    expect(picture.headers.get('content-disposition')).toBe('inline');
    const raw = await get(file(papers.confirmation, at.poster, 'raw'));
    onlySaved(raw);
    expect(raw.headers.get('content-type')).toBe('application/octet-stream');
  });

  test('a PDF has its type and is still a download; it has no picture of its own', async () => {
    const raw = await get(file(papers.confirmation, at.pdf, 'raw'));
    onlySaved(raw);
    expect(raw.headers.get('content-type')).toBe('application/pdf');
    expect((await get(file(papers.confirmation, at.pdf, 'picture'))).status).toBe(404);
  });

  test('a film has its type and comes in parts, so that one can seek in it', async () => {
    onlySaved(await get(file(papers.confirmation, at.film, 'raw')));
    const part = await get(file(papers.confirmation, at.film, 'raw'), { Range: 'bytes=4-7' });
    expect([part.status, part.headers.get('content-type')]).toEqual([206, 'video/mp4']);
    expect(part.headers.get('content-range')).toBe(`bytes 4-7/${film.length}`);
    expect(Buffer.from(await part.arrayBuffer()).toString()).toBe('ftyp');
    expect((await get(file(papers.confirmation, at.film, 'raw'), { Range: 'bytes=900-' })).status).toBe(416);
  });

  test('S-85: a native file goes to the agency, never to a client beside a paper', async () => {
    expect((await get(file(papers.confirmation, at.native, 'raw'))).status).toBe(404);
    const director = job.people.ACCOUNT_DIRECTOR;
    if (!director) throw new Error('nobody');
    const { name, value } = await cookieOf(house, director);
    const desk = `/desk/${job.processId}/${encodeURIComponent('confirmation:F-22')}/client`;
    const native = await get(file(desk, at.native, 'raw'), { Cookie: `${name}=${value}` });
    onlySaved(native);
    expect(native.headers.get('content-type')).toBe('application/octet-stream');
  });

  test('only the newest version that was let out: nothing older, nothing still looked at inside, nothing beside it', async () => {
    expect((await get(file(papers.confirmation, 0, 'raw', job.hashes[0]))).status).toBe(404);
    expect((await get(file(papers.confirmation, 0, 'picture', inside))).status).toBe(404);
    expect((await get(file(papers.confirmation, 9, 'raw'))).status).toBe(404);
    expect((await get(file(papers.confirmation, 0, 'raw', 'f'.repeat(64)))).status).toBe(404);
    expect(await (await get(papers.confirmation)).text()).not.toContain('横幅');
  });

  test('what is let out appears beside a paper about everything, not beside one about another piece’s revision', async () => {
    await go([{ type: 'pieceMoved', pieceId: 'P2', state: 'released', verdict: 'released' }]);
    expect((await get(file(papers.confirmation, 0, 'picture', inside))).status).toBe(200);
    expect(await (await get(papers.confirmation)).text()).toContain('横幅');
    expect((await get(file(papers.direction, at.poster, 'picture'))).status).toBe(200);
    expect((await get(file(papers.direction, 0, 'picture', inside))).status).toBe(404);
    expect(await (await get(papers.direction)).text()).not.toContain('横幅');
  });
});
