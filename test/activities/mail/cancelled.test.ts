import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRecordActivities } from '../../../activities/record.ts';
import { sendMail } from '../../../activities/mail/send.ts';
import type { JobEffect, LogDraft, MailInput } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { genesis } from '../../../domain/log/entry.ts';
import { clients } from '../../../store/clients.ts';
import { mintGrant } from '../../../store/grants.ts';
import { findMail, mailIdOf } from '../../../store/outbox.ts';
import { people as register } from '../../../store/people.ts';
import { Agency, bookUntil, paper, people, submitsForAgreement } from '../../domain/job/agency.ts';
import { person } from '../../domain/people/house.ts';
import { ownStore } from '../../store/store.ts';
import { openDesk } from './desk.ts';
import type { MailDesk } from './desk.ts';

/** What the core asks for when a whole job is cancelled, on a real store and a real mail server. */
const store = ownStore();
let desk: MailDesk;
let next = 0;
const change = { by: 'admin', at: '2026-03-01T00:00:00.000Z' };
const named: Readonly<Record<string, string>> = { director: '赵 明', creativeDirector: '王 冉', lead: '周 岚' };

beforeAll(async () => {
  desk = await openDesk(store);
  for (const [id, roles] of Object.entries(people)) {
    const more = { name: named[id] ?? id, language: id === 'media' ? 'en' : 'zh-CN' } as const;
    const theirs = roles.some((role) => role.startsWith('CLIENT_')) ? { clientId: 'yunfeng' } : {};
    await register.save(store(), id, 0, person(id, roles, { ...more, ...theirs }), change);
  }
  const client = {
    id: 'yunfeng',
    name: '云峰茶业',
    kind: 'fullService',
    contacts: [],
    brands: [],
    active: true,
  } as const;
  const qcRoute = { route: 'qcSeven', chosenBy: 'director' } as const;
  await clients.save(store(), 'yunfeng', 0, { ...client, qcRoute }, change);
});
afterAll(async () => desk.close());
beforeEach(() => {
  desk.post.taken.length = 0;
});

/** A job that is played by the core's own rules and recorded as its process would have recorded it. */
class Recorded extends Agency {
  readonly drafts: LogDraft[] = [];
  #head = genesis;

  constructor() {
    super();
    this.state = { ...this.state, processId: `job-cancelled-${(next += 1)}` };
  }

  protected override seen(event: JobEvent, effects: readonly JobEffect[]): void {
    super.seen(event, effects);
    const { seq } = this.state;
    const stamp = { seq, at: this.at, receivedAt: this.at, commandId: `c${seq}` };
    this.drafts.push({ stamp: { ...stamp, actor: { kind: 'system', name: 'shell' } }, event });
  }

  /** Takes what happened since into the store; it is then just after that. */
  async record(): Promise<void> {
    const { processId } = this.state;
    const entries = this.drafts.splice(0);
    this.#head = await createRecordActivities({ connection: store(), clock: () => this.at }).recordEntries({
      processId,
      after: this.#head,
      entries,
    });
    desk.now = this.at;
  }

  /** Sends the mails of some kinds that were asked for since, each with a link that works. */
  async post(kinds: readonly MailInput['kind'][], from = 0): Promise<void> {
    for (const { input } of this.mails.slice(from)) {
      if (!kinds.includes(input.kind)) continue;
      await sendMail(desk.deps(), await this.#linked(input));
    }
  }

  async #linked(input: MailInput): Promise<MailInput> {
    const { where, to, processId } = input;
    if (!where || !('personId' in to) || input.grantId === undefined) return input;
    const hash = this.state.circulations[where.circulation]?.about.hash ?? '';
    const scope = { personId: to.personId, processId, ...where, hash, purpose: 'decide' };
    return { ...input, grantId: (await mintGrant(store(), scope, desk.ring, this.at)).id };
  }
}

const mailsTo = (id: string) => desk.post.taken.filter((one) => one.to[0] === `${id}@example.test`);

/** Creative director and account manager asked side by side, the manager has signed; the client is asked for an estimate. */
async function asked(): Promise<Recorded> {
  const a = new Recorded();
  bookUntil('CREATING', a);
  submitsForAgreement(a);
  a.submit('executive', 'estimate', paper('F-36', { sumsRight: true }));
  a.signs('estimate', 'inside');
  await a.record();
  const from = a.mails.findIndex(({ input }) => input.where?.circulation.startsWith('internalAgreement') === true);
  await a.post(['ask'], from);
  a.signs('internalAgreement', 'accountManager');
  await a.record();
  return a;
}

