import { answersOf, possible } from '../../domain/job/answers.ts';
import type { Circulation, Rung } from '../../domain/circulation/types.ts';
import { epochMsOf } from '../../domain/instant.ts';
import { may } from '../../domain/people/may.ts';
import { isAccountService } from '../../domain/people/roles.ts';
import { actWords, noWords } from '../../domain/wording/acts.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import { phaseWords } from '../../domain/wording/phases.ts';
import { circulationWords } from '../../domain/wording/points.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import {
  causeWords,
  paperStatusWords,
  pieceStateWords,
  stageWords,
  versionVerdictWords,
} from '../../domain/wording/states.ts';
import { stepWords } from '../../domain/wording/steps.ts';
import { casesLike } from '../../store/cases.ts';
import type { WholeJob } from '../../store/jobs.ts';
import { historyOf } from '../../store/log.ts';
import { manifestsOf } from '../../store/manifests.ts';
import { mailsOfJob } from '../../store/outbox.ts';
import { paperVersionsOf } from '../../store/papers.ts';
import { stepsOf, type StepRow } from '../../store/steps.ts';
import { mayRaiseIssue } from '../cases/raise.ts';
import { scheduleOf } from '../cases/schedule.ts';
import { whyNotScheduled } from '../cases/schedule-checks.ts';
import type { ApiDeps } from '../deps.ts';
import type { SignedIn } from '../session/identify.ts';
import { pick, wordingLang, type Lang } from '../view/lang.ts';
import { kindOf } from '../view/read/artwork.ts';
import { pointTitle } from '../view/read/cards.ts';
import { houseNow, namesOf, peopleIn, timeIn, type HouseNames } from '../view/read/house.ts';
import { sealsOf } from '../view/read/seals.ts';
import { rungViews } from '../view/rungs.tsx';
import { dueInWords, momentInWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import { actHref, actsHere, jobHref, uploadHref, writeHref } from './addresses.ts';
import { historyEntry, historyKinds, historyLabels, historyTypes, peopleInEntry, type HistoryKind } from './history.ts';
import { mailsView } from './mails.ts';
import { dateOffer, type TypedDate } from './dates.tsx';
import { jobFacts } from './facts.tsx';
import { issueStays, issueViews } from './issues.tsx';
import type { ActView, JobView, StayView } from './model.ts';
import { meetingsView } from './meetings.tsx';
import { nudgeKey, nudgesOf, nudgeView, type NudgeOffer } from './nudges.tsx';
import { scheduleLine, schedulePapers } from './schedule.tsx';

/** Entries of the history a page carries. */
const historyPage = 40;
/** Issues a page carries; open ones come first. */
const issuesShown = 50;

/** What everything on the page is said with. */
export interface JobSaying {
  readonly lang: Lang;
  readonly names: HouseNames;
  readonly time: TimeView;
}

/** Reads everything the job page shows. */
export async function readJob(
  deps: ApiDeps,
  job: WholeJob,
  who: SignedIn,
  asked: {
    readonly lang: Lang;
    readonly beforeSeq?: number;
    readonly historyKind?: HistoryKind;
    readonly formValue: string;
    /** A value for a form of its own beside the page's others. */
    readonly mint: () => string;
    /** What was typed into the form of a desk that did not go through. */
    readonly typedDate?: TypedDate;
    readonly remark?: JobView['remark'];
  },
): Promise<JobView> {
  const { state, row } = job;
  const { lang, historyKind: kind = 'all' } = asked;
  const object = { brandId: row.brandId, clientId: row.clientId };
  const [house, steps, log, mails, versions, manifests, nudges, issues, plan] = await Promise.all([
    houseNow(deps.store),
    stepsOf(deps.store, row._id),
    may(who.viewer, 'job.log', object)
      ? historyOf(deps.store, row._id, {
          limit: historyPage,
          ...historyTypes(kind),
          ...(asked.beforeSeq === undefined ? {} : { beforeSeq: asked.beforeSeq }),
        })
      : [],
    may(who.viewer, 'job.mail', object) ? mailsOfJob(deps.store, row._id) : undefined,
    paperVersionsOf(deps.store, row._id),
    manifestsOf(
      deps.store,
      Object.values(state.pieces).flatMap(({ versions: all }) => all.slice(-1).map(({ hash }) => hash)),
    ),
    nudgesOf(deps, job, who, asked.mint),
    casesLike(deps.store, { kind: 'issue', jobId: row._id, limit: issuesShown }),
    scheduleOf(deps, row._id),
  ]);
  const time = timeIn(house.calendars, deps);
  const names = await namesOf(deps.store, house, {
    people: [
      ...peopleIn(state),
      ...steps.flatMap((step) => [...step.holders, ...step.decidedBy]),
      ...(mails ?? []).map(({ personId }) => personId),
      ...log.flatMap(peopleInEntry),
      ...issues.flatMap(({ ownerId, holders }) => [ownerId, ...holders]),
      ...versions.map(({ by }) => by),
    ],
    clients: [state.clientId],
  });
  const saying: JobSaying = { lang, names, time };
  const { mint, typedDate } = asked;
  const dates = { who, time, mint, ...(typedDate ? { typed: typedDate } : {}) };
  const t = words(lang, boardWords);
  const href = jobHref(state);
  const { can, cannot } = actsOf(job, who, lang, href);
  const answers = answersOf(state);
  const brand = house.clients.byId.get(state.clientId)?.brands.find(({ id }) => id === state.brandId);
  const offered = new Set(possible(state, who.actor).flatMap(({ act, refusal }) => (refusal ? [] : [act])));
  const meetings = meetingsView(state, saying, {
    workingDays: brand?.meetingDays ?? deps.config.internalMeetingDays,
    href,
    may: (act) => offered.has(act),
  });
  const late = row.dueAt !== undefined && row.dueAt < time.now;
  const lays = may(who.viewer, 'job.request', object) && whyNotScheduled(state, row.open) === undefined;
  const schedule = scheduleLine(plan, lays, href, saying);
  return {
    lang,
    href,
    ...(state.jobNumber ? { number: state.jobNumber } : {}),
    title: state.title,
    brand: names.brand(state.brandId),
    client: names.client(state.clientId),
    phase: pick(phaseWords[state.phase], lang),
    facts: jobFacts(state, answers, saying),
    chips: [
      ...(late ? [{ tone: 'late' as const, text: t('late') }] : []),
      ...(row.withClient ? [{ tone: 'client' as const, text: t('withClient') }] : []),
      ...(state.onHold ? [{ tone: 'plain' as const, text: t('onHold') }] : []),
      ...(state.important ? [{ tone: 'plain' as const, text: t('important') }] : []),
    ],
    can,
    cannot,
    owners: house.people.all
      .filter((person) => person.side === 'agency' && person.active && isAccountService(person.roles))
      .map(({ id, name }) => ({ value: id, label: name })),
    pieces: Object.values(state.pieces).map((piece) => {
      const newest = piece.versions.at(-1);
      const place = newest
        ? (manifests.get(newest.hash)?.files ?? []).findIndex(
            (file) => kindOf(file.mime) === 'image' && file.use === 'view',
          )
        : -1;
      return {
        name: piece.name,
        specification: piece.specification,
        state: pick(pieceStateWords[piece.state], lang),
        ...(newest && place >= 0 ? { thumb: `${href}/files/${newest.hash}/${place}/thumb` } : {}),
        versions: [...piece.versions].reverse().map((version) => ({
          href: `${href}/pieces/${encodeURIComponent(piece.id)}/versions/${version.version}`,
          label: `v${version.version} ${pick(stageWords[version.stage], lang)}`,
          ...(version.verdict ? { verdict: pick(versionVerdictWords[version.verdict], lang) } : {}),
          tone:
            version.verdict === 'signed' || version.verdict === 'received' || version.verdict === 'released'
              ? ('done' as const)
              : ('plain' as const),
        })),
        uploadHref: uploadHref(href, piece.id),
      };
    }),
    rounds: Object.values(state.circulations)
      .sort(
        (a, b) =>
          Number(b.status === 'running') - Number(a.status === 'running') || (a.startedAt < b.startedAt ? 1 : -1),
      )
      .flatMap((circulation) => {
        const route = state.routes[circulation.route];
        if (!route) return [];
        const due = circulation.stays
          .filter((stay) => stay.state === 'open')
          .flatMap((stay) => (stay.dueAt ? [stay] : []))[0];
        return [
          {
            open: circulation.status === 'running',
            title: circulationTitle(job, circulation.id, circulation.point, lang),
            round: t('roundVersion', { round: circulation.round, version: circulation.about.version }),
            status:
              circulation.status === 'running'
                ? pick(paperStatusWords.circulating, lang)
                : pick(statusWords[circulation.status], lang),
            seals: sealsOf(circulation, route, lang, names.person),
            ...(due?.dueAt ? { due: dueInWords(time, due.dueAt, lang, due.provisional) } : {}),
            ladders: circulation.status === 'running' ? openLadders(circulation, state, saying, { nudges, dates }) : [],
            before: circulation.closedRounds
              .filter(({ round }) => round !== circulation.round)
              .map(
                (round) =>
                  `${t('roundN', { n: round.round })} · v${round.version} · ${pick(causeWords[round.cause], lang)} · ${round.verdict in noWords ? pick(noWords[round.verdict as keyof typeof noWords].past, lang) : pick(statusWords[round.verdict === 'passed' ? 'passed' : 'withdrawn'], lang)} · ${momentInWords(time, round.at, lang)}`,
              ),
          },
        ];
      }),
    ...(job.row.open && may(who.viewer, 'job.request', { brandId: state.brandId, clientId: state.clientId })
      ? { callHref: writeHref(href, 'F-16') }
      : {}),
    ...(meetings ? { meetings } : {}),
    ...(schedule ? { schedule } : {}),
    papers: [
      ...Object.values(state.papers).map((paper) => {
        const earlier = versions.filter((one) => one.key === paper.key && one.version < paper.version);
        const at = `${href}/papers/${encodeURIComponent(paper.key)}/${paper.version}`;
        return {
          title: `${pick(paperWords(paper.key), lang)} v${paper.version}`,
          href: at,
          status: pick(paperStatusWords[paper.status], lang),
          by: t('by', { who: names.person(paper.by), when: momentInWords(time, paper.at, lang) }),
          ...(earlier.length > 0 ? { diffHref: `${at}#changes` } : {}),
        };
      }),
      ...schedulePapers(versions, href, saying),
    ],
    ...(mails
      ? {
          mails: mailsView(mails, job, who, saying),
        }
      : {}),
    issues: issueViews(issues, saying),
    ...(mayRaiseIssue(who, row) ? { raiseHref: `/issues/new?job=${encodeURIComponent(row._id)}` } : {}),
    stays: [...staysOf(steps, saying), ...issueStays(issues, saying)],
    history: log.flatMap((entry) => historyEntry(entry, job, saying)),
    historyKinds: historyKinds.map((one) => ({
      href: one === 'all' ? `${href}#history` : `${href}?history=${one}#history`,
      label: t(historyLabels[one]),
      current: one === kind,
    })),
    ...(log.length === historyPage && log.at(-1)
      ? { olderHref: `${href}?${kind === 'all' ? '' : `history=${kind}&`}before=${log.at(-1)?.seq ?? 1}#history` }
      : {}),
    ...(asked.remark ? { remark: asked.remark } : {}),
    formValue: asked.formValue,
  };
}

/** The stays of the job on desks, as bars. */
function staysOf(steps: readonly StepRow[], { lang, names, time }: JobSaying): readonly StayView[] {
  return steps.flatMap((step): StayView[] => {
    if (!step.openedAt) return [];
    const until = step.closedAt ?? time.now;
    return [
      {
        label: `${pointTitle(step.point, lang)} · ${pick(stepWords(step.step), lang)}`,
        who: (step.decidedBy.length > 0 ? step.decidedBy : step.holders)
          .map(names.person)
          .join(lang === 'en' ? ', ' : '、'),
        side: step.side,
        fromMs: epochMsOf(step.openedAt),
        untilMs: epochMsOf(until),
        from: momentInWords(time, step.openedAt, lang),
        ...(step.closedAt ? { until: momentInWords(time, step.closedAt, lang) } : {}),
      },
    ];
  });
}

/** The ladders of the desks that are open, with the names that are known beforehand. */
function openLadders(
  circulation: Circulation,
  state: WholeJob['state'],
  { lang, names, time }: JobSaying,
  offers: { readonly nudges: ReadonlyMap<string, NudgeOffer>; readonly dates: Parameters<typeof dateOffer>[3] },
): JobView['rounds'][number]['ladders'] {
  const { id, stays } = circulation;
  const { ownerId, onHold } = state;
  return stays.flatMap((stay) => {
    if (stay.state !== 'open' || stay.rungs.length === 0) return [];
    const holders = stay.holders.map(({ personId }) => names.person(personId)).join(lang === 'en' ? ', ' : '、');
    const whomOf = (whom: Rung['whom']): string | undefined =>
      whom === 'holder' ? holders : whom === 'ae' ? names.person(ownerId) : undefined;
    const rungs = rungViews(stay, time, lang, {
      nameOf: whomOf,
      person: names.person,
      onHold: onHold !== undefined,
    });
    const opened = stay.openedAt === undefined ? '' : momentInWords(time, stay.openedAt, lang);
    const nudge = offers.nudges.get(nudgeKey(id, stay.step));
    const date = dateOffer(state, circulation, stay, offers.dates);
    return [
      {
        step: pick(stepWords(stay.step), lang),
        opened,
        rungs,
        ...(nudge ? { nudge: nudgeView(nudge, time, lang) } : {}),
        ...(date ? { date } : {}),
      },
    ];
  });
}

const statusWords = {
  passed: { zh: '已签核', en: 'signed' },
  returned: { zh: '已退回', en: 'sent back' },
  refused: { zh: '已拒单', en: 'refused' },
  objected: { zh: '有异议', en: 'objected' },
  withdrawn: { zh: '已撤回', en: 'taken back' },
  closed: { zh: '已结束', en: 'ended' },
} as const;

/** What goes round, by name: the point, and the piece where it is about one. */
function circulationTitle(job: WholeJob, id: string, point: string, lang: Lang): string {
  const about = job.state.circulations[id]?.about;
  const piece = about?.kind === 'piece' ? job.state.pieces[about.pieceId]?.name : undefined;
  return piece === undefined
    ? pick(circulationWords(id.split('/')[0] ?? id), lang)
    : `${pointTitle(point, lang)} · ${piece}`;
}

const elsewhere: ReadonlySet<string> = new Set(['submitVersion', 'askAgain', 'nudge', 'callMeeting', 'recordMeeting']);

const quietActs: ReadonlySet<string> = new Set([
  'hold',
  'cancel',
  'changeOwner',
  'file',
  'addPiece',
  'recordOpinion',
  'reportOpinion',
  'reachNode',
  'reopen',
]);

/** What this person may do now, and what nobody or not they can do yet and why. Steps are signed on the approver's page. */
function actsOf(
  job: WholeJob,
  who: SignedIn,
  lang: Lang,
  href: string,
): { can: ActView[]; cannot: { label: string; why: string }[] } {
  const can: ActView[] = [];
  const cannot: { label: string; why: string }[] = [];
  for (const one of possible(job.state, who.actor)) {
    // A version is uploaded at its piece, a mail sent again beside the mail, a step pressed for at its ladder; a meeting is
    // called and recorded beside what the last one said.
    if (elsewhere.has(one.act)) continue;
    if (one.circulation !== undefined && one.step !== undefined) {
      if (one.refusal || !one.by.includes(who.person.id)) continue;
      const of = circulationTitle(job, one.circulation, job.state.circulations[one.circulation]?.point ?? '', lang);
      const desk = {
        act: one.act,
        does: pick(stepWords(one.step), lang),
        href: `/desk/${encodeURIComponent(job.state.processId)}/${encodeURIComponent(one.circulation)}/${encodeURIComponent(one.step)}`,
      };
      if (one.act === 'sign') can.unshift({ ...desk, label: `${pick(actWords.sign, lang)} · ${of}` });
      // The page of a decided step is where its giver takes the decision back.
      else can.push({ ...desk, label: `${pick(actWords.withdraw, lang)} · ${of}`, quiet: true });
      continue;
    }
    const known: Readonly<Record<string, (typeof actWords)['sign']>> = actWords;
    const said = known[one.act];
    if (!said) continue;
    const label = one.point ? `${pick(said, lang)} · ${pointTitle(one.point, lang)}` : pick(said, lang);
    if (one.refusal) {
      cannot.push({ label, why: sayRefusal(one.refusal, wordingLang(lang)) });
      continue;
    }
    const here = actsHere[one.act];
    can.push({
      act: one.act,
      label,
      does: pick(said.description, lang),
      ...(here ? { fields: here } : { href: actHref(href, one.act, one.point) }),
      ...(quietActs.has(one.act) ? { quiet: true } : {}),
    });
  }
  return { can: [...can.filter(({ quiet }) => !quiet), ...can.filter(({ quiet }) => quiet)], cannot };
}
