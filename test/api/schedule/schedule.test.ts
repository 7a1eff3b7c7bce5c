import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMs } from '../../../domain/instant.ts';
import type { Person } from '../../../domain/people/types.ts';
import { caseRow, isSchedule, pointOf } from '../../../store/cases.ts';
import { absences, people } from '../../../store/people.ts';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { until } from '../approve/client-house.ts';
import { cookieFor } from '../papers/agency.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';
import { unsaidMoments } from '../json/moments.ts';
import { openHouse, type House } from '../support/house.ts';
import { openStudio, tell } from '../time/studio.ts';

/** The execution schedule with engine, worker, mail and pages: laid down, confirmed from desk and link, changed, late, filed. */
let house: House;
let worker: RunningWorker;
let cast: Readonly<Record<string, Person>>;
const tokens = new Map<string, string>();
const dayMs = 86_400_000;

beforeAll(async () => {
  const taskQueue = `schedules-${randomUUID()}`;
  house = await openHouse(
    { MAIL_GATHER_SECONDS: '0', MAIL_PILE_MINUTES: '0', DOOR_DEADLINE_MS: '10000' },
    { taskQueue },
  );
  cast = await openStudio(house);
  for (const one of Object.values(cast)) tokens.set(one.id, await house.token(one));
  const { config, logger } = house.api.deps;
  worker = await startWorker(config, { taskQueue, bundle: await bundleWorkflows(), logger });
}, 180_000);
afterAll(async () => {
  await worker.stop();
  await house.close();
});

interface Said {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly field: string; readonly detail: string }[];
}

/** What somebody reads in; the house begins in Chinese. */
async function speaks(who: string, language: Person['language']): Promise<void> {
  const { store, clock } = house.api.deps;
  const held = await people.get(store, who);
  if (held === null || held.value.language === language) return;
  await people.save(store, who, held.revision, { ...held.value, language }, { by: 'test', at: clock() });
}

async function call(who: string, method: string, path: string, body?: object): Promise<Said> {
  const answer = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens.get(who) ?? ''}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  const errors = Array.isArray(said['errors']) ? (said['errors'] as Said['errors']) : [];
  return { status: answer.status, body: said, errors };
}

const inDays = (days: number): string => addMs(house.api.deps.clock(), days * dayMs);
const row = (task: string, owner: string, days: number, more: object = {}) => ({
  stage: '执行',
  task,
  owner,
  timeNode: inDays(days),
  standard: `${task}到位`,
  ...more,
});

let jobs = 0;
/** A job whose order is accepted. */
async function jobAt(phase: 'CREATING' | 'OPENED' = 'CREATING'): Promise<string> {
  const id = `job-schedule${String((jobs += 1)).padStart(3, '0')}`;
  await tell(house, { id, until: phase, hoursAgo: 100, number: `YFLC2026${String(jobs).padStart(3, '0')}` });
  return id;
}
const lay = (jobId: string, entries: readonly object[], who = 'executive') =>
  call(who, 'POST', `/jobs/${jobId}/schedule`, { content: { entries } });

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly entries: readonly (Readonly<Record<string, unknown>> & {
    readonly entry: string;
    readonly mark: string;
    readonly state: string;
  })[];
}
const schedule = async (jobId: string): Promise<Shown> =>
  (await call('executive', 'GET', `/jobs/${jobId}/schedule`)).body as unknown as Shown;
const states = async (jobId: string) => (await schedule(jobId)).entries.map(({ state }) => state);
const act = async (who: string, jobId: string, one: object) =>
  call(who, 'POST', `/cases/${(await schedule(jobId)).id}/acts`, { act: one });
const about = async (jobId: string, n = 0) => {
  const found = (await schedule(jobId)).entries[n];
  return { entry: found?.entry ?? '', mark: found?.mark ?? '' };
};

