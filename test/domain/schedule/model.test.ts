import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../domain/process.ts';
import type { ScheduleState } from '../../../domain/schedule/state.ts';
import { addMs } from '../../../domain/instant.ts';
import { inShanghai } from '../calendar/calendars.ts';
import { begun, laying, word, type Row, type Schedule } from './laid.ts';

/** Everybody who may try to answer: executors, account service, strangers. */
const people = ['artist-1', 'media-1', 'writer-1', 'ae-1', 'am-1', 'client-1'] as const;
const executors = ['artist-1', 'media-1', 'writer-1', 'ae-1'] as const;
const tasks = ['搭建', '上线', '通稿', '拆除'] as const;
const nodes = ['2026-04-16 16:00', '2026-04-18 14:00', '2026-05-06 10:00'] as const;
const standards = ['到位', '到位并验收'] as const;
const hourMs = 3_600_000;

const row = fc.record({
  task: fc.constantFrom(...tasks),
  owner: fc.constantFrom(...executors),
  node: fc.constantFrom(...nodes),
  standard: fc.constantFrom(...standards),
  stage: fc.constantFrom('筹备', '执行'),
});
const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 4, selector: ({ task }) => task });
const step = fc.oneof(
  fc.record({ what: fc.constant('lay' as const), rows }),
  fc.record({
    what: fc.constant('say' as const),
    who: fc.nat(5),
    entry: fc.nat(6),
    how: fc.nat(8),
    stale: fc.boolean(),
  }),
  fc.record({ what: fc.constant('wait' as const), hours: fc.nat(60) }),
  fc.record({ what: fc.constant('leave' as const), who: fc.nat(3), standIn: fc.nat(3), begins: fc.boolean() }),
  fc.record({ what: fc.constant('hand' as const), from: fc.nat(3), to: fc.nat(3) }),
);

/** What the test itself knows of a task: what it says, and who confirmed it as it says that. Nothing is read from the process. */
interface Known {
  says: string;
  owner: string;
  confirmed?: true;
}

class Story {
  readonly play: Schedule = begun();
  readonly known = new Map<string, Known>();
  readonly marks = new Map<string, string[]>();
  #revision = 1;

  take(one: (typeof step extends fc.Arbitrary<infer T> ? T : never) & object): void {
    switch (one.what) {
      case 'lay':
        return this.#lay(one.rows);
      case 'say':
        return this.#say(one);
      case 'wait':
        this.play.until(addMs(this.play.now, one.hours * hourMs));
        return;
      case 'leave': {
        const [person = '', standIn = ''] = [executors[one.who], executors[one.standIn]];
        if (person === standIn) return;
        if (one.begins) this.play.standIns[person] = standIn;
        else Reflect.deleteProperty(this.play.standIns, person);
        const what = one.begins ? 'begins' : 'ends';
        const cause = {
          kind: 'absence',
          absenceId: person,
          personId: person,
          what,
          revision: (this.#revision += 1),
        } as const;
        this.play.report('open', { type: 'refresh', cause });
        return;
      }
      case 'hand':
        return this.#hand(executors[one.from] ?? '', executors[one.to] ?? '');
    }
  }

  #lay(laid: readonly Row[]): void {
    const answer = this.play.act('ae-1', laying(laid));
    if (isRefusal(answer)) return;
    const before = new Map(this.known);
    this.known.clear();
    for (const { task, owner, node, standard = '' } of laid) {
      const says = [task, owner, inShanghai(node), standard].join('|');
      const was = before.get(task);
      const same = was?.says === says && was.owner === owner;
      this.known.set(task, same ? was : { says, owner, ...(owner === 'ae-1' ? { confirmed: true as const } : {}) });
    }
    this.#check();
  }

  #say({ who, entry, how, stale }: { who: number; entry: number; how: number; stale: boolean }): void {
    const { play } = this;
    const person = people[who] ?? 'ae-1';
    const found = play.state.entries[entry % Math.max(1, play.state.entries.length)];
    if (!found) return;
    const [task] = [...this.known.entries()][found.row] ?? [];
    const known = this.known.get(task ?? '');
    if (!known) throw new Error('a row nobody wrote');
    const seen = this.marks.get(found.id) ?? [];
    const old = seen.find((mark) => mark !== found.mark);
    const mark = stale && old !== undefined ? old : found.mark;
    const type = how < 6 ? 'confirmEntry' : how === 6 ? 'declineEntry' : 'reportEntry';
    const answer = play.act(person, word(play, type, found.id, { mark }));
    if (isRefusal(answer)) return;
    // nobody but its owner, or whoever the service itself named in their place while they are away.
    const absent = Object.values(play.state.asked).flatMap(({ people: asked }) => asked[known.owner]?.standInId ?? []);
    expect([known.owner, ...absent], `${type} by ${person}`).toContain(person);
    expect(mark, 'an old mark answers nothing').toBe(found.mark);
    if (type === 'confirmEntry') known.confirmed = true;
    if (type === 'declineEntry') delete known.confirmed;
    this.#check();
  }

  #hand(from: string, to: string): void {
    if (from === to) return;
    const cause = {
      kind: 'handOver' as const,
      revision: 3,
      handOverId: `h${(this.#revision += 1)}`,
      brandId: 'yunfeng',
      from,
      to,
      owns: false,
      roles: [],
      signed: { giver: from, taker: to },
    };
    const open = new Set(this.play.state.entries.filter(({ state }) => state !== 'done').map(({ row }) => row));
    const answer = this.play.report('open', { type: 'handOver', cause });
    if (isRefusal(answer) || answer.length === 0) return;
    for (const [place, [, known]] of [...this.known.entries()].entries()) {
      if (known.owner !== from || !open.has(place)) continue;
      known.owner = to;
      delete known.confirmed;
    }
    this.#check();
  }

  /** The process knows a confirmation exactly where the test does. */
  #check(): void {
    const { entries }: ScheduleState = this.play.state;
    const told = [...this.known.values()];
    expect(entries.map(({ row: place }) => place)).toEqual(told.map((_one, place) => place));
    for (const entry of entries) {
      const known = told[entry.row];
      const marks = this.marks.get(entry.id) ?? [];
      if (!marks.includes(entry.mark)) this.marks.set(entry.id, [...marks, entry.mark]);
      expect(entry.owner).toBe(known?.owner);
      if (entry.state === 'confirmed') expect(known?.confirmed, `${known?.says ?? ''} is confirmed`).toBe(true);
      if (entry.state === 'asked') expect(known?.confirmed, `${known?.says ?? ''} is asked for`).toBeUndefined();
    }
  }
}

describe('R-53, R-52, R-57 whatever happens', () => {
  test('a confirmation never survives a change of its entry, and nobody but owner or stand-in gives one', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 40 }), (steps) => {
        const story = new Story();
        for (const one of steps) story.take(one);
      }),
      { numRuns: 300 },
    );
  });

  test('every entry is reminded before its date unless it was done by then, each rung at most once', () => {
    fc.assert(
      fc.property(rows, fc.nat(200), (written, hours) => {
        const play = begun();
        play.now = addMs(play.now, hours * hourMs);
        if (isRefusal(play.act('ae-1', laying(written)))) return;
        play.until('2026-07-01 10:00');
        const reminded = play.events.flatMap((event) => (event.type === 'entryReminded' ? [event] : []));
        expect(new Set(reminded.map(({ entry, rung }) => `${entry} ${String(rung)}`)).size).toBe(reminded.length);
        for (const { node, rungs = [] } of play.state.entries) expect((rungs[3]?.at ?? '9') < node).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
