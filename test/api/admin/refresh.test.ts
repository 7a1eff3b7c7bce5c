import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import { tellJobs } from '../../../api/admin/refresh.ts';
import { addDays } from '../../../domain/calendar/dates.ts';
import { withStretch } from '../../../domain/calendar/stretches.ts';
import { ladders, stepTimes } from '../../../domain/circulation/step-times.ts';
import { calendars } from '../../../store/calendars.ts';
import { jobTable, type JobRow } from '../../../store/jobs.ts';
import { stepTable, type StepRow } from '../../../store/steps.ts';
import { logTable } from '../../../store/log.ts';
import { noteTelling, tellingOf } from '../../../store/tellings.ts';
import { cookieFor } from '../papers/agency.ts';
import { saidBy, sitAt } from '../papers/browserless.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';

let there: ClientHouse;
beforeAll(async () => {
  there = await openClientHouse('calendar-refresh');
}, 120_000);
afterAll(() => there.close());

const deps = () => there.house.api.deps;
const deskOf = async (processId: string): Promise<StepRow> => {
  const row = await stepTable(deps().store).findOne({ processId, open: true }).lean<StepRow>();
  if (row?.askedAt === undefined) throw new Error('no open desk');
  return row;
};
const asking = (processId: string): Promise<StepRow> => until(() => deskOf(processId).catch(() => undefined));
const office = async () => {
  const entry = await calendars.get(deps().store, 'office');
  if (!entry) throw new Error('no calendar');
  return entry;
};
const dayOf = (at: string | undefined): string => zoneNamed('Asia/Shanghai').toLocal(at ?? '').date;
const entries = (processId: string): Promise<number> => logTable(deps().store).countDocuments({ processId });
/** What the desk must be by now: counted from its accepted mail on the calendar as it stands. */
const wanted = async ({ askedAt, ladder }: StepRow): Promise<string> =>
  stepTimes(ladders[ladder ?? 'clientSignature'], (await office()).value, zoneNamed, askedAt ?? '').dueAt;

describe('a calendar that is saved reaches what runs', () => {
  it('M-22: every open desk is counted anew, each person hears of it in one mail, and the page says how many jobs were told', async () => {
    const [one, two] = [(await there.asked()).id, (await there.asked()).id];
    const before = await asking(one);
    await asking(two);
    const keeper = await there.house.person(['MANAGEMENT'], { language: 'zh-CN' });
    const sun = sitAt(there.house, await cookieFor(deps(), keeper.id));
    const day = dayOf(before.dueAt);
    const typhoon = { change: 'days', from: day, to: '', kind: 'closed', nameZh: '台风', nameEn: 'Typhoon' };
    const seen = await sun.fill('/admin/calendars/office', typhoon, '/office');
    expect(seen.status, saidBy(seen)).toBe(200);
    const saved = await sun.send(seen, { do: 'save', why: '台风停工' }, '/office');
    expect(saved.status, saidBy(saved)).toBe(303);

    for (const id of [one, two]) {
      const due = await until(async () => {
        const row = await deskOf(id);
        return row.dueAt === (await wanted(row)) ? row.dueAt : undefined;
      });
      expect(dayOf(due) > day).toBe(true);
    }
    const told = await until(async () => {
      const page = await sun.open('/admin/calendars/office');
      return page.text.includes('已告知 2 项进行中的工作') ? page : undefined;
    });
    expect(told.status).toBe(200);
    const mails = await until(() => {
      const found = there.house.mails.filter((mail) => mail.subject.includes('moved with the working calendar'));
      return found.length > 0 ? found : undefined;
    });
    expect(mails.map((mail) => mail.to)).toEqual([there.contact.mail.address]);
    expect(mails[0]?.text).toContain('is now');
  });

  it('M-22: a change whose saver died before telling is taken up by whoever looks next, once', async () => {
    const { id } = await there.asked();
    const before = await asking(id);
    const kept = await office();
    const cause = { kind: 'calendar', calendarId: 'office', revision: kept.revision + 1 } as const;
    const at = deps().clock();
    await noteTelling(deps().store, cause, at);
    // Noted and not saved yet: nobody is told.
    await tellJobs(deps());
    expect(await tellingOf(deps().store, cause)).toMatchObject({ state: 'waiting', jobs: 0 });
    const day = dayOf(before.dueAt);
    const next = withStretch(kept.value, day, addDays(day, 1), {
      kind: 'closed',
      name: { zh: '停电', en: 'No power' },
    });
    await calendars.save(deps().store, 'office', kept.revision, next, { by: 'test', at });
    await Promise.all([tellJobs(deps()), tellJobs(deps())]);
    await until(async () => ((await tellingOf(deps().store, cause))?.state === 'done' ? true : undefined));
    await until(async () => {
      const row = await deskOf(id);
      return row.dueAt === (await wanted(row)) ? true : undefined;
    });
    const written = await entries(id);
    // The same change comes once more: as after a crash that lost the note's end.
    const again = await deps().door.send(id, {
      actor: { kind: 'system', name: 'tell' },
      act: { type: 'refresh', cause },
    });
    expect(again.kind).toBe('accepted');
    expect(await entries(id)).toBe(written);
  });

  it('a job the engine has lost keeps a change from nobody else; it is tried for three days, then an operator reads of it', async () => {
    const { id } = await there.asked();
    const row = await asking(id);
    const job = await jobTable(deps().store).findById(id).lean<JobRow>();
    if (!job) throw new Error('no job');
    // The records say that it runs, and the engine knows nothing of it.
    await jobTable(deps().store).create([{ ...job, _id: 'job-lost' }]);
    await stepTable(deps().store).create([{ ...row, _id: `job-lost:${row._id}`, processId: 'job-lost' }]);
    const kept = await office();
    const cause = { kind: 'calendar', calendarId: 'office', revision: kept.revision + 1 } as const;
    await noteTelling(deps().store, cause, deps().clock());
    const day = addDays(dayOf(row.dueAt), 1);
    const next = withStretch(kept.value, day, day, { kind: 'closed', name: { zh: '停水', en: 'No water' } });
    await calendars.save(deps().store, 'office', kept.revision, next, { by: 'test', at: deps().clock() });
    await tellJobs(deps());
    const told = await until(async () => {
      const found = await tellingOf(deps().store, cause);
      return (found?.jobs ?? 0) > 0 ? found : undefined;
    });
    expect(told?.state).toBe('waiting');
    there.house.moveClock(4 * 86_400_000);
    await tellJobs(deps());
    await until(async () => ((await tellingOf(deps().store, cause))?.state === 'done' ? true : undefined));
    expect(there.house.logged.some((line) => line.includes('for three days') && line.includes('job-lost'))).toBe(true);
  });
});
