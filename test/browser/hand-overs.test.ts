import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { climbLadders } from '../../api/handover/clock.ts';
import { addMs } from '../../domain/instant.ts';
import type { HandOver } from '../../domain/people/hand-over.ts';
import { saveDraft } from '../../store/drafts.ts';
import { mintGrant } from '../../store/grants.ts';
import { handOvers, handOversToSign } from '../../store/hand-overs.ts';
import { linkFor } from '../../store/links.ts';
import { brandTeams } from '../../store/people.ts';
import { cookieOf } from '../api/approve/office.ts';
import { openHouse, type House } from '../api/support/house.ts';
import { openStudio } from '../api/time/studio.ts';
import { timeTales } from '../api/time/tales.ts';
import { findings, flaws } from './axe.ts';
import { startChromium } from './chromium.ts';

let browser: Browser;
let house: House;
let director: BrowserContext;
/** A copywriter who gives and one who takes. */
let writer: { readonly from: string; readonly to: string };
const paths: Record<string, string> = {
  list: '/admin/hand-overs',
  waits: '/admin/hand-overs/ho-waits',
  director: '/admin/hand-overs/ho-director',
  over: '/admin/hand-overs/ho-over',
  desk: '/desk',
  late: '/late',
};

beforeAll(async () => {
  [browser, house] = await Promise.all([startChromium(), openHouse()]);
  const people = await openStudio(house);
  await timeTales(house);
  const { store, clock, keys } = house.api.deps;
  const [team] = await brandTeams.all(store);
  const person = people.director;
  const giver = team?.value.members.find(({ roles }) => roles.includes('ACCOUNT_EXECUTIVE'));
  if (!person || !team || !giver) throw new Error('nobody');
  const taker = await house.person(['ACCOUNT_EXECUTIVE'], { name: '赵晓彤' });
  const at = clock();
  const from = team.value.members.find(({ roles }) => roles.includes('COPYWRITER'));
  if (!from) throw new Error('no copywriter');
  writer = { from: from.personId, to: (await house.person(['COPYWRITER'], { name: '孙笔' })).id };
  const value: HandOver = {
    brandId: team.value.brandId,
    clientId: '',
    from: giver.personId,
    to: taker.id,
    roles: ['ACCOUNT_EXECUTIVE'],
    state: 'asked',
    startedBy: person.id,
    startedAt: addMs(at, -5 * 86_400_000),
    giverSigns: giver.personId,
    factBookOn: at.slice(0, 10),
    words: '原来的客户主任调去新客户，由赵晓彤接手。',
    list: [],
    owns: true,
  };
  await handOvers.save(store, 'ho-waits', 0, value, { by: person.id, at });
  const signature = { at, proof: 'session' } as const;
  const manager = team.value.members.find(({ roles }) => roles.includes('ACCOUNT_MANAGER'));
  if (!manager) throw new Error('no account manager');
  const next = await house.person(['ACCOUNT_MANAGER'], { name: '钱进' });
  const third: HandOver = {
    ...value,
    from: manager.personId,
    to: next.id,
    roles: ['ACCOUNT_MANAGER'],
    giverSigns: manager.personId,
    words: '',
    owns: false,
    giver: { ...signature, by: manager.personId },
    taker: { ...signature, by: next.id },
    directorAsked: { personId: person.id },
  };
  await handOvers.save(store, 'ho-director', 0, third, { by: person.id, at });
  await saveDraft(store, {
    id: 'autumn',
    ownerId: manager.personId,
    form: 'F-01',
    revision: 0,
    content: { brandId: team.value.brandId },
    updatedAt: at,
  });
  const line = { desks: [], opinions: 0, revisions: [], drafts: 0, tasks: 0, parts: [], owned: true } as const;
  const over: HandOver = {
    ...value,
    from: manager.personId,
    giverSigns: manager.personId,
    state: 'done',
    giver: { ...signature, by: manager.personId },
    taker: { ...signature, by: taker.id },
    director: { ...signature, by: person.id },
    list: [
      { ...line, processId: 'job-a', kind: 'job', jobNumber: 'YFLC2026001', title: '春季海报', standing: 'CREATING' },
      { ...line, processId: 'job-b', kind: 'job', title: '夏季灯箱', standing: 'REQUESTED', drafts: 1, owned: false },
      { ...line, processId: 'case-c', kind: 'case', title: '提案会', standing: 'ANNOUNCED' },
    ],
    moved: { at, jobs: 2, cases: 1, drafts: 1 },
  };
  await handOvers.save(store, 'ho-over', 0, over, { by: person.id, at });
  // Five days without a signature: some rungs are behind it, some ahead of the director's.
  await climbLadders(house.api.deps);
  const [waiting] = await handOversToSign(store, taker.id);
  if (!waiting?.value.waits?.some(({ rungs }) => rungs.some(({ firedAt }) => firedAt !== undefined)))
    throw new Error('nobody was told');
  const about = { circulation: 'handOver', step: 'sign', hash: 'handOver', purpose: 'handOver', round: 1 };
  const thirdLink = await mintGrant(
    store,
    { personId: person.id, processId: 'handOver:ho-director', ...about },
    keys.links,
    at,
  );
  paths.directorLink = linkFor(thirdLink, keys.links);
  const grant = await mintGrant(
    store,
    { personId: taker.id, processId: 'handOver:ho-waits', ...about },
    keys.links,
    at,
  );
  paths.link = linkFor(grant, keys.links);
  director = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
  await director.addCookies([{ ...(await cookieOf(house, person)), url: house.url }]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house.close();
});

/** Fills in the form that starts one and looks at what would move. */
async function preview(page: Page, lang: string): Promise<void> {
  await page.goto(`${house.url}/admin/hand-overs?lang=${lang}`, { waitUntil: 'load' });
  await page.selectOption('select[name="brandId"]', { index: 1 });
  await page.selectOption('select[name="from"]', writer.from);
  await page.selectOption('select[name="to"]', writer.to);
  await Promise.all([page.waitForURL('**/admin/hand-overs'), page.click('#start button')]);
  await page.waitForLoadState('load');
}

const looks = [
  [390, 'light', 'zh-CN'],
  [1280, 'dark', 'en'],
  [390, 'dark', 'en'],
  [1280, 'light', 'zh-CN'],
] as const;

/** Pictures are taken where somebody wants to look at them: `HAND_OVER_PICTURES=<folder>`. */
const folder = process.env['HAND_OVER_PICTURES'];

describe('WCAG 2.2 AA and our own eye, in both schemes and widths', () => {
  test.each(['list', 'preview', 'waits', 'director', 'over', 'desk', 'late', 'link', 'directorLink'])(
    'hand-over: %s',
    { timeout: 240_000 },
    async (name) => {
      const page = await director.newPage();
      for (const [width, colorScheme, lang] of looks) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        if (name === 'preview') await preview(page, lang);
        else await page.goto(`${house.url}${paths[name] ?? ''}?lang=${lang}`, { waitUntil: 'load' });
        if (folder !== undefined)
          await page.screenshot({
            path: `${folder}/${name}.${String(width)}.${lang}.${colorScheme}.png`,
            fullPage: true,
          });
        expect([...(await findings(page)), ...(await flaws(page))], `${name} ${String(width)} ${lang}`).toEqual([]);
      }
      await page.close();
    },
  );
});
