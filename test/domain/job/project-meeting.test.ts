import { describe, expect, test } from 'vitest';
import { possible } from '../../../domain/job/answers.ts';
import type { JobAct } from '../../../domain/job/acts.ts';
import { meetingFrom, modulesOf, moduleWordsMax } from '../../../domain/job/project-meeting.ts';
import type { ModuleProgress } from '../../../domain/job/state.ts';
import { sayRefusal } from '../../../domain/wording/say-refusal.ts';
import { Agency, bookUntil, person, requestAct } from './agency.ts';

const hour = 3_600_000;
const poster: ModuleProgress = { module: 'poster', standing: 'onTrack' };
const call = (a: Agency, more: Partial<Extract<JobAct, { type: 'callMeeting' }>> = {}): JobAct => ({
  type: 'callMeeting',
  at: new Date(a.now + 24 * hour).toISOString(),
  place: '二楼会议室',
  people: ['executive', 'designer', 'creativeDirector', 'designer'],
  ...more,
});
const held = (a: Agency, more: Partial<Extract<JobAct, { type: 'recordMeeting' }>> = {}): JobAct => ({
  type: 'recordMeeting',
  heldAt: a.at,
  people: ['executive', 'designer'],
  progress: [poster],
  ...more,
});

describe('R-55, S-37: internal meetings of a project', () => {
  test('the modules are the pieces that are not finished, and ordered work without a piece', () => {
    expect(modulesOf(bookUntil('OPENED').state)).toEqual([{ id: 'work-print', workType: 'print' }]);
    const a = bookUntil('CREATING');
    a.does('executive', {
      type: 'addPiece',
      pieceId: 'poster',
      name: '海报',
      workType: 'print',
      specification: 'A1',
      needsProof: true,
    });
    a.state = { ...a.state, workTypes: ['print', 'media'] };
    expect(modulesOf(a.state)).toEqual([
      { id: 'poster', name: '海报', workType: 'print' },
      { id: 'work-media', workType: 'media' },
    ]);
    expect(modulesOf(bookUntil('DELIVERED').state)).toEqual([]);
  });

  test('a meeting that is called reaches everybody but who called it, once each, and a later call takes its place', () => {
    const a = bookUntil('PROPOSED');
    a.does('executive', call(a));
    const told = () => a.mails.filter(({ input }) => input.kind === 'meetingCalled').map(({ input }) => input.to);
    expect(told()).toEqual([{ personId: 'designer' }, { personId: 'creativeDirector' }]);
    expect(a.state.meetings?.called).toMatchObject({ place: '二楼会议室', by: 'executive' });
    const at = new Date(a.now + 48 * hour).toISOString();
    a.does('manager', call(a, { at, people: ['designer'] }));
    expect(told()).toHaveLength(3);
    expect(a.state.meetings?.called).toMatchObject({ at, by: 'manager' });
    // It is not a meeting yet: the period runs on.
    expect(meetingFrom(a.state)).toBe(a.state.openedAt);
  });

  test('a meeting that was held keeps the progress of every module in the job and in its log; the period counts from it', () => {
    const a = bookUntil('PROPOSED');
    const heldAt = a.at;
    a.does('executive', call(a, { at: new Date(a.now + hour).toISOString() }));
    a.now += 2 * hour;
    a.does(
      'executive',
      held(a, { heldAt, progress: [{ module: 'poster', standing: 'atRisk', words: ' 缺产品照片 ' }] }),
    );
    const last = { heldAt, by: 'executive', people: ['executive', 'designer'] };
    const progress = [{ module: 'poster', standing: 'atRisk', words: '缺产品照片' }];
    expect(a.state.meetings).toEqual({ last: { ...last, progress } });
    expect(a.events.at(-1)).toEqual({ type: 'meetingRecorded', ...last, progress });
    expect(meetingFrom(a.state)).toBe(heldAt);
    // One that was held before and is written down later stands in the log, and moves nothing.
    a.does('executive', held(a, { heldAt: new Date(Date.parse(heldAt) - hour).toISOString() }));
    expect(a.state.meetings?.last?.heldAt).toBe(heldAt);
  });

  test('a module without a line, twice, unknown, late without a word: refused in both languages, and nothing changes', () => {
    const a = bookUntil('PROPOSED');
    a.state = { ...a.state, workTypes: ['print', 'media'] };
    const before = a.state;
    const no = (progress: readonly ModuleProgress[]) => a.send(person('executive'), held(a, { progress }));
    const media: ModuleProgress = { module: 'work-media', standing: 'done' };
    const gap = no([poster]);
    expect(gap).toMatchObject({ code: 'PROGRESS_MISSING', field: 'progress', rule: 'R-55' });
    expect(gap && [sayRefusal(gap, 'zh'), sayRefusal(gap, 'en')]).toEqual([
      '还没有写进展的模块：媒介。',
      'Progress is still missing for: Media.',
    ]);
    expect(no([])).toMatchObject({ params: { modules: ['海报', 'media'] } });
    expect(no([poster, media, { module: 'leaflet', standing: 'done' }])).toMatchObject({
      code: 'UNKNOWN_OBJECT',
      field: 'progress.2.module',
    });
    const twice = no([poster, media, poster]);
    expect(twice).toMatchObject({ code: 'FIELD_WRONG', field: 'progress.2.module' });
    expect(twice && sayRefusal(twice, 'zh')).toContain('同一项只能有一行');
    for (const standing of ['atRisk', 'late'] as const)
      expect(no([{ ...poster, standing, words: ' ' }, media])).toMatchObject({
        code: 'FIELD_MISSING',
        field: 'progress.0.words',
      });
    expect(no([{ ...poster, words: '长'.repeat(moduleWordsMax + 1) }, media])?.code).toBe('TOO_LONG');
    expect(a.state).toBe(before);
  });

  test('what lies in the wrong time, without people or a place, or with somebody else, is refused', () => {
    const a = bookUntil('PROPOSED');
    const soon = new Date(a.now + hour).toISOString();
    expect(a.send(person('executive'), held(a, { heldAt: soon }))).toMatchObject({
      code: 'FIELD_WRONG',
      field: 'heldAt',
    });
    expect(a.send(person('executive'), held(a, { people: [' '] }))).toMatchObject({
      code: 'FIELD_MISSING',
      field: 'people',
    });
    expect(a.send(person('executive'), call(a, { at: a.at }))).toMatchObject({ code: 'FIELD_WRONG', field: 'at' });
    expect(a.send(person('executive'), call(a, { place: ' ' }))).toMatchObject({
      code: 'FIELD_MISSING',
      field: 'place',
    });
    expect(a.send(person('executive'), call(a, { people: [] }))).toMatchObject({
      code: 'FIELD_MISSING',
      field: 'people',
    });
    expect([a.refused('designer', call(a)), a.refused('lead', held(a))]).toEqual(['NOT_ALLOWED', 'NOT_ALLOWED']);
  });

  test('jobs that run have a period, from their opening; before it, on hold and once all is made there is none', () => {
    const running = ['OPENED', 'ORDER_SIGNOFF', 'CREATING', 'PROPOSED', 'IN_PRODUCTION', 'PROOF_QC'] as const;
    for (const phase of running) {
      const { state } = bookUntil(phase);
      expect([phase, meetingFrom(state)]).toEqual([phase, state.openedAt]);
    }
    for (const phase of ['REQUESTED', 'ASSESSING', 'DELIVERED', 'TRACKING', 'ARCHIVED'] as const) {
      const a = bookUntil(phase);
      expect([phase, meetingFrom(a.state)]).toEqual([phase, undefined]);
      expect(['WRONG_PHASE', 'CLOSED']).toContain(a.refused('executive', call(a)));
    }
    const a = bookUntil('CREATING');
    a.does('manager', { type: 'hold', words: '客户要求' });
    expect(meetingFrom(a.state)).toBeUndefined();
    a.now += 1_000 * hour;
    a.does('manager', { type: 'resume' });
    // The time on hold was nobody's to meet in.
    expect(meetingFrom(a.state)).toBe(a.at);
  });

  test('calling and recording bring a job no nearer to its end: they are never what happens next', () => {
    const a = bookUntil('CREATING');
    const can = possible(a.state, person('executive')).filter(({ refusal }) => !refusal);
    expect(can.map(({ act }) => act)).toEqual(expect.arrayContaining(['callMeeting', 'recordMeeting']));
    const fresh = new Agency();
    fresh.does('executive', requestAct());
    expect(meetingFrom(fresh.state)).toBeUndefined();
  });
});
