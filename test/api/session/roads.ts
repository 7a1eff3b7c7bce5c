import type { CaseEffect } from '../../../domain/cases/acts.ts';
import { addMs } from '../../../domain/instant.ts';
import { genesis } from '../../../domain/log/entry.ts';
import { isRefusal, type Stamp } from '../../../domain/process.ts';
import { scheduleProcess } from '../../../domain/schedule/process.ts';
import {
  initialSchedule,
  type ScheduleAct,
  type ScheduleEvent,
  type ScheduleState,
} from '../../../domain/schedule/state.ts';
import { freeze } from '../../../papers/form.ts';
import { executionSchedule } from '../../../papers/timing/schedule.ts';
import { statusGrant } from '../../../api/staff/status-link.ts';
import { recordCase } from '../../../store/case-recorder.ts';
import { mintGrant } from '../../../store/grants.ts';
import { handOvers } from '../../../store/hand-overs.ts';
import { jobTable } from '../../../store/jobs.ts';
import { linkFor } from '../../../store/links.ts';
import { freezePaper } from '../../../store/papers.ts';
import { people } from '../../../store/people.ts';
import { meetingPages } from '../../browser/meetings-house.ts';
import { Play } from '../../domain/cases/play.ts';
import { artworkJob } from '../approve/office.ts';
import { rowInCreation } from '../../store/job-row.ts';
import type { House } from '../support/house.ts';

/** A personal link somebody got by mail, and what it shows. */
export interface MailedLink {
  readonly link: string;
  readonly personId: string;
  /** Words that stand on its page and nowhere before it. */
  readonly shows: string;
}

const dayMs = 86_400_000;

/** A link to an artwork that waits for the client, with its pictures and its native file. */
export async function artworkLink(house: House): Promise<MailedLink> {
  const { link, people: cast } = await artworkJob(house, 'client', { title: '中秋礼盒' });
  return { link, personId: cast['CLIENT_LEAD']?.id ?? '', shows: '中秋礼盒' };
}

/** One mailed link for every road there is, each somebody else's. */
export async function everyRoad(house: House): Promise<Readonly<Record<string, MailedLink>>> {
  const { links } = await meetingPages(house);
  return {
    '/a/': await artworkLink(house),
    '/m/a/': { link: links['client'] ?? '', personId: 'client-1', shows: '采用第二稿' },
    '/h/a/': await handOverLink(house),
    '/e/a/': await scheduleLink(house),
    '/c/a/': await statusLink(house),
  };
}

async function handOverLink(house: House): Promise<MailedLink> {
  const { store, keys, clock } = house.api.deps;
  const at = clock();
  const taker = await house.person(['ACCOUNT_EXECUTIVE'], { name: '赵晓彤' });
  const shows = '原来的客户主任调去新客户';
  await handOvers.save(
    store,
    'ho-moved',
    0,
    {
      brandId: 'yunfeng',
      clientId: 'yunfeng',
      from: 'ae-1',
      to: taker.id,
      roles: ['ACCOUNT_EXECUTIVE'],
      state: 'asked',
      startedBy: 'am-1',
      startedAt: addMs(at, -dayMs),
      giverSigns: 'ae-1',
      factBookOn: at.slice(0, 10),
      words: shows,
      list: [],
      owns: true,
    },
    { by: 'am-1', at },
  );
  const about = { circulation: 'handOver', step: 'sign', hash: 'handOver', purpose: 'handOver', round: 1 };
  const grant = await mintGrant(store, { personId: 'ae-1', processId: 'handOver:ho-moved', ...about }, keys.links, at);
  return { link: linkFor(grant, keys.links), personId: 'ae-1', shows };
}

