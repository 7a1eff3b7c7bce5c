import { noWords, stepActWords } from '../../domain/wording/acts.ts';
import { reasonFacts } from '../../domain/wording/reasons.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Decision } from '../../domain/circulation/types.ts';
import { logTable, type LogRow } from '../../store/log.ts';
import { mintFormValue } from '../../store/form-values.ts';
import { deskOf } from '../../store/steps.ts';
import type { ApiDeps } from '../deps.ts';
import { pick } from '../view/lang.ts';
import { roleTitle } from '../view/read/house.ts';
import { routeOfDesk } from '../view/read/seals.ts';
import { dueInWords, momentInWords } from '../view/time.tsx';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import type { AfterView } from './model.ts';
import { holdersNow } from './place.ts';
import type { Approval } from './read.ts';
import { hashInWords, headOf } from './read.ts';
import { formPurpose } from './decide-view.ts';
import { takeBackOffer, type TakeBackAgain } from './take-back.ts';

type ReadDeps = Pick<ApiDeps, 'store' | 'clock' | 'keys'>;

/** The entry that recorded a decision, for the receipt on the page. */
async function entryOf(
  deps: ReadDeps,
  processId: string,
  commandId: string,
): Promise<Pick<LogRow, 'seq' | 'hash'> | undefined> {
  const rows = await logTable(deps.store)
    .find({ processId, commandId, type: 'decided' })
    .sort({ seq: 1 })
    .limit(1)
    .lean<LogRow[]>();
  return rows[0];
}

/** Who holds the paper now, with titles, for "it now lies with". */
function holdersInWords(approval: Approval): string {
  const { circulation, route } = approval.found;
  if (circulation.status !== 'running') return '';
  return circulation.stays
    .filter(({ state }) => state === 'open')
    .flatMap((stay) => {
      const role = route.steps.find(({ key }) => key === stay.step)?.role;
      return stay.holders.map(
        ({ personId }) => `${approval.names.person(personId)}${role ? ` · ${roleTitle(role, approval.lang)}` : ''}`,
      );
    })
    .join(approval.lang === 'en' ? ', ' : '、');
}

/** What is said where nothing is decided any more: the job is archived, was cancelled, or goes on without this round. */
const endings = {
  ARCHIVED: ['closedTitle', 'closedText'],
  CANCELLED: ['cancelledTitle', 'cancelledText'],
  running: ['roundOverTitle', 'roundOverText'],
} as const;

const verdictKey = {
  sign: 'verdictSign',
  return: 'verdictReturn',
  refuse: 'verdictRefuse',
  object: 'verdictObject',
} as const;
const doneKey = { sign: 'doneSign', return: 'doneReturn', refuse: 'doneRefuse', object: 'doneObject' } as const;
const sealText = { sign: '已签', return: '退回', refuse: '拒单', object: '异议' } as const;

/** What else waits for this person; only for people of the house and only what they hold. */
async function pileOf(deps: ReadDeps, approval: Approval): Promise<AfterView['pile']> {
  if (approval.road.by !== 'session') return undefined;
  const { place, person } = approval.road;
  const open = await deskOf(deps.store, person.id, 20);
  return open
    .filter(
      (step) =>
        !(step.processId === place.processId && step.circulation === place.circulation && step.step === place.step),
    )
    .map((step) => {
      const route = routeOfDesk(step);
      return {
        href: `/desk/${step.processId}/${encodeURIComponent(step.circulation)}/${step.step}`,
        ...(step.jobNumber ? { number: step.jobNumber } : {}),
        title: route ? `${step.title} · ${pick(route.title, approval.lang)}` : step.title,
        ...(step.dueAt ? { due: dueInWords(approval.time, step.dueAt, approval.lang, step.provisional) } : {}),
      };
    });
}

