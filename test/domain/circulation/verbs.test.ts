import { describe, expect, test } from 'vitest';
import { longestPauseMs } from '../../../domain/circulation/decide.ts';
import { maxWords } from '../../../domain/circulation/limits.ts';
import { submitRound } from '../../../domain/circulation/start.ts';
import { isRefusal } from '../../../domain/process.ts';
import { author, desk, hour, Paper, routeOf, start } from './desk.ts';
import { atArt, atClient, atCopy, line, passed } from './line.ts';

describe('sign', () => {
  test('R-77: nobody signs before the previous step; the sentence names who has it', () => {
    const paper = atCopy();
    expect(paper.sign('artDirector', 'art')).toMatchObject({
      code: 'NOT_YET_YOUR_TURN',
      params: { who: ['COPYWRITER'] },
    });
    expect(paper.state('art')).toBe('waiting');
    expect(paper.sign('copywriter', 'copy')).toBeUndefined();
    expect(paper.state('art')).toBe('opening');
    expect(paper.sign('artDirector', 'art')).toMatchObject({ code: 'NOT_YET_YOUR_TURN' });
  });

  test('a signature sent too early is not kept and does not count when its step opens (style §9)', () => {
    const paper = atCopy();
    paper.sign('artDirector', 'art', { checklist: passed });
    paper.sign('copywriter', 'copy');
    paper.open('art', ['artDirector']);
    expect(paper.state('art')).toBe('open');
    expect(paper.stay('art')?.decisions).toEqual([]);
  });

  test('R-100: only who holds the step signs it, and only once', () => {
    const paper = atCopy();
    expect(paper.sign('artDirector', 'copy')?.code).toBe('NOT_ALLOWED');
    expect(paper.sign('copywriter', 'copy')).toBeUndefined();
    const before = paper.circulation;
    expect(paper.sign('copywriter', 'copy')?.code).toBe('ALREADY_DECIDED');
    expect(paper.sendBack('copywriter', 'copy')?.code).toBe('ALREADY_DECIDED');
    expect(paper.circulation).toBe(before);
  });

  test('R-69: nobody of the agency signs for the client, even if the desk says so; nor the other way', () => {
    const paper = atArt();
    paper.sign('artDirector', 'art', { checklist: passed });
    paper.open('client', ['executive', 'lead']);
    expect(paper.sign('executive', 'client')).toMatchObject({ code: 'NOT_ALLOWED', rule: 'R-69' });
    expect(paper.sign('lead', 'client')).toBeUndefined();
    const other = new Paper(line());
    other.open('copy', ['lead']);
    expect(other.sign('lead', 'copy')?.code).toBe('NOT_ALLOWED');
  });

  test('R-78: a signature belongs to the version that was seen', () => {
    const paper = atCopy();
    expect(paper.sign('copywriter', 'copy', { hash: 'h0' })).toMatchObject({ code: 'STALE_VERSION', rule: 'R-78' });
    expect(paper.sendBack('copywriter', 'copy', { hash: 'h0' })?.code).toBe('STALE_VERSION');
  });

  test('R-100: an old round’s link says so, and which round it is now', () => {
    const paper = atCopy();
    paper.sendBack('copywriter', 'copy');
    const events = submitRound(paper.circulation, paper.submission('designer', [], 2), 'agency');
    if (isRefusal(events)) throw new Error(events.code);
    paper.take(events, paper.command({ kind: 'system', name: 'open' }, undefined));
    paper.open('copy', ['copywriter']);
    expect(paper.sign('copywriter', 'copy', { round: 1 })).toMatchObject({
      code: 'STALE_ROUND',
      params: { round: 1, now: 2 },
    });
    expect(paper.does('copywriter', { type: 'withdraw', circulation: 'c1', round: 1, words: 'x' })?.code).toBe(
      'STALE_ROUND',
    );
    expect(paper.circulation.closedRounds).toMatchObject([
      { round: 1, cause: 'first', version: 1, verdict: 'return', by: 'copywriter' },
    ]);
  });

  test('an unknown step is not found', () => {
    expect(atCopy().sign('copywriter', 'nobody')?.code).toBe('UNKNOWN_OBJECT');
  });

  test('R-99: the author signs nothing beyond the submission, not as a stand-in and not through one', () => {
    const paper = new Paper(line());
    paper.open('copy', ['designer']);
    expect(paper.sign('designer', 'copy')).toMatchObject({ code: 'OWN_WORK', rule: 'R-99' });
    const standsIn = new Paper(line());
    standsIn.open('copy', [{ personId: 'designer', standInFor: 'copywriter' }]);
    expect(standsIn.sign('designer', 'copy')?.code).toBe('OWN_WORK');
    const through = new Paper(line());
    through.open('copy', [{ personId: 'copywriter', standInFor: 'designer' }]);
    expect(through.sign('copywriter', 'copy')?.code).toBe('OWN_WORK');
  });

  test('R-99, R-76: one person never signs two steps of a round, not through a stand-in either', () => {
    const paper = atCopy();
    paper.sign('copywriter', 'copy');
    paper.open('art', ['copywriter', { personId: 'creativeDirector', standInFor: 'copywriter' }]);
    expect(paper.sign('copywriter', 'art', { checklist: passed })?.code).toBe('TWO_STEPS');
    expect(paper.sign('creativeDirector', 'art', { checklist: passed })?.code).toBe('TWO_STEPS');
    const other = new Paper(line());
    other.open('copy', [{ personId: 'artDirector', standInFor: 'copywriter' }]);
    expect(other.sign('artDirector', 'copy')).toBeUndefined();
    other.open('art', ['artDirector', 'copywriter']);
    expect(other.sign('copywriter', 'art', { checklist: passed })?.code).toBe('TWO_STEPS');
  });

  test('R-229: a stand-in’s signature keeps both names', () => {
    const paper = new Paper(line());
    paper.open('copy', [{ personId: 'media', standInFor: 'copywriter' }]);
    paper.sign('media', 'copy');
    expect(paper.stay('copy')?.decisions[0]).toMatchObject({
      personId: 'media',
      standInFor: 'copywriter',
      proof: 'link',
    });
  });

  test('R-80, R-82: every item is answered, a fail blocks, "not applicable" needs a note, a finding of one’s own blocks too', () => {
    const paper = atArt();
    const open = (checklist?: readonly { item: string; answer: 'pass' | 'fail' | 'na'; note?: string }[]) =>
      paper.sign('artDirector', 'art', checklist ? { checklist } : {})?.code;
    expect(open()).toBe('CHECKLIST_OPEN');
    expect(open([{ item: 'C-12', answer: 'fail' }])).toBe('CHECKLIST_OPEN');
    expect(open([{ item: 'C-12', answer: 'na', note: ' ' }])).toBe('CHECKLIST_OPEN');
    expect(open([...passed, { item: 'C-31', answer: 'fail', note: 'crooked' }])).toBe('CHECKLIST_OPEN');
    expect(open([...passed, { item: 'C-12', answer: 'fail' }])).toBe('CHECKLIST_OPEN');
    expect(open([{ item: 'C-12', answer: 'na', note: 'a list of names' }])).toBeUndefined();
  });

  test('design §2: words of a decision stay within 4,000 characters, lists and notes as a whole', () => {
    const long = 'x'.repeat(maxWords + 1);
    expect(atCopy().sign('copywriter', 'copy', { words: long })?.code).toBe('TOO_LONG');
    expect(
      atArt().sign('artDirector', 'art', { checklist: [{ item: 'C-12', answer: 'pass', note: long }] })?.code,
    ).toBe('TOO_LONG');
    expect(atCopy().sendBack('copywriter', 'copy', { words: long })?.code).toBe('TOO_LONG');
    expect(atCopy().sendBack('copywriter', 'copy', { missing: [long] })?.code).toBe('TOO_LONG');
    expect(atCopy().sign('copywriter', 'copy', { words: 'x'.repeat(maxWords) })).toBeUndefined();
  });

  test('receivedAt is kept as the time of a decision, not when a worker was there to take it up', () => {
    const paper = atCopy();
    paper.now = Date.parse(hour(9));
    const act = { type: 'sign', ...paper.at('copy'), hash: 'h1' } as const;
    expect(paper.does('copywriter', act, { receivedAt: hour(7) })).toBeUndefined();
    expect(paper.stay('copy')?.decisions[0]?.at).toBe(hour(7));
  });
});

