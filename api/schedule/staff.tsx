import type { Request, Response } from 'express';
import { sendCaseAct } from '../cases/send.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import { actsOf, notTaken, sendActs, typedOf } from './acts.ts';
import { openSchedule, scheduleHistory, schedulePurpose, type ScheduleDesk } from './desk.ts';
import type { EntryForms } from './entries.tsx';
import { pageOf, SchedulePage, type Remark } from './page.tsx';
import { scheduleWords } from './words.ts';

/** What a page that comes back says and keeps. */
interface Again extends Partial<Pick<EntryForms, 'typed' | 'error'>> {
  readonly remark?: Remark;
  readonly endError?: string;
}

async function answer(
  deps: ApiDeps,
  res: Response,
  desk: ScheduleDesk,
  status: number,
  again: Again = {},
): Promise<void> {
  const { typed = {}, error, remark, endError } = again;
  const history = await scheduleHistory(deps, desk);
  const forms: EntryForms = {
    action: pageOf(desk.processId),
    formValue: desk.formValue,
    typed,
    ...(error ? { error } : {}),
  };
  sendPage(
    res,
    <SchedulePage
      desk={desk}
      history={history}
      forms={forms}
      {...(remark ? { remark } : {})}
      {...(endError === undefined ? {} : { endError })}
    />,
    status,
  );
}

/** `GET /schedules/:key`. */
export async function showSchedule(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const desk = await openSchedule(deps, req);
  const t = words(desk.staff.lang, scheduleWords);
  const said = {
    done: { kind: 'accepted', title: t('recorded') },
    asked: { kind: 'accepted', title: t('askedNow') },
    received: { kind: 'received', title: t('receivedSoon') },
  } as const;
  const remark = Object.entries(said).find(([key]) => req.query[key] === '1')?.[1];
  await answer(deps, res, desk, 200, remark ? { remark } : {});
}

/** `POST /schedules/:key`: what an executor says of their entries, or account service setting the schedule aside. */
export async function takeSchedule(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const desk = await openSchedule(deps, req);
  const { processId, staff, state } = desk;
  const { lang, who, time } = staff;
  const t = words(lang, { ...scheduleWords, ...staffWords });
  if (state === undefined) throw new Problem('NOT_FOUND');
  const body = bodyOf(req.body);
  const typed = typedOf(body);
  const verdict = checkForm(deps, who, schedulePurpose(processId), body);
  if (!verdict.ok) return answer(deps, res, desk, 409, { typed, remark: { kind: 'refused', title: t('staleForm') } });
  const ends = oneText(body['do']) === 'setAside';
  const sent = ends
    ? await sendCaseAct(deps, who, processId, verdict.commandId, {
        type: 'move',
        move: 'setAside',
        words: oneText(body['words']),
      })
    : await sendActs(deps, who, processId, verdict.commandId, actsOf(body, time.calendar.zone));
  const no = notTaken(sent, lang);
  if (no === undefined)
    return res.redirect(303, `${pageOf(processId)}?${sent?.kind === 'received' ? 'received' : 'done'}=1`);
  if (no.status === 404) throw new Problem('NOT_FOUND');
  if (sent?.kind === 'unavailable') res.set('Retry-After', String(sent.retryAfterSeconds));
  // What stands there may have changed since the page was opened: it is read anew.
  const fresh = await openSchedule(deps, req);
  const remark = { kind: 'refused', title: no.title } as const;
  if (ends)
    return answer(deps, res, fresh, no.status, { remark, ...(no.field === 'words' ? { endError: no.title } : {}) });
  const error = no.field === undefined ? {} : { error: { field: no.field, text: no.title } };
  await answer(deps, res, fresh, no.status, { typed, remark, ...error });
}
