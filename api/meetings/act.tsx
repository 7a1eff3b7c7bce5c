import type { Request, Response } from 'express';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { caseKey } from '../../store/cases.ts';
import { sendCaseAct, type CaseSent } from '../cases/send.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import { Problem } from '../problems.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { instantOfInput, manyTexts, oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { pick, wordingLang } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import type { Remark } from './link-page.tsx';
import { CasePage } from './page.tsx';
import { casePurpose, historyLines, openCase, type CaseDesk, type CaseTyped } from './read.ts';
import { meetingWords } from './words.ts';

/** Items one press may tick. */
const ticksMax = 60;

/** `GET /meetings/:key`. */
export async function showCase(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const desk = await openCase(deps, req);
  const t = words(desk.staff.lang, meetingWords);
  const remark: Remark | undefined =
    req.query['done'] === '1'
      ? { kind: 'accepted', title: t('done') }
      : req.query['received'] === '1'
        ? { kind: 'received', title: t('receivedSoon') }
        : undefined;
  await answer(deps, res, desk, 200, remark);
}

async function answer(
  deps: ApiDeps,
  res: Response,
  desk: CaseDesk,
  status: number,
  remark?: Remark,
  typed: CaseTyped = {},
): Promise<void> {
  const history = await historyLines(deps, desk);
  sendPage(res, <CasePage desk={desk} history={history} typed={typed} {...(remark ? { remark } : {})} />, status);
}

/** `POST /meetings/:key`: a move, ticks of a checklist, or what became of a task. */
export async function takeCase(deps: ApiDeps, req: Request, res: Response): Promise<void> {
  const desk = await openCase(deps, req);
  const { lang, who, time } = desk.staff;
  const t = words(lang, { ...meetingWords, ...staffWords });
  const body = bodyOf(req.body);
  const typed = typedOf(body);
  const verdict = checkForm(deps, who, casePurpose(desk.state.processId), body);
  if (!verdict.ok) return answer(deps, res, desk, 409, { kind: 'refused', title: t('staleForm') }, typed);
  const acts = actsOf(body, time.calendar.zone);
  if (acts.length === 0) return answer(deps, res, desk, 422, { kind: 'refused', title: t('wrongAbove') }, typed);
  const { processId } = desk.state;
  let sent: CaseSent | undefined;
  for (const [n, act] of acts.entries()) {
    // The ticks of one press are acts of their own, each with an id made of the form's.
    const id = acts.length === 1 ? verdict.commandId : `${verdict.commandId}-${n}`;
    sent = await sendCaseAct(deps, who, processId, id, act);
    if (sent.kind !== 'accepted') break;
  }
  switch (sent?.kind) {
    case undefined:
    case 'accepted':
      return res.redirect(303, `/meetings/${caseKey(processId)}?done=1`);
    case 'received':
      return res.redirect(303, `/meetings/${caseKey(processId)}?received=1`);
    case 'wrong': {
      const [first] = sent.problems;
      const title = first === undefined ? t('wrongAbove') : pick(first, lang);
      const named = first === undefined ? {} : { [`error:${first.field}`]: title };
      return answer(deps, res, desk, 422, { kind: 'refused', title }, { ...typed, ...named });
    }
    case 'refused': {
      const title = sayRefusal(sent.refusal, wordingLang(lang));
      const named = sent.refusal.field === undefined ? {} : { [`error:${sent.refusal.field}`]: title };
      return answer(deps, res, desk, sent.status, { kind: 'refused', title }, { ...typed, ...named });
    }
    case 'closed':
    case 'unknown':
      throw new Problem('NOT_FOUND');
    case 'unavailable':
      res.set('Retry-After', String(sent.retryAfterSeconds));
      return answer(deps, res, desk, 503, { kind: 'refused', title: t('busyKept') }, typed);
  }
}

/** What comes back into the forms of a page that was refused, and which of them it came from. */
function typedOf(body: FormFields): CaseTyped {
  const [verb, what = ''] = oneText(body['do']).split(':');
  const kept = Object.fromEntries(
    ['words', 'task', 'list', 'item', 'note', 'happenedAt', 'confirmer', 'told'].map((name) => [
      name,
      oneText(body[name]),
    ]),
  );
  return { ...kept, ...(verb === 'move' ? { move: what } : {}) };
}

/** The acts a posted form asks for; none where it makes no sense. */
function actsOf(body: FormFields, zone: string): readonly unknown[] {
  const [verb = '', what = ''] = oneText(body['do']).split(':');
  const said = oneText(body['words']).trim();
  const words = said === '' ? {} : { words: said };
  switch (verb) {
    case 'move': {
      const happenedAt = oneText(body['happenedAt']).trim();
      const hash = oneText(body['hash']).trim();
      const parts = Object.fromEntries(
        ['confirmer', 'told'].flatMap((part) => {
          const id = oneText(body[part]).trim();
          return id === '' ? [] : [[part, [id]] as const];
        }),
      );
      return [
        {
          type: 'move',
          move: what,
          ...words,
          ...(hash === '' ? {} : { hash }),
          ...(happenedAt === '' ? {} : { happenedAt: instantOfInput(happenedAt, zone) }),
          ...(Object.keys(parts).length === 0 ? {} : { parts }),
        },
      ];
    }
    case 'task':
      return [{ type: 'settleTask', task: oneText(body['task']), done: what === 'done', ...words }];
    case 'tick': {
      const list = oneText(body['list']);
      if (what === 'pass')
        return manyTexts(body['items'])
          .slice(0, ticksMax)
          .map((item) => ({ type: 'tick', list, item, answer: 'pass' }));
      return [{ type: 'tick', list, item: oneText(body['item']), answer: 'na', note: oneText(body['note']) }];
    }
    default:
      return [];
  }
}
