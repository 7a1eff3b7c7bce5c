import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { initialJobState } from '../../../domain/job/process.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import type { Stay } from '../../../domain/circulation/types.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { Piece, PieceVersion } from '../../../domain/job/state.ts';
import type { Role } from '../../../domain/people/roles.ts';
import type { Person } from '../../../domain/people/types.ts';
import type { Actor } from '../../../domain/process.ts';
import { mintGrant } from '../../../store/grants.ts';
import { linkFor } from '../../../store/links.ts';
import { keepManifest } from '../../../store/manifests.ts';
import { record } from '../../../store/recorder.ts';
import { openSession } from '../../../store/sessions.ts';
import { stayingCookie } from '../../../api/session/staying.ts';
import { cookieNames } from '../../../api/session/cookies.ts';
import type { House } from '../support/house.ts';
import { poster } from '../../browser/story/artwork.ts';

const chain: readonly Role[] = [
  'ARTIST',
  'COPYWRITER',
  'ART_DIRECTOR',
  'CREATIVE_DIRECTOR',
  'ACCOUNT_EXECUTIVE',
  'ACCOUNT_DIRECTOR',
  'CLIENT_LEAD',
];
const names = ['林夏', '陈默', '吴迪', '王冉', '赵一', '周岚', '李女士'];

/** A job whose artwork lies on somebody's desk, recorded as its process would have recorded it. */
export interface ArtworkJob {
  readonly processId: string;
  readonly circulation: string;
  readonly people: Readonly<Record<string, Person>>;
  readonly hashes: readonly [string, string];
  /** The link of whoever holds the step now. */
  readonly link: string;
  /** A link of round 1, made for the same person. */
  readonly oldLink: string;
}

