import type { JobPhase } from '../../domain/job/state.ts';
import { standardRoutes } from '../../domain/circulation/routes.ts';
import { posterPng } from './artwork.ts';
import type { Caller, Step } from './caller.ts';
import type { Subject } from './contents.ts';
import { contentOf } from './contents.ts';
import { demoClients } from './register.ts';

/** How a step is signed: through the API, or by following the link in the mail. */
export type Signing = (jobId: string, step: Step) => Promise<void>;

/** A job as the story goes along. */
export interface Telling {
  readonly caller: Caller;
  readonly subject: Subject;
  readonly sign: Signing;
  readonly seed: number;
  jobId: string;
  jobNumber: string;
}

const just = (): string => new Date(Date.now() - 5_000).toISOString();

/** Signs the open steps of a point one after another. */
export async function signs(t: Telling, point: string, ...steps: readonly string[]): Promise<void> {
  for (const step of steps) await t.sign(t.jobId, await t.caller.openStep(t.subject.ownerId, t.jobId, point, step));
}

const act = (t: Telling, who: string, what: object): Promise<void> => t.caller.act(who, t.jobId, what);
const paper = (
  t: Telling,
  form: Parameters<typeof contentOf>[0],
  more: Parameters<typeof contentOf>[3] = {},
): object => ({ form, content: contentOf(form, t.subject, t.jobNumber, more) });
const submit = (
  t: Telling,
  who: string,
  point: string,
  form: Parameters<typeof contentOf>[0],
  more: { revision?: number } & Parameters<typeof contentOf>[3] = {},
): Promise<void> => {
  const { revision, ...content } = more;
  return act(t, who, { type: 'submit', point, paper: paper(t, form, content), ...(revision ? { revision } : {}) });
};

/** Answers to the checklist of a step, all passed. */
export function passed(routeId: keyof typeof standardRoutes, step: string): readonly object[] {
  const items = standardRoutes[routeId].steps.find((one) => one.key === step)?.checklist ?? [];
  return items.map((item) => ({ item, answer: 'pass' }));
}

/** Uploads a poster as view and master and submits it as a version. */
export async function submitVersion(
  t: Telling,
  who: string,
  stage: 'DRAFT' | 'FINISHED_ARTWORK' | 'PROOF',
  version: number,
): Promise<void> {
  const bytes = await posterPng(t.seed, version);
  const kind = stage === 'DRAFT' ? '过程稿' : stage === 'PROOF' ? '打样' : '完稿';
  const name = `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}_${t.subject.project}_${kind}_V${version}.png`;
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name);
  const kept = await t.caller.ask<{ sha256: string }>(who, 'POST', `/jobs/${t.jobId}/files`, form);
  const files = [
    { name, sha256: kept.sha256, use: 'view' },
    ...(stage === 'DRAFT' ? [] : [{ name: name.replace('.png', '_印刷.png'), sha256: kept.sha256, use: 'master' }]),
  ];
  const { hash } = await t.caller.ask<{ hash: string }>(who, 'POST', `/jobs/${t.jobId}/manifests`, { files });
  const sample = stage === 'DRAFT' ? {} : { printedSample: { size: 'A4', madeAt: just() } };
  await act(t, who, {
    type: 'submitVersion',
    pieceId: 'poster',
    stage,
    hash,
    fileNames: files.map((file) => file.name),
    ...sample,
  });
}

