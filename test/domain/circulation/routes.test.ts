import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRoute, stepsBefore } from '../../../domain/circulation/check.ts';
import { standardRoutes } from '../../../domain/circulation/routes.ts';
import { allDone, submitRound } from '../../../domain/circulation/start.ts';
import type { Route, RouteStep } from '../../../domain/circulation/types.ts';
import { isRefusal } from '../../../domain/process.ts';
import type { Role } from '../../../domain/people/roles.ts';
import { author, desk, Paper, routeOf } from './desk.ts';

const codes = (route: Route): string[] => checkRoute(route).map((one) => one.code);
const copy = (more: Partial<RouteStep> = {}) => desk('copy', 'COPYWRITER', { after: ['author'], ...more });
const client = (...after: string[]) => desk('client', 'CLIENT_LEAD', { after, act: 'confirm' });

describe('a route is refused when it does not hold', () => {
  test.each<[string, Route, string]>([
    ['NO_STEPS', routeOf(), 'NO_STEPS'],
    ['the same key twice', routeOf(author(), copy(), copy()), 'STEP_TWICE'],
    ['waiting for a step that is not there', routeOf(author(), copy({ after: ['ghost'] })), 'UNKNOWN_STEP'],
    [
      'a circle',
      routeOf(author(), copy({ after: ['author', 'art'] }), desk('art', 'ART_DIRECTOR', { after: ['copy'] })),
      'CYCLE',
    ],
    ['no submission', routeOf(desk('copy', 'COPYWRITER')), 'NO_SUBMISSION'],
    ['two submissions', routeOf(author(), { ...author(), key: 'other' }), 'NO_SUBMISSION'],
    [
      'a submission behind another step',
      routeOf({ ...author(), after: ['copy'] }, desk('copy', 'COPYWRITER')),
      'SUBMISSION_NOT_FIRST',
    ],
    ['a second step that opens with the round', routeOf(author(), copy({ after: [] })), 'SUBMISSION_NOT_FIRST'],
    ['an agency title on a client’s desk', routeOf(author(), copy({ side: 'client' })), 'SIDE_AND_ROLE'],
    ['a client’s title among the agency’s', routeOf(author(), copy({ alsoRoles: ['CLIENT_LEAD'] })), 'SIDE_AND_ROLE'],
    ['none of several', routeOf(author(), copy({ rule: { kind: 'some', n: 0 } })), 'BAD_RULE'],
    ['half a person', routeOf(author(), copy({ rule: { kind: 'some', n: 1.5 } })), 'BAD_RULE'],
    ['a no at the submission', routeOf({ ...author(), noes: ['return'] }), 'NO_WITHOUT_WAY_BACK'],
    [
      'a client’s step that may be left out',
      routeOf(author(), { ...client('author'), optional: true }),
      'OPTIONAL_CLIENT',
    ],
    ['R-41: a submission that may be left out', routeOf({ ...author(), optional: true }), 'OPTIONAL_SUBMISSION'],
    ['R-66: the client beside the agency', routeOf(author(), copy(), client('author')), 'CLIENT_BEFORE_AGENCY'],
    [
      'R-96: the client before the agency',
      routeOf(author(), client('author'), copy({ after: ['client'] })),
      'CLIENT_BEFORE_AGENCY',
    ],
    [
      'R-68: the client behind one of two branches',
      routeOf(author(), copy(), desk('art', 'ART_DIRECTOR', { after: ['author'] }), client('copy')),
      'CLIENT_BEFORE_AGENCY',
    ],
  ])('%s', (_name, route, code) => {
    expect(codes(route)).toContain(code);
  });

  test('an agency’s receipt may wait for the client, and a paper the client wrote starts with the client', () => {
    expect(
      codes(
        routeOf(
          author(),
          copy(),
          client('copy'),
          desk('filed', 'ADMIN', { after: ['client'], act: 'receipt', noes: [] }),
        ),
      ),
    ).toEqual([]);
    expect(
      codes(
        routeOf(
          desk('sheet', 'CLIENT_LEAD', { act: 'submit', noes: [] }),
          desk('ae', 'ACCOUNT_EXECUTIVE', { after: ['sheet'] }),
        ),
      ),
    ).toEqual([]);
  });

  test.each(Object.entries(standardRoutes))('the standard route %s holds', (_id, route) => {
    expect(checkRoute(route)).toEqual([]);
  });

  test('R-36: the work order is signed in the printed order', () => {
    expect(standardRoutes.workOrder.steps.map((one) => one.role)).toEqual([
      'ACCOUNT_EXECUTIVE',
      'ACCOUNT_DIRECTOR',
      'CREATIVE_DIRECTOR',
      'ART_DIRECTOR',
      'COPYWRITER',
      'ARTIST',
    ]);
  });

  test('R-74, R-75, R-76, P-01, P-02: seven steps, six without the account director, the proof ends with the receipt', () => {
    const seven = [
      'ARTIST',
      'COPYWRITER',
      'ART_DIRECTOR',
      'CREATIVE_DIRECTOR',
      'ACCOUNT_EXECUTIVE',
      'ACCOUNT_DIRECTOR',
      'CLIENT_LEAD',
    ];
    const roles = (route: Route): Role[] => route.steps.map((one) => one.role);
    const six = seven.filter((role) => role !== 'ACCOUNT_DIRECTOR');
    expect(roles(standardRoutes.qcSeven)).toEqual(seven);
    expect(roles(standardRoutes.qcSix)).toEqual(six);
    expect(roles(standardRoutes.proofSeven)).toEqual([...seven, 'CLIENT_LEAD']);
    expect(roles(standardRoutes.proofSix)).toEqual([...six, 'CLIENT_LEAD']);
    expect(standardRoutes.proofSeven.steps.at(-1)?.act).toBe('receipt');
    for (const route of [
      standardRoutes.qcSeven,
      standardRoutes.qcSix,
      standardRoutes.proofSeven,
      standardRoutes.proofSix,
    ])
      for (const [index, one] of route.steps.entries())
        expect(one.after).toEqual(index === 0 ? [] : [route.steps[index - 1]?.key]);
  });

  test('R-69: a final is the client lead’s alone', () => {
    for (const route of [standardRoutes.qcSeven, standardRoutes.proofSix])
      for (const one of route.steps.filter((step) => step.side === 'client'))
        expect([one.role, one.alsoRoles]).toEqual(['CLIENT_LEAD', []]);
  });

  test('R-67: the draft gate is never an account executive’s, at either step', () => {
    const [, viewed, reviewed] = standardRoutes.draftGate.steps;
    expect([viewed?.role, viewed?.alsoRoles]).toEqual(['CREATIVE_DIRECTOR', []]);
    expect([reviewed?.role, reviewed?.alsoRoles]).toEqual(['ACCOUNT_MANAGER', ['ACCOUNT_DIRECTOR']]);
  });
});

