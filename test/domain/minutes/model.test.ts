import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { possibleOnMinutes } from '../../../domain/minutes/decide.ts';
import { minutesCase } from '../../../domain/minutes/definition.ts';
import { minutesProcess } from '../../../domain/minutes/process.ts';
import type { MinutesAct, MinutesEvent, MinutesState } from '../../../domain/minutes/state.ts';
import { initialMinutes } from '../../../domain/minutes/state.ts';
import type { Command } from '../../../domain/process.ts';
import { isRefusal } from '../../../domain/process.ts';
import { addMs } from '../../../domain/instant.ts';
import { Play, about, paperOf, who } from '../cases/play.ts';

type Minutes = Play<MinutesState, MinutesAct, MinutesEvent>;

/** What the client said, as the test itself keeps it: nothing of it is read from the process. */
interface Said {
  readonly kind: 'sign' | 'object';
  readonly version: number;
  readonly receivedAt: string;
  readonly accepted: boolean;
}

/** What the test knows of the mails: by entry that sent them, when they were accepted, whether they came back. */
interface Mail {
  readonly version: number;
  acceptedAt?: string;
  bounced?: true;
}

const hourMs = 3_600_000;
const papers = [0, 1, 2].map((n) => paperOf('F-15', { subject: `第 ${n} 稿` }));
const step = fc.record({ what: fc.nat({ max: 15 }), n: fc.nat({ max: 50 }) });
/** Half of the stories begin where minutes went out and were accepted: there the clock and the client meet. */
const sentAndAccepted = [
  { what: 0, n: 1 },
  { what: 2, n: 4 },
];
const steps = (most: number) =>
  fc
    .tuple(fc.boolean(), fc.array(step, { minLength: 5, maxLength: most }))
    .map(([sent, more]) => [...(sent ? sentAndAccepted : []), ...more]);

class Story {
  readonly play: Minutes = new Play(minutesProcess, initialMinutes('m'));
  readonly said: Said[] = [];
  readonly mails = new Map<number, Mail>();
  readonly met = new Set<string>();
  readonly #lagging: { readonly act: MinutesAct; readonly receivedAt: string }[] = [];
  #paper = 0;

  constructor() {
    this.play.act('ae-1', { type: 'begin', ...about });
    this.#look();
  }