async function decidedView(
  deps: ReadDeps,
  approval: Approval,
  decision: Decision,
  mine: boolean,
  { fresh = false, remark, keeps, takeBack: again }: Telling,
): Promise<AfterView> {
  const { lang, time, names, state, found } = approval;
  const t = words(lang, approveWords);
  const [entry, pile] = await Promise.all([
    entryOf(deps, state.processId, decision.id),
    mine ? pileOf(deps, approval) : undefined,
  ]);
  const takeBack = mine && !keeps ? takeBackOffer(deps, approval, decision, again) : undefined;
  const when = momentInWords(time, decision.at, lang);
  const verdict = t(verdictKey[decision.verdict]);
  const who = `${names.person(decision.personId)}${decision.standInFor ? ` (${t('standInFor', { name: names.person(decision.standInFor) })})` : ''}`;
  const reason = decision.reason ? reasonFacts(decision.reason) : undefined;
  const holders = holdersInWords(approval);
  const past =
    decision.verdict === 'sign'
      ? pick(stepActWords[found.step.act].past, lang)
      : pick(noWords[decision.verdict].past, lang);
  return {
    ...headOf(approval),
    ...(mine
      ? {
          seal: {
            characters: sealText[decision.verdict],
            tone: decision.verdict === 'sign' ? ('seal' as const) : ('ink' as const),
          },
        }
      : {}),
    ...(remark ? { remark } : {}),
    headline: fresh && mine ? t(doneKey[decision.verdict]) : t('alreadyTitle'),
    sentences:
      fresh && mine
        ? [t('doneText')]
        : [mine ? t('alreadyYou', { when, verdict }) : t('alreadyOther', { who, when, verdict })],
    facts: [
      { label: t('recordedAt'), value: `${when} · ${who} · ${past}` },
      ...(reason ? [{ label: t('reason'), value: pick(reason, lang) }] : []),
      ...(decision.missing && decision.missing.length > 0
        ? [{ label: t('missing'), value: decision.missing.join(lang === 'en' ? ', ' : '、') }]
        : []),
      ...(entry
        ? [{ label: t('receipt'), value: `${t('entry', { n: entry.seq })} · ${hashInWords(entry.hash)}` }]
        : []),
      ...(holders ? [{ label: t('nextHolder'), value: holders }] : []),
    ],
    ...(decision.words ? { quote: decision.words } : {}),
    ...(takeBack ? { takeBack } : {}),
    ...(pile ? { pile } : {}),
  };
}

/** How an end of the road is to be told. */
export interface Telling {
  /** The decision was taken with this very request. */
  readonly fresh?: boolean;
  /** Words that could not be used; shown so that nobody has to type them again. */
  readonly unused?: string;
  /** A sentence in front, e.g. the refusal of the core. */
  readonly sentence?: string;
  /** The new link was just asked for: the button is not offered again. */
  readonly sent?: boolean;
  /** What was pressed on the page of a decision, and why it changed nothing. */
  readonly remark?: string;
  /** What had been typed in order to take the decision back. */
  readonly takeBack?: TakeBackAgain;
  /** The core has just refused to take the decision back: nothing is offered, even where this page reads a moment behind. */
  readonly keeps?: boolean;
  /** The decision was taken back with this very request. */
  readonly takenBack?: boolean;
}

