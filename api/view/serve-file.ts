import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import sharp from 'sharp';
import type { Blobs } from '../../store/blobs.ts';
import type { ManifestFile } from '../../store/manifests.ts';
import { Problem } from '../problems.ts';
import { kindOf } from './read/artwork.ts';

/** Most pixels an image may have when it is opened: a small file can claim to be a house wall. */
const maxPixels = 120_000_000;
/** Longest side of a picture on a page; pixels. */
const longestSide = 2_400;
/** Longest side of a thumbnail; pixels. */
const thumbSide = 480;
/** Pictures one process keeps ready; bytes. */
const keptBytes = 96 * 1024 * 1024;
/** An image file larger than this is not drawn, only downloaded; bytes. */
const largestImage = 80 * 1024 * 1024;

const drawn = new Map<string, Promise<Buffer>>();
let drawnBytes = 0;

/**
 * Draws an uploaded image anew: decoded under a pixel limit, turned upright, without any of its metadata, as WebP. What
 * a browser gets is only ever our own bytes. Kept in memory, so that a reading writes nothing.
 */
async function draw(blobs: Blobs, file: ManifestFile, side: number): Promise<Buffer> {
  const content = await blobs.get(file.sha256);
  if (!content) throw new Problem('NOT_FOUND');
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(Buffer.from(part as Uint8Array));
  return sharp(Buffer.concat(parts), { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
    .rotate()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .webp({ quality: 88 })
    .toBuffer();
}

async function picture(blobs: Blobs, file: ManifestFile, side: number): Promise<Buffer> {
  const key = `${file.sha256}:${side}`;
  const known = drawn.get(key);
  if (known) {
    drawn.delete(key);
    drawn.set(key, known);
    return known;
  }
  const making = draw(blobs, file, side);
  drawn.set(key, making);
  try {
    drawnBytes += (await making).length;
  } catch (error) {
    drawn.delete(key);
    throw error;
  }
  for (const [oldest, held] of drawn) {
    if (drawnBytes <= keptBytes || oldest === key) break;
    drawn.delete(oldest);
    drawnBytes -= (await held).length;
  }
  return making;
}

const lockedDown = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Sends the re-encoded picture of an image. Anything that is no image we can open is the uniform 404. */
export async function sendPicture(
  req: Request,
  res: Response,
  blobs: Blobs,
  file: ManifestFile,
  size: 'picture' | 'thumb',
): Promise<void> {
  if (kindOf(file.mime) !== 'image' || file.size > largestImage) throw new Problem('NOT_FOUND');
  const side = size === 'thumb' ? thumbSide : longestSide;
  const etag = `"${createHash('sha256').update(`${file.sha256}:${side}:1`).digest('base64url').slice(0, 22)}"`;
  res.set({ ...lockedDown, 'Cache-Control': 'private, max-age=3600', ETag: etag, 'Content-Disposition': 'inline' });
  if (req.headers['if-none-match'] === etag) {
    res.status(304).end();
    return;
  }
  let body: Buffer;
  try {
    body = await picture(blobs, file, side);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('NOT_FOUND');
  }
  res.type('image/webp').send(body);
}

/**
 * Sends a file as it was uploaded: always as attachment, never to be guessed at or run, films in parts so that one can
 * seek in them. Its own type is told only for what our pages play or draw themselves.
 */
export async function sendRaw(req: Request, res: Response, blobs: Blobs, file: ManifestFile): Promise<void> {
  const kind = kindOf(file.mime);
  const size = await blobs.has(file.sha256);
  if (size === undefined) throw new Problem('NOT_FOUND');
  res.set({
    ...lockedDown,
    'Cache-Control': 'private, max-age=3600',
    'Content-Type': kind === 'film' || kind === 'pdf' ? file.mime : 'application/octet-stream',
    'Content-Disposition': `attachment; filename="file"; filename*=UTF-8''${encodeName(file.name)}`,
    'Accept-Ranges': 'bytes',
    ETag: `"${file.sha256}"`,
  });
  const range = rangeOf(req.headers.range, size);
  if (range === 'bad') {
    res.status(416).set('Content-Range', `bytes */${size}`).end();
    return;
  }
  if (range)
    res.status(206).set({
      'Content-Range': `bytes ${range.start}-${range.end}/${size}`,
      'Content-Length': String(range.end - range.start + 1),
    });
  else res.set('Content-Length', String(size));
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const content = await blobs.get(file.sha256, range ?? undefined);
  if (!content) throw new Problem('NOT_FOUND');
  try {
    await pipeline(content, res);
  } catch {
    // The reader went away; there is nobody left to tell.
    res.destroy();
  }
}

/** A name for a header: RFC 5987, without anything that could turn the line or the reading direction. */
function encodeName(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}/\\]/gu, '_').slice(0, 180);
  return encodeURIComponent(clean).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined | 'bad' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end || start >= size ? 'bad' : { start, end };
}
