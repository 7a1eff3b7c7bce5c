import { makeToken } from '../../api/session/tokens.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import type { JobPhase } from '../../domain/job/state.ts';
import { Caller, type Step } from './caller.ts';
import type { Subject } from './contents.ts';
import { clockIn } from './place.ts';
import { demoPeople, registerDemo } from './register.ts';
import { actOn, passed, playUntil, signs, type Signing, type Telling } from './story.ts';
import { standardRoutes } from '../../domain/circulation/routes.ts';
import { addMs } from '../../domain/instant.ts';
import { grantsOfStep } from '../../store/grants.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { linkFor } from '../../store/links.ts';
import { openLink, press } from './link.ts';

/** Where the demonstration is played. */
export interface Place {
  readonly baseUrl: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The demonstration, opened: a caller for its people, and a way to sign as whoever holds a step. */
export interface OpenDemo {
  readonly caller: Caller;
  readonly sign: Signing;
  readonly close: () => Promise<void>;
}

/** Registers the agency and gives every one of its staff a token for a day. */
export async function openDemo(place: Place): Promise<OpenDemo> {
  const store = await connectStore({ uri: place.environment['MONGODB_URI'] ?? '' });
  const clock = clockIn(place);
  await registerDemo(store, clock());
  const tokens = new Map<string, string>();
  const expiresAt = addMs(clock(), 86_400_000);
  for (const { id } of demoPeople.filter((person) => person.side === 'agency')) {
    tokens.set(
      id,
      (await makeToken(store, { personId: id, name: 'demonstration', madeBy: id, at: clock(), expiresAt })).token,
    );
  }
  const caller = new Caller(place.baseUrl, tokens);
  const ring = openKeyrings(place.environment['JOBBAG_KEYS_DIR'] ?? '', clock).links;
  return {
    caller,
    sign: async (jobId, step) => {
      const holder = step.holders[0] ?? '';
      const { circulation, round, hash } = step;
      if (tokens.has(holder)) {
        await caller.act(holder, jobId, {
          type: 'sign',
          circulation,
          round,
          step: step.step,
          hash,
          checklist: checklistOf(step),
        });
        return;
      }
      // A client has no account and signs by the personal link, also here.
      const grants = await grantsOfStep(store, jobId, circulation, round, step.step);
      const grant = grants.find((one) => one.personId === holder);
      if (!grant) throw new Error(`no link for ${holder} at ${circulation}.${step.step}`);
      await press(await openLink(`${place.baseUrl}${linkFor(grant, ring)}`), { verdict: 'sign' });
    },
    close: () => closeStore(store),
  };
}

function checklistOf(step: Step): readonly object[] {
  const route = step.point === 'proofQc' ? 'proofSeven' : step.point === 'artworkQc' ? 'qcSeven' : step.point;
  return route in standardRoutes ? passed(route as keyof typeof standardRoutes, step.step) : [];
}

const yunfeng = {
  clientId: 'demo-yunfeng',
  brandId: 'demo-yunfeng',
  clientLead: 'demo-liqing',
  clientContact: 'demo-maosen',
  ownerId: 'demo-zhao',
} as const;
const haisheng = {
  clientId: 'demo-haisheng',
  brandId: 'demo-haisheng',
  clientLead: 'demo-hejun',
  clientContact: 'demo-tao',
  ownerId: 'demo-sun',
} as const;
const kaian = {
  clientId: 'demo-kaian',
  brandId: 'demo-kaian',
  clientLead: 'demo-anna',
  clientContact: 'demo-ben',
  ownerId: 'demo-sun',
} as const;

const subject = (
  of: typeof yunfeng | typeof haisheng | typeof kaian,
  line: string,
  title: string,
  project: string,
  workType: Subject['workType'] = 'print',
): Subject => ({ ...of, lineId: `${of.brandId}-${line}`, title, project, workType });

/** The job that `npm run demo` plays. */
export const storySubject: Subject = subject(yunfeng, 'lucha', '春茶上市 灯箱海报', '春茶上市');

/** A dozen jobs, each at another place of the road; the last function leaves it there in an interesting way. */
const shelf: readonly (readonly [Subject, JobPhase, ((t: Telling) => Promise<void>)?])[] = [
  [
    subject(yunfeng, 'lucha', '夏季主视觉 灯箱海报', '夏季主视觉', 'keyVisual'),
    'ARTWORK_QC',
    (t) => signs(t, 'artworkQc', 'copywriter'),
  ],
  [subject(haisheng, 'pinpai', '品牌手册 改版', '品牌手册'), 'ORDER_SIGNOFF', refuseOrder],
  [
    subject(yunfeng, 'wulong', '秋季新品 命名与包装', '秋季新品', 'packaging'),
    'ORDER_SIGNOFF',
    (t) => signs(t, 'workOrder', 'accountDirector'),
  ],
  [subject(kaian, 'bingxiang', 'Winter campaign poster 冬季促销海报', '冬季促销'), 'PROPOSED'],
  [
    subject(kaian, 'chuju', '超市堆头 终端物料', '超市堆头', 'pos'),
    'ARTWORK_QC',
    (t) => signs(t, 'artworkQc', 'copywriter', 'artDirector'),
  ],
  [subject(haisheng, 'yagao', '报纸半版 新品上市', '报纸半版', 'newAd'), 'PROOF_QC'],
  [subject(yunfeng, 'pinpai', '年报封面', '年报封面'), 'INTERNAL_REVIEW'],
  [subject(yunfeng, 'lucha', '网络旗帜 双十一', '双十一'), 'CREATING'],
  [subject(haisheng, 'yagao', '儿童牙膏 店内海报', '儿童牙膏', 'pos'), 'BRIEFED'],
  [subject(kaian, 'bingxiang', 'Showroom brochure 展厅画册', '展厅画册'), 'REQUESTED'],
  [subject(yunfeng, 'wulong', '乌龙茶礼盒 户外', '乌龙礼盒'), 'TRACKING'],
  [subject(haisheng, 'pinpai', '新年贺卡', '新年贺卡'), 'CLIENT_CONFIRMED'],
];

async function refuseOrder(t: Telling): Promise<void> {
  await signs(t, 'workOrder', 'accountDirector');
  const step = await t.caller.openStep(t.subject.ownerId, t.jobId, 'workOrder', 'creativeDirector');
  const { circulation, round, hash } = step;
  await actOn(t, 'demo-wang', {
    type: 'return',
    kind: 'refuse',
    circulation,
    round,
    step: 'creativeDirector',
    hash,
    reason: 'MATERIAL_INSUFFICIENT',
    words: '缺少产品照片与旧版手册源文件，无法估计改版范围。',
    missing: ['产品照片', '旧版手册源文件'],
  });
}

/** Fills an empty house with the demonstration: the agency, and a dozen jobs in different states. */
export async function greet(place: Place, say: (line: string) => void): Promise<void> {
  const startedAt = performance.now();
  const { caller, sign, close } = await openDemo(place);
  say('\n  Setting up the demonstration agency (云帆广告) and a dozen jobs; the board fills while you look.');
  let next = 0;
  const hand = async (): Promise<void> => {
    for (let seed = next++; seed < shelf.length; seed = next++) {
      const [about, until, after] = shelf[seed] ?? [];
      if (!about || !until) return;
      const telling: Telling = { caller, subject: about, sign, seed, jobId: '', jobNumber: '' };
      await playUntil(telling, until);
      await after?.(telling);
    }
  };
  await Promise.all([hand(), hand(), hand()]).finally(close);
  say(
    `  Demonstration ready after ${((performance.now() - startedAt) / 1000).toFixed(0)} s. "npm run demo" plays one job by the book; "npm run demo -- remove" takes all of it away.`,
  );
}