  take({ what, n }: { what: number; n: number }): void {
    const { play } = this;
    const paper = papers[this.#paper % papers.length] ?? paperOf('F-15');
    const current = play.state.papers['F-15'];
    const move = (key: string, more: object = {}): MinutesAct => ({ type: 'move', move: key, ...more });
    const later = (hours: number): string => addMs(play.now, hours * hourMs);
    const copy = { hash: current?.facts['copyHash'] };
    play.post = (['accepted', 'silent', 'accepted', 'failed'] as const)[n % 4] ?? 'accepted';
    switch (what) {
      case 0:
      case 1:
        this.#paper += 1;
        play.act('ae-1', move(n % 5 === 0 ? 'draft' : 'submit', { paper }));
        break;
      case 2:
      case 3:
        play.act('am-1', move(n % 6 === 0 ? 'return' : 'approve', { hash: current?.hash, words: '请改' }));
        break;
      case 4:
        this.#say('sign', move('sign', copy), play.now);
        break;
      case 5:
        this.#say('object', move('object', { ...copy, words: '不同意' }), play.now);
        break;
      case 6:
        // Clicked now, heard later: the worker is down in between.
        this.#lagging.push({
          act: move(n % 3 === 0 ? 'sign' : 'object', { ...copy, words: '不同意' }),
          receivedAt: play.now,
        });
        break;
      case 7: {
        const one = this.#lagging.shift();
        if (one?.act.type === 'move') this.#say(one.act.move === 'sign' ? 'sign' : 'object', one.act, one.receivedAt);
        break;
      }
      case 8:
        this.#mail('bounced', n);
        break;
      case 9:
        this.#mail('accepted', n);
        break;
      case 10:
        play.act('ae-1', move('resend'));
        break;
      case 11:
        for (const { id, executor } of play.state.tasks)
          play.act(executor, { type: 'settleTask', task: id, done: n % 2 === 0, words: '说明' });
        break;
      case 12:
        play.act('ae-1', move('file'));
        play.act('ae-1', move('fileTacit'));
        play.act('am-1', move('closeUnanswered', { words: '客户已换人，没有答复' }));
        if (n % 17 === 0) play.act('am-1', move('drop', { words: '误' }));
        break;
      case 13:
        play.report('open', { type: 'refresh', cause: { kind: 'calendar', calendarId: 'office', revision: n } });
        break;
      case 14:
        // The clock is not heard while time passes: the worker is down.
        play.now = later(n);
        break;
      default:
        play.until(later(n));
    }
    this.#look();
  }

  #say(kind: Said['kind'], act: MinutesAct, receivedAt: string): void {
    const version = this.play.state.papers['F-15']?.version ?? 0;
    const answer = this.play.act('client-1', act, receivedAt);
    const accepted = !isRefusal(answer) && answer.some((event) => event.type === 'caseMoved' && event.move === kind);
    this.said.push({ kind, version, receivedAt, accepted });
  }

  #mail(outcome: 'accepted' | 'bounced', n: number): void {
    const known = [...this.mails.keys()];
    const sent = n % 3 === 0 ? known[n % Math.max(1, known.length)] : known.at(-1);
    if (sent === undefined) return;
    const at = this.play.now;
    const about = { notice: 'confirmMinutes', sent, personId: 'client-1', at };
    const answer = this.play.report(
      'mail',
      outcome === 'bounced' ? { type: 'bounced', ...about } : { type: 'mailed', outcome, ...about },
    );
    if (outcome === 'bounced' && !isRefusal(answer)) this.#note(sent, { bounced: true });
  }

  #note(sent: number, more: Partial<Mail>): void {
    const mail = this.mails.get(sent);
    if (mail) this.mails.set(sent, { ...mail, ...more });
  }

  #look(): void {
    for (const { notice, seq } of this.play.mails)
      if (notice === 'confirmMinutes' && !this.mails.has(seq))
        this.mails.set(seq, { version: this.play.state.papers['F-15']?.version ?? 0 });
    for (const event of this.play.events) {
      if (event.type === 'mailReported' && event.notice === 'confirmMinutes' && event.outcome === 'accepted')
        this.#note(event.sent, { acceptedAt: event.at });
      if (event.type === 'caseMoved') this.met.add(event.to);
    }
    this.met.add(this.play.state.state);
  }
}

function holds(story: Story): void {
  const { play, said, mails } = story;
  const { verdicts, state } = play.state;
  const moved = play.events.flatMap((event) => (event.type === 'caseMoved' ? [event.move] : []));
  const count = (kind: string): number => verdicts.filter((verdict) => verdict.kind === kind).length;

  // No silence without an accepted mail ever confirms, and none that a bounce is known of stands.
  for (const { window, version, at } of verdicts.filter(({ kind }) => kind === 'deemed')) {
    const mail = mails.get(window?.sent ?? -1);
    expect(mail?.acceptedAt).toBe(window?.acceptedAt);
    expect(mail?.version).toBe(version);
    expect(at >= (window?.endsAt ?? '~')).toBe(true);
  }
  if (state === 'DEEMED_CONFIRMED' || state === 'FILED_TACIT') {
    const last = verdicts.findLast(({ kind }) => kind === 'deemed');
    expect(mails.get(last?.window?.sent ?? -1)?.bounced).toBeUndefined();
    // An objection in time that was heard, and not answered by a newer version, always wins over silence.
    const inTime = said.filter(
      ({ kind, version, receivedAt, accepted }) =>
        kind === 'object' && accepted && version === last?.version && receivedAt <= (last.window?.endsAt ?? ''),
    );
    expect(inTime).toEqual([]);
  }
  for (const one of said.filter(({ kind, accepted }) => kind === 'sign' && accepted))
    expect(
      verdicts.some(({ kind, at, version }) => kind === 'signed' && at === one.receivedAt && version === one.version),
    ).toBe(true);

  // No verdict is lost or doubled: the list is what the moves say, one for one, and every accepted yes or no is in it.
  for (const [move, kind] of [
    ['sign', 'signed'],
    ['object', 'objected'],
    ['deem', 'deemed'],
    ['annul', 'annulled'],
    ['closeUnanswered', 'unanswered'],
  ] as const)
    expect(count(kind)).toBe(moved.filter((one) => one === move).length);
  expect(count('signed')).toBe(said.filter(({ kind, accepted }) => kind === 'sign' && accepted).length);
  expect(count('objected')).toBe(said.filter(({ kind, accepted }) => kind === 'object' && accepted).length);
  expect(new Set(verdicts.map(({ seq }) => seq)).size).toBe(verdicts.length);
}