/** The chapters of a job by the book, each ending in a state of M-01. */
export const chapters: readonly (readonly [JobPhase, (t: Telling) => Promise<void>])[] = [
  [
    'REQUESTED',
    async (t) => {
      const { subject } = t;
      const client = demoClients.find((one) => one.id === subject.clientId);
      const brand = client?.brands.find((one) => one.id === subject.brandId);
      const line = brand?.lines.find((one) => one.id === subject.lineId);
      t.jobId = await t.caller.request(subject.ownerId, {
        type: 'request',
        title: subject.title,
        clientId: subject.clientId,
        brandId: subject.brandId,
        lineId: subject.lineId,
        brandCode: brand?.code,
        lineCode: line?.code,
        ownerId: subject.ownerId,
        workTypes: [subject.workType],
        important: false,
        qcRoute: client?.qcRoute.route,
        paper: paper(t, 'F-01'),
      });
    },
  ],
  [
    'BRIEFED',
    (t) =>
      act(t, t.subject.ownerId, {
        type: 'holdBriefing',
        heldAt: just(),
        client: [t.subject.clientContact],
        account: [t.subject.ownerId],
        creative: ['demo-wang', 'demo-tang'],
      }),
  ],
  [
    'ASSESSING',
    async (t) => {
      await submit(t, t.subject.ownerId, 'requirementBrief', 'F-03');
      await signs(t, 'requirementBrief', 'client');
    },
  ],
  [
    'OPENED',
    async (t) => {
      await act(t, t.subject.ownerId, {
        type: 'assess',
        evaluation: '指令清楚，时间可行。',
        discussion: '小组讨论一致。',
        study: '查过三个月竞品画面。',
        recommendation: '按需求简报执行。',
        differs: false,
      });
      await act(t, t.subject.ownerId, { type: 'openNumber' });
      const { jobNumber } = await t.caller.until('the job number', async () => {
        const { job } = await t.caller.ask<{ job: { jobNumber?: string } }>(
          t.subject.ownerId,
          'GET',
          `/jobs/${t.jobId}`,
        );
        return job.jobNumber ? { jobNumber: job.jobNumber } : undefined;
      });
      t.jobNumber = jobNumber;
    },
  ],
  [
    'ORDER_SIGNOFF',
    async (t) => {
      await submit(t, t.subject.ownerId, 'timetable', 'F-10');
      await signs(t, 'timetable', 'client');
      await submit(t, 'demo-he', 'creativeBrief', 'F-05');
      await signs(t, 'creativeBrief', 'guidance');
      await act(t, t.subject.ownerId, {
        type: 'huddle',
        heldAt: just(),
        people: ['demo-wang', 'demo-wu', 'demo-chen', 'demo-lin'],
        objections: [],
      });
      await submit(t, t.subject.ownerId, 'workOrder', 'F-04');
    },
  ],
  [
    'CREATING',
    (t) => signs(t, 'workOrder', 'accountDirector', 'creativeDirector', 'artDirector', 'copywriter', 'designer'),
  ],
  [
    'INTERNAL_REVIEW',
    async (t) => {
      await act(t, t.subject.ownerId, {
        type: 'addPiece',
        pieceId: 'poster',
        name: '灯箱海报',
        workType: t.subject.workType,
        specification: '1200 × 1800 mm',
        needsProof: true,
      });
      await submitVersion(t, 'demo-lin', 'DRAFT', 1);
      await signs(t, 'draftGate', 'creativeDirector', 'accountManager');
      await act(t, 'demo-he', { type: 'prepareProposal', kind: 'DETAILED' });
      await act(t, t.subject.ownerId, { type: 'file', paper: paper(t, 'F-20') });
      await act(t, t.subject.ownerId, { type: 'submit', point: 'internalAgreement' });
      await signs(t, 'internalAgreement', 'creativeDirector', 'accountManager');
    },
  ],
  [
    'PROPOSED',
    async (t) => {
      await act(t, t.subject.ownerId, {
        type: 'scheduleProposal',
        at: new Date(Date.now() + 3_600_000).toISOString(),
        place: '客户会议室',
        participants: [t.subject.ownerId, 'demo-wang', 'demo-wu'],
      });
      await act(t, t.subject.ownerId, {
        type: 'holdProposal',
        heldAt: just(),
        attended: [t.subject.ownerId, 'demo-wang', 'demo-wu', t.subject.clientContact],
        feedback: [],
      });
    },
  ],
  ['CLIENT_CONFIRMED', (t) => signs(t, 'proposalComment', 'client')],
  [
    'IN_PRODUCTION',
    async (t) => {
      await act(t, t.subject.ownerId, {
        type: 'recordFollowUp',
        shooting: '不适用',
        period: '四周',
        productionPrice: '见报价单',
        mediaPrice: '不适用',
      });
      await submit(t, t.subject.ownerId, 'quotationConsent', 'F-35');
      await signs(t, 'quotationConsent', 'head');
      await submit(t, t.subject.ownerId, 'confirmation', 'F-22');
      await signs(t, 'confirmation', 'client');
      await act(t, t.subject.ownerId, { type: 'startProduction' });
    },
  ],
  ['ARTWORK_QC', (t) => submitVersion(t, 'demo-lin', 'FINISHED_ARTWORK', 2)],
  [
    'PROOF_QC',
    (t) =>
      signs(
        t,
        'artworkQc',
        'copywriter',
        'artDirector',
        'creativeDirector',
        'accountExecutive',
        ...director(t),
        'client',
      ),
  ],
  [
    'DELIVERED',
    async (t) => {
      await submitVersion(t, 'demo-lin', 'PROOF', 3);
      await signs(
        t,
        'proofQc',
        'copywriter',
        'artDirector',
        'creativeDirector',
        'accountExecutive',
        ...director(t),
        'client',
        'receipt',
      );
    },
  ],
  ['TRACKING', (t) => act(t, t.subject.ownerId, { type: 'track' })],
  [
    'CLOSING',
    async (t) => {
      await act(t, t.subject.ownerId, { type: 'file', paper: paper(t, 'F-09') });
      await act(t, t.subject.ownerId, {
        type: 'evaluate',
        strategy: '口号方向保留，下一季延展到门店。',
        execution: '打样提前三天排期。',
      });
    },
  ],
  [
    'ARCHIVED',
    async (t) => {
      await act(t, t.subject.ownerId, { type: 'archive' });
      await t.caller.until('the archive', async () => {
        const { job } = await t.caller.ask<{ job: { phase: string } }>(t.subject.ownerId, 'GET', `/jobs/${t.jobId}`);
        return job.phase === 'ARCHIVED' ? job : undefined;
      });
    },
  ],
];

/** The account director's step, where this client's chain has one (P-02). */
export function director(t: Telling): readonly string[] {
  return demoClients.find((one) => one.id === t.subject.clientId)?.qcRoute.route === 'qcSix' ? [] : ['accountDirector'];
}

/** Plays the chapters from behind one state to another. */
export async function playUntil(t: Telling, until: JobPhase, after?: JobPhase): Promise<void> {
  const from = after === undefined ? 0 : chapters.findIndex(([phase]) => phase === after) + 1;
  for (const [phase, chapter] of chapters.slice(from)) {
    await chapter(t);
    if (phase === until) return;
  }
}

export { submit as submitPaper, act as actOn, paper as paperOf };
