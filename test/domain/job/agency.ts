import type { JobEffect } from '../../../domain/job/effects.ts';
import type { AnyJobAct, FrozenPaper, JobAct, PointId } from '../../../domain/job/acts.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { initialJobState, jobProcess } from '../../../domain/job/process.ts';
import { stampOf } from '../../../domain/job/sketch.ts';
import type { JobPhase, JobState, PieceStage } from '../../../domain/job/state.ts';
import type { TimetablePlannedAct } from '../../../domain/job/timetable.ts';
import type { Verb } from '../../../domain/circulation/acts.ts';
import { titlesOf } from '../../../domain/circulation/check.ts';
import { recountedAct } from '../../../domain/circulation/counting.ts';
import type { Reach } from '../../../domain/circulation/reach.ts';
import type { PinnedLadders } from '../../../domain/circulation/own-ladders.ts';
import type { Rung } from '../../../domain/circulation/types.ts';
import type { Actor, Command, PersonActor, Refusal } from '../../../domain/process.ts';
import { isRefusal } from '../../../domain/process.ts';
import type { Role } from '../../../domain/people/roles.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import { office, shanghai } from '../calendar/calendars.ts';

/** The people of a small agency and its client, by id. */
export const people: Readonly<Record<string, readonly Role[]>> = {
  director: ['ACCOUNT_DIRECTOR'],
  manager: ['ACCOUNT_MANAGER'],
  executive: ['ACCOUNT_EXECUTIVE'],
  strategist: ['STRATEGY_DIRECTOR'],
  creativeDirector: ['CREATIVE_DIRECTOR'],
  artDirector: ['ART_DIRECTOR'],
  copywriter: ['COPYWRITER'],
  designer: ['ARTIST'],
  media: ['MEDIA_DIRECTOR'],
  management: ['MANAGEMENT'],
  partner: ['MANAGEMENT'],
  lead: ['CLIENT_LEAD'],
  contact: ['CLIENT_CONTACT'],
};

/** A person of the fixture as the door would prove them. */
export function person(id: string): PersonActor {
  const roles = people[id] ?? [];
  const side = roles[0] ? roleFacts[roles[0]].side : 'outside';
  return { kind: 'person', personId: id, roles, side, proof: 'link' };
}

/** A paper with everything filled. */
export function paper(
  form: string,
  facts: Record<string, string | number | boolean | readonly string[]> = {},
  hash?: string,
): FrozenPaper {
  return {
    form,
    hash: hash ?? `${form}-${Math.random().toString(36).slice(2)}`,
    facts: { complete: true, missing: [], ...facts },
  };
}

/** A job run in memory: effects are carried out at once, as real activities would answer. */
export class Agency {
  state: JobState;
  readonly events: JobEvent[] = [];
  readonly mails: Extract<JobEffect, { kind: 'mail' }>[] = [];
  readonly effects: JobEffect[] = [];
  now = Date.parse('2026-03-12T01:00:00.000Z');
  /** Switch off to leave desks unopened and mails unsent. */
  carrying = true;
  /** The timetable this job's client accepts; absent: one without dates. */
  timetable: FrozenPaper | undefined;
  /** What a look at the timetable finds out; absent: nobody looks. */
  looks: ((job: Agency) => TimetablePlannedAct) | undefined;
  /** Switch off to leave shifted ladders uncounted. */
  counting = true;
  /** Ladders of the house's own that are in force when a command comes in. */
  ladders: PinnedLadders | undefined;
  /** What the calendar says about a desk that is pressed for. */
  reach: Reach | undefined;
  #n = 0;
  readonly #name = Math.random().toString(36).slice(2, 8);

  constructor() {
    this.state = initialJobState('job-test');
  }

  get at(): string {
    return new Date(this.now).toISOString();
  }