describe('rules one, all, some', () => {
  const team = (rule: { kind: 'one' } | { kind: 'all' } | { kind: 'some'; n: number }) =>
    routeOf(author(), desk('three', 'CREATIVE_DIRECTOR', { after: ['author'], rule }));
  const three = ['copywriter', 'artDirector', 'creativeDirector'] as const;
  const signed = (rule: { kind: 'one' } | { kind: 'all' } | { kind: 'some'; n: number }, n: number) => {
    const paper = new Paper(team(rule));
    paper.open('three', three);
    for (const who of three.slice(0, n)) expect(paper.sign(who, 'three')).toBeUndefined();
    return paper;
  };

  test('one: the first signature passes the step and the second is told so', () => {
    const paper = signed({ kind: 'one' }, 1);
    expect(paper.circulation.status).toBe('passed');
    expect(paper.sign('artDirector', 'three')?.code).toBe('ALREADY_DECIDED');
  });

  test('all: every holder signs', () => {
    expect(signed({ kind: 'all' }, 2).state('three')).toBe('open');
    expect(signed({ kind: 'all' }, 3).circulation.status).toBe('passed');
  });

  test('some: N of M, and too few holders never lower N', () => {
    expect(signed({ kind: 'some', n: 2 }, 1).state('three')).toBe('open');
    expect(signed({ kind: 'some', n: 2 }, 2).circulation.status).toBe('passed');
    const alone = new Paper(team({ kind: 'some', n: 2 }));
    alone.open('three', ['copywriter']);
    alone.sign('copywriter', 'three');
    expect(alone.circulation.status).toBe('running');
  });

  test('nobody counts twice: not by a second click, not by standing in for who signed', () => {
    const paper = new Paper(team({ kind: 'all' }));
    paper.open('three', ['copywriter', { personId: 'artDirector', standInFor: 'copywriter' }]);
    paper.sign('copywriter', 'three');
    expect(paper.sign('copywriter', 'three')?.code).toBe('ALREADY_DECIDED');
    expect(paper.sign('artDirector', 'three')?.code).toBe('ALREADY_DECIDED');
    expect(paper.circulation.status).toBe('running');
  });

  test('one no of several ends the round', () => {
    const paper = signed({ kind: 'all' }, 1);
    expect(paper.sendBack('artDirector', 'three')).toBeUndefined();
    expect(paper.circulation.status).toBe('returned');
    expect(paper.sign('creativeDirector', 'three')?.code).toBe('ALREADY_DECIDED');
  });

  test('a hand-over leaves signatures with their holders, so "all" still means all', () => {
    const paper = signed({ kind: 'all' }, 1);
    const handOver = { type: 'handOver', ...paper.at('three'), how: 'reassign', to: 'media', words: 'ill' } as const;
    expect(paper.does('manager', handOver)).toBeUndefined();
    const opening = paper.events.at(-1);
    expect(opening).toMatchObject({ type: 'stepOpening', to: 'media', keep: [{ personId: 'copywriter' }] });
  });
});

