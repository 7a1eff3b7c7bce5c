import { Client, Connection as EngineConnection } from '@temporalio/client';
import type { Connection } from 'mongoose';
import { makeToken } from '../../api/session/tokens.ts';
import { clockWithOffset } from '../../config/clock.ts';
import type { Step } from '../../ops/demo/caller.ts';
import type { Subject } from '../../ops/demo/contents.ts';
import { demoPeople, registerDemo } from '../../ops/demo/register.ts';
import { passed, type Telling } from '../../ops/demo/story.ts';
import type { House } from '../../ops/house/house.ts';
import { standardRoutes } from '../../domain/circulation/routes.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { dataConverter } from '../../store/codec.ts';
import { commandIdOf } from '../../store/form-values.ts';
import { grantsOfStep } from '../../store/grants.ts';
import type { Keyrings } from '../../store/keyring.ts';
import { openKeyrings } from '../../store/keyring.ts';
import { linkFor } from '../../store/links.ts';
import { formsOf, type PageForm } from './forms.ts';
import type { Options } from './options.ts';
import type { Witness } from './patient.ts';
import { again, insist, PatientCaller } from './patient.ts';
import type { Random } from './random.ts';

/** A house with its people, ready to be mistreated. */
export interface Scene {
  readonly house: House;
  readonly dataDir: string;
  readonly options: Options;
  readonly random: Random;
  readonly store: Connection;
  readonly engine: Client;
  readonly keys: Keyrings;
  readonly tokens: ReadonlyMap<string, string>;
  /** What excuses a second copy of a mail: faults played after the last byte, and kills of the worker (milliseconds since 1970). */
  readonly excused: { injected: number; readonly workerKilledAt: number[] };
  say(line: string): void;
  close(): Promise<void>;
}

/** What a scenario found: figures for the reader, and every promise that was broken. */
export class Findings {
  readonly figures: string[] = [];
  readonly broken: string[] = [];

  /** A figure for the report. */
  figure(line: string): void {
    this.figures.push(line);
  }

  /** A promise: where it does not hold, the words say what happened. */
  expect(holds: boolean, otherwise: string): void {
    if (!holds) this.broken.push(otherwise);
  }
}

/** Opens store and engine beside the house, registers the agency, gives every one of its staff a token. */
export async function openScene(
  house: House,
  dataDir: string,
  options: Options,
  random: Random,
  say: (line: string) => void,
): Promise<Scene> {
  const store = await connectStore({ uri: house.stack.mongoUri, poolSize: 10 });
  const clock = clockWithOffset(0);
  await registerDemo(store, clock());
  const tokens = new Map<string, string>();
  // A process whose clock jumps a month ahead must still know its callers.
  const expiresAt = new Date(Date.now() + 90 * 86_400_000).toISOString();
  for (const { id } of demoPeople.filter((person) => person.side === 'agency')) {
    tokens.set(
      id,
      (await makeToken(store, { personId: id, name: 'faults', madeBy: id, at: clock(), expiresAt })).token,
    );
  }
  const keys = openKeyrings(house.environment['JOBBAG_KEYS_DIR'] ?? '', clock);
  const connection = await EngineConnection.connect({
    address: house.stack.engineAddress,
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1_000 },
  });
  const engine = new Client({
    connection,
    namespace: house.stack.namespace,
    dataConverter: dataConverter(keys.payloads),
  });
  return {
    house,
    dataDir,
    options,
    random,
    store,
    engine,
    keys,
    tokens,
    excused: { injected: 0, workerKilledAt: [] },
    say,
    close: async () => {
      await connection.close();
      await closeStore(store);
    },
  };
}

const subjects: readonly [Subject, ...Subject[]] = [
  {
    clientId: 'demo-yunfeng',
    brandId: 'demo-yunfeng',
    clientLead: 'demo-liqing',
    clientContact: 'demo-maosen',
    ownerId: 'demo-zhao',
    lineId: 'demo-yunfeng-lucha',
    title: '',
    project: '故障演练',
    workType: 'print',
  },
  {
    clientId: 'demo-haisheng',
    brandId: 'demo-haisheng',
    clientLead: 'demo-hejun',
    clientContact: 'demo-tao',
    ownerId: 'demo-sun',
    lineId: 'demo-haisheng-yagao',
    title: '',
    project: '故障演练',
    workType: 'print',
  },
  {
    clientId: 'demo-kaian',
    brandId: 'demo-kaian',
    clientLead: 'demo-anna',
    clientContact: 'demo-ben',
    ownerId: 'demo-sun',
    lineId: 'demo-kaian-bingxiang',
    title: '',
    project: '故障演练',
    workType: 'print',
  },
];

