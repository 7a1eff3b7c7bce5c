import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Router } from 'express';

/** One file the browser may fetch: its bytes, its type, and the name that changes with its content. */
interface Asset {
  readonly body: Buffer;
  readonly type: string;
  readonly hashed: string;
}

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'assets');
const pdfFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** What may be served of the PDF library: the two programs, and the tables Chinese fonts need. Nothing else leaves that folder. */
const pdfFiles = /^(build\/pdf(\.worker)?\.min\.mjs|cmaps\/[\w.-]+\.bcmap|standard_fonts\/[\w.-]+\.(pfb|ttf))$/;

/** Where the browser finds the PDF library; the version in the path lets it be kept for a year. */
export const pdfBase = `/assets/pdfjs/${pdfVersion()}/`;

function pdfVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(pdfFolder, 'package.json'), 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0';
}

function asset(name: string, type: string, body: Buffer): [string, Asset] {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const dot = name.lastIndexOf('.');
  return [name, { body, type, hashed: `${name.slice(0, dot)}.${hash}${name.slice(dot)}` }];
}

function load(): ReadonlyMap<string, Asset> {
  const css = readdirSync(join(folder, 'css'))
    .filter((name) => name.endsWith('.css'))
    .sort();
  const sheet = Buffer.concat(css.map((name) => readFileSync(join(folder, 'css', name))));
  const scripts = readdirSync(join(folder, 'js')).filter((name) => name.endsWith('.js'));
  return new Map([
    asset('app.css', 'text/css; charset=utf-8', sheet),
    asset('icon.svg', 'image/svg+xml', readFileSync(join(folder, 'icon.svg'))),
    ...scripts.map((name) => asset(name, 'text/javascript; charset=utf-8', readFileSync(join(folder, 'js', name)))),
  ]);
}

const assets = load();
const byHashed = new Map([...assets.values()].map((one) => [one.hashed, one]));

/** The address of a file under `api/assets`: `app.css` (all style sheets in the order of their names), `icon.svg`, `<script>.js`. Throws for a name that does not exist, so a slip shows in the first test. */
export function assetHref(name: string): string {
  const found = assets.get(name);
  if (!found) throw new Error(`no asset named ${name}`);
  return `/assets/${found.hashed}`;
}

/** Serves `/assets`: names hold the hash of the content, so browsers keep them for a year. */
export function assetsRouter(): Router {
  const router = express.Router();
  router.get('/pdfjs/:version/*file', (req, res, next) => {
    const file = Array.isArray(req.params.file) ? req.params.file.join('/') : String(req.params.file);
    if (!pdfFiles.test(file) || !pdfBase.endsWith(`/${req.params.version}/`)) return next();
    res.set({ 'Cache-Control': 'public, max-age=31536000, immutable', 'X-Content-Type-Options': 'nosniff' });
    res.sendFile(file, { root: pdfFolder });
  });
  router.get('/:name', (req, res, next) => {
    const found = byHashed.get(req.params.name);
    if (!found) return next();
    res.set({
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      'Content-Type': found.type,
    });
    res.send(found.body);
  });
  return router;
}