/** The link to a schedule that was mailed to somebody after so many mails. */
const linkOf = (personId: string, after: number): Promise<string> =>
  until(() =>
    house.mails
      .slice(after)
      .filter(({ to }) => to === cast[personId]?.mail.address)
      .flatMap(({ text }) => /\/e\/a\/[A-Za-z0-9_.-]+/.exec(text)?.[0] ?? [])
      .at(-1),
  );
const seat = async (personId: string) => sitAt(house, await cookieFor(house.api.deps, personId));
const visitor = () => sitAt(house);

describe(
  'R-52, S-34: what is refused, with the field and what would be right, in both languages',
  { timeout: 120_000 },
  () => {
    it('a task without person, date or standard; nothing is begun by it', async () => {
      const jobId = await jobAt();
      const whole = row('现场搭建', 'designer', 20);
      const words = {
        owner: [
          '“排期任务，第 1 行，负责人”还没有填写，请填写。',
          '“Tasks, row 1, Owner” is not filled in; please fill it in.',
        ],
        timeNode: [
          '“排期任务，第 1 行，时间节点”还没有填写，请填写。',
          '“Tasks, row 1, Time Node” is not filled in; please fill it in.',
        ],
        standard: [
          '“排期任务，第 1 行，交付标准”还没有填写，请填写。',
          '“Tasks, row 1, Delivery Standard” is not filled in; please fill it in.',
        ],
      };
      for (const [gone, [zh = '', en = '']] of Object.entries(words)) {
        const entries = [Object.fromEntries(Object.entries(whole).filter(([key]) => key !== gone))];
        for (const [language, sentence] of [
          ['zh-CN', zh],
          ['en', en],
        ] as const) {
          await speaks('executive', language);
          const said = await lay(jobId, entries);
          expect(said.status).toBe(422);
          expect(said.errors, JSON.stringify(said.body)).toEqual([
            expect.objectContaining({ field: `content.entries.0.${gone}`, detail: sentence }),
          ]);
        }
      }
      await speaks('executive', 'zh-CN');
      expect((await call('executive', 'GET', `/jobs/${jobId}/schedule`)).status).toBe(404);
    });

    it('somebody who is nobody of the house, the client’s people, a date that has passed, a moment without a zone', async () => {
      const jobId = await jobAt();
      const fieldsOf = async (one: object) => (await lay(jobId, [one])).errors.map(({ field }) => field);
      expect(await fieldsOf(row('搭建', 'p-nobody', 20))).toEqual(['content.entries.0.owner']);
      expect(await fieldsOf(row('搭建', 'contact', 20))).toEqual(['content.entries.0.owner']);
      expect(await fieldsOf(row('搭建', 'designer', 20, { timeNode: '2026-12-20 16:00' }))).toEqual([
        'content.entries.0.timeNode',
      ]);
      expect((await lay(jobId, [])).status).toBe(422);
      for (const [language, sentence] of [
        ['zh-CN', '“时间节点”不对：时间已经过去。'],
        ['en', '“Time Node” is not right: the time has passed.'],
      ] as const) {
        await speaks('executive', language);
        const said = await lay(jobId, [row('搭建', 'designer', -1)]);
        expect([said.status, said.body['detail']], JSON.stringify(said.body)).toEqual([422, sentence]);
      }
      await speaks('executive', 'zh-CN');
    });

    it('R-47: no order accepted yet; a maker; whoever does not serve the brand', async () => {
      const early = await jobAt('OPENED');
      const said = await lay(early, [row('搭建', 'designer', 20)]);
      expect([said.status, said.body['code']]).toEqual([409, 'ORDER_MISSING']);
      const jobId = await jobAt();
      expect((await lay(jobId, [row('搭建', 'designer', 20)], 'designer')).status).toBe(403);
      const stranger = await house.person(['ACCOUNT_EXECUTIVE']);
      tokens.set(stranger.id, await house.token(stranger));
      expect((await lay(jobId, [row('搭建', 'designer', 20)], stranger.id)).status).toBe(404);
    });
  },
);

