import type { Request, Response, Router } from 'express';
import { calendarOwner } from '../../domain/calendar/desk.ts';
import { timeOfMinutes } from '../../domain/calendar/dates.ts';
import { CalendarRefusal } from '../../domain/calendar/refusal.ts';
import { stepScope } from '../../domain/circulation/own-ladders.ts';
import { ladders } from '../../domain/circulation/step-times.ts';
import { jobTable } from '../../store/jobs.ts';
import { ladderInForce, ladderSet, ladderVersions } from '../../store/ladders.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { staffOnly } from '../session/identify.ts';
import { bodyOf, checkForm, newFormValue } from '../staff/form-value.ts';
import { oneText } from '../staff/typed.ts';
import { staffWords } from '../staff/words.ts';
import { pick } from '../view/lang.ts';
import { sendPage } from '../view/page.tsx';
import { houseNow } from '../view/read/house.ts';
import { inForceAt, routesOfHouse, sameLadder, saveLadder, watchOf } from '../view/read/ladders.ts';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { clientsInReach } from './calendars.tsx';
import { adminFrame, demand, has, type Told as Notice } from './frame.tsx';
import { heldOf, type LadderDesk, type LadderSaying } from './ladder-desk.ts';
import { LadderPage } from './ladder-page.tsx';
import { ladderInFields, momentOf, readLadder } from './ladder-read.ts';
import { placeName, typedFrom, type Place } from './ladder-save.tsx';
import { toldOf, type Told } from './ladder-told.tsx';
import { ladderWords } from './ladder-words.ts';
import { adminWords } from './words.ts';

const purpose = 'ladder';
/** Longest reason of a version, in characters. */
const whyMax = 400;