  /** Sends a command; returns the refusal, if any. */
  send(actor: Actor, act: AnyJobAct, id = `${this.#name}-${(this.#n += 1)}`): Refusal | undefined {
    this.now += 60_000;
    const own = this.ladders === undefined ? {} : { ladders: this.ladders };
    const reach = this.reach === undefined ? {} : { reach: this.reach };
    const command: Command<AnyJobAct> = { id, actor, receivedAt: this.at, at: this.at, act, ...own, ...reach };
    if (this.state.seen[id] !== undefined) return undefined;
    const events = jobProcess.decide(this.state, command);
    if (isRefusal(events)) return events;
    const effects: JobEffect[] = [];
    for (const event of events) {
      const stamp = stampOf(this.state, command);
      this.state = jobProcess.evolve(this.state, event, stamp);
      this.events.push(event);
      const wanted = jobProcess.effects(this.state, event, stamp);
      this.seen(event, wanted);
      effects.push(...wanted);
    }
    if (this.carrying) for (const effect of effects) this.#carry(effect);
    return undefined;
  }

  /** Called with every event and what it asks of the world. */
  protected seen(_event: JobEvent, effects: readonly JobEffect[]): void {
    this.effects.push(...effects);
  }

  /** A person does something; throws when it is refused, so a test reads as a story. */
  does(who: string, act: JobAct | Verb): void {
    const refusal = this.send(person(who), act);
    if (refusal) throw new Error(`${who} ${act.type}: ${refusal.code} ${JSON.stringify(refusal.params ?? {})}`);
  }

  /** The code of the refusal a person meets. */
  refused(who: string, act: JobAct | Verb): string | undefined {
    return this.send(person(who), act)?.code;
  }

  submit(
    who: string,
    point: PointId,
    given?: FrozenPaper,
    more: Partial<Extract<JobAct, { type: 'submit' }>> = {},
  ): void {
    this.does(who, { type: 'submit', point, ...(given ? { paper: given } : {}), ...more });
  }

  /** The running circulation of a point. */
  running(point: string): JobState['circulations'][string] {
    const found = Object.values(this.state.circulations).find((one) => one.point === point && one.status === 'running');
    if (!found) throw new Error(`nothing runs at ${point}`);
    return found;
  }

  signAct(point: string, step: string): Extract<Verb, { type: 'sign' }> {
    const circulation = this.running(point);
    const route = this.state.routes[circulation.route];
    const items = route?.steps.find((one) => one.key === step)?.checklist ?? [];
    return {
      type: 'sign',
      circulation: circulation.id,
      round: circulation.round,
      step,
      hash: circulation.about.hash,
      checklist: items.map((item) => ({ item, answer: 'pass' as const, note: 'looked at' })),
    };
  }

  /** Whoever holds the open step signs it. */
  signs(point: string, ...steps: readonly string[]): void {
    for (const step of steps) this.does(this.holder(point, step), this.signAct(point, step));
  }

  returnAct(
    point: string,
    step: string,
    kind: 'return' | 'refuse' | 'object' = 'return',
  ): Extract<Verb, { type: 'return' }> {
    const circulation = this.running(point);
    const grounds =
      kind === 'refuse' ? { reason: 'MATERIAL_INSUFFICIENT', missing: ['product photo'] } : { reason: 'TEXT_ERROR' };
    return {
      type: 'return',
      kind,
      circulation: circulation.id,
      round: circulation.round,
      step,
      hash: circulation.about.hash,
      words: 'headline larger\nlogo missing',
      ...grounds,
    };
  }

  holder(point: string, step: string): string {
    const stay = this.running(point).stays.find((one) => one.step === step);
    const holder = stay?.holders[0]?.personId;
    if (!holder || stay?.state !== 'open') throw new Error(`${point}.${step} is ${stay?.state ?? 'unknown'}`);
    return holder;
  }

  version(
    pieceId: string,
    stage: PieceStage,
    hash = `${stage}-${Math.random().toString(36).slice(2)}`,
  ): Extract<JobAct, { type: 'submitVersion' }> {
    return {
      type: 'submitVersion',
      pieceId,
      stage,
      hash,
      fileNames: ['20260312_春茶海报_完稿_V1.pdf'],
      ...(stage === 'DRAFT' || stage === 'FINAL_DESIGN' ? {} : { printedSample: { size: 'A4', madeAt: this.at } }),
    };
  }