describe('return, refuse, object', () => {
  test('R-79: a return needs reason and words and ends the round; other signatures lapse', () => {
    const paper = atArt();
    expect(paper.sendBack('artDirector', 'art', { reason: ' ' })).toMatchObject({
      code: 'REASON_MISSING',
      field: 'reason',
    });
    expect(paper.sendBack('artDirector', 'art', { words: '' })).toMatchObject({
      code: 'REASON_MISSING',
      field: 'words',
    });
    expect(paper.sendBack('artDirector', 'art')).toBeUndefined();
    expect(paper.circulation.status).toBe('returned');
    expect(paper.state('client')).toBe('lapsed');
    const events = submitRound(paper.circulation, paper.submission('designer', [], 2), 'agency');
    if (isRefusal(events)) throw new Error(events.code);
    paper.take(events, paper.command({ kind: 'system', name: 'open' }, undefined));
    expect(paper.circulation.round).toBe(2);
    expect(paper.stay('copy')).toMatchObject({ state: 'opening', decisions: [] });
  });

  test('a step offers its own noes only', () => {
    expect(
      atCopy().sendBack('copywriter', 'copy', { kind: 'refuse', reason: 'MATERIAL_INSUFFICIENT', missing: ['photo'] })
        ?.code,
    ).toBe('NO_NOT_OFFERED');
    expect(atCopy().sendBack('copywriter', 'copy', { kind: 'object' })?.code).toBe('NO_NOT_OFFERED');
  });

  test('R-38, R-39: a refusal names one of two grounds and what is missing', () => {
    const order = () => {
      const paper = new Paper(
        routeOf(author(), desk('creative', 'CREATIVE_DIRECTOR', { after: ['author'], noes: ['refuse'] })),
      );
      paper.open('creative', ['creativeDirector']);
      return (reason: string, missing?: readonly string[]) =>
        paper.sendBack('creativeDirector', 'creative', { kind: 'refuse', reason, ...(missing ? { missing } : {}) });
    };
    expect(order()('TEXT_ERROR', ['photo'])).toMatchObject({ code: 'GROUND_MISSING', field: 'reason', rule: 'R-39' });
    expect(order()('INSTRUCTION_UNCLEAR')).toMatchObject({ code: 'GROUND_MISSING', field: 'missing' });
    expect(order()('INSTRUCTION_UNCLEAR', [' '])).toMatchObject({ code: 'GROUND_MISSING', field: 'missing' });
    expect(order()('INSTRUCTION_UNCLEAR', ['which shop?'])).toBeUndefined();
    expect(order()('MATERIAL_INSUFFICIENT', ['photo'])).toBeUndefined();
  });
});

