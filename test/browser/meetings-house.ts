import { caseProcess, newCase } from '../../domain/cases/process.ts';
import { meeting } from '../../domain/cases/meeting.ts';
import type { AnyCaseAct, CaseEffect, CaseEvent } from '../../domain/cases/acts.ts';
import type { CaseState } from '../../domain/cases/state.ts';
import { minutesProcess } from '../../domain/minutes/process.ts';
import { initialMinutes, type MinutesAct, type MinutesEvent, type MinutesState } from '../../domain/minutes/state.ts';
import { isRefusal, type Process, type Stamp } from '../../domain/process.ts';
import { roleFacts, type Role } from '../../domain/people/roles.ts';
import type { Person } from '../../domain/people/types.ts';
import type { FormId } from '../../domain/wording/papers.ts';
import { freeze } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { recordCase } from '../../store/case-recorder.ts';
import { clients } from '../../store/clients.ts';
import { mintGrant } from '../../store/grants.ts';
import { linkFor } from '../../store/links.ts';
import { freezePaper } from '../../store/papers.ts';
import { brandTeams, people as register } from '../../store/people.ts';
import { genesis } from '../../domain/log/entry.ts';
import { inShanghai } from '../domain/calendar/calendars.ts';
import { Play } from '../domain/cases/play.ts';
import type { House } from '../api/support/house.ts';

const cast: readonly (readonly [string, string, Role])[] = [
  ['ae-1', '赵一', 'ACCOUNT_EXECUTIVE'],
  ['am-1', '郑航', 'ACCOUNT_MANAGER'],
  ['adir-1', '周岚', 'ACCOUNT_DIRECTOR'],
  ['artist-1', '林夏', 'ARTIST'],
  ['client-1', '李青', 'CLIENT_LEAD'],
  ['client-2', '毛森', 'CLIENT_CONTACT'],
];

const parts = { confirmer: ['client-1'], reviewer: ['am-1'], clientPeople: ['client-2'], team: ['artist-1'] } as const;

/** The links and pages of meetings and minutes, each in a state of its own. */
export interface MeetingPages {
  readonly executive: Person;
  readonly manager: Person;
  /** Addresses of staff pages and of links, by what they show. */
  readonly staff: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
}

const notice = {
  meetingTime: '2026-03-12T06:00:00.000Z',
  meetingPlace: '客户大会议室',
  clientParticipants: ['client-1', 'client-2'],
  internalParticipants: [
    { person: 'ae-1', task: '主持，讲时间表' },
    { person: 'artist-1', task: '讲第二稿' },
  ],
  papersNeeded: [{ name: '第二稿打印小样', electronic: true, printed: true }],
  jobNumbers: ['YFLC2026014'],
};

const record = {
  kind: 'proposal',
  meetingTime: '2026-03-10T01:30:00.000Z',
  meetingPlace: '客户大会议室',
  agency: '云帆广告',
  client: 'yunfeng',
  participants: ['client-1', 'ae-1', 'artist-1'],
  copiesTo: ['client-2', 'am-1'],
  subject: '夏季主视觉第二稿',
  agenda: ['第二稿的三个方向', '打样时间', '户外尺寸'],
  decisions: [
    { decision: '采用第二稿，标语改为“一杯山风”，背景的山再淡一些。' },
    { decision: '先打 A4 小样，3 月 18 日前看户外 1:10。' },
  ],
  nextSteps: [
    { action: '标语放大到版心三分之二', executor: 'artist-1', keyDate: '2026-03-11' },
    { action: '补交产品照片的版权文件', executor: 'ae-1', keyDate: '2026-03-13' },
  ],
  reporter: 'ae-1',
  reportedAt: '2026-03-10T03:00:00.000Z',
  notice: true,
  restrictedNotes: '客户明年预算未公开',
};

