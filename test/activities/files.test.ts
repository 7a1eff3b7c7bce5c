import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFileActivities } from '../../activities/files.ts';
import { createRecordActivities } from '../../activities/record.ts';
import type { Facts, PieceVersion } from '../../domain/job/state.ts';
import { genesis } from '../../domain/log/entry.ts';
import { verifyExport } from '../../ops/verify.ts';
import { folders } from '../../papers/folders.ts';
import type { Blobs } from '../../store/blobs.ts';
import { folderBlobs } from '../../store/blobs.ts';
import { keepManifest } from '../../store/manifests.ts';
import { freezePaper } from '../../store/papers.ts';
import { ownStore } from '../store/store.ts';
import { by, stamped, story } from '../store/story.ts';
import { zipEntries } from '../store/zip.ts';

const store = ownStore();
const root = mkdtempSync(join(tmpdir(), 'jobbag-dossier-'));
let blobs: Blobs;
beforeAll(async () => {
  blobs = await folderBlobs(root);
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const at = '2026-03-12T08:30:00.000Z';
const facts: Facts = { complete: true, missing: [] };
const processId = 'job-dossier1';
const base = '云峰绿茶春季海报';

/** Tells a job with three papers, two versions of a piece and their files. Returns its last entry's number. */
async function tellJob(): Promise<number> {
  const order = await freezePaper(
    store(),
    'F-04',
    { projectName: `${base} <script>alert(1)</script>`, surprise: '=1+1' },
    facts,
  );
  const revision = await freezePaper(store(), 'F-08', { reason: '字号太小' }, facts);
  const quotation = await freezePaper(store(), 'F-35', { total: 1_234_500 }, facts);
  const put = async (words: string) => blobs.put(Readable.from([Buffer.from(words)]));
  const versions: PieceVersion[] = [];
  for (const [place, stage] of (['DRAFT', 'FINISHED_ARTWORK'] as const).entries()) {
    const [view, master] = [await put(`view ${stage}`), await put(`master ${stage}`)];
    const hash = await keepManifest(store(), [
      { name: `20260312_${base}_${stage}_V1.pdf`, ...view, mime: 'application/pdf', use: 'view' },
      { name: '../../evil name?.ai', ...master, mime: 'application/postscript', use: 'master' },
    ]);
    versions.push({
      version: place + 1,
      stage,
      hash,
      by: 'des',
      at,
      ...(place === 1 ? { answers: 'R1', verdict: 'signed' as const } : {}),
    });
  }
  const paper = { facts, by: 'ae', at, status: 'passed', version: 1 } as const;
  const start = story()
    .slice(0, 2)
    .flat()
    .filter(({ event }) => event.type !== 'paperFiled');
  const more = [
    { actor: by('ae'), event: { type: 'paperFiled', paper: { ...paper, key: 'F-04', form: 'F-04', hash: order } } },
    {
      actor: by('ae'),
      event: { type: 'paperFiled', paper: { ...paper, key: 'F-08:R1', form: 'F-08', hash: revision } },
    },
    { actor: by('ae'), event: { type: 'paperFiled', paper: { ...paper, key: 'F-35', form: 'F-35', hash: quotation } } },
    {
      actor: by('ae'),
      event: {
        type: 'pieceAdded',
        piece: {
          id: 'p1',
          name: '主海报',
          workType: 'print',
          specification: 'A2',
          final: 'FINISHED_ARTWORK',
          needsProof: false,
          versions: [],
          state: 'creating',
        },
      },
    },
    ...versions.map((version) => ({
      actor: by('des'),
      event: { type: 'versionSubmitted', pieceId: 'p1', version, fileNames: [], lawHits: [] } as const,
    })),
  ] as const;
  const entries = stamped([[...start, ...more]]).flat();
  await createRecordActivities({ connection: store(), clock: () => at }).recordEntries({
    processId,
    after: genesis,
    entries,
  });
  return entries.length;
}

const bytesOf = async (hash: string): Promise<Buffer> => {
  const content = await blobs.get(hash);
  if (!content) throw new Error(`no blob ${hash}`);
  return buffer(content);
};
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

describe('the dossier', () => {
  test('R-202: it holds every paper, every file, the log and its head, each listed with its SHA-256', async () => {
    const seq = await tellJob();
    const { hash } = await createFileActivities({ connection: store(), blobs }).sealDossier({ processId, seq });
    const zip = await bytesOf(hash);
    expect(sha256(zip)).toBe(hash);
    const entries = zipEntries(zip);
    const top = `YF/YFLC2026001-${base}/`;
    const paths = [...entries.keys()];
    expect(paths.every((path) => path.startsWith(top))).toBe(true);
    const short = paths.filter((path) => !path.endsWith('/')).map((path) => path.slice(top.length));
    expect(short).toEqual(
      expect.arrayContaining([
        `创意表现/过程稿/20260312_${base}_DRAFT_V1.pdf`,
        `创意表现/完稿/20260312_${base}_FINISHED_ARTWORK_V1.pdf`,
        `创意表现/完稿/20260312_${base}_主海报-完稿_V2.ai`,
        `工作单/修改单/20260312_${base}_修改单-R1_V1.html`,
        '工作单/工作单册.html',
        '归档/日志.json',
        '归档/链头.json',
        '归档/清单.json',
        '归档/SHA256SUMS',
      ]),
    );
    const sums = (entries.get(`${top}归档/SHA256SUMS`)?.toString('utf8') ?? '').trim().split('\n');
    expect(sums).toHaveLength(short.length - 2);
    for (const line of sums) {
      const [sum = '', path = ''] = line.split('  ');
      const content = entries.get(top + path);
      expect(content && sha256(content)).toBe(sum);
    }
    const log = entries.get(`${top}归档/日志.json`)?.toString('utf8') ?? '';
    expect(verifyExport(log)).toMatchObject({ ok: true });
  });

  test('R-203, R-206: the whole folder tree is there, no file lies outside a folder of it, and no name climbs out', async () => {
    const { hash } = await createFileActivities({ connection: store(), blobs }).sealDossier({ processId, seq: 9 });
    const paths = [...zipEntries(await bytesOf(hash)).keys()];
    const top = `YF/YFLC2026001-${base}/`;
    for (const folder of folders) expect(paths).toContain(`${top}${folder}/`);
    const allowed = new Set<string>([...folders, '归档']);
    for (const path of paths.filter((one) => !one.endsWith('/'))) {
      expect(allowed).toContain(path.slice(top.length).split('/').slice(0, -1).join('/'));
      expect(path).not.toMatch(/\.\.|[\\:*?"<>|\s]/);
    }
  });

  test('R-144: the order book lists the work order, its revision orders and their revised drafts', async () => {
    const { hash } = await createFileActivities({ connection: store(), blobs }).sealDossier({ processId, seq: 9 });
    const book =
      zipEntries(await bytesOf(hash))
        .get(`YF/YFLC2026001-${base}/工作单/工作单册.html`)
        ?.toString('utf8') ?? '';
    expect(book).toContain('工作单 V1');
    expect(book).toContain('修改单 R1 V1');
    expect(book).toContain('主海报 V2 → R1');
  });

  test('what people typed is shown as words, never as a page’s code', async () => {
    const { hash } = await createFileActivities({ connection: store(), blobs }).sealDossier({ processId, seq: 9 });
    const pages = [...zipEntries(await bytesOf(hash))].filter(([path]) => path.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(3);
    for (const [, content] of pages) expect(content.toString('utf8')).not.toContain('<script>');
  });

  test('sealing again, also after more has happened, gives the same bytes', async () => {
    const seal = createFileActivities({ connection: store(), blobs });
    const { hash } = await seal.sealDossier({ processId, seq: 9 });
    const row = await store().collection('log').findOne({ processId, seq: 9 });
    const later = {
      seq: 10,
      at: '2026-04-01T00:00:00.000Z',
      receivedAt: '2026-04-01T00:00:00.000Z',
      commandId: 'later',
      actor: by('ae'),
    };
    await createRecordActivities({ connection: store(), clock: () => at }).recordEntries({
      processId,
      after: { seq: 9, hash: String(row?.hash) },
      entries: [{ stamp: later, event: { type: 'sealed', hash } }],
    });
    expect(await seal.sealDossier({ processId, seq: 9 })).toEqual({ hash });
  });

  test('an archive is whole or not made: a missing or damaged file, or a missing paper, is named', async () => {
    const seal = createFileActivities({ connection: store(), blobs });
    const manifest = await store().collection<{ body: string }>('manifests').findOne({});
    const victim = (JSON.parse(manifest?.body ?? '{}') as { files: { sha256: string }[] }).files[0]?.sha256 ?? '';
    const path = join(root, victim.slice(0, 2), victim.slice(2, 4), victim);
    const honest = await readFile(path);
    await writeFile(path, Buffer.from(honest).fill(0x20));
    await expect(seal.sealDossier({ processId, seq: 9 })).rejects.toMatchObject({ name: 'DOSSIER_GAP' });
    rmSync(path);
    await expect(seal.sealDossier({ processId, seq: 9 })).rejects.toMatchObject({ name: 'DOSSIER_GAP' });
    await writeFile(path, honest);
    expect(await seal.sealDossier({ processId, seq: 9 })).toHaveProperty('hash');
    await store().collection('papers').deleteOne({ form: 'F-35' });
    await expect(seal.sealDossier({ processId, seq: 9 })).rejects.toThrow('Quotation');
    await expect(seal.sealDossier({ processId, seq: 999 })).rejects.toMatchObject({ name: 'DOSSIER_GAP' });
  });
});
