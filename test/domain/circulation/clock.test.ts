import { describe, expect, test } from 'vitest';
import { dueOfCirculation } from '../../../domain/circulation/clock.ts';
import { author, desk, hour, Paper, routeOf, rungsAt, start } from './desk.ts';

const route = () =>
  routeOf(
    author(),
    desk('copy', 'COPYWRITER', { after: ['author'] }),
    desk('art', 'ART_DIRECTOR', { after: ['copy'] }),
  );

const waiting = (...hours: readonly number[]): Paper => {
  const paper = new Paper(route());
  paper.open('copy', ['copywriter'], rungsAt(...hours));
  return paper;
};
const asked = (paper: Paper): void => {
  paper.report({ type: 'asked', ...paper.at('copy'), personId: 'copywriter', outcome: 'accepted', askedAt: hour(0) });
};

/** Lets the clock run: whatever is due at or before these hours happens, as the shell would do it. */
function until(paper: Paper, hours: number): string[] {
  const happened: string[] = [];
  for (;;) {
    const due = dueOfCirculation(paper.circulation);
    if (!due || due.at > hour(hours)) return happened;
    const events = paper.report(due.act, Date.parse(due.at));
    if (events.length === 0) throw new Error(`due but nothing happens: ${JSON.stringify(due)}`);
    for (const event of events)
      happened.push(
        `${(Date.parse(due.at) - start) / 3_600_000}:${event.type === 'rungClimbed' ? `L${event.n}` : event.type}`,
      );
  }
}