describe('note', () => {
  const noted = (paper: Paper, who: string, note: Parameters<Paper['does']>[1]) => paper.does(who, note);
  test('never changes the stage, whatever is said (R-92)', () => {
    const paper = atClient();
    const before = paper.circulation.stays.map((stay) => [stay.step, stay.state, stay.decisions.length]);
    const where = paper.at('client');
    const notes = [
      { kind: 'comment' },
      { kind: 'question' },
      { kind: 'spoken', verdict: 'yes', evidence: 'call at 10:00' },
      { kind: 'spoken', verdict: 'no', evidence: 'call at 10:05' },
    ] as const;
    for (const note of notes)
      expect(noted(paper, 'executive', { type: 'note', ...where, note, words: 'said so' })).toBeUndefined();
    expect(
      noted(paper, 'lead', { type: 'note', ...where, note: { kind: 'onIt', until: hour(20) }, words: '' }),
    ).toBeUndefined();
    expect(paper.circulation.stays.map((stay) => [stay.step, stay.state, stay.decisions.length])).toEqual(before);
    expect(paper.circulation.status).toBe('running');
  });

  test('R-92: only the agency reports a spoken word of the client, and with evidence', () => {
    const paper = atClient();
    const spoken = (evidence: string) =>
      ({ type: 'note', ...paper.at('client'), note: { kind: 'spoken', verdict: 'yes', evidence }, words: '' }) as const;
    expect(paper.does('executive', spoken(' '))).toMatchObject({ code: 'FIELD_MISSING', rule: 'R-92' });
    expect(paper.does('executive', spoken('x'.repeat(maxWords + 1)))?.code).toBe('TOO_LONG');
    expect(paper.does('lead', spoken('myself'))?.code).toBe('NOT_ALLOWED');
    expect(paper.does('executive', { ...spoken('call'), step: 'art' })?.code).toBe('NOT_ALLOWED');
  });

  test('a comment says something, and a stranger of the client says nothing', () => {
    const paper = atClient();
    const comment = { type: 'note', ...paper.at('client'), note: { kind: 'comment' }, words: ' ' } as const;
    expect(paper.does('executive', comment)?.code).toBe('FIELD_MISSING');
    expect(paper.does('contact', { ...comment, words: 'hello' })?.code).toBe('NOT_ALLOWED');
    expect(paper.does('executive', { ...comment, words: 'x'.repeat(maxWords + 1) })?.code).toBe('TOO_LONG');
  });

  test('"I’m on it" is the holder’s, names a time ahead, and two weeks at most', () => {
    const paper = atCopy();
    const onIt = (until: string) =>
      ({ type: 'note', ...paper.at('copy'), note: { kind: 'onIt', until }, words: '' }) as const;
    expect(paper.does('artDirector', onIt(hour(5)))?.code).toBe('NOT_ALLOWED');
    expect(paper.does('copywriter', onIt(hour(-1)))?.code).toBe('FIELD_WRONG');
    expect(paper.does('copywriter', onIt('tomorrow'))?.code).toBe('FIELD_WRONG');
    expect(paper.does('copywriter', onIt(new Date(start + longestPauseMs + 3_600_000).toISOString()))?.code).toBe(
      'TOO_LONG',
    );
    expect(paper.does('copywriter', { ...onIt(hour(5)), step: 'art' })?.code).toBe('ALREADY_DECIDED');
  });
});