/** Puts a job at a step of the artwork QC, round 2, version 2, with a native file and a picture. */
export async function artworkJob(
  house: House,
  at: 'copywriter' | 'client',
  more: {
    readonly title?: string;
    readonly words?: string;
    /** The revision that version 2 answers was dropped since. */
    readonly dropped?: boolean;
    readonly files?: readonly { readonly name: string; readonly mime: string; readonly bytes: Buffer }[];
  } = {},
): Promise<ArtworkJob> {
  const { store, blobs, keys, clock } = house.api.deps;
  const people = await Promise.all(
    chain.map((role, index) =>
      house.person([role], {
        name: names[index] ?? '',
        language: 'zh-CN',
        ...(role === 'CLIENT_LEAD' ? { side: 'client' as const } : {}),
      }),
    ),
  );
  const byRole = Object.fromEntries(chain.map((role, index) => [role, people[index]])) as Record<string, Person>;
  const brand = await house.brand(people.slice(0, 6));
  const processId = `job-${randomBytes(6).toString('hex')}`;
  const circulation = 'artworkQc:P1';
  const now = Date.parse(clock());
  const ago = (hours: number): string => new Date(now - hours * 3_600_000).toISOString();
  const version = async (n: number, slogan: string): Promise<PieceVersion> => {
    const picture = await blobs.put(Readable.from([await poster(slogan)]));
    const native = await blobs.put(Readable.from([Buffer.from('%!PS native file')]));
    const others = await Promise.all(
      (n === 2 ? (more.files ?? []) : []).map(async ({ name, mime, bytes }) => {
        const { size, sha256 } = await blobs.put(Readable.from([bytes]));
        return { name, size, sha256, mime, use: 'view' as const };
      }),
    );
    const hash = await keepManifest(store, [
      ...others,
      {
        name: `20260312_夏季主视觉_v${n}.png`,
        size: picture.size,
        sha256: picture.sha256,
        mime: 'image/png',
        use: 'view',
      },
      {
        name: `夏季主视觉_v${n}.ai`,
        size: native.size,
        sha256: native.sha256,
        mime: 'application/postscript',
        use: 'master',
      },
    ]);
    return {
      version: n,
      stage: 'FINISHED_ARTWORK',
      hash,
      by: byRole.ARTIST?.id ?? '',
      at: ago(20 - n),
      printedSample: { size: 'A4', madeAt: ago(20 - n) },
      ...(n === 2 ? { answers: 'R1', lawHits: ['最佳'] } : { verdict: 'returned' as const }),
    };
  };
  const [v1, v2] = [await version(1, '一杯好山风'), await version(2, '一杯山风')];
  const piece: Piece = {
    id: 'P1',
    name: '灯箱海报',
    workType: 'pos',
    specification: '120×60 cm',
    final: 'FINISHED_ARTWORK',
    needsProof: true,
    versions: [],
    state: 'artworkQc',
  };
  const route = standardRoutes.qcSeven;
  const here = route.steps.findIndex(({ key }) => key === at);
  const grant = async (round: number, step: string, person: Person, hash: string) =>
    mintGrant(
      store,
      { personId: person.id, processId, circulation, round, step, hash, purpose: 'decide' },
      keys.links,
      ago(1),
    );
  const holder = people[here];
  if (!holder) throw new Error('no such step');
  const mine = await grant(2, at, holder, v2.hash);
  const old = await grant(1, at, holder, v1.hash);
  const stays: Stay[] = route.steps.map((step, index) => ({
    step: step.key,
    state: index < here ? 'passed' : index === here ? 'open' : 'waiting',
    holders: index === here ? [{ personId: holder.id, grantId: mine.id, askedAt: ago(1) }] : [],
    rungs: [],
    decisions:
      index < here
        ? [
            {
              id: `d${index}-${processId}`,
              verdict: 'sign',
              personId: people[index]?.id ?? '',
              proof: 'link',
              at: ago(5 - index * 0.5),
            },
          ]
        : [],
    ...(index <= here ? { openedAt: ago(6 - index * 0.5) } : {}),
    ...(index < here ? { closedAt: ago(5 - index * 0.5) } : {}),
    ...(index === here ? { dueAt: new Date(now + 3 * 3_600_000).toISOString() } : {}),
  }));
  const events: JobEvent[] = [
    {
      type: 'requested',
      by: byRole.ACCOUNT_EXECUTIVE?.id ?? '',
      title: more.title ?? '夏季主视觉',
      ...brand,
      ownerId: byRole.ACCOUNT_EXECUTIVE?.id ?? '',
      workTypes: ['pos'],
      important: true,
      qcRoute: 'qcSeven',
    },
    { type: 'numberIssued', jobNumber: `${brand.brandCode}GZ2026${String(100 + Math.floor(Math.random() * 800))}` },
    { type: 'phaseChanged', from: 'REQUESTED', to: 'ARTWORK_QC' },
    { type: 'pieceAdded', piece },
    { type: 'versionSubmitted', pieceId: 'P1', version: v1, fileNames: ['v1.png'] },
    {
      type: 'opinionRecorded',
      opinion: {
        id: 'O1',
        kind: 'correction',
        words: more.words ?? '标语再短一些',
        from: byRole.CLIENT_LEAD?.id ?? '',
        at: ago(10),
        pieceId: 'P1',
        answer: { done: true, words: '改为“一杯山风”' },
      },
    },
    {
      type: 'revisionChanged',
      revision: {
        ordinal: 1,
        bornAt: 'artworkQc',
        pieceIds: ['P1'],
        opinionIds: ['O1'],
        cause: 'client',
        state: more.dropped ? 'DROPPED' : 'DRAFT_ATTACHED',
      },
    },
    { type: 'versionSubmitted', pieceId: 'P1', version: v2, fileNames: ['v2.png'] },
    { type: 'routePinned', key: 'qcSeven@1', route },
    {
      type: 'circulationStarted',
      circulation: {
        id: circulation,
        point: 'artworkQc',
        route: 'qcSeven@1',
        about: { kind: 'piece', pieceId: 'P1', stage: 'FINISHED_ARTWORK', version: 2, hash: v2.hash },
        authorId: byRole.ARTIST?.id ?? '',
        round: 2,
        cause: 'client',
        status: 'running',
        startedAt: ago(6),
        stays,
        closedRounds: [
          { round: 1, cause: 'first', version: 1, verdict: 'return', by: byRole.CLIENT_LEAD?.id ?? '', at: ago(12) },
        ],
      },
    },
  ];
  const actor: Actor = { kind: 'system', name: 'operator' };
  const { head } = initialJobState(processId);
  await record(
    store,
    {
      processId,
      after: head,
      entries: events.map((event, index) => ({
        stamp: { seq: index + 1, at: ago(6), receivedAt: ago(6), commandId: `c${index}`, actor },
        event,
      })),
    },
    clock(),
  );
  return {
    processId,
    circulation,
    people: byRole,
    hashes: [v1.hash, v2.hash],
    link: linkFor(mine, keys.links),
    oldLink: linkFor(old, keys.links),
  };
}

/** A signed-in browser's cookie header for a person. */
export async function cookieOf(
  house: House,
  person: Person,
): Promise<{ readonly name: string; readonly value: string }> {
  const { store, keys, clock, config } = house.api.deps;
  const { token } = await openSession(store, { personId: person.id, how: 'code' }, clock(), 3_600_000);
  return { name: cookieNames(config.publicBaseUrl).session, value: stayingCookie(keys.cookies, token, clock()) };
}
