import { expect, test } from 'vitest';
import { shanghaiOffice } from '../../activities/calendar/holidays.ts';
import { timesOf } from '../../activities/house.ts';
import { standardRoutes } from '../../domain/circulation/routes.ts';
import { jobProcess } from '../../domain/job/process.ts';
import { bookUntil, paper } from '../domain/job/agency.ts';

/** Opens the timetable on the client's desk on Friday 27 November 2026, 16:30 in Shanghai, with the real calendar. */
function timetableAtClient() {
  const agency = bookUntil('OPENED');
  agency.now = Date.parse('2026-11-27T08:29:00.000Z');
  agency.carrying = false;
  agency.submit('executive', 'timetable', paper('F-10'));
  const where = { circulation: agency.running('timetable').id, round: 1, step: 'client' };
  const client = standardRoutes.timetable.steps.find((step) => step.key === 'client');
  if (!client) throw new Error('the timetable goes to no client');
  const times = timesOf({ route: client }, shanghaiOffice(), agency.at);
  const holders = [{ personId: 'contact', grantId: 'g' }];
  const unreachedAt = new Date(agency.now + 3_600_000).toISOString();
  agency.send({ kind: 'system', name: 'open' }, { type: 'stepOpened', ...where, holders, unreachedAt, ...times });
  const asked = { type: 'asked', ...where, personId: 'contact', outcome: 'accepted', askedAt: agency.at } as const;
  agency.send({ kind: 'system', name: 'mail' }, { ...asked, ...times });
  return agency;
}

test('§7.3, M-22: a client’s ladder started on Friday 16:30 fires nothing before Monday, each rung once, and decides nothing', () => {
  const agency = timetableAtClient();
  const climbed: string[] = [];
  for (let due = jobProcess.due(agency.state); due; due = jobProcess.due(agency.state)) {
    const before = agency.events.length;
    agency.now = Date.parse(due.at) - 60_000;
    agency.send({ kind: 'system', name: 'clock' }, due.act);
    const rung = agency.events.slice(before).find((event) => event.type === 'rungClimbed');
    if (rung?.type !== 'rungClimbed') throw new Error('a due act changed nothing');
    climbed.push(`${due.at} ${rung.kind} ${rung.whom}`);
  }
  expect(climbed).toEqual([
    '2026-11-30T04:45:00.000Z warn holder',
    '2026-11-30T07:18:00.000Z warn holder',
    '2026-11-30T09:00:00.000Z remind holder',
    '2026-12-01T09:00:00.000Z escalate ae',
    '2026-12-02T09:00:00.000Z escalate accountManager',
    '2026-12-04T09:00:00.000Z escalate accountDirector',
  ]);
  expect(agency.running('timetable').stays.find((stay) => stay.step === 'client')?.state).toBe('open');
});
