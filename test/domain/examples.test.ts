import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCase } from '../../domain/cases/check.ts';
import { caseProcess, newCase } from '../../domain/cases/process.ts';
import { checkRoute } from '../../domain/circulation/check.ts';
import { phoneCall } from '../examples/case.ts';
import { about, paperOf, Play, said } from './cases/play.ts';
import { bookUntil } from './job/agency.ts';
import { telephoneRecordSchema } from '../examples/paper.ts';
import { pressReleasePoint } from '../examples/point.ts';
import { pressRelease } from '../examples/route.ts';

const guide = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');

describe('the worked examples of CONTRIBUTING.md', () => {
  test.each(['paper', 'point', 'route', 'case'])('the %s example stands in the guide as it runs here', (name) => {
    const source = readFileSync(new URL(`../examples/${name}.ts`, import.meta.url), 'utf8').trim();
    expect(guide).toContain(source);
  });

  test('R-96: the route is good, and refused when the client comes before the agency', () => {
    expect(checkRoute(pressRelease)).toEqual([]);
    const early = {
      ...pressRelease,
      steps: pressRelease.steps.map((step) => (step.key === 'client' ? { ...step, after: ['planning'] } : step)),
    };
    expect(checkRoute(early)).toEqual([{ code: 'CLIENT_BEFORE_AGENCY', step: 'client' }]);
  });

  test('the paper names what is missing', () => {
    const read = telephoneRecordSchema.safeParse({
      clientPerson: 'mao',
      talkedAt: '2026-03-12T08:30:00.000Z',
      topic: '标语',
    });
    expect(read.success).toBe(false);
    expect(read.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['changes']);
  });

  test('R-71: the guard of the point speaks until every piece is done', () => {
    expect(pressReleasePoint.guard?.(bookUntil('DELIVERED').state)).toBeUndefined();
    expect(pressReleasePoint.guard?.(bookUntil('PROOF_QC').state)?.rule).toBe('R-71');
  });

  test('the case is good, refused with a way out that is missing, and runs', () => {
    expect(checkCase(phoneCall)).toEqual([]);
    const { read: _read, ...moves } = phoneCall.moves;
    expect(checkCase({ ...phoneCall, moves }).map(({ code }) => code)).toContain('NO_EXIT');
    const play = new Play(caseProcess, newCase('call', phoneCall));
    play.act('ae-1', { type: 'begin', ...about, parts: { reader: ['am-1'] } });
    play.until('2026-03-10 14:00');
    expect(play.mailsTo('ae-1')).toEqual(['callUnrecorded']);
    const paper = paperOf('F-16');
    expect(said(play.act('ae-1', { type: 'move', move: 'record', paper }))).toBe('caseMoved');
    expect(said(play.act('ae-1', { type: 'move', move: 'read', hash: paper.hash }))).toBe('NOT_ALLOWED');
    expect(said(play.act('am-1', { type: 'move', move: 'read', hash: paper.hash }))).toBe('caseMoved');
    expect(play.state.state).toBe('READ');
  });
});
