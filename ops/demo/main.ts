import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Step } from './caller.ts';
import { openDemo, storySubject } from './greet.ts';
import { Inbox } from './inbox.ts';
import { openLink, press, readLink } from './link.ts';
import { findHouse } from './place.ts';
import { demoPeople } from './register.ts';
import { removeFromHouse } from './remove.ts';
import { actOn, paperOf, playUntil, signs, submitPaper, submitVersion, type Telling } from './story.ts';

const nameOf = (id: string): string => demoPeople.find((person) => person.id === id)?.name ?? id;
const startedAt = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);

/** Plays one job by the book against the running house, as outsiders would: API, inbox, links, buttons. */
async function play(): Promise<void> {
  const place = await findHouse();
  const { caller, close } = await openDemo(place);
  const inbox = new Inbox(place.inboxUrl);
  try {
    const byMail = async (_jobId: string, step: Step, button: Readonly<Record<string, string>>): Promise<void> => {
      const holder = step.holders[0] ?? '';
      const address = demoPeople.find((person) => person.id === holder)?.mail.address ?? '';
      const link = await inbox.linkFor(address, async (url) => (await readLink(url)).fields.get('hash') === step.hash);
      const form = await openLink(link);
      await press(form, button);
      say(
        `${nameOf(holder).padEnd(12)} ${button['verdict'] === 'sign' ? 'signed' : 'sent back'}  ${step.point}.${step.step}${step.round > 1 ? ` (round ${step.round})` : ''}`,
      );
    };
    const t: Telling = {
      caller,
      subject: storySubject,
      seed: 0,
      jobId: '',
      jobNumber: '',
      sign: (jobId, step) => byMail(jobId, step, { verdict: 'sign' }),
    };
    const answersBack = async (point: string, step: string, button: Readonly<Record<string, string>>): Promise<void> =>
      byMail(t.jobId, await caller.openStep(t.subject.ownerId, t.jobId, point, step), button);

    say(`${nameOf(t.subject.ownerId)} asks for a job: ${t.subject.title}`);
    await playUntil(t, 'ORDER_SIGNOFF');
    say(`job number ${t.jobNumber}; the work order goes round`);
    await signs(t, 'workOrder', 'accountDirector');
    await answersBack('workOrder', 'creativeDirector', {
      verdict: 'back',
      backKind: 'refuse',
      reason: 'MATERIAL_INSUFFICIENT',
      missing: '产品照片\n标志源文件',
      backWords: '资料不足，请补齐产品照片和标志源文件。',
    });
    say('the work order was refused (拒单); the account executive adds the material and submits version 2');
    const order = paperOf(t, 'F-04') as { content: Record<string, unknown> };
    order.content['background'] = '春季新品上市，门店与户外同步。产品照片与标志源文件已补齐。';
    await caller.until('the refused order to be with the account executive', async () => {
      const { job } = await caller.ask<{ job: { phase: string } }>(t.subject.ownerId, 'GET', `/jobs/${t.jobId}`);
      return job.phase === 'OPENED' ? job : undefined;
    });
    await actOn(t, t.subject.ownerId, { type: 'submit', point: 'workOrder', paper: order });
    await playUntil(t, 'PROPOSED', 'ORDER_SIGNOFF');
    say('the proposal was held; the client is asked for a comment');
    await answersBack('proposalComment', 'client', {
      verdict: 'back',
      backKind: 'return',
      reason: 'COPY',
      backWords: '标语再短一些\n补上注册商标',
    });
    await revise(t);
    await playUntil(t, 'ARCHIVED', 'PROPOSED');
    say(`archived: ${t.jobNumber}`);
    await verify(t, place.environment);
  } finally {
    await close();
  }
}

/** The client sent the proposal back: direction, revision order, new draft, second proposal. */
async function revise(t: Telling): Promise<void> {
  const owner = t.subject.ownerId;
  const opinions = ['标语再短一些', '补上注册商标'];
  await submitPaper(t, owner, 'revisionDirection', 'F-18', { revision: 1, opinions });
  await signs(t, 'revisionDirection', 'client');
  await submitPaper(t, owner, 'revisionOrder', 'F-08', { revision: 1, ordinal: 1, opinions });
  await signs(t, 'revisionOrder', 'creative', 'executor');
  say('revision order R1 is accepted under the same job number');
  await submitVersion(t, 'demo-lin', 'DRAFT', 2);
  await signs(t, 'draftGate', 'creativeDirector', 'accountManager');
  const { opinions: asked } = await t.caller.ask<{ opinions: { id: string }[] }>(owner, 'GET', `/jobs/${t.jobId}`);
  for (const { id } of asked)
    await actOn(t, owner, { type: 'answerOpinion', opinionId: id, done: true, words: '已改' });
  await actOn(t, owner, { type: 'submit', point: 'internalAgreement' });
  await signs(t, 'internalAgreement', 'creativeDirector', 'accountManager');
  await actOn(t, owner, {
    type: 'scheduleProposal',
    at: new Date(Date.now() + 3_600_000).toISOString(),
    place: '客户会议室',
    participants: [owner, 'demo-wang'],
  });
  await actOn(t, owner, {
    type: 'holdProposal',
    heldAt: new Date(Date.now() - 5_000).toISOString(),
    attended: [owner, 'demo-wang', t.subject.clientContact],
    feedback: [],
  });
  say('the second proposal answers both opinions');
}

/** Exports the log and checks it in a process of its own that knows neither store nor network. */
async function verify(t: Telling, environment: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jobbag-demo-'));
  const file = join(folder, 'log.json');
  const jobbag = (args: readonly string[], env: NodeJS.ProcessEnv): string => {
    const done = spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), fileURLToPath(new URL('../jobbag.ts', import.meta.url)), ...args],
      { encoding: 'utf8', env },
    );
    if (done.status !== 0) throw new Error(`${args[0]} said no: ${done.stdout}${done.stderr}`);
    return done.stdout.trim();
  };
  jobbag(['export', t.jobId, file], { ...process.env, ...environment });
  say(jobbag(['verify', file], { PATH: process.env['PATH'] }));
  say('log verified');
}

const work = process.argv[2] === 'remove' ? findHouse().then((place) => removeFromHouse(place, say)) : play();
work.catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
