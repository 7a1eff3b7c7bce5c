import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { draftOf, draftsOf, dropDraft, saveDraft } from '../../store/drafts.ts';
import { answerKey, releaseKey, takeKey } from '../../store/idempotency.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { issueLoginCode, loginCodeLimits, tryLoginCode } from '../../store/login-codes.ts';
import type { ManifestFile } from '../../store/manifests.ts';
import { keepManifest, manifestHash, manifestOf } from '../../store/manifests.ts';
import { freezePaper, frozenPaper, paperHash } from '../../store/papers.ts';
import { closeSession, closeSessionsOf, openSession, sessionOf } from '../../store/sessions.ts';
import { answersOn } from '../../store/reachable.ts';
import { ownStore } from './store.ts';

const store = ownStore();
const at = '2026-03-12T08:30:00.000Z';
const later = (minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const folder = mkdtempSync(join(tmpdir(), 'jobbag-rows-'));
const { cookies } = openKeyrings(folder, () => at);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('papers and manifests', () => {
  const facts = { complete: true, missing: [] };

  test('R-78: a frozen paper is named by its words; the same words are the same paper, and it never changes', async () => {
    const hash = await freezePaper(store(), 'F-04', { b: 1, a: ['绿茶', '$x.y', '\u0000'] }, facts);
    expect(await freezePaper(store(), 'F-04', { a: ['绿茶', '$x.y', '\u0000'], b: 1 }, facts)).toBe(hash);
    expect(paperHash('F-04', { b: 2 }, facts)).not.toBe(hash);
    expect(await frozenPaper(store(), hash)).toEqual({
      hash,
      form: 'F-04',
      content: { b: 1, a: ['绿茶', '$x.y', '\u0000'] },
      facts,
    });
    expect(await frozenPaper(store(), 'nothing')).toBeNull();
  });

  test('words changed in the store are noticed when they are read', async () => {
    const hash = await freezePaper(store(), 'F-04', { a: 'honest' }, facts);
    const row = await store().collection<{ _id: string; body: string }>('papers').findOne({ _id: hash });
    await store()
      .collection<{ _id: string }>('papers')
      .updateOne({ _id: hash }, { $set: { body: row?.body.replace('honest', 'forged') } });
    await expect(frozenPaper(store(), hash)).rejects.toThrow('other words');
  });

  test('a manifest is named by its files in whatever order', async () => {
    const file = (name: string, use: ManifestFile['use']): ManifestFile => ({
      name,
      size: 1,
      sha256: 'a'.repeat(64),
      mime: 'image/png',
      use,
    });
    const files = [file('a.png', 'view'), file('a.ai', 'master')];
    const hash = await keepManifest(store(), files);
    expect(manifestHash(files.toReversed())).toBe(hash);
    expect(manifestHash([file('b.png', 'view'), file('a.ai', 'master')])).not.toBe(hash);
    expect((await manifestOf(store(), hash))?.files).toHaveLength(2);
  });
});

describe('drafts', () => {
  test('two tabs never overwrite each other silently, and a draft is its owner’s alone', async () => {
    const draft = {
      id: 'd1',
      ownerId: 'ae',
      form: 'F-04',
      revision: 0,
      content: { $set: { 'a.b': '绿茶' } },
      updatedAt: at,
    };
    expect(await saveDraft(store(), draft)).toEqual({ saved: true, revision: 1 });
    expect(await saveDraft(store(), { ...draft, revision: 1, content: { a: 1 } })).toEqual({
      saved: true,
      revision: 2,
    });
    expect(await saveDraft(store(), { ...draft, revision: 1, content: { a: 2 } })).toMatchObject({
      saved: false,
      current: { revision: 2, content: { a: 1 } },
    });
    expect(await saveDraft(store(), draft)).toMatchObject({ saved: false, current: { revision: 2 } });
    expect(await saveDraft(store(), { ...draft, ownerId: 'mallory', revision: 2 })).toEqual({
      saved: false,
      current: null,
    });
    expect(await draftOf(store(), 'd1', 'mallory')).toBeNull();
    expect(await draftsOf(store(), 'ae')).toHaveLength(1);
    await dropDraft(store(), 'd1', 'mallory');
    expect(await draftOf(store(), 'd1', 'ae')).not.toBeNull();
    await dropDraft(store(), 'd1', 'ae');
    expect(await draftOf(store(), 'd1', 'ae')).toBeNull();
  });
});

describe('sessions and login codes', () => {
  test('a session opens with its token, ends in time, and the store holds no token', async () => {
    const { token, session } = await openSession(store(), { personId: 'p1', how: 'code' }, at, 60 * 60_000);
    expect(await sessionOf(store(), token, later(59))).toEqual(session);
    expect(await sessionOf(store(), token, later(60))).toBeNull();
    expect(await sessionOf(store(), session.id, at)).toBeNull();
    expect(JSON.stringify(await store().collection('sessions').find({}).toArray())).not.toContain(token);
    const second = await openSession(store(), { personId: 'p1', how: 'oidc' }, at, 60 * 60_000);
    await closeSession(store(), token);
    expect(await sessionOf(store(), token, at)).toBeNull();
    expect(await sessionOf(store(), second.token, at)).not.toBeNull();
    await closeSessionsOf(store(), 'p1');
    expect(await sessionOf(store(), second.token, at)).toBeNull();
  });

  test('a code signs in once, within ten minutes, only its own request, and five tries are all', async () => {
    const one = await issueLoginCode(store(), 'p1', cookies, at);
    expect(one.code).toMatch(/^\d{8}$/);
    const other = await issueLoginCode(store(), 'p2', cookies, at);
    expect(await tryLoginCode(store(), other.requestId, one.code, cookies, at)).toBeUndefined();
    const tries = await Promise.all(
      Array.from({ length: 4 }, () => tryLoginCode(store(), one.requestId, one.code, cookies, later(9))),
    );
    expect(tries.filter((who) => who === 'p1')).toHaveLength(1);
    expect(await tryLoginCode(store(), one.requestId, one.code, cookies, later(9))).toBeUndefined();
    const late = await issueLoginCode(store(), 'p1', cookies, at);
    expect(await tryLoginCode(store(), late.requestId, late.code, cookies, later(10))).toBeUndefined();
    const guessed = await issueLoginCode(store(), 'p1', cookies, at);
    for (let n = 0; n < loginCodeLimits.tries; n += 1)
      await tryLoginCode(store(), guessed.requestId, 'wrong', cookies, at);
    expect(await tryLoginCode(store(), guessed.requestId, guessed.code, cookies, at)).toBeUndefined();
  });

  test('for an unknown address everything looks the same and no code fits', async () => {
    const nobody = await issueLoginCode(store(), undefined, cookies, at);
    expect(nobody.code).toMatch(/^\d{8}$/);
    expect(await tryLoginCode(store(), nobody.requestId, nobody.code, cookies, at)).toBeUndefined();
    expect(JSON.stringify(await store().collection('loginCodes').find({}).toArray())).not.toContain(nobody.code);
  });
});

describe('idempotency keys', () => {
  test('of 20 requests with one key one is first; later ones get its answer; other words are told apart', async () => {
    const seen = await Promise.all(Array.from({ length: 20 }, () => takeKey(store(), 'ae', 'k1', 'r1')));
    expect(seen.filter((one) => one.kind === 'first')).toHaveLength(1);
    expect(seen.filter((one) => one.kind === 'running')).toHaveLength(19);
    await answerKey(store(), 'ae', 'k1', { status: 201, body: '{"id":1}' });
    expect(await takeKey(store(), 'ae', 'k1', 'r1')).toEqual({ kind: 'answered', status: 201, body: '{"id":1}' });
    expect(await takeKey(store(), 'ae', 'k1', 'r2')).toEqual({ kind: 'mismatch' });
    expect(await takeKey(store(), 'other', 'k1', 'r1')).toEqual({ kind: 'first' });
    await releaseKey(store(), 'ae', 'k1');
    expect(await takeKey(store(), 'ae', 'k1', 'r1')).toMatchObject({ kind: 'answered' });
    await releaseKey(store(), 'other', 'k1');
    expect(await takeKey(store(), 'other', 'k1', 'r1')).toEqual({ kind: 'first' });
  });
});

test('the store says whether it answers', async () => {
  expect(await answersOn(store())).toBe(true);
});
