import type { Request, Router } from 'express';
import { may } from '../../domain/people/may.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { leaveEffect } from '../leave/effect.ts';
import { mayAgree, readLeave, sayProblem, typedLeave, whyNotAnnounce, type TypedLeave } from '../leave/read.ts';
import { announceLeave, answerLeave, contextOf, leaveBook, mayAnswer } from '../leave/take.ts';
import { absenceWords } from '../leave/words.ts';
import { Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import { LeavePage, LeavePreview, leavePurpose, type LeaveDesk } from './absences-page.tsx';
import { adminFrame, savedNotice, type Told } from './frame.tsx';
import { adminWords } from './words.ts';

/** Leave: announced with a stand-in, agreed, ended; what runs hears of it when it begins and when it ends (M-21, R-227). */
export function absenceRoutes(routes: Router, deps: ApiDeps): void {
  const open = async (req: Request): Promise<LeaveDesk> => {
    const [staff, book] = await Promise.all([adminFrame(deps, req, 'absences'), leaveBook(deps)]);
    return { deps, staff, ...book };
  };
  const blank = (desk: LeaveDesk): TypedLeave => ({
    personId: desk.staff.who.person.id,
    kind: 'annual',
    from: '',
    to: '',
    standInId: '',
  });

  routes.get('/admin/absences', staffOnly, async (req, res) => {
    const desk = await open(req);
    sendPage(
      res,
      <LeavePage desk={desk} typed={blank(desk)} page={req.query.page} {...savedNotice(req, desk.staff)} />,
    );
  });

  routes.post('/admin/absences', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { staff, teams } = desk;
    const { who, lang, time } = staff;
    await deps.limiter.demand(limits.change, who.person.id);
    const t = words(lang, { ...adminWords, ...staffWords });
    const body = bodyOf(req.body);
    const typed = typedLeave(body);
    const form = checkForm(deps, who, leavePurpose, body);
    const again = (status: number, title: string, errors: Readonly<Record<string, string>> = {}): void =>
      sendPage(res, <LeavePage desk={desk} typed={typed} errors={errors} told={{ kind: 'refused', title }} />, status);
    if (!form.ok) return again(409, t('staleForm'));
    const no = desk.people.has(typed.personId) ? whyNotAnnounce(who, typed, teams) : undefined;
    if (no === 'forbidden') throw new Problem('FORBIDDEN');
    if (no === 'onlySick') return again(422, t('refused'), { kind: words(lang, absenceWords)('onlySick') });
    const id = `leave-${form.commandId.slice(0, 16)}`;
    const read = readLeave(typed, contextOf(desk, id), time.calendar.zone, lang);
    if ('errors' in read) return again(422, t('refused'), read.errors);
    const { leave } = read;
    const agreed = mayAgree(who, leave.personId, teams);
    if (oneText(body.do) !== 'save') {
      const all = await leaveEffect(deps.store, leave, contextOf(desk));
      // A sick colleague may serve brands that whoever announces it does not: those jobs are counted and not named.
      const moved = all.filter(({ desk: one }) => leave.personId === who.person.id || may(who.viewer, 'job.read', one));
      const unseen = all.length - moved.length;
      return sendPage(res, <LeavePreview desk={desk} typed={typed} moved={moved} unseen={unseen} agreed={agreed} />);
    }
    const taken = await announceLeave(deps, who, desk, id, leave);
    if (taken.kind !== 'saved') return again(409, t('conflict'));
    res.redirect(303, '/admin/absences?saved=1');
  });

  routes.post('/admin/absences/:leave', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { staff } = desk;
    const { who, lang, time } = staff;
    await deps.limiter.demand(limits.change, who.person.id);
    const t = words(lang, { ...adminWords, ...staffWords });
    const body = bodyOf(req.body);
    const entry = desk.leave.find(({ id }) => id === req.params.leave);
    if (entry === undefined) throw new Problem('NOT_FOUND');
    const { value } = entry;
    const refuse = (status: number, title: string, lines: readonly string[] = []): void => {
      const said: Told = { kind: 'refused', title, lines };
      sendPage(res, <LeavePage desk={desk} typed={blank(desk)} told={said} />, status);
    };
    const act = oneText(body.do);
    if (act !== 'agree' && act !== 'end' && act !== 'withdraw') throw new Problem('BAD_REQUEST');
    const said = act === 'agree' ? 'agree' : 'end';
    if (!mayAnswer(who, said, value, desk)) throw new Problem('FORBIDDEN');
    if (!checkForm(deps, who, leavePurpose, body).ok) return refuse(409, t('staleForm'));
    if (oneText(body.revision) !== String(entry.revision)) return refuse(409, t('conflict'));
    const taken = await answerLeave(deps, who, desk, entry, said);
    if (taken.kind === 'conflict') return refuse(409, t('conflict'));
    if (taken.kind === 'wrong') {
      const context = contextOf(desk, entry.id);
      const lines = taken.problems.map((one) => sayProblem(one, value.personId, context, time.calendar.zone, lang));
      return refuse(422, t('refused'), lines);
    }
    res.redirect(303, '/admin/absences?saved=1');
  });
}