describe('parallel branches and steps left out', () => {
  const order = (notApplicable: readonly string[]): Paper => {
    const marks = notApplicable.map((one) => ({ step: one, reason: 'no copy' }));
    return new Paper(standardRoutes.workOrderMedia, 'executive', marks);
  };
  const opened = (paper: Paper): string[] =>
    paper.circulation.stays.filter((stay) => stay.state === 'opening').map((stay) => stay.step);
  const pass = (paper: Paper, who: string, step: string): void => {
    paper.open(step, [who]);
    expect(paper.sign(who, step)).toBeUndefined();
  };

  test('P-09: media signs after ③, beside ④ to ⑥, and the order waits for both', () => {
    const paper = order([]);
    pass(paper, 'director', 'accountDirector');
    pass(paper, 'creativeDirector', 'creativeDirector');
    expect(opened(paper)).toEqual(['artDirector', 'media']);
    pass(paper, 'artDirector', 'artDirector');
    pass(paper, 'copywriter', 'copywriter');
    pass(paper, 'designer', 'designer');
    expect(paper.circulation.status).toBe('running');
    pass(paper, 'media', 'media');
    expect(paper.circulation.status).toBe('passed');
  });

  test('P-08, R-41: a step left out lets through only when what comes before it is signed', () => {
    const paper = order(['artDirector', 'copywriter']);
    expect(opened(paper)).toEqual(['accountDirector']);
    pass(paper, 'director', 'accountDirector');
    expect(opened(paper)).toEqual(['creativeDirector']);
    pass(paper, 'creativeDirector', 'creativeDirector');
    expect(opened(paper)).toEqual(['designer', 'media']);
  });

  test('P-08: a whole branch left out leaves the other one', () => {
    const paper = order(['creativeDirector', 'artDirector', 'copywriter', 'designer']);
    expect(opened(paper)).toEqual(['accountDirector']);
    pass(paper, 'director', 'accountDirector');
    expect(opened(paper)).toEqual(['media']);
    pass(paper, 'media', 'media');
    expect(paper.circulation.status).toBe('passed');
    expect(paper.stay('copywriter')).toMatchObject({ state: 'notApplicable', reason: 'no copy' });
  });

  test('R-41: never ① or ②, never without a reason, never a step that is not there', () => {
    const marked = (step: string, reason: string) => {
      const paper = order([]);
      const answer = submitRound(undefined, paper.submission('executive', [{ step, reason }]), 'first');
      return isRefusal(answer) ? answer.code : undefined;
    };
    expect(marked('accountExecutive', 'busy')).toBe('SKIP_NOT_ALLOWED');
    expect(marked('accountDirector', 'busy')).toBe('SKIP_NOT_ALLOWED');
    expect(marked('copywriter', ' ')).toBe('REASON_MISSING');
    expect(marked('ghost', 'x')).toBe('UNKNOWN_OBJECT');
    expect(marked('copywriter', 'no copy')).toBeUndefined();
  });

  test('a paper on its way is not sent on its way again', () => {
    const paper = order([]);
    const again = submitRound(paper.circulation, paper.submission('executive', [], 2), 'agency');
    expect(isRefusal(again) && again.code).toBe('IN_CIRCULATION');
  });
});