/** A job's story, told by patient people; each step is signed by link or, where the holder is staff, at random through the API. */
export function tellingOf(
  scene: Scene,
  witness: Witness,
  seed: number,
  random: Random,
): Telling & { readonly caller: PatientCaller } {
  const from = `10.${(seed >> 16) & 255}.${(seed >> 8) & 255}.${seed & 255}`;
  const caller = new PatientCaller(scene.house.baseUrl, scene.tokens, witness, from);
  const subject = { ...random.oneOf(subjects), title: `故障演练 ${seed}` };
  return {
    caller,
    subject,
    seed,
    jobId: '',
    jobNumber: '',
    sign: async (jobId, step) => {
      const holder = step.holders[0] ?? '';
      if (scene.tokens.has(holder) && random.next() < 0.5) {
        const { circulation, round, hash } = step;
        return caller.act(holder, jobId, {
          type: 'sign',
          circulation,
          round,
          step: step.step,
          hash,
          checklist: checklistOf(step),
        });
      }
      const commandId = await pressLink(witness, jobId, await linkOf(scene, jobId, step), { verdict: 'sign' }, from);
      // "Received" is no step forward yet; the next act would come too early.
      await caller.outcome(subject.ownerId, jobId, commandId);
    },
  };
}

function checklistOf(step: Step): readonly object[] {
  const route = step.point === 'proofQc' ? 'proofSeven' : step.point === 'artworkQc' ? 'qcSeven' : step.point;
  return route in standardRoutes ? passed(route as keyof typeof standardRoutes, step.step) : [];
}

/** The address of a holder's personal link to a step. */
export async function linkOf(scene: Scene, jobId: string, step: Step): Promise<string> {
  const holder = step.holders[0] ?? '';
  const grants = await again('the grants of a step', () =>
    grantsOfStep(scene.store, jobId, step.circulation, step.round, step.step),
  );
  const grant = grants.find((one) => one.personId === holder);
  if (!grant) throw new Error(`no link for ${holder} at ${step.circulation}.${step.step}`);
  return `${scene.house.baseUrl}${linkFor(grant, scene.keys.links)}`;
}

/** Reads the deciding form behind a link; undefined when the page offers none any more. */
export async function readLink(witness: Witness, url: string, from: string): Promise<PageForm | undefined> {
  const page = await insist(witness, url, {
    headers: { accept: 'text/html', 'accept-language': 'zh-CN', 'x-forwarded-for': from },
  });
  return page.status === 200
    ? formsOf(page.text).find((form) => form.choices.get('verdict')?.includes('sign') === true)
    : undefined;
}

/** One press of a button, as its bytes. */
export function bodyOf(form: PageForm, more: Readonly<Record<string, string>>): string {
  return new URLSearchParams({ ...Object.fromEntries(form.fields), ...more }).toString();
}

/** Headers of a browser that posts a form of ours. */
export function formHeaders(url: string, from: string): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    origin: new URL(url).origin,
    accept: 'text/html',
    'accept-language': 'zh-CN',
    'x-forwarded-for': from,
  };
}

/** Opens a link and presses a button, the same press again wherever the answer was lost; the yes is witnessed. */
export async function pressLink(
  witness: Witness,
  jobId: string,
  url: string,
  button: Readonly<Record<string, string>>,
  from: string,
): Promise<string> {
  // The desk's row is written a moment before the job's: a page between the two says that it is not your turn yet.
  const form = await again(
    'a link',
    async () => {
      const found = await readLink(witness, url, from);
      if (!found) throw new Error(`the link shows no form: ${await saidBy(url, from)}`);
      return found;
    },
    60_000,
  );
  const commandId = commandIdOf(form.fields.get('formValue') ?? '');
  const answer = await insist(witness, url, {
    method: 'POST',
    headers: formHeaders(url, from),
    body: bodyOf(form, button),
  });
  if (answer.status !== 303 && answer.status !== 202 && answer.status !== 200)
    throw new Error(`${answer.status} for a press: ${wordsIn(answer.text)}`);
  witness.yes(jobId, commandId, answer.status === 202 ? 'received' : 'accepted');
  return commandId;
}

const wordsIn = (page: string): string =>
  page
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 400);

async function saidBy(url: string, from: string): Promise<string> {
  const answer = await fetch(url, { headers: { accept: 'text/html', 'x-forwarded-for': from } });
  return `${answer.status} ${wordsIn(await answer.text())}`;
}