/** Fills a house with meetings and minutes in every state a page can show; its clock stands at Wed 11 March 2026, 16:10. */
export async function meetingPages(house: House): Promise<MeetingPages> {
  const { store, keys } = house.api.deps;
  const at = inShanghai('2026-03-10 09:00');
  const by = { by: 'test', at };
  const found: Record<string, Person> = {};
  for (const [id, name, role] of cast) {
    const { side } = roleFacts[role];
    const mail = { address: `${id}@agency.example`, revision: 1 };
    const person: Person = { id, name, roles: [role], side, language: 'zh-CN', mail, active: true };
    found[id] = side === 'client' ? { ...person, clientId: 'yunfeng' } : person;
    await register.save(store, id, 0, found[id], by);
  }
  const line = { id: 'lucha', name: '绿茶', code: 'LC', active: true };
  const brand = { id: 'yunfeng', name: '云峰绿茶', code: 'YF', active: true, lines: [line] };
  const contacts = ['client-1', 'client-2'];
  const qcRoute = { route: 'qcSeven', chosenBy: 'test' } as const;
  const client = {
    id: 'yunfeng',
    name: '云峰茶业',
    kind: 'fullService',
    contacts,
    brands: [brand],
    qcRoute,
    active: true,
  };
  await clients.save(store, 'yunfeng', 0, { ...client, kind: 'fullService' }, by);
  const members = Object.values(found)
    .filter(({ side }) => side === 'agency')
    .map(({ id, roles }) => ({ personId: id, roles }));
  await brandTeams.save(store, 'yunfeng', 0, { id: 'yunfeng', brandId: 'yunfeng', members, defaults: {} }, by);

  const paper = async (form: FormId, content: object, change: object = {}) => {
    const frozen = freeze(forms[form], { ...content, ...change });
    await freezePaper(store, form, frozen.content, frozen.facts);
    return { form, hash: frozen.hash, facts: frozen.facts };
  };
  const tell = async <S extends CaseState, A extends { readonly type: string }, E extends MinutesEvent>(
    process: Process<S, A, E, CaseEffect>,
    state: S,
    play: (story: Story<S, A, E>) => void | Promise<void>,
  ): Promise<S> => {
    const story = new Story(process, state);
    await play(story);
    await recordCase(store, { processId: state.processId, after: genesis, entries: story.entries }, at);
    return story.state;
  };
  const meetingTold = (
    id: string,
    title: string,
    play: (story: Story<CaseState, AnyCaseAct, CaseEvent>) => void | Promise<void>,
  ) =>
    tell(caseProcess, newCase(id, meeting), async (story) => {
      story.does('ae-1', { type: 'begin', title, clientId: 'yunfeng', brandId: 'yunfeng', ownerId: 'ae-1', parts });
      await play(story);
    });
  const minutesTold = (
    id: string,
    title: string,
    play: (story: Story<MinutesState, MinutesAct, MinutesEvent>) => void | Promise<void>,
    origin?: string,
  ) =>
    tell(minutesProcess, initialMinutes(id), async (story) => {
      const about = { title, clientId: 'yunfeng', brandId: 'yunfeng', ownerId: 'ae-1', parts };
      story.does('ae-1', { type: 'begin', ...about, ...(origin === undefined ? {} : { origin }) });
      await play(story);
    });
  const first = await paper('F-15', record);
  const second = await paper('F-15', record, { subject: '夏季主视觉第二稿（更正）' });
  const copyOf = ({ facts }: { facts: Readonly<Record<string, unknown>> }): string => String(facts['copyHash']);
  const submitted = (story: Story<MinutesState, MinutesAct, MinutesEvent>): void => {
    story.until('2026-03-10 11:00');
    story.does('ae-1', { type: 'move', move: 'submit', paper: first });
    story.until('2026-03-10 14:20');
  };
  const sent = (story: Story<MinutesState, MinutesAct, MinutesEvent>): void => {
    submitted(story);
    story.does('am-1', { type: 'move', move: 'approve', hash: first.hash });
  };
  const link = async (personId: string, processId: string, step: string, hash: string, round = 1): Promise<string> => {
    const scope = { personId, processId, circulation: 'F-15', round, step, hash, purpose: 'minutes' };
    return linkFor(await mintGrant(store, scope, keys.links, at), keys.links);
  };
  const asksClient = (id: string): Promise<string> => link('client-1', id, 'confirmMinutes', copyOf(first));

  await meetingTold('case-planned00', '秋季新品 策略说明会', () => undefined);
  await meetingTold('case-announced', '夏季主视觉 第三次提案', async (story) => {
    story.does('ae-1', { type: 'move', move: 'announce', paper: await paper('F-13', notice) });
    for (const item of ['C-64', 'C-65', 'C-75']) {
      const list = item === 'C-75' ? 'preparation' : 'pack';
      story.does('ae-1', { type: 'tick', list, item, answer: 'pass' });
    }
    story.does('ae-1', { type: 'tick', list: 'pack', item: 'C-66', answer: 'na', note: '这次没有报价' });
  });
  await meetingTold('case-held00000', '夏季主视觉 第二次提案', async (story) => {
    const early = { ...notice, meetingTime: '2026-03-10T01:30:00.000Z' };
    story.now = inShanghai('2026-03-09 10:00');
    story.does('ae-1', { type: 'move', move: 'announce', paper: await paper('F-13', early) });
    story.until('2026-03-10 10:30');
    story.does('ae-1', { type: 'move', move: 'hold', happenedAt: inShanghai('2026-03-10 10:20') });
  });
  await minutesTold('case-held00000/minutes', '夏季主视觉 第二次提案', () => undefined, 'case-held00000');
  await minutesTold('minutes-review00', '双十一网络旗帜 例会', submitted);
  await minutesTold('minutes-return00', '年报封面 例会', (story) => {
    submitted(story);
    story.does('am-1', { type: 'move', move: 'return', hash: first.hash, words: '下一步没有写客户要交的资料。' });
  });
  await minutesTold('minutes-sent0000', '夏季主视觉 提案会', sent);
  await minutesTold('minutes-object00', '乌龙茶礼盒 提案会', (story) => {
    sent(story);
    story.until('2026-03-11 09:40');
    story.does('client-1', { type: 'move', move: 'object', hash: copyOf(first), words: '打样日期应为 3 月 20 日。' });
  });
  await minutesTold('minutes-signed00', '秋季礼盒 例会', (story) => {
    sent(story);
    story.until('2026-03-11 10:05');
    story.does('client-1', { type: 'move', move: 'sign', hash: copyOf(first) });
    story.does('ae-1', { type: 'settleTask', task: 'v1.1', done: true });
    story.does('ae-1', { type: 'settleTask', task: 'v1.2', done: false, words: '版权文件还在法务。' });
  });
  await minutesTold('minutes-deemed00', '会员卡面 电话', (story) => {
    story.now = inShanghai('2026-03-06 10:00');
    story.does('ae-1', { type: 'move', move: 'submit', paper: first });
    story.does('am-1', { type: 'move', move: 'approve', hash: first.hash });
    story.until('2026-03-11 10:00');
  });
  await minutesTold('minutes-second00', '门店海报 提案会', (story) => {
    sent(story);
    story.does('client-1', { type: 'move', move: 'object', hash: copyOf(first), words: '尺寸写错了。' });
    story.does('ae-1', { type: 'move', move: 'submit', paper: second });
    story.does('am-1', { type: 'move', move: 'approve', hash: second.hash });
  });

  house.moveClock(Date.parse(inShanghai('2026-03-11 16:10')) - Date.now());
  const [executive, manager] = [found['ae-1'], found['am-1']];
  if (!executive || !manager) throw new Error('nobody');
  const ask = await asksClient('minutes-sent0000');
  return {
    executive,
    manager,
    staff: {
      list: '/meetings',
      newMeeting: '/meetings/new?kind=meeting',
      newCall: '/meetings/new?kind=minutes',
      planned: '/meetings/case-planned00',
      announced: '/meetings/case-announced',
      held: '/meetings/case-held00000',
      due: '/meetings/case-held00000.minutes',
      review: '/meetings/minutes-review00',
      returned: '/meetings/minutes-return00',
      sent: '/meetings/minutes-sent0000',
      objected: '/meetings/minutes-object00',
      signed: '/meetings/minutes-signed00',
      deemed: '/meetings/minutes-deemed00',
      second: '/meetings/minutes-second00',
      writeNotice: '/meetings/case-planned00/write/announce',
      writeAgenda: '/meetings/case-announced/write/sendAgenda',
      writeMinutes: '/meetings/case-held00000.minutes/write/submit',
    },
    links: {
      client: ask,
      reviewer: await link('am-1', 'minutes-review00', 'reviewMinutes', first.hash),
      signed: await asksClient('minutes-signed00'),
      objected: await asksClient('minutes-object00'),
      deemed: await asksClient('minutes-deemed00'),
      approved: await link('am-1', 'minutes-sent0000', 'reviewMinutes', first.hash),
      returned: await link('am-1', 'minutes-return00', 'reviewMinutes', first.hash),
      old: await asksClient('minutes-second00'),
      foreign: `${ask.slice(0, -1)}${ask.endsWith('A') ? 'B' : 'A'}`,
    },
  };
}

/** A play that keeps what its process would have logged, and stops the test where the core says no. */
class Story<S extends CaseState, A extends { readonly type: string }, E extends MinutesEvent> extends Play<S, A, E> {
  readonly entries: { readonly stamp: Stamp; readonly event: E }[];

  constructor(process: Process<S, A, E, CaseEffect>, state: S) {
    const entries: { readonly stamp: Stamp; readonly event: E }[] = [];
    super(
      {
        ...process,
        evolve: (before, event, stamp) => {
          entries.push({ stamp, event });
          return process.evolve(before, event, stamp);
        },
      },
      state,
    );
    this.entries = entries;
  }

  does(personId: string, act: A): void {
    const answer = this.act(personId, act);
    if (isRefusal(answer)) throw new Error(`${personId} may not ${JSON.stringify(act)}: ${JSON.stringify(answer)}`);
  }
}