const agencyRoles: readonly Role[] = [
  'COPYWRITER',
  'ART_DIRECTOR',
  'CREATIVE_DIRECTOR',
  'ACCOUNT_DIRECTOR',
  'MEDIA_DIRECTOR',
];
const anyRoute: fc.Arbitrary<Route> = fc
  .array(
    fc.record({
      client: fc.boolean(),
      after: fc.array(fc.nat(6), { maxLength: 3 }),
      optional: fc.boolean(),
      rule: fc.constantFrom({ kind: 'one' } as const, { kind: 'all' } as const, { kind: 'some', n: 2 } as const),
      receipt: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((drawn) => {
    const key = (n: number): string => (n === 0 ? 'author' : `s${n}`);
    const steps = drawn.map((one, index) =>
      desk(key(index + 1), one.client ? 'CLIENT_LEAD' : (agencyRoles[index % agencyRoles.length] ?? 'COPYWRITER'), {
        after: [...new Set(one.after.map((n) => key(n % (index + 1))))],
        optional: one.optional && !one.client,
        rule: one.rule,
        act: one.receipt ? 'receipt' : 'review',
      }),
    );
    return routeOf(author(), ...steps);
  });

describe('whatever route somebody draws', () => {
  test('R-66, R-68, R-77, R-96: one that is accepted always reaches its end, with distinct signers and no client before the agency', () => {
    let walked = 0;
    fc.assert(
      fc.property(anyRoute, fc.array(fc.nat(10), { maxLength: 4 }), fc.nat(1000), (route, skip, seed) => {
        if (checkRoute(route).length > 0) return;
        walked += 1;
        const optional = route.steps.filter((one) => one.optional);
        const marks = skip.flatMap((n) => (optional[n] ? [{ step: optional[n].key, reason: 'none here' }] : []));
        const paper = new Paper(route, 'designer', marks);
        // Nobody is left to sign: the job ends such a round at once.
        if (allDone(paper.circulation.stays)) return;
        const signers: string[] = [];
        for (let turn = 0; paper.circulation.status === 'running'; turn += 1) {
          if (turn > 60) throw new Error('does not end');
          const ready = paper.circulation.stays.filter((stay) => stay.state === 'opening');
          const stay = ready[(seed + turn) % Math.max(1, ready.length)];
          const step = route.steps.find((one) => one.key === stay?.step);
          if (!stay || !step) throw new Error('nothing is open and nothing is over');
          const holders = [1, 2].map((n) => `${step.side === 'client' ? 'client' : 'staff'}${turn}${n}`);
          paper.open(step.key, holders);
          for (const before of stepsBefore(route, step.key))
            if (!['passed', 'notApplicable'].includes(paper.state(before) ?? ''))
              throw new Error(`${step.key} before ${before}`);
          if (step.side === 'client')
            for (const one of route.steps.filter((other) => other.side === 'agency' && other.act !== 'receipt'))
              if (!['passed', 'notApplicable'].includes(paper.state(one.key) ?? ''))
                throw new Error('the client was asked before the agency');
          for (const who of holders) {
            if (paper.state(step.key) !== 'open') break;
            const no = paper.sign(who, step.key);
            if (no) throw new Error(no.code);
            signers.push(who);
          }
        }
        expect(paper.circulation.status).toBe('passed');
        expect(new Set(signers).size).toBe(signers.length);
      }),
      { numRuns: 4000 },
    );
    expect(walked).toBeGreaterThan(300);
  });
});