/** `/admin/ladder`: what would happen when at a step, with its ladder or a changed one, and saving that for later jobs. */
export function ladderRoutes(routes: Router, deps: ApiDeps): void {
  routes.get('/admin/ladder', staffOnly, async (req, res) => {
    const desk = await open(req, (name) => (typeof req.query[name] === 'string' ? req.query[name] : ''));
    const t = words(desk.staff.lang, ladderWords);
    const saved: Notice | undefined =
      req.query.saved === '1' ? { kind: 'accepted', title: t('saved') } : unknownStep(req, desk);
    send(res, desk, saved ? { notice: saved } : {}, bad(desk) ? 422 : 200);
  });

  routes.post('/admin/ladder', staffOnly, async (req, res) => {
    const body = bodyOf(req.body);
    const sent = (name: string): string => oneText(body[name]);
    const desk = await open(req, sent);
    const { staff, places } = desk;
    const { who, lang } = staff;
    demand(who, 'route.write');
    await deps.limiter.demand(limits.change, who.person.id);
    const t = words(lang, { ...adminWords, ...staffWords, ...ladderWords });
    const back = sent('do') === 'back';
    const place = places.find(({ scope }) => scope === sent('scope'));
    if (place === undefined) throw new Problem('BAD_REQUEST');
    const why = sent('why').trim();
    const more = { why: why.slice(0, whyMax), chosen: place.scope };
    const refused = (title: string, status: number): void =>
      send(res, desk, { ...more, notice: { kind: 'refused', title } }, status);

    if (!checkForm(deps, who, purpose, body).ok) return refused(t('staleForm'), 409);
    if (!back && (desk.ladder === undefined || desk.refusal !== undefined)) return refused(t('refused'), 422);
    if (why === '' || [...why].length > whyMax)
      return send(res, desk, { ...more, whyError: t('whyMissing'), back }, 422);
    const watch = place === places[0] ? desk.watch : { ...desk.watch, scope: place.scope };
    const ladder = back || desk.ladder === undefined ? null : { ...desk.ladder, id: place.scope };
    const wish = { seen: Number(sent(`seen:${place.scope}`)), ladder, office: staff.time.calendar };
    const saved = await saveLadder(deps.store, watch, wish, { by: who.person.id, at: deps.clock(), words: why });
    switch (saved.kind) {
      case 'saved': {
        const { step, calendar, at } = heldOf(desk);
        return res.redirect(303, `/admin/ladder?${new URLSearchParams({ step, calendar, at, saved: '1' }).toString()}`);
      }
      case 'same':
        return refused(t('same'), 422);
      case 'changed':
        return refused(t('conflict'), 409);
      case 'tooMany':
        return refused(t('tooMany', { n: saved.most }), 422);
      case 'bad':
        return refused(t('refused'), 422);
    }
  });

  async function open(req: Request, sent: (name: string) => string): Promise<LadderDesk> {
    const text = (name: string): string => sent(name).slice(0, 200);
    const staff = await adminFrame(deps, req, 'routes');
    const { lang, time, who } = staff;
    const t = words(lang, ladderWords);
    const [all, house, own, running] = await Promise.all([
      routesOfHouse(deps.store),
      houseNow(deps.store),
      ladderSet(deps.store),
      jobTable(deps.store).countDocuments({ open: true }),
    ]);
    // The author's own step waits for nobody.
    const watches = all.flatMap((route) =>
      route.steps.flatMap((step) => watchOf(stepScope(route.id, step.key), all) ?? []),
    );
    const watch = watches.find(({ scope }) => scope === text('step')) ?? watches[0];
    if (watch === undefined) throw new Problem('NOT_FOUND');
    const clients = new Set(clientsInReach(who, house.clients.all).map(({ id }) => id));
    const offered = house.calendars.all.filter(({ id }) => calendarOwner(id).kind !== 'client' || clients.has(id));
    const calendar = offered.find(({ id }) => id === text('calendar')) ?? time.calendar;
    const zone = zoneNamed(calendar.zone);
    const local = zone.toLocal(time.now);
    const at = text('at') || `${local.date}T${timeOfMinutes(local.minutes)}`;
    const from = momentOf(at, zone);
    const inForce = inForceAt(watch, own);
    // What was typed over another step's ladder does not belong to this one.
    const typedHere = text('typed') === '1' && (text('of') === '' || text('of') === watch.scope);
    const typed = typedHere ? typedFrom(text) : ladderInFields(inForce.ladder);
    const read = readLadder(typed, watch, time.calendar, lang);
    const ladder = 'ladder' in read ? read.ladder : undefined;
    const differs = ladder !== undefined && !sameLadder(ladder, inForce.ladder);
    let told: readonly Told[] = [];
    let refusal: string | undefined;
    if (ladder !== undefined && from !== undefined) {
      try {
        told = toldOf(ladder, differs ? inForce.ladder : undefined, calendar, from, lang);
      } catch (error) {
        if (!(error instanceof CalendarRefusal)) throw error;
        refusal = t('noTime');
      }
    }
    const mayWrite = has(who, 'route.write');
    return {
      staff,
      house,
      watches,
      watch,
      places: [
        await placeAt(watch.scope, placeName(watch, lang)),
        await placeAt(watch.kind, pick(ladders[watch.kind].name, lang)),
      ],
      inForce,
      offered,
      calendar,
      at,
      from,
      typed,
      errors: { ...(from === undefined ? { at: t('atBad') } : {}), ...('errors' in read ? read.errors : {}) },
      ladder,
      differs,
      told,
      refusal,
      mayWrite,
      running,
      formValue: mayWrite ? newFormValue(deps, who, purpose) : undefined,
    };
  }

  async function placeAt(scope: string, name: string): Promise<Place> {
    const [{ version, ladder }, versions] = await Promise.all([
      ladderInForce(deps.store, scope),
      ladderVersions(deps.store, scope),
    ]);
    return { scope, name, version, own: ladder !== null, versions };
  }

  function unknownStep(req: Request, { staff, watch }: LadderDesk): Notice | undefined {
    const asked = typeof req.query.step === 'string' ? req.query.step.slice(0, 80) : '';
    if (asked === '' || asked === watch.scope) return undefined;
    return { kind: 'refused', title: words(staff.lang, ladderWords)('unknownStep', { step: asked }) };
  }
}

const bad = ({ errors, refusal }: LadderDesk): boolean => Object.keys(errors).length > 0 || refusal !== undefined;

function send(res: Response, desk: LadderDesk, saying: LadderSaying, status: number): void {
  sendPage(res, <LadderPage desk={desk} saying={saying} held={heldOf(desk)} />, status);
}