describe('whatever people, mails and clocks do', () => {
  test('R-136, R-137: silence confirms only after an accepted mail, an objection in time wins, no verdict is lost or doubled', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(steps(60), (taken) => {
        const story = new Story();
        for (const one of taken) {
          story.take(one);
          holds(story);
        }
        for (const one of story.met) met.add(one);
      }),
      { numRuns: 1000, seed: 20260312 },
    );
    // Every state of the table is met on the way.
    expect([...met].sort()).toEqual(Object.keys(minutesCase.states).sort());
  });

  test('R-137: an objection in time is always taken up while no signature came before it', () => {
    fc.assert(
      fc.property(steps(60), fc.nat({ max: 400 }), (taken, hoursAgo) => {
        const story = new Story();
        for (const one of taken) story.take(one);
        const { play } = story;
        const { verdicts, window, papers: filed, state, made } = play.state;
        const receivedAt = addMs(play.now, -hoursAgo * hourMs);
        const sentAt = made['send']?.at;
        const open = ['SENT', 'DEEMED_CONFIRMED', 'FILED_TACIT', 'CONFIRMED', 'FILED', 'UNANSWERED'].includes(state);
        const signed = verdicts.findLast(({ kind }) => kind === 'signed')?.at;
        const before = ['CONFIRMED', 'FILED'].includes(state) && signed !== undefined && signed <= receivedAt;
        const inTime = window === undefined || receivedAt <= window.endsAt;
        fc.pre(open && inTime && !before && sentAt !== undefined);
        const hash = String(filed['F-15']?.facts['copyHash']);
        play.act('client-1', { type: 'move', move: 'object', hash, words: '不同意' }, receivedAt);
        expect(play.state.state).toBe('OBJECTED');
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test('the state is a fold of its events, every state has an exit, and what is possible is what is accepted', () => {
    fc.assert(
      fc.property(steps(60), (taken) => {
        const story = new Story();
        for (const one of taken) story.take(one);
        const { state } = story.play;
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(256 * 1024);
        const definition = state.definition.states[state.state];
        const ways = possibleOnMinutes(state).filter(({ move }) =>
          state.definition.moves[move]?.from.includes(state.state),
        );
        expect(definition?.end === true || ways.length > 0).toBe(true);
        for (const { move, refusal } of possibleOnMinutes(state, who('ae-1'))) {
          if (!refusal) continue;
          const command: Command<MinutesAct> = {
            id: 'x',
            actor: who('ae-1'),
            receivedAt: story.play.now,
            at: story.play.now,
            act: { type: 'move', move, words: '试', paper: papers[0] ?? paperOf('F-15'), happenedAt: story.play.now },
          };
          const answer = minutesProcess.decide(state, command);
          expect(isRefusal(answer) && answer.code).toBe(refusal.code);
        }
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});