/** A schedule of one task, as its process would have recorded it. */
async function scheduleLink(house: House): Promise<MailedLink> {
  const { store, keys, clock } = house.api.deps;
  const now = clock();
  const processId = 'schedule-moved001';
  const shows = '十二块灯箱画面输出';
  const row = { stage: '制作', task: shows, owner: 'artist-1', timeNode: addMs(now, 6 * dayMs), standard: '无色差' };
  const frozen = freeze(executionSchedule, { entries: [row] });
  await freezePaper(store, 'F-11', frozen.content, frozen.facts);
  const entries: { stamp: Stamp; event: ScheduleEvent }[] = [];
  const play = new Play<ScheduleState, ScheduleAct, ScheduleEvent>(
    {
      ...scheduleProcess,
      evolve: (state, event, stamp) => {
        entries.push({ stamp, event });
        return scheduleProcess.evolve(state, event, stamp);
      },
      effects: (state, event, stamp): readonly CaseEffect[] => scheduleProcess.effects(state, event, stamp),
    },
    initialSchedule(processId),
  );
  play.now = addMs(now, -dayMs);
  const about = { title: '夏季灯箱', clientId: 'yunfeng', brandId: 'yunfeng', ownerId: 'ae-1', jobId: 'job-moved' };
  const paper = { form: 'F-11', hash: frozen.hash, facts: frozen.facts } as const;
  for (const act of [
    { type: 'begin', ...about, parts: {} },
    { type: 'move', move: 'layDown', paper },
  ] satisfies ScheduleAct[]) {
    const answer = play.act('ae-1', act);
    if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
  }
  await recordCase(store, { processId, after: genesis, entries }, now);
  const scope = { processId, circulation: 'F-11', round: 1, step: 'confirmEntries', purpose: 'schedule' };
  const grant = await mintGrant(store, { ...scope, personId: 'artist-1', hash: frozen.hash }, keys.links, now);
  return { link: linkFor(grant, keys.links), personId: 'artist-1', shows };
}

async function statusLink(house: House): Promise<MailedLink> {
  const { store, keys, clock } = house.api.deps;
  const at = clock();
  const shows = '春节电视广告';
  const of = { clientId: 'yunfeng', brandId: 'yunfeng', lineId: 'lucha', ownerId: 'ae-1' };
  await jobTable(store).create([rowInCreation(at, { _id: 'job-status', title: shows, ...of })]);
  const person = (await people.get(store, 'client-2'))?.value;
  if (!person) throw new Error('nobody');
  const grant = await statusGrant(store, person, 'yunfeng', keys.links, at);
  return { link: linkFor(grant, keys.links), personId: person.id, shows };
}

/** Corrects somebody's address, as the register's keeper would; the old and the new one, and since when. */
export async function correctAddress(
  house: House,
  personId: string,
): Promise<{ readonly old: string; readonly now: string; readonly since: string }> {
  const { store, clock } = house.api.deps;
  const entry = await people.get(store, personId);
  if (!entry) throw new Error('nobody');
  const since = clock();
  const { address, revision } = entry.value.mail;
  const mail = { address: `right${String(revision)}.${personId}@yunfeng.example`, revision: revision + 1, since };
  const saved = await people.save(
    store,
    personId,
    entry.revision,
    { ...entry.value, mail },
    { by: 'keeper', at: since },
  );
  if (!saved.saved) throw new Error('somebody else corrected it');
  return { old: address, now: mail.address, since };
}

/** What an answer was, with a redirect not yet followed. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
  readonly location: string;
  readonly cookies: readonly string[];
}

/** A browser of its own: it keeps cookies, each below its path, and shows no other browser any. */
export function browserOf(house: Pick<House, 'url'>) {
  const jar = new Map<string, { readonly pair: string; readonly path: string }>();
  const cookiesFor = (path: string): string =>
    [...jar.values()]
      .filter((one) => one.path === '/' || path === one.path || path.startsWith(`${one.path}/`))
      .map(({ pair }) => pair)
      .join('; ');
  const ask = async (method: string, path: string, init: RequestInit = {}): Promise<Answer> => {
    const cookie = cookiesFor(path.split('?')[0] ?? path);
    const answer = await fetch(house.url + path, {
      method,
      redirect: 'manual',
      ...init,
      headers: {
        Accept: 'text/html',
        'Accept-Language': 'zh-CN',
        'Sec-Fetch-Site': 'same-origin',
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...init.headers,
      },
    });
    const cookies = answer.headers.getSetCookie();
    for (const one of cookies) {
      const [pair = '', ...attributes] = one.split('; ');
      const at = attributes.find((attribute) => attribute.startsWith('Path='))?.slice('Path='.length) ?? '/';
      jar.set(`${at} ${pair.split('=')[0] ?? ''}`, { pair, path: at });
    }
    return {
      status: answer.status,
      text: await answer.text(),
      type: answer.headers.get('content-type') ?? '',
      location: answer.headers.get('location') ?? '',
      cookies,
    };
  };
  const post = (path: string, fields: Readonly<Record<string, string>>): Promise<Answer> =>
    ask('POST', path, { body: new URLSearchParams(fields) });
  return { ask, open: (path: string) => ask('GET', path), post };
}