describe('R-53: each executor confirms their own', { timeout: 120_000 }, () => {
  it('by the link of the mail, without signing in; a second press is the same; nobody else’s is there', async () => {
    const jobId = await jobAt();
    const mailed = house.mails.length;
    const laid = await lay(jobId, [row('现场搭建', 'designer', 20), row('通稿', 'copywriter', 21)]);
    expect(laid.status, JSON.stringify(laid.body)).toBe(200);
    const link = await linkOf('designer', mailed);
    const page = await visitor().open(link);
    expect(page.status).toBe(200);
    expect(page.text).toContain('现场搭建到位');
    expect(page.text).not.toContain('通稿');
    expect(await states(jobId), 'GET changes nothing').toEqual(['asked', 'asked']);
    const pressed = await visitor().send(page, { do: 'confirm' }, link);
    expect(pressed.status, saidBy(pressed)).toBe(303);
    expect((await visitor().send(page, { do: 'confirm' }, link)).status).toBe(303);
    expect(await states(jobId)).toEqual(['confirmed', 'asked']);
    expect((await visitor().open(link)).text).toContain('确认');
    expect(house.logged.join('')).not.toContain(link.slice(5));
    expect((await visitor().open(link.replace('/e/a/', '/m/a/'))).status).toBe(404);
    expect((await visitor().open(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
  });

  it('from the desk; nobody confirms another’s, whoever they are; an old mark is refused', async () => {
    const jobId = await jobAt();
    await lay(jobId, [row('现场搭建', 'designer', 20), row('通稿', 'copywriter', 21)]);
    const his = { type: 'confirmEntry', ...(await about(jobId, 1)) };
    for (const who of ['designer', 'executive', 'manager', 'director']) {
      const said = await act(who, jobId, his);
      expect([said.status, said.body['code']], who).toEqual([403, 'NOT_ALLOWED']);
    }
    expect((await act('copywriter', jobId, { ...his, mark: 'aaaaaaaaaaaa' })).body['code']).toBe('STALE_VERSION');
    const desk = await (await seat('copywriter')).open('/desk');
    expect(desk.text).toContain('通稿');
    const mine = (await call('copywriter', 'GET', '/desk')).body['entries'] as { jobId: string; state: string }[];
    expect(mine.filter((one) => one.jobId === jobId)).toMatchObject([{ state: 'asked', owner: 'copywriter' }]);
    const at = `/jobs/${jobId}/schedule`;
    const pressed = await (await seat('copywriter')).fill(at, { do: 'confirm' }, (await schedule(jobId)).id);
    expect(pressed.status, saidBy(pressed)).toBe(303);
    expect(await states(jobId)).toEqual(['asked', 'confirmed']);
  });

  it('several with one press; what cannot be kept needs a reason, in the reader’s language, and lies on the owner’s desk', async () => {
    const jobId = await jobAt();
    const mailed = house.mails.length;
    await lay(jobId, [row('现场搭建', 'designer', 20), row('灯光', 'designer', 21), row('拆除', 'designer', 22)]);
    const link = await linkOf('designer', mailed);
    const page = await visitor().open(link);
    expect(page.text).toContain('确认全部 3 项');
    const pressed = await visitor().send(page, { do: 'confirmAll' }, link);
    expect(pressed.status, saidBy(pressed)).toBe(303);
    expect(await states(jobId)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    const third = await about(jobId, 2);
    for (const [language, sentence] of [
      ['zh-CN', '还没有填写'],
      ['en', 'is not filled in'],
    ] as const) {
      await speaks('designer', language);
      const said = await act('designer', jobId, { type: 'declineEntry', ...third, words: ' ' });
      expect([said.status, said.errors[0]?.field]).toEqual([422, 'act.words']);
      expect(said.errors[0]?.detail).toContain(sentence);
    }
    await speaks('designer', 'zh-CN');
    expect((await act('designer', jobId, { type: 'declineEntry', ...third, words: '当天人手不够' })).status).toBe(200);
    const cases = (await call('executive', 'GET', '/desk')).body['cases'] as { id: string }[];
    expect(cases.map(({ id }) => id)).toContain((await schedule(jobId)).id);
    const seen = (await (await seat('executive')).open(`/jobs/${jobId}/schedule`)).text;
    expect(seen).toContain('当天人手不够');
    await until(() =>
      house.mails.find(({ to, text }) => to === cast['executive']?.mail.address && text.includes('当天人手不够')),
    );
  });

  it('R-229: leave hands it to the stand-in, who confirms by their own link with both names kept', async () => {
    const jobId = await jobAt();
    const now = house.api.deps.clock();
    const leave = {
      personId: 'artDirector',
      kind: 'annual',
      from: addMs(now, -dayMs),
      to: addMs(now, 9 * dayMs),
      standInId: 'creativeDirector',
    } as const;
    await absences.save(house.api.deps.store, 'leave-art', 0, leave, { by: 'artDirector', at: now });
    const mailed = house.mails.length;
    await lay(jobId, [row('主视觉延展', 'artDirector', 20)]);
    const link = await linkOf('creativeDirector', mailed);
    // The schedule hears of whom it mailed after the mail has gone.
    const page = await until(async () => {
      const seen = await visitor().open(link);
      return seen.text.includes('主视觉延展') ? seen : undefined;
    });
    expect((await visitor().send(page, { do: 'confirm' }, link)).status).toBe(303);
    expect((await schedule(jobId)).entries[0]).toMatchObject({
      state: 'confirmed',
      owner: 'artDirector',
      confirmed: { by: 'creativeDirector', standInFor: 'artDirector' },
    });
    const shown = (await (await seat('executive')).open(`/jobs/${jobId}/schedule`)).text;
    expect(shown).toContain('王冉（代 吴迪）');
  });
});

describe('a schedule that changes, and one that is done', { timeout: 120_000 }, () => {
  it('R-53: only what changed is asked for again; the form brings the last version, and its rows come back when refused', async () => {
    const jobId = await jobAt();
    const first = [row('现场搭建', 'designer', 20), row('通稿', 'copywriter', 21)];
    await lay(jobId, first);
    await act('designer', jobId, { type: 'confirmEntry', ...(await about(jobId, 0)) });
    await act('copywriter', jobId, { type: 'confirmEntry', ...(await about(jobId, 1)) });
    const mailed = house.mails.filter(({ to }) => to === cast['copywriter']?.mail.address).length;
    const editor = await seat('executive');
    const at = `/schedules/${(await schedule(jobId)).id}/write`;
    const form = await editor.open(at);
    expect(form.text).toContain('现场搭建到位');
    const refused = await editor.send(form, { 'entries[0][owner]': '' }, '/write');
    expect(refused.status).toBe(422);
    expect(saidBy(refused)).toContain('第 1 行，负责人');
    expect(refused.text).toContain('现场搭建到位');
    const sent = await editor.send(form, { 'entries[0][standard]': '舞台、灯光、音响到位' }, '/write');
    expect(sent.status, saidBy(sent)).toBe(303);
    expect(await states(jobId)).toEqual(['asked', 'confirmed']);
    expect(house.mails.filter(({ to }) => to === cast['copywriter']?.mail.address)).toHaveLength(mailed);
    const old = { type: 'confirmEntry', entry: 'e1', mark: (await about(jobId, 1)).mark };
    expect((await act('designer', jobId, old)).status).toBe(409);
  });

  it('R-57: past its date it is red among what is late and on the desk; done, it keeps date and evidence and leaves both', async () => {
    const jobId = await jobAt();
    await lay(jobId, [row('门头安装', 'designer', 0.5), row('验收', 'copywriter', 40)]);
    await act('designer', jobId, { type: 'confirmEntry', ...(await about(jobId)) });
    house.moveClock(dayMs);
    try {
      const late = (await (await seat('director')).open('/late')).text;
      const [line = ''] = late.split('<li class="late-line').filter((part) => part.includes('门头安装'));
      expect(line).toContain('late-line-red');
      expect(line).toContain('已确认，还没有报告完成');
      const told = (await call('director', 'GET', '/late')).body['entries'] as { jobId: string; owner: string }[];
      expect(told.filter((one) => one.jobId === jobId)).toMatchObject([{ owner: 'designer', entry: 'e1', late: true }]);
      const desk = (await (await seat('designer')).open('/desk')).text;
      expect(desk.split('<article').find((part) => part.includes('门头安装'))).toContain('card-late');
      expect((await schedule(jobId)).entries[0]).toMatchObject({ late: true });
      const report = { type: 'reportEntry', ...(await about(jobId)) };
      const bare = await act('designer', jobId, { ...report, evidence: '' });
      expect([bare.status, bare.errors[0]?.field]).toEqual([422, 'act.evidence']);
      const ahead = await act('designer', jobId, { ...report, evidence: '照片', doneAt: inDays(3) });
      expect([ahead.status, ahead.body['code']]).toEqual([422, 'FIELD_WRONG']);
      const doneAt = inDays(-0.2);
      expect((await act('designer', jobId, { ...report, evidence: '验收单 0318', doneAt })).status).toBe(200);
      expect((await schedule(jobId)).entries[0]).toMatchObject({
        state: 'done',
        late: false,
        done: { by: 'designer', doneAt, evidence: '验收单 0318' },
      });
      expect((await (await seat('director')).open('/late')).text).not.toContain('门头安装');
      expect((await (await seat('designer')).open('/desk')).text).not.toContain('门头安装');
    } finally {
      house.moveClock(-dayMs);
    }
  });

  it('filed among the job’s papers, shown on its page, compared with the version before', async () => {
    const jobId = await jobAt();
    await lay(jobId, [row('现场搭建', 'designer', 20)]);
    await lay(jobId, [row('现场搭建', 'designer', 20), row('拆除', 'designer', 30)]);
    expect(unsaidMoments(await schedule(jobId)), 'every moment has its words').toEqual([]);
    const { papers } = (await call('executive', 'GET', `/jobs/${jobId}/papers`)).body as {
      papers: { form: string; version: number; status: string }[];
    };
    const filed = papers.filter(({ form }) => form === 'F-11');
    expect(filed.map(({ version, status }) => [version, status])).toEqual([
      [1, 'filed'],
      [2, 'filed'],
    ]);
    const editor = await seat('executive');
    const page = (await editor.open(`/jobs/${jobId}`)).text;
    expect(page).toContain('执行排期表 v2');
    expect(page).toContain('已确认 0 项，完成 0 项，共 2 项');
    const paper = await editor.open(`/jobs/${jobId}/papers/F-11/2`);
    expect(paper.status).toBe(200);
    expect(paper.text).toContain('拆除到位');
    expect((await editor.open(`/jobs/${jobId}/papers/F-11/edit`)).text).toContain('/schedule"');
    expect((await editor.open('/meetings')).text, 'a schedule is no meeting').not.toContain('/schedules/');
  });

  it('the same id is the same version, two who press at once begin it once, and it is in the document of the API', async () => {
    const jobId = await jobAt();
    const content = { entries: [row('现场搭建', 'designer', 20)] };
    const id = randomUUID();
    const put = (body: object) => call('executive', 'POST', `/jobs/${jobId}/schedule`, body);
    const both = await Promise.all([put({ id, content }), put({ id: randomUUID(), content })]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await put({ id, content })).body['seq']).toBe(both[0]?.body['seq']);
    const kept = await caseRow(house.api.deps.store, `schedule-${jobId.slice('job-'.length)}`);
    const state = kept && pointOf(kept).state;
    if (!state || !isSchedule(state)) throw new Error('no schedule');
    expect([state.papers['F-11']?.version, state.entries.length, state.entries[0]?.id]).toEqual([2, 1, 'e1']);
    const document = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    expect(Object.keys(document.paths)).toContain('/api/v1/jobs/{jobId}/schedule');
  });
});