/** The page for a situation in which there is nothing to decide. */
export async function afterView(deps: ReadDeps, approval: Approval, telling: Telling = {}): Promise<AfterView> {
  const { situation, lang, names, road, found } = approval;
  const t = words(lang, approveWords);
  const base = { ...headOf(approval), facts: [], ...(telling.unused ? { quote: telling.unused } : {}) };
  const before = telling.sentence ? [telling.sentence] : [];
  const joined = (ids: readonly string[]): string =>
    ids.map(names.person).join(lang === 'en' ? ', ' : '、') || names.person(approval.state.ownerId);
  switch (situation.kind) {
    case 'decided': {
      const view = await decidedView(deps, approval, situation.decision, situation.mine, telling);
      return telling.unused ? { ...view, quote: telling.unused } : view;
    }
    case 'oldRound': {
      // Only somebody on whose desk the present round lies gets a link of it; the others are told who has it.
      const resend =
        situation.mine !== undefined && telling.sent !== true
          ? {
              resend: {
                action: road.base,
                formValue: mintFormValue(
                  deps.keys.forms,
                  { holder: road.holder, purpose: formPurpose.resend },
                  deps.clock(),
                ),
              },
            }
          : {};
      return {
        ...base,
        headline: t('oldTitle', { round: road.place.round }),
        sentences: [
          ...before,
          ...(telling.sent ? [] : [t('oldText', { round: road.place.round, now: situation.now })]),
          ...(situation.mine === undefined ? [t('oldOthers', { who: joined(holdersNow(found.circulation)) })] : []),
        ],
        ...resend,
      };
    }
    case 'toCorrect': {
      const { state } = approval;
      const no = Object.values(state.circulations)
        .filter(
          ({ id, about }) => id !== found.circulation.id && about.kind === 'paper' && about.paper === situation.paper,
        )
        .flatMap(({ stays }) => stays.flatMap(({ decisions }) => decisions))
        .findLast(({ verdict }) => verdict === 'refuse');
      const reason = no?.reason ? reasonFacts(no.reason) : undefined;
      return {
        ...base,
        headline: t('correctTitle'),
        sentences: [...before, pick(found.step.meaning, lang)],
        facts: [
          ...(no
            ? [
                {
                  label: t('verdictRefuse'),
                  value: `${names.person(no.personId)} · ${momentInWords(approval.time, no.at, lang)}`,
                },
              ]
            : []),
          ...(reason ? [{ label: t('reason'), value: pick(reason, lang) }] : []),
          ...(no?.missing && no.missing.length > 0
            ? [{ label: t('missing'), value: no.missing.join(lang === 'en' ? ', ' : '、') }]
            : []),
        ],
        ...(no?.words ? { quote: no.words } : {}),
        go: {
          href: `/jobs/${encodeURIComponent(state.jobNumber ?? state.processId)}/papers/${encodeURIComponent(situation.paper)}/edit`,
          label: t('correctGo'),
        },
      };
    }
    case 'notYet':
      if (found.stay.state === 'opening')
        return {
          ...base,
          headline: telling.takenBack ? t('openingAgainTitle') : t('openingTitle'),
          sentences: [...before, t('openingText')],
          reloadHref: road.base,
        };
      return { ...base, headline: t('notYetTitle'), sentences: [t('notYetText', { who: joined(situation.holders) })] };
    case 'moved':
      return { ...base, headline: t('movedTitle', { who: joined(situation.to) }), sentences: [t('movedText')] };
    case 'withdrawn':
      return { ...base, headline: t('withdrawnTitle'), sentences: [t('withdrawnText')] };
    case 'closed': {
      // Whoever was asked and did not answer hears that nobody waits for them any more, and why.
      const { phase } = approval.state;
      const [title, text] = endings[phase === 'ARCHIVED' || phase === 'CANCELLED' ? phase : 'running'];
      return {
        ...base,
        headline: t(title),
        sentences: [...before, t(text)],
        facts: found.stay.decisions.map((one) => ({
          label: names.person(one.personId),
          value: `${momentInWords(approval.time, one.at, lang)} · ${t(verdictKey[one.verdict])}`,
        })),
      };
    }
    case 'open':
      return { ...base, headline: telling.sentence ?? t('refused'), sentences: [] };
  }
}

/** The page for a decision the engine keeps and nobody has looked at yet. */
export function receivedView(approval: Approval, receivedAt: Instant, commandId: string): AfterView {
  const t = words(approval.lang, approveWords);
  return {
    ...headOf(approval),
    seal: { characters: '收到', tone: 'manila' },
    headline: t('receivedTitle'),
    sentences: [t('receivedText', { when: momentInWords(approval.time, receivedAt, approval.lang) })],
    facts: [],
    reloadHref: `${approval.road.base}?command=${encodeURIComponent(commandId)}`,
  };
}
