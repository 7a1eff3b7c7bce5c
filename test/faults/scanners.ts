import { startChromium } from '../browser/chromium.ts';
import { stepTable, type StepRow } from '../../store/steps.ts';
import { entriesOf } from '../../store/log.ts';
import { grantsOfStep } from '../../store/grants.ts';
import { linkFor } from '../../store/links.ts';
import { playUntil, submitPaper } from '../../ops/demo/story.ts';
import { settled } from './invariants.ts';
import { pause, Witness } from './patient.ts';
import { Findings, tellingOf, type Scene } from './scene.ts';

/** Those who open links that are not theirs. */
const readers: readonly (readonly [string, string])[] = [
  [
    'Safe Links',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0 SafeLinks',
  ],
  ['Slackbot', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
  [
    'iMessage',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  ],
  ['Googlebot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ['blank', ''],
  [
    'headless Chrome',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36',
  ],
];

/** Scanners, previews and a browser that runs scripts open every link: nothing moves. */
export async function scanners(scene: Scene): Promise<Findings> {
  const findings = new Findings();
  const jobs = scene.options.quick ? 2 : 6;
  const tellings = Array.from({ length: jobs }, (_, number) =>
    tellingOf(scene, new Witness(), 200_000 + number, scene.random.branch()),
  );
  await Promise.all(
    tellings.map(async (telling, number) => {
      if (number % 2 === 0) return playUntil(telling, 'ORDER_SIGNOFF');
      await playUntil(telling, 'BRIEFED');
      await submitPaper(telling, telling.subject.ownerId, 'requirementBrief', 'F-03');
    }),
  );
  findings.expect(await settled(scene, 240_000), 'the house did not come to rest before the scan');

  const open = await stepTable(scene.store).find({ open: true, state: 'open' }).lean<StepRow[]>();
  const links: string[] = [];
  for (const step of open) {
    for (const grant of await grantsOfStep(scene.store, step.processId, step.circulation, step.round, step.step)) {
      links.push(`${scene.house.baseUrl}${linkFor(grant, scene.keys.links)}`);
    }
  }
  const jobIds = [...new Set(open.map((step) => step.processId))];
  const before = await standing(scene, jobIds);
  let readings = 0;
  for (const [number, url] of links.entries()) {
    for (const [who, agent] of readers) {
      for (const method of ['GET', 'HEAD', 'GET']) {
        const answer = await fetch(url, {
          method,
          headers: { 'user-agent': agent, 'x-forwarded-for': `10.77.${number >> 8}.${number & 255}` },
        });
        await answer.arrayBuffer();
        readings += 1;
        findings.expect(answer.status === 200, `${answer.status} for ${method} by ${who}`);
      }
    }
  }
  const browsers = Math.min(links.length, scene.options.quick ? 1 : 4);
  await leftAlone(links.slice(0, browsers), scene.options.watchSeconds * 1_000);
  const after = await standing(scene, jobIds);
  for (const jobId of jobIds)
    findings.expect(
      before.get(jobId) === after.get(jobId),
      `${jobId} moved from ${before.get(jobId) ?? ''} to ${after.get(jobId) ?? ''}`,
    );
  findings.figure(
    `${links.length} open links of ${jobIds.length} jobs read ${readings} times by ${readers.length} kinds of scanner, ${browsers} left open in Chromium for ${scene.options.watchSeconds} s: histories and logs unchanged`,
  );
  return findings;
}

/** Opens links in a browser that runs scripts, and does nothing. */
async function leftAlone(links: readonly string[], ms: number): Promise<void> {
  const browser = await startChromium();
  try {
    const context = await browser.newContext();
    for (const url of links) await (await context.newPage()).goto(url, { waitUntil: 'load' });
    await pause(ms);
  } finally {
    await browser.close();
  }
}

async function standing(scene: Scene, jobIds: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const jobId of jobIds) {
    const about = await scene.engine.workflow.getHandle(jobId).describe();
    const entries = await entriesOf(scene.store, jobId);
    found.set(jobId, `run ${about.runId}, ${about.historyLength} events, ${entries.length} entries`);
  }
  return found;
}
