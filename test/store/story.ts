import type { Route, RouteStep, Stay } from '../../domain/circulation/types.ts';
import { addMs } from '../../domain/instant.ts';
import type { JobEvent } from '../../domain/job/events.ts';
import type { LogDraft } from '../../domain/job/effects.ts';
import type { Actor } from '../../domain/process.ts';

const system: Actor = { kind: 'system', name: 'shell' };
const start = '2026-03-12T00:30:00.000Z';

/** A person of the agency acting through a link. */
export function by(personId: string): Actor {
  return { kind: 'person', personId, roles: ['COPYWRITER'], side: 'agency', proof: 'link' };
}

const step = (key: string, role: RouteStep['role'], side: RouteStep['side'], after: readonly string[]): RouteStep => ({
  key,
  role,
  alsoRoles: [],
  side,
  after,
  act: 'confirm',
  meaning: { zh: '确认', en: 'Confirmed' },
  rule: { kind: 'one' },
  noes: ['return'],
  optional: false,
  checklist: [],
  ladder: 'internalSignature',
});

const route: Route = {
  id: 'short',
  version: 1,
  title: { zh: '短流程', en: 'Short route' },
  steps: [step('copywriter', 'COPYWRITER', 'agency', []), step('client', 'CLIENT_LEAD', 'client', ['copywriter'])],
};

const waiting = (key: string): Stay => ({ step: key, state: 'waiting', holders: [], rungs: [], decisions: [] });
const circulation = 'c1';

/** What a short job is told with. */
export interface StoryWords {
  readonly title?: string;
  readonly brandId?: string;
  readonly clientId?: string;
  readonly jobNumber?: string;
  readonly dueAt?: string;
}

/**
 * The events of a short job: asked for, opened, one paper round a route of two desks; sent back by the client, round
 * two signed by both. A list of batches, as a process would record them.
 */
export function story(words: StoryWords = {}): readonly (readonly { actor: Actor; event: JobEvent }[])[] {
  const dueAt = words.dueAt ?? '2026-03-13T09:00:00.000Z';
  const at = (key: string, round: number) => ({ circulation, round, step: key });
  const opened = (key: string, round: number, personId: string): { actor: Actor; event: JobEvent }[] => [
    { actor: system, event: { type: 'stepOpening', ...at(key, round) } },
    {
      actor: system,
      event: {
        type: 'stepOpened',
        ...at(key, round),
        holders: [{ personId, grantId: `abc123grant${key}${String(round)}` }],
        dueAt,
        provisional: false,
        rungs: [{ n: 1, kind: 'warn', whom: 'holder', at: dueAt }],
        unreachedAt: dueAt,
      },
    },
  ];
  const decided = (
    key: string,
    round: number,
    personId: string,
    verdict: 'sign' | 'return',
  ): { actor: Actor; event: JobEvent } => ({
    actor: by(personId),
    event: {
      type: 'decided',
      ...at(key, round),
      decision: {
        id: `d-${key}-${String(round)}`,
        verdict,
        personId,
        proof: 'link',
        at: start,
        ...(verdict === 'return' ? { reason: 'text', words: '字号太小' } : {}),
      },
    },
  });
  const paper = {
    key: 'F-04',
    form: 'F-04',
    version: 1,
    hash: 'p'.repeat(64),
    facts: { complete: true, missing: [] },
    by: 'ae',
    at: start,
    status: 'filed',
  } as const;
  return [
    [
      {
        actor: by('ae'),
        event: {
          type: 'requested',
          by: 'ae',
          title: words.title ?? '云峰绿茶春季海报',
          clientId: words.clientId ?? 'cl1',
          brandId: words.brandId ?? 'b1',
          lineId: 'l1',
          brandCode: 'YF',
          lineCode: 'LC',
          ownerId: 'ae',
          workTypes: ['print'],
          important: false,
          qcRoute: 'qcSeven',
        },
      },
      { actor: by('ae'), event: { type: 'paperFiled', paper } },
    ],
    [
      { actor: system, event: { type: 'numberIssued', jobNumber: words.jobNumber ?? 'YFLC2026001' } },
      { actor: system, event: { type: 'phaseChanged', from: 'REQUESTED', to: 'ORDER_SIGNOFF' } },
    ],
    [
      { actor: by('ae'), event: { type: 'routePinned', key: 'short@1', route } },
      {
        actor: by('ae'),
        event: {
          type: 'circulationStarted',
          circulation: {
            id: circulation,
            point: 'workOrder',
            route: 'short@1',
            about: { kind: 'paper', paper: 'F-04', form: 'F-04', version: 1, hash: paper.hash },
            authorId: 'ae',
            round: 1,
            cause: 'first',
            status: 'running',
            startedAt: start,
            stays: [waiting('copywriter'), waiting('client')],
            closedRounds: [],
          },
        },
      },
      { actor: by('ae'), event: { type: 'paperStatus', key: 'F-04', status: 'circulating' } },
    ],
    opened('copywriter', 1, 'cw'),
    [decided('copywriter', 1, 'cw', 'sign'), ...opened('client', 1, 'kunde')],
    [
      decided('client', 1, 'kunde', 'return'),
      {
        actor: by('kunde'),
        event: { type: 'circulationEnded', circulation, round: 1, verdict: 'return', by: 'kunde', words: '字号太小' },
      },
      { actor: by('kunde'), event: { type: 'paperStatus', key: 'F-04', status: 'returned' } },
      {
        actor: by('ae'),
        event: { type: 'paperFiled', paper: { ...paper, version: 2, hash: 'q'.repeat(64) } },
      },
      {
        actor: by('ae'),
        event: {
          type: 'roundOpened',
          circulation,
          round: 2,
          cause: 'client',
          about: { kind: 'paper', paper: 'F-04', form: 'F-04', version: 2, hash: 'q'.repeat(64) },
          authorId: 'ae',
          stays: [waiting('copywriter'), waiting('client')],
        },
      },
    ],
    opened('copywriter', 2, 'cw'),
    [decided('copywriter', 2, 'cw', 'sign'), ...opened('client', 2, 'kunde')],
  ];
}

/** Gives each batch its stamps: one command a batch and actor, entries numbered from 1. */
export function stamped(batches: ReturnType<typeof story>): readonly (readonly LogDraft[])[] {
  let seq = 0;
  return batches.map((batch, place) =>
    batch.map(({ actor, event }) => {
      seq += 1;
      const at = addMs(start, seq * 60_000);
      const who = actor.kind === 'person' ? actor.personId : actor.name;
      return { stamp: { seq, at, receivedAt: at, commandId: `k${String(place)}-${who}`, actor }, event };
    }),
  );
}
