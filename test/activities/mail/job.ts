import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { createRecordActivities } from '../../../activities/record.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import type { Stay } from '../../../domain/circulation/types.ts';
import type { MailInput, MailKind, Recipient } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { genesis } from '../../../domain/log/entry.ts';
import type { Actor } from '../../../domain/process.ts';
import { mintGrant } from '../../../store/grants.ts';
import type { Keyring } from '../../../store/keyring.ts';

const system: Actor = { kind: 'system', name: 'shell' };
const hash = '9f3c71aa'.repeat(8);
/** Thursday 11:05 in Shanghai: when the designer submitted. */
const submittedAt = '2026-03-12T03:05:00.000Z';
const openedAt = '2026-03-12T03:06:00.000Z';

/** A job on its way through artwork QC, recorded in the log, and the mails that belong to it. */
export interface TriedJob {
  readonly processId: string;
  readonly seq: number;
  mail(kind: MailKind, to: Recipient, more?: Partial<MailInput>): MailInput;
}

/** What a tried job is told with. */
export interface Telling {
  readonly title?: string;
  readonly pieceName?: string;
  /** Further events after the copywriter's step opened. */
  readonly then?: (where: { circulation: string; round: number; step: string }) => readonly JobEvent[];
  readonly holder?: string;
}

/** Records a job whose artwork waits for its copywriter, and mints the grant. */
export async function tryJob(connection: Connection, ring: Keyring, telling: Telling = {}): Promise<TriedJob> {
  const processId = `job-${randomUUID().slice(0, 12)}`;
  const route = standardRoutes.qcSeven;
  const step = route.steps[1];
  if (step === undefined) throw new Error('no second step');
  const holder = telling.holder ?? 'writer';
  const where = { circulation: 'p1/artworkQc', round: 1, step: step.key };
  const grant = await mintGrant(
    connection,
    { personId: holder, processId, ...where, hash, purpose: 'decide' },
    ring,
    openedAt,
  );
  const waiting = (key: string): Stay => ({ step: key, state: 'waiting', holders: [], rungs: [], decisions: [] });
  const submitted: Stay = {
    ...waiting('designer'),
    state: 'passed',
    openedAt: submittedAt,
    closedAt: submittedAt,
    decisions: [{ id: 'd1', verdict: 'sign', personId: 'designer', proof: 'session', at: submittedAt }],
  };
  const events: readonly JobEvent[] = [
    {
      type: 'requested',
      by: 'executive',
      title: telling.title ?? '云峰绿茶夏季主视觉',
      clientId: 'c1',
      brandId: 'b1',
      lineId: 'l1',
      brandCode: 'YF',
      lineCode: 'LC',
      ownerId: 'executive',
      workTypes: ['print'],
      important: false,
      qcRoute: 'qcSeven',
    },
    { type: 'numberIssued', jobNumber: 'YFLC2026014' },
    {
      type: 'pieceAdded',
      piece: {
        id: 'p1',
        name: telling.pieceName ?? '灯箱海报',
        workType: 'print',
        specification: '1200 × 1800 mm',
        final: 'FINISHED_ARTWORK',
        needsProof: true,
        versions: [],
        state: 'creating',
      },
    },
    { type: 'routePinned', key: 'qcSeven@1', route },
    {
      type: 'circulationStarted',
      circulation: {
        id: where.circulation,
        point: 'artworkQc',
        route: 'qcSeven@1',
        about: { kind: 'piece', pieceId: 'p1', stage: 'FINISHED_ARTWORK', version: 3, hash },
        authorId: 'designer',
        round: 1,
        cause: 'client',
        status: 'running',
        startedAt: submittedAt,
        stays: route.steps.map(({ key }) => (key === 'designer' ? submitted : waiting(key))),
        closedRounds: [],
      },
    },
    { type: 'stepOpening', ...where },
    {
      type: 'stepOpened',
      ...where,
      holders: [{ personId: holder, grantId: grant.id }],
      dueAt: '2026-03-12T07:06:00.000Z',
      provisional: false,
      rungs: [
        { n: 1, kind: 'remind', whom: 'holder', at: '2026-03-12T07:06:00.000Z' },
        { n: 2, kind: 'escalate', whom: 'standInOrHead', at: '2026-03-13T03:06:00.000Z' },
      ],
      unreachedAt: '2026-03-12T04:06:00.000Z',
    },
    ...(telling.then?.(where) ?? []),
  ];
  const entries = events.map((event, n) => ({
    stamp: {
      seq: n + 1,
      at: n < 5 ? submittedAt : openedAt,
      receivedAt: openedAt,
      commandId: `${processId}-${n}`,
      actor: system,
    },
    event,
  }));
  await createRecordActivities({ connection, clock: () => openedAt }).recordEntries({
    processId,
    after: genesis,
    entries,
  });
  return {
    processId,
    seq: events.length,
    mail: (kind, to, more = {}) => ({
      processId,
      name: `${processId}/${kind}/${'personId' in to ? to.personId : to.position}`,
      kind,
      to,
      brandId: 'b1',
      clientId: 'c1',
      ownerId: 'executive',
      authorId: 'designer',
      where,
      route: step,
      openedAt,
      seq: events.length,
      ...(kind === 'ask' || kind === 'spokenConfirm' ? { grantId: grant.id } : {}),
      ...more,
    }),
  };
}
