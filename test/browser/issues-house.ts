import type { AnyCaseAct, CaseEffect, CaseEvent } from '../../domain/cases/acts.ts';
import { issue } from '../../domain/cases/issue.ts';
import { caseProcess, newCase } from '../../domain/cases/process.ts';
import type { CaseState } from '../../domain/cases/state.ts';
import { genesis } from '../../domain/log/entry.ts';
import type { Person } from '../../domain/people/types.ts';
import { isRefusal, type Process, type Stamp } from '../../domain/process.ts';
import { freeze } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { recordCase } from '../../store/case-recorder.ts';
import { freezePaper } from '../../store/papers.ts';
import { openStudio, tell } from '../api/time/studio.ts';
import { inSummer } from '../api/time/timetables.ts';
import type { House } from '../api/support/house.ts';
import { inShanghai } from '../domain/calendar/calendars.ts';
import { Play } from '../domain/cases/play.ts';
import { person } from '../domain/job/agency.ts';
import { samples } from '../papers/samples.ts';

/** Who looks, and the pages on which issues show. */
export interface IssuePages {
  readonly executive: Person;
  readonly director: Person;
  readonly pages: Readonly<Record<string, string>>;
}

type Does = (who: string, act: AnyCaseAct) => void;

/** Fills a house with a job and issues in every state a page can show; its clock stands at Friday 24 July 2026, 10:00. */
export async function issuePages(house: House): Promise<IssuePages> {
  inSummer(house);
  const { store, clock } = house.api.deps;
  const people = await openStudio(house);
  await tell(house, {
    id: 'issue-job',
    number: 'YFLC2026050',
    title: '秋季礼盒海报',
    until: 'PROOF_QC',
    hoursAgo: 24 * 20,
    pauseMs: 3_600_000,
  });
  const paper = async (change: object) => {
    const { content, facts, hash, form } = freeze(forms['F-63'], { ...samples['F-63'], ...change });
    await freezePaper(store, form, content, facts);
    return { form, hash, facts };
  };
  const found = await paper({ cause: undefined, solution: undefined, measures: undefined });
  const half = await paper({ solution: undefined });
  const whole = await paper({});
  const play = async (
    id: string,
    title: string,
    at: string,
    goesOn: (does: Does, until: (wallClock: string) => void) => void = () => undefined,
  ): Promise<void> => {
    const entries: { readonly stamp: Stamp; readonly event: CaseEvent }[] = [];
    const kept: Process<CaseState, AnyCaseAct, CaseEvent, CaseEffect> = {
      ...caseProcess,
      evolve: (before, event, stamp) => {
        entries.push({ stamp, event });
        return caseProcess.evolve(before, event, stamp);
      },
    };
    const story = new Play<CaseState, AnyCaseAct, CaseEvent>(kept, newCase(id, issue));
    story.now = inShanghai(at);
    const does: Does = (who, act) => {
      const answer = story.act(person(who), act);
      if (isRefusal(answer)) throw new Error(`${who} may not ${act.type}: ${answer.code}`);
    };
    does('designer', {
      type: 'begin',
      title,
      clientId: 'yunfeng',
      brandId: 'yunfeng',
      ownerId: 'executive',
      jobId: 'issue-job',
      from: inShanghai(at),
      parts: { finder: ['designer'] },
      paper: found,
    });
    goesOn(does, (wallClock) => story.until(wallClock));
    story.until('2026-07-24 10:00');
    await recordCase(store, { processId: id, after: genesis, entries }, clock());
  };
  const told = { parts: { told: ['contact'] }, words: '打样偏红，原因已查明，正在重做；交付日期不变。' };
  await play('issue-fresh000', '外包装条码扫不出来', '2026-07-24 09:20');
  await play('issue-late0000', '打样色差', '2026-07-23 10:00', (does, until) => {
    until('2026-07-23 16:00');
    does('executive', { type: 'move', move: 'record', paper: half });
  });
  await play('issue-told0000', '模特版权还有一周到期', '2026-07-22 11:00', (does) => {
    does('executive', { type: 'move', move: 'record', paper: half });
    does('executive', { type: 'move', move: 'tellByMail', ...told });
  });
  await play('issue-closed00', '第二版标题有错字', '2026-07-21 14:00', (does, until) => {
    until('2026-07-21 15:30');
    does('executive', { type: 'move', move: 'record', paper: whole });
    does('executive', { type: 'move', move: 'tellByPhone', ...told, happenedAt: inShanghai('2026-07-21 15:10') });
    until('2026-07-22 10:00');
    does('manager', { type: 'move', move: 'close' });
  });
  const [executive, director] = [people['executive'], people['director']];
  if (!executive || !director) throw new Error('nobody');
  return {
    executive,
    director,
    pages: {
      raise: '/issues/new?job=issue-job',
      fresh: '/meetings/issue-fresh000',
      late: '/meetings/issue-late0000',
      told: '/meetings/issue-told0000',
      closed: '/meetings/issue-closed00',
      record: '/meetings/issue-late0000/write/record',
      job: '/jobs/YFLC2026050',
      archive: '/jobs/YFLC2026050/acts/archive',
      lateList: '/late',
      desk: '/desk',
    },
  };
}
