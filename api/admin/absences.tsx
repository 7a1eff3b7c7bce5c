import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Router } from 'express';
import { compareInstants } from '../../domain/instant.ts';
import type { AbsenceCause } from '../../domain/job/acts.ts';
import { checkLeave, type LeaveContext } from '../../domain/people/leave.ts';
import type { Absence } from '../../domain/people/types.ts';
import { absences, brandTeams, people } from '../../store/people.ts';
import { noteTelling } from '../../store/tellings.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { sendPage } from '../view/page.tsx';
import { words } from '../view/words/index.ts';
import { leaveEffect } from './absences-effect.tsx';
import { LeavePage, LeavePreview, leavePurpose, type LeaveDesk } from './absences-page.tsx';
import { mayAgree, mayAnnounce, readLeave, sayProblem, typedLeave, type TypedLeave } from '../leave/read.ts';
import { adminFrame, savedNotice, type Told } from './frame.tsx';
import { tellJobs } from './refresh.ts';
import { adminWords } from './words.ts';

/** How long saving waits for the jobs that are told of it, milliseconds. */
const tellWithinMs = 2_000;

/** Leave: announced with a stand-in, agreed, ended; what runs hears of it when it begins and when it ends (M-21, R-227). */
export function absenceRoutes(routes: Router, deps: ApiDeps): void {
  const open = async (req: Request): Promise<LeaveDesk> => {
    const staff = await adminFrame(deps, req, 'absences');
    const [everybody, teams, leave] = await Promise.all([
      people.now(deps.store),
      brandTeams.now(deps.store),
      absences.all(deps.store),
    ]);
    const now = deps.clock();
    const ahead = leave.filter(({ value }) => compareInstants(value.to, now) > 0 && value.from < value.to);
    return { deps, staff, people: everybody.byId, teams: teams.all, leave: ahead, now };
  };
  const contextOf = ({ people: known, teams, leave, now }: LeaveDesk, except = ''): LeaveContext => ({
    people: known,
    teams,
    absences: leave.filter(({ id }) => id !== except).map(({ value }) => value),
    now,
  });
  const blank = (desk: LeaveDesk): TypedLeave => ({
    personId: desk.staff.who.person.id,
    kind: 'annual',
    from: '',
    to: '',
    standInId: '',
  });

  /** Notes when jobs must hear of leave, before it is saved: nothing is lost between the two. */
  const note = async (id: string, revision: number, { personId, from, to }: Absence): Promise<void> => {
    const cause = (what: AbsenceCause['what']): AbsenceCause => ({
      kind: 'absence',
      absenceId: id,
      revision,
      personId,
      what,
    });
    // Leave that was withdrawn before it began moved nothing.
    if (compareInstants(from, to) >= 0) return;
    const at = deps.clock();
    await noteTelling(deps.store, cause('begins'), at, from);
    await noteTelling(deps.store, cause('ends'), at, to);
  };
  const told = (): Promise<unknown> => Promise.race([tellJobs(deps), pause(tellWithinMs)]);

  routes.get('/admin/absences', staffOnly, async (req, res) => {
    const desk = await open(req);
    sendPage(res, <LeavePage desk={desk} typed={blank(desk)} {...savedNotice(req, desk.staff)} />);
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
    if (desk.people.has(typed.personId) && !mayAnnounce(who, typed.personId, teams)) throw new Problem('FORBIDDEN');
    const id = `leave-${form.commandId.slice(0, 16)}`;
    const read = readLeave(typed, contextOf(desk, id), time.calendar.zone, lang);
    if ('errors' in read) return again(422, t('refused'), read.errors);
    const { leave } = read;
    const agreed = mayAgree(who, leave.personId, teams);
    if (oneText(body.do) !== 'save') {
      const moved = await leaveEffect(deps.store, leave, contextOf(desk));
      return sendPage(res, <LeavePreview desk={desk} typed={typed} moved={moved} agreed={agreed} />);
    }
    const by = who.person.id;
    const value: Absence = {
      ...leave,
      ...(by === leave.personId ? {} : { announcedBy: by }),
      ...(agreed ? { agreedBy: by } : { asked: true }),
    };
    if (agreed) await note(id, 1, value);
    const saved = await absences.save(deps.store, id, 0, value, { by, at: deps.clock() });
    // The same form sent twice has announced it the first time.
    if (!saved.saved && !(saved.why === 'changed' && saved.current !== null)) return again(409, t('conflict'));
    await told();
    res.redirect(303, '/admin/absences?saved=1');
  });

  routes.post('/admin/absences/:leave', staffOnly, async (req, res) => {
    const desk = await open(req);
    const { staff, teams, now } = desk;
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
    const mayDo = act === 'agree' ? mayAgree : mayAnnounce;
    if (!mayDo(who, value.personId, teams)) throw new Problem('FORBIDDEN');
    if (!checkForm(deps, who, leavePurpose, body).ok) return refuse(409, t('staleForm'));
    if (oneText(body.revision) !== String(entry.revision)) return refuse(409, t('conflict'));
    const by = who.person.id;
    const { asked, ...rest } = value;
    let next: Absence;
    if (act === 'agree') {
      // Much may have happened since it was announced: the stand-in may be away by now.
      const problems = asked ? checkLeave(value, contextOf(desk, entry.id)) : [];
      if (problems.length > 0) {
        const said = problems.map((one) =>
          sayProblem(one, value.personId, contextOf(desk, entry.id), time.calendar.zone, lang),
        );
        return refuse(422, t('refused'), said);
      }
      next = { ...rest, agreedBy: by };
    } else {
      // What has begun ends now; what has not never begins.
      next = { ...value, to: !asked && compareInstants(value.from, now) < 0 ? now : value.from };
    }
    if (!next.asked) await note(entry.id, entry.revision + 1, next);
    const saved = await absences.save(deps.store, entry.id, entry.revision, next, { by, at: now });
    if (!saved.saved) return refuse(409, t('conflict'));
    await told();
    res.redirect(303, '/admin/absences?saved=1');
  });
}