describe('the ladder of a desk', () => {
  test('R-230: each rung is climbed once, in order, and never decides the step', () => {
    const paper = waiting(4, 8, 16, 24);
    asked(paper);
    expect(until(paper, 100)).toEqual(['4:L1', '8:L2', '16:L3', '24:L4']);
    expect(until(paper, 10_000)).toEqual([]);
    expect(paper.stay('copy')).toMatchObject({ state: 'open', decisions: [] });
    const first = paper.stay('copy')?.rungs[0];
    expect(first?.firedAt).toBe(hour(4));
    expect(paper.report({ type: 'rung', ...paper.at('copy'), n: 1, kind: 'remind' }, Date.parse(hour(200)))).toEqual(
      [],
    );
  });

  test('a rung that is not due yet is not climbed, and deciding stops the ladder', () => {
    const paper = waiting(4, 8);
    asked(paper);
    expect(paper.report({ type: 'rung', ...paper.at('copy'), n: 1, kind: 'remind' }, Date.parse(hour(3)))).toEqual([]);
    paper.sign('copywriter', 'copy');
    expect(dueOfCirculation(paper.circulation)).toBeUndefined();
    expect(paper.report({ type: 'rung', ...paper.at('copy'), n: 1, kind: 'remind' }, Date.parse(hour(5)))).toEqual([]);
  });

  test('limits count from the accepted mail, and only the first one moves them', () => {
    const paper = waiting(4, 8);
    const told = (askedAt: string, dueAt: string) =>
      paper.report({
        type: 'asked',
        ...paper.at('copy'),
        personId: 'copywriter',
        outcome: 'accepted',
        askedAt,
        dueAt,
        rungs: rungsAt(6, 10),
      });
    told(hour(2), hour(6));
    expect(paper.stay('copy')).toMatchObject({ dueAt: hour(6), rungs: [{ at: hour(6) }, { at: hour(10) }] });
    told(hour(3), hour(7));
    expect(paper.stay('copy')?.dueAt).toBe(hour(6));
  });

  test('a date moved by hand stands when the mail is accepted only later', () => {
    const paper = waiting(4, 8);
    paper.does('manager', { type: 'moveDate', ...paper.at('copy'), dueAt: hour(10), words: 'holiday' });
    paper.report({
      type: 'asked',
      ...paper.at('copy'),
      personId: 'copywriter',
      outcome: 'accepted',
      askedAt: hour(1),
      dueAt: hour(5),
      rungs: rungsAt(5, 9),
    });
    expect(paper.stay('copy')).toMatchObject({ dueAt: hour(10), rungs: [{ at: hour(10) }, { at: hour(14) }] });
  });

  test('moving a date moves the rungs ahead and leaves those that were climbed', () => {
    const paper = waiting(4, 8, 16, 24);
    asked(paper);
    until(paper, 5);
    paper.now = Date.parse(hour(5));
    paper.does('manager', { type: 'moveDate', ...paper.at('copy'), dueAt: hour(14), words: 'holiday' });
    expect(paper.stay('copy')?.rungs.map((rung) => rung.at)).toEqual([4, 18, 26, 34].map(hour));
  });

  test('"I’m on it" keeps the ladder quiet until its own time, and the rungs do not fall on one minute', () => {
    const paper = waiting(4, 8, 16, 24);
    asked(paper);
    paper.does('copywriter', { type: 'note', ...paper.at('copy'), note: { kind: 'onIt', until: hour(25) }, words: '' });
    expect(until(paper, 24)).toEqual([]);
    // The first at the end of the pause, the others at their own hour of a later day.
    expect(until(paper, 1000)).toEqual(['25:L1', '32:L2', '40:L3', '48:L4']);
  });

  test('a pause that ends before the next rung moves nothing', () => {
    const paper = waiting(4, 8);
    asked(paper);
    paper.does('copywriter', { type: 'note', ...paper.at('copy'), note: { kind: 'onIt', until: hour(3) }, words: '' });
    expect(until(paper, 100)).toEqual(['4:L1', '8:L2']);
  });

  const saysOnIt = (paper: Paper, who: string, at: number, untilHour: number): void => {
    paper.now = Date.parse(hour(at));
    const note = { kind: 'onIt', until: hour(untilHour) } as const;
    expect(paper.does(who, { type: 'note', ...paper.at('copy'), note, words: '' })).toBeUndefined();
  };

  test('M-22: the last word of the holder counts: a nearer end takes the first one back, rung by rung', () => {
    const paper = waiting(4, 8, 16, 24);
    asked(paper);
    const { dueAt } = paper.stay('copy') ?? {};
    saysOnIt(paper, 'copywriter', 3, 25);
    saysOnIt(paper, 'copywriter', 5, 10);
    expect(paper.stay('copy')).toMatchObject({ onItUntil: hour(10), dueAt });
    expect(until(paper, 9)).toEqual([]);
    expect(until(paper, 1000)).toEqual(['10:L1', '32:L2', '40:L3', '48:L4']);
  });

  test('M-22: an end nearer than the next rung leaves the ladder as if nothing had been said, and never speaks before now', () => {
    const paper = waiting(4, 8, 16, 24);
    asked(paper);
    saysOnIt(paper, 'copywriter', 1, 25);
    saysOnIt(paper, 'copywriter', 2, 3);
    expect(until(paper, 1000)).toEqual(['4:L1', '8:L2', '16:L3', '24:L4']);

    const late = waiting(4, 8, 16, 24);
    asked(late);
    saysOnIt(late, 'copywriter', 1, 25);
    saysOnIt(late, 'copywriter', 12, 13);
    // L1 and L2 were both over when the correction came: one of them at its end, the other a day behind.
    expect(until(late, 1000)).toEqual(['13:L1', '32:L2', '40:L3', '48:L4']);
  });

  test('M-22: a rung that was climbed before the pause stays climbed, whatever is said about its end', () => {
    const paper = waiting(4, 8, 16);
    asked(paper);
    until(paper, 5);
    saysOnIt(paper, 'copywriter', 5, 60);
    saysOnIt(paper, 'copywriter', 6, 12);
    expect(paper.stay('copy')?.rungs[0]?.firedAt).toBe(hour(4));
    expect(until(paper, 1000)).toEqual(['12:L2', '40:L3']);
  });

  test('M-22: a pause that is over is no longer spoken about: a new one begins where the ladder stands', () => {
    const paper = waiting(4, 8, 16);
    asked(paper);
    saysOnIt(paper, 'copywriter', 3, 25);
    expect(until(paper, 25)).toEqual(['25:L1']);
    expect(paper.stay('copy')?.pause).toBeUndefined();
    saysOnIt(paper, 'copywriter', 26, 27);
    expect(until(paper, 1000)).toEqual(['32:L2', '40:L3']);
  });

  test('M-22: two who hold one desk speak each for themselves: the ladder waits for the last of them', () => {
    const paper = new Paper(route());
    paper.open('copy', ['copywriter', 'media'], rungsAt(4, 30));
    asked(paper);
    saysOnIt(paper, 'copywriter', 1, 20);
    saysOnIt(paper, 'media', 2, 10);
    expect(paper.stay('copy')?.onItUntil).toBe(hour(20));
    saysOnIt(paper, 'copywriter', 3, 6);
    expect(paper.stay('copy')?.onItUntil).toBe(hour(10));
    expect(until(paper, 1000)).toEqual(['10:L1', '54:L2']);
  });

  test('M-22: limits that begin to count during a pause keep it, and its end can still be corrected', () => {
    const paper = waiting(4, 8);
    saysOnIt(paper, 'copywriter', 0, 40);
    paper.report({
      type: 'asked',
      ...paper.at('copy'),
      personId: 'copywriter',
      outcome: 'accepted',
      askedAt: hour(2),
      dueAt: hour(6),
      rungs: rungsAt(6, 10),
    });
    expect(paper.stay('copy')?.rungs[0]?.at).toBe(hour(40));
    saysOnIt(paper, 'copywriter', 3, 5);
    expect(until(paper, 1000)).toEqual(['6:L1', '10:L2']);
  });

  test('a rung climbed before a hand-over stays climbed; the old holder’s pause does not bind the new one', () => {
    const paper = waiting(4, 8);
    asked(paper);
    until(paper, 5);
    paper.now = Date.parse(hour(5));
    paper.does('copywriter', {
      type: 'note',
      ...paper.at('copy'),
      note: { kind: 'onIt', until: hour(200) },
      words: '',
    });
    paper.does('manager', { type: 'handOver', ...paper.at('copy'), how: 'reassign', to: 'media', words: 'ill' });
    paper.open('copy', ['media'], rungsAt(9, 13));
    expect(paper.stay('copy')?.rungs.map((rung) => rung.firedAt !== undefined)).toEqual([true, false]);
    asked(paper);
    expect(until(paper, 100)).toContain('13:L2');
  });
});