describe('R-59: a job is cancelled while several people are asked', () => {
  it('who signed hears nothing; who has not is told once, with job, client, step, who, why and when, whatever is tried again', async () => {
    const a = await asked();
    expect(mailsTo('creativeDirector')).toHaveLength(1);
    desk.post.taken.length = 0;
    const from = a.mails.length;
    a.does('director', { type: 'cancel', words: '客户把预算给了别家' });
    await a.record();
    for (let again = 0; again < 3; again += 1) await a.post(['notNeeded'], from);
    expect(desk.post.taken.map(({ to }) => to[0]).sort()).toEqual([
      'creativeDirector@example.test',
      'lead@example.test',
    ]);
    const email = mailsTo('creativeDirector')[0]?.email;
    expect(email?.subject).toBe('YFLC2026001 春茶上市海报：工作已取消，不必再处理');
    for (const said of [
      'YFLC2026001 · 春茶上市海报',
      '赵 明取消了这项工作',
      '客户：云峰茶业',
      '不必处理：广告表现提案 · 创意总监',
      '结束：今天',
      '客户把预算给了别家',
      '您不用做什么',
    ])
      expect(email?.text).toContain(said);
    expect(email?.text).not.toMatch(/\/a\/[\w-]+\./u);
    expect(email?.html).toContain('云峰茶业');
    expect(mailsTo('manager')).toEqual([]);
  });

  it('the client is told the same in a neutral sentence: no reason of the house, no way into it', async () => {
    const a = await asked();
    desk.post.taken.length = 0;
    const from = a.mails.length;
    a.does('director', { type: 'cancel', words: '客户拖欠款项' });
    await a.record();
    await a.post(['notNeeded'], from);
    const email = mailsTo('lead')[0]?.email;
    expect(email?.subject).toContain('不必再处理');
    for (const said of ['取消了这项工作', '您不用做什么', '结束：今天']) expect(email?.text).toContain(said);
    for (const inside of ['拖欠', '原因', '/jobs/', '客户：']) {
      expect(email?.text).not.toContain(inside);
      expect(email?.html).not.toContain(inside);
    }
  });

  it('a reminder of the same desk that leaves after it is left out', async () => {
    const a = await asked();
    const reminder = a.mails.find(
      ({ input }) => input.kind === 'ask' && input.route?.key === 'creativeDirector',
    )?.input;
    if (!reminder) throw new Error('nobody was asked');
    desk.post.taken.length = 0;
    const from = a.mails.length;
    a.does('director', { type: 'cancel', words: 'x' });
    await a.record();
    await a.post(['notNeeded'], from);
    const name = `${reminder.processId}/rung/late`;
    await sendMail(desk.deps(), { ...reminder, kind: 'remind', name });
    expect(mailsTo('creativeDirector')).toHaveLength(1);
    expect(await findMail(store(), mailIdOf(name))).toMatchObject({ state: 'leftOut', why: 'STEP_OVER' });
  });

  it('whose request the mail server never took is told nothing', async () => {
    const a = new Recorded();
    bookUntil('ARTWORK_QC', a);
    await a.record();
    const from = a.mails.length;
    a.does('director', { type: 'cancel', words: 'x' });
    await a.record();
    expect(a.mails.slice(from).map(({ input }) => input.kind)).toEqual(['notNeeded']);
    await a.post(['notNeeded'], from);
    expect(desk.post.taken).toEqual([]);
  });
});

describe('R-59: a rejected proposal closes several rounds at once', () => {
  it('one mail names every desk of its reader, in English where that is their language', async () => {
    const a = new Recorded();
    bookUntil('CREATING', a);
    a.does('manager', { type: 'prepareProposal', kind: 'CONCEPT' });
    a.does('executive', { type: 'file', suffix: 'letter', paper: paper('F-18', { kind: 'rejection' }) });
    const from = a.mails.length;
    for (const pieceId of ['poster', 'leaflet']) {
      const about = { name: pieceId, workType: 'print', specification: 'A1', needsProof: true } as const;
      a.does('executive', { type: 'addPiece', pieceId, ...about });
      a.does('designer', a.version(pieceId, 'DRAFT'));
      const { id: circulation, round } = Object.values(a.state.circulations).at(-1) ?? { id: '', round: 0 };
      const give = { circulation, round, step: 'creativeDirector', how: 'reassign', to: 'media' } as const;
      a.does('manager', { type: 'handOver', ...give, words: 'on leave' });
    }
    await a.record();
    await a.post(['ask'], from);
    desk.post.taken.length = 0;
    const then = a.mails.length;
    a.does('executive', { type: 'rejectProposal', words: 'They go with another agency.' });
    await a.record();
    await a.post(['notNeeded'], then);
    expect(desk.post.taken.map(({ to }) => to[0])).toEqual(['media@example.test']);
    const email = desk.post.taken[0]?.email;
    expect(email?.subject).toBe('YFLC2026001 春茶上市海报: Nothing is needed any more');
    for (const said of [
      'executive closed what is listed below',
      'poster · Creative Director',
      'leaflet · Creative Director',
      'They go with another agency.',
      'Ended: today',
    ])
      expect(email?.text).toContain(said);
  });
});
