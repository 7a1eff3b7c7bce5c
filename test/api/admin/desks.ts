import { shanghaiOffice } from '../../../activities/calendar/holidays.ts';
import { zoneNamed } from '../../../activities/calendar/zone.ts';
import type { Calendar } from '../../../domain/calendar/types.ts';
import { ladders, stepTimes } from '../../../domain/circulation/step-times.ts';
import type { Rung } from '../../../domain/circulation/types.ts';
import { calendars } from '../../../store/calendars.ts';
import type { StepRow } from '../../../store/steps.ts';
import { stepTable } from '../../../store/steps.ts';
import type { House } from '../support/house.ts';

/** The office's calendar, in the register as the first start of a worker leaves it. */
export async function officeOf(house: House): Promise<void> {
  const office = shanghaiOffice();
  await calendars.save(house.api.deps.store, 'office', 0, office, {
    by: 'house',
    at: '2026-01-01T00:00:00.000Z',
    words: 'P-21',
  });
}

let made = 0;

/** An open desk as the read model holds it, counted as opening counts it. */
export async function desk(
  house: House,
  more: Partial<StepRow> & { readonly askedAt: string },
  calendar: Calendar = shanghaiOffice(),
): Promise<StepRow> {
  made += 1;
  const side = more.side ?? 'agency';
  const ladder = more.ladder ?? (side === 'client' ? 'clientSignature' : 'internalSignature');
  const { dueAt, provisional, rungs } = stepTimes(ladders[ladder], calendar, zoneNamed, more.askedAt);
  const row: StepRow = {
    _id: `job-${String(made)}:artworkQc:1:${side === 'client' ? 'client' : 'copywriter'}`,
    processId: `job-${String(made)}`,
    seq: 3,
    circulation: 'artworkQc:P1',
    round: 1,
    step: side === 'client' ? 'client' : 'copywriter',
    point: 'artworkQc',
    role: side === 'client' ? 'CLIENT_LEAD' : 'COPYWRITER',
    side,
    state: 'open',
    open: true,
    holders: [side === 'client' ? 'zhoulan' : 'chenmo'],
    grantIds: [],
    openedAt: more.askedAt,
    dueAt,
    dueSort: dueAt,
    provisional,
    rungs,
    decidedBy: [],
    hash: 'h',
    version: 1,
    title: `夏季柠檬茶 海报 ${String(made)}`,
    jobNumber: `YFLC26${String(made).padStart(3, '0')}`,
    clientId: 'yifeng',
    brandId: 'yunfeng',
    ownerId: 'wangfang',
    onHold: false,
    ladder,
    ...more,
  };
  await stepTable(house.api.deps.store).create([row]);
  return row;
}

/** Rungs of which the first few have fired. */
export function fired(rungs: readonly Rung[], at: string): readonly Rung[] {
  return rungs.map((rung) => (rung.at <= at ? { ...rung, firedAt: rung.at } : rung));
}