describe('who was not reached', () => {
  test('the account executive hears of it once, within the hour, and not if a mail was accepted', () => {
    expect(until(waiting(), 100)).toEqual(['1:unreachedTold']);
    const reached = waiting();
    asked(reached);
    expect(until(reached, 100)).toEqual([]);
    expect(reached.report({ type: 'unreached', ...reached.at('copy') }, Date.parse(hour(2)))).toEqual([]);
  });

  test('a mail that cannot be sent is recorded and leaves the step unreached', () => {
    const paper = waiting();
    expect(
      paper.report({ type: 'asked', ...paper.at('copy'), personId: 'copywriter', outcome: 'failed', why: '550' }),
    ).toEqual([expect.objectContaining({ type: 'askFailed', why: '550' })]);
    expect(until(paper, 100)).toEqual(['1:unreachedTold']);
  });

  test('a desk nobody could be found for speaks up too', () => {
    const paper = new Paper(route());
    paper.open('copy', [], rungsAt(4));
    expect(until(paper, 100)).toEqual(['1:unreachedTold', '4:L1']);
  });
});

describe('late reports change nothing', () => {
  test('of another round, of a step that is decided, of somebody who has it no more', () => {
    const paper = waiting(4);
    const report = {
      type: 'stepOpened',
      ...paper.at('copy'),
      holders: [{ personId: 'media', grantId: 'g' }],
      provisional: false,
      rungs: [],
      unreachedAt: hour(1),
    } as const;
    const before = paper.circulation;
    expect(paper.report(report)).toEqual([]);
    expect(paper.report({ ...report, round: 2 })).toEqual([]);
    expect(paper.report({ ...report, step: 'art' })).toEqual([]);
    expect(paper.report({ ...report, step: 'nobody' })).toEqual([]);
    expect(
      paper.report({ type: 'asked', ...paper.at('copy'), personId: 'media', outcome: 'accepted', askedAt: hour(1) }),
    ).toEqual([]);
    expect(paper.circulation).toBe(before);
    paper.sign('copywriter', 'copy');
    const signed = paper.circulation;
    expect(paper.report(report)).toEqual([]);
    expect(
      paper.report({
        type: 'asked',
        ...paper.at('copy'),
        personId: 'copywriter',
        outcome: 'accepted',
        askedAt: hour(1),
      }),
    ).toEqual([]);
    expect(paper.report({ type: 'unreached', ...paper.at('copy') })).toEqual([]);
    expect(paper.circulation).toBe(signed);
  });

  test('a mail accepted after the click does not lose the click (style §9)', () => {
    const paper = waiting(4);
    paper.sign('copywriter', 'copy');
    asked(paper);
    expect(paper.stay('copy')).toMatchObject({ state: 'passed', decisions: [{ personId: 'copywriter' }] });
  });
});