  #carry(effect: JobEffect): void {
    switch (effect.kind) {
      case 'open': {
        const { input } = effect;
        const titles = titlesOf(input.route);
        const able = (id: string): boolean =>
          input.route.act === 'submit'
            ? id === input.authorId
            : id !== input.authorId && (input.route.act === 'receipt' || !input.signedBy.includes(id));
        const byTitle = titles.flatMap((title) => Object.keys(people).filter((id) => people[id]?.includes(title)));
        const owner = input.route.role === 'ACCOUNT_EXECUTIVE' ? [input.ownerId] : [];
        // Nobody left ends at a person: the agency's management.
        const found = input.to ?? [...owner, ...byTitle, 'management', 'partner'].find(able);
        const rungs: Rung[] = [1, 2, 3, 4].map((n) => ({
          n,
          kind: n === 1 ? 'remind' : 'escalate',
          whom: (['holder', 'standInOrHead', 'accountManager', 'accountDirector'] as const)[n - 1] ?? 'holder',
          at: new Date(this.now + n * 4 * 3_600_000).toISOString(),
        }));
        const kept = input.keep ?? [];
        const holders = found ? [...kept, { personId: found, grantId: `g-${found}-`.padEnd(28, '0') }] : kept;
        const { circulation, round, step } = input;
        this.send(
          { kind: 'system', name: 'open' },
          {
            type: 'stepOpened',
            circulation,
            round,
            step,
            holders,
            provisional: false,
            rungs,
            dueAt: rungs[0]?.at ?? this.at,
            unreachedAt: new Date(this.now + 3_600_000).toISOString(),
          },
        );
        return;
      }
      case 'mail': {
        this.mails.push(effect);
        const { input } = effect;
        if (input.kind === 'ask' && input.where && 'personId' in input.to) {
          this.send(
            { kind: 'system', name: 'mail' },
            { type: 'asked', ...input.where, personId: input.to.personId, outcome: 'accepted', askedAt: this.at },
          );
        }
        return;
      }
      case 'recount':
        if (this.counting) this.send({ kind: 'system', name: 'shell' }, recountedAct(office, shanghai, effect.input));
        return;
      case 'plan':
        if (this.looks) this.send({ kind: 'system', name: 'shell' }, this.looks(this));
        return;
      case 'number':
        this.send({ kind: 'system', name: 'number' }, { type: 'numberIssued', jobNumber: 'YFLC2026001' });
        return;
      case 'seal':
        this.send({ kind: 'system', name: 'files' }, { type: 'sealed', hash: 'sealed-hash' });
    }
  }
}

/** The request every story starts with. */
export function requestAct(
  more: Partial<Extract<JobAct, { type: 'request' }>> = {},
): Extract<JobAct, { type: 'request' }> {
  return {
    type: 'request',
    title: '春茶上市海报',
    clientId: 'yunfeng',
    brandId: 'yunfeng',
    lineId: 'lucha',
    brandCode: 'YF',
    lineCode: 'LC',
    ownerId: 'executive',
    workTypes: ['print'],
    important: false,
    qcRoute: 'qcSeven',
    paper: paper('F-01'),
    ...more,
  };
}

const briefing = (at: string): JobAct => ({
  type: 'holdBriefing',
  heldAt: at,
  client: ['contact'],
  account: ['executive'],
  creative: ['creativeDirector'],
});
const feedback = [{ kind: 'question' as const, words: 'Is the slogan final?' }];

/** A job in creation gets its first draft, which the gate lets pass, and the proposal is put before both who agree inside. */
export function submitsForAgreement(a: Agency): void {
  const poster = { pieceId: 'poster', name: '海报', workType: 'print', specification: 'A1', needsProof: true } as const;
  a.does('executive', { type: 'addPiece', ...poster });
  a.does('designer', a.version('poster', 'DRAFT'));
  a.signs('draftGate', 'creativeDirector', 'accountManager');
  a.does('manager', { type: 'prepareProposal', kind: 'DETAILED' });
  a.does('executive', { type: 'file', paper: paper('F-20', { items: 1, itemProblems: [] }) });
  a.submit('executive', 'internalAgreement');
}

const chapters: readonly (readonly [JobPhase, (agency: Agency) => void])[] = [
  ['REQUESTED', (a) => a.does('executive', requestAct())],
  ['BRIEFED', (a) => a.does('executive', briefing(a.at))],
  [
    'ASSESSING',
    (a) => {
      a.submit('executive', 'requirementBrief', paper('F-03'));
      a.signs('requirementBrief', 'client');
    },
  ],
  [
    'OPENED',
    (a) => {
      a.does('executive', {
        type: 'assess',
        evaluation: 'clear',
        discussion: 'held',
        study: 'done',
        recommendation: 'as asked',
        differs: false,
      });
      a.does('executive', { type: 'openNumber' });
    },
  ],
  [
    'ORDER_SIGNOFF',
    (a) => {
      a.submit('executive', 'timetable', a.timetable ?? paper('F-10'));
      a.signs('timetable', 'client');
      a.does('executive', { type: 'huddle', heldAt: a.at, people: ['creativeDirector', 'designer'], objections: [] });
      a.submit('executive', 'workOrder', orderPaper());
    },
  ],
  [
    'CREATING',
    (a) => a.signs('workOrder', 'accountDirector', 'creativeDirector', 'artDirector', 'copywriter', 'designer'),
  ],
  [
    'INTERNAL_REVIEW',
    (a) => {
      submitsForAgreement(a);
      a.signs('internalAgreement', 'creativeDirector', 'accountManager');
    },
  ],
  [
    'PROPOSED',
    (a) => {
      a.does('executive', {
        type: 'scheduleProposal',
        at: a.at,
        place: '会议室',
        participants: ['executive', 'creativeDirector'],
      });
      a.does('executive', { type: 'holdProposal', heldAt: a.at, attended: ['creativeDirector', 'contact'], feedback });
    },
  ],
  ['CLIENT_CONFIRMED', (a) => a.signs('proposalComment', 'client')],
  [
    'IN_PRODUCTION',
    (a) => {
      a.does('executive', {
        type: 'recordFollowUp',
        shooting: '不适用',
        period: '4 周',
        productionPrice: '¥ 12,000',
        mediaPrice: '不适用',
      });
      a.submit('executive', 'quotationConsent', paper('F-35', { lumpSum: false, sumsRight: true }));
      a.signs('quotationConsent', 'head');
      a.submit('executive', 'confirmation', paper('F-22'));
      a.signs('confirmation', 'client');
      a.does('executive', { type: 'startProduction' });
    },
  ],
  ['ARTWORK_QC', (a) => a.does('designer', a.version('poster', 'FINISHED_ARTWORK'))],
  [
    'PROOF_QC',
    (a) =>
      a.signs(
        'artworkQc',
        'copywriter',
        'artDirector',
        'creativeDirector',
        'accountExecutive',
        'accountDirector',
        'client',
      ),
  ],
  [
    'DELIVERED',
    (a) => {
      a.does('designer', a.version('poster', 'PROOF'));
      a.signs(
        'proofQc',
        'copywriter',
        'artDirector',
        'creativeDirector',
        'accountExecutive',
        'accountDirector',
        'client',
        'receipt',
      );
    },
  ],
  ['TRACKING', (a) => a.does('executive', { type: 'track' })],
  [
    'CLOSING',
    (a) => {
      a.does('executive', { type: 'file', paper: paper('F-09', { pieces: ['poster'] }) });
      a.does('executive', { type: 'evaluate', strategy: 'keep', execution: 'earlier proofs' });
    },
  ],
  ['ARCHIVED', (a) => a.does('executive', { type: 'archive' })],
];

/** A complete work order. */
export function orderPaper(facts: Record<string, string | number | boolean | readonly string[]> = {}): FrozenPaper {
  return paper('F-04', {
    workTypes: ['print'],
    needsSpecification: true,
    hasSpecification: true,
    materialMissing: [],
    hasMedia: false,
    projectHash: 'p1',
    ...facts,
  });
}

/** A job played by the book until it stands in a state. */
export function bookUntil(phase: JobPhase, agency = new Agency()): Agency {
  for (const [reached, chapter] of chapters) {
    chapter(agency);
    if (reached === phase) return agency;
  }
  return agency;
}
