import { publishedThroughAll } from '../../domain/calendar/day.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { Circulation, RouteStep, Stay } from '../../domain/circulation/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { MailInput, MailKind } from '../../domain/job/effects.ts';
import type { JobEvent } from '../../domain/job/events.ts';
import { rejectedForGood } from '../../domain/job/rejection.ts';
import { isTimetableEvent } from '../../domain/job/timetable.ts';
import type { JobState } from '../../domain/job/state.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import type { Language } from '../../domain/people/types.ts';
import type { Words } from '../../domain/process.ts';
import { noWords } from '../../domain/wording/acts.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import { circulationWords } from '../../domain/wording/points.ts';
import { reasonFacts } from '../../domain/wording/reasons.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import { causeWords } from '../../domain/wording/states.ts';
import type { StepTimes } from '../../domain/circulation/step-times.ts';
import { bodyText, headerText, nameText } from './clean.ts';
import type { JobAt, Spot } from './job-at.ts';
import { spotOf } from './job-at.ts';
import { askWords, digestWords, labels, ladderWords, mailKinds, rejectedFacts, whyWords } from './kinds.ts';
import type { KindFacts } from './kinds.ts';
import type { Fact, Seal, Sheet } from './letter.ts';
import { placeholderOf } from './letter.ts';
import { notNeededFacts } from './not-needed.ts';
import { meetingDueWords } from './meeting-words.ts';
import { timetableWords } from './timetable-words.ts';
import { rungFacts, waitingSince } from './waiting.ts';
import { sayLimit, sayWhen } from './when.ts';

/** What a sheet is written from. */
export interface SheetSource {
  readonly input: MailInput;
  /** Who reads it; a reminder finds the reader's link by it. */
  readonly personId: string;
  readonly job: JobAt;
  readonly language: Language;
  readonly now: Instant;
  /** The calendar the reader works by. */
  readonly calendar: Calendar;
  readonly nameOf: (personId: string) => string;
  /** Name of the job's client, for readers who have several. */
  readonly clientName?: string;
  /** Address of the job's page, for readers who can sign in. */
  readonly jobPage?: string;
  /** Limits counted from now, for a request that is about to be sent. */
  readonly times?: StepTimes;
}

type Say = (words: Words, values?: Readonly<Record<string, string | number>>) => string;

/** Chooses the language and fills `{name}` in. */
export function sayer(language: Language): Say {
  return (words, values = {}) =>
    (language === 'zh-CN' ? words.zh : words.en).replace(/\{(\w+)\}/gu, (_all, name: string) =>
      String(values[name] ?? '…'),
    );
}

/** A version's hash as people compare it: `9f3c·71aa`. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}·${hash.slice(4, 8)}`;
}

function aboutName(state: JobState, circulation: Circulation | undefined, say: Say): string {
  const about = circulation?.about;
  if (about === undefined) return headerText(state.title);
  if (about.kind === 'paper') return say(paperWords(about.paper));
  return headerText(state.pieces[about.pieceId]?.name ?? state.title);
}

const sealStates: Readonly<Record<Stay['state'], Seal['state']>> = {
  waiting: 'waiting',
  opening: 'here',
  open: 'here',
  passed: 'signed',
  stopped: 'back',
  notApplicable: 'skipped',
  lapsed: 'waiting',
};

function sealsOf({ circulation, route }: Spot, say: Say): readonly Seal[] {
  return (route?.steps ?? []).map((step) => ({
    char: roleFacts[step.role].seal,
    title: say(roleFacts[step.role].title),
    state: sealStates[circulation?.stays.find((stay) => stay.step === step.key)?.state ?? 'waiting'],
  }));
}

function chainWords({ route, step }: Spot, say: Say): string {
  if (route === undefined) return '';
  const n = route.steps.findIndex((one) => one.key === step?.key) + 1;
  const name = say(route.title);
  if (n === 0) return name;
  return say({
    zh: `${name}，第 ${n} 步，共 ${route.steps.length} 步`,
    en: `${name}, step ${n} of ${route.steps.length}`,
  });
}

function stepName(step: RouteStep | undefined, say: Say): string {
  return step === undefined ? '' : say(roleFacts[step.role].title);
}

/** Who decided, with both names where somebody stood in. */
function signerOf(
  decision: Stay['decisions'][number],
  step: RouteStep | undefined,
  source: SheetSource,
  say: Say,
): string {
  const name = nameText(source.nameOf(decision.personId));
  const title = stepName(step, say);
  const instead =
    decision.standInFor === undefined
      ? ''
      : say({
          zh: `，代${nameText(source.nameOf(decision.standInFor))}`,
          en: `, for ${nameText(source.nameOf(decision.standInFor))}`,
        });
  return say({ zh: `${name}（${title}${instead}）`, en: `${name} (${title}${instead})` });
}

/** Who ended what a reader was asked for: whoever decided, with the title, else by name. */
function whoEnded(source: SheetSource, { circulation, route }: Spot, say: Say): string | undefined {
  const { event } = source.job;
  const stepOf = (key: string): RouteStep | undefined => route?.steps.find((step) => step.key === key);
  if (event?.type === 'decided') return signerOf(event.decision, stepOf(event.step), source, say);
  const ended = event?.type === 'circulationEnded';
  const stopped = ended ? circulation?.stays.find(({ state }) => state === 'stopped') : undefined;
  const no = stopped?.decisions.at(-1);
  if (stopped && no) return signerOf(no, stepOf(stopped.step), source, say);
  const by = ended || event?.type === 'cancelled' ? event.by : undefined;
  return by ? nameText(source.nameOf(by)) : undefined;
}

function byWhom(source: SheetSource, spot: Spot, say: Say): string {
  const { event } = source.job;
  // A decision that was taken back stands on its desk no more, and who hands over or reminds need not have decided anything.
  if (
    event?.type === 'decisionWithdrawn' ||
    event?.type === 'handOverAsked' ||
    event?.type === 'handedOver' ||
    event?.type === 'dateMoved' ||
    event?.type === 'opinionReported' ||
    event?.type === 'meetingCalled' ||
    event?.type === 'nudged'
  ) {
    const name = nameText(source.nameOf(event.by));
    const others = event.type !== 'decisionWithdrawn' && event.type !== 'handOverAsked';
    const title = others ? '' : stepName(spot.step, say);
    return title === '' ? name : say({ zh: `${name}（${title}）`, en: `${name} (${title})` });
  }
  const ender = source.input.kind === 'notNeeded' ? whoEnded(source, spot, say) : undefined;
  if (ender !== undefined) return ender;
  const last = spot.stay?.decisions.at(-1);
  if (last !== undefined) return signerOf(last, spot.step, source, say);
  const author = spot.circulation?.authorId ?? source.input.authorId;
  return author === undefined ? '' : nameText(source.nameOf(author));
}

function holderNames(source: SheetSource, spot: Spot, say: Say): string {
  const names = (spot.stay?.holders ?? []).map((holder) => {
    const name = nameText(source.nameOf(holder.personId));
    return holder.standInFor === undefined
      ? name
      : say({
          zh: `${name}（代${nameText(source.nameOf(holder.standInFor))}）`,
          en: `${name} (for ${nameText(source.nameOf(holder.standInFor))})`,
        });
  });
  return names.length === 0 ? say(labels.nobody) : names.join(say({ zh: '、', en: ', ' }));
}

/** Whom the ladder writes to after the newest rung that was climbed; after the last it is the director's daily digest. */
function nextRung(stay: Stay | undefined, say: Say): string {
  const rungs = (stay?.rungs ?? []).filter(({ kind }) => kind !== 'warn');
  const fired = rungs.filter(({ firedAt }) => firedAt !== undefined).length;
  const next = rungs[Math.max(fired, 1)];
  return say(next === undefined ? digestWords : ladderWords[next.whom]);
}

/** What a reader was asked about in vain: whose job, which desks, since when they are over. */
function endedRows(source: SheetSource, stay: Stay | undefined, say: Say): readonly Fact[] {
  const { clientName, input, job, now, calendar, language } = source;
  const desks = (input.desks ?? []).map((where) => {
    const there = spotOf(job, { ...input, where });
    return [aboutName(job.state, there.circulation, say), stepName(there.step, say)].join(' · ');
  });
  return [
    ...(clientName === undefined ? [] : [{ label: say(labels.client), value: headerText(clientName) }]),
    ...desks.map((value, n) => ({ label: n === 0 ? say(labels.desks) : '', value })),
    ...(stay?.closedAt === undefined
      ? []
      : [{ label: say(labels.ended), value: sayWhen(stay.closedAt, now, calendar, language) }]),
  ];
}

function factsOf(source: SheetSource, spot: Spot, facts: KindFacts, say: Say): readonly Fact[] {
  const { circulation, route, stay } = spot;
  const { now, calendar, language, times } = source;
  const rows: Fact[] = [];
  if (facts.shows.includes('due')) {
    const dueAt = times?.dueAt ?? stay?.dueAt;
    if (dueAt !== undefined) {
      const said = sayLimit(dueAt, now, times?.provisional ?? stay?.provisional, calendar, language);
      rows.push({ label: say(labels.due), value: said.moment, soft: said.left, weight: said.over ? 'late' : 'strong' });
    }
  }
  if (facts.shows.includes('ended')) rows.push(...endedRows(source, stay, say));
  const decision = stay?.decisions.at(-1);
  if (facts.shows.includes('decision') && decision !== undefined) {
    const verdict = decision.verdict === 'sign' ? labels.sign : noWords[decision.verdict].past;
    rows.push({
      label: say(labels.decision),
      value: say(verdict),
      soft: sayWhen(decision.at, now, calendar, language),
      weight: 'strong',
    });
  }
  const waits = waitingSince(stay, source.personId);
  if (facts.shows.includes('since') && waits !== undefined) {
    const since = sayWhen(waits, now, calendar, language);
    rows.push({ label: say(labels.since), value: say({ zh: `自${since} 起`, en: `since ${since}` }) });
  }
  if (facts.shows.includes('holder') && stay !== undefined)
    rows.push({ label: say(labels.holder), value: holderNames(source, spot, say) });
  if (facts.shows.includes('version') && circulation !== undefined) {
    const { round, about, cause } = circulation;
    // People argue about why a further round exists; the first one needs no reason.
    const why = cause === 'first' ? '' : say({ zh: `（${causeWords[cause].zh}）`, en: ` (${causeWords[cause].en})` });
    rows.push({
      label: say(labels.round),
      value: say({
        zh: `第 ${round} 轮${why} · 第 ${about.version} 版`,
        en: `Round ${round}${why} · version ${about.version}`,
      }),
      soft: shortHash(about.hash),
    });
  }
  if (facts.shows.includes('before')) {
    for (const one of circulation?.stays ?? []) {
      const step = route?.steps.find(({ key }) => key === one.step);
      for (const decision of one.decisions.filter(({ verdict }) => verdict === 'sign')) {
        const first = rows.every(({ label }) => label !== say(labels.before));
        rows.push({
          label: first ? say(labels.before) : '',
          value: signerOf(decision, step, source, say),
          soft: sayWhen(decision.at, now, calendar, language),
        });
      }
    }
  }
  return rows;
}

/** The words a mail quotes. Codes become sentences; a refused order names ground and what is missing. */
function wordsOf(source: SheetSource, spot: Spot, say: Say): string {
  const { input, job, language } = source;
  const words = input.words ?? '';
  // What the entry itself tells is something else: this mail only comes after it.
  if (input.kind === 'meetingDue') return meetingDueWords(source);
  if (job.event?.type === 'meetingCalled')
    return `${sayWhen(job.event.at, source.now, source.calendar, language)}\n${job.event.place}`;
  if (job.event?.type === 'commandRefused') return sayRefusal(job.event.refusal, language === 'zh-CN' ? 'zh' : 'en');
  if (job.event?.type === 'directorTold') {
    const about = circulationWords(job.event.about);
    return say({
      zh: `${about.zh}已到第 ${job.event.round} 轮。`,
      en: `${about.en}: now at round ${job.event.round}.`,
    });
  }
  if (job.event?.type === 'recounted' && job.event.moved && job.event.dueAt !== undefined) {
    const when = (at: Instant): string => sayWhen(at, source.now, source.calendar, language);
    const [from, to] = [when(job.event.moved.from), when(job.event.dueAt)];
    return say({ zh: `原来${from}，现在${to}。`, en: `Was ${from}, is now ${to}.` });
  }
  if (job.event?.type === 'dateMoved') {
    // Both dates and the reason, as they were recorded.
    const when = (at: Instant): string => sayWhen(at, source.now, source.calendar, language);
    const { from, to, words: why } = job.event;
    const moved =
      from === undefined
        ? say({ zh: `现在${when(to)}。`, en: `Is now ${when(to)}.` })
        : say({ zh: `原来${when(from)}，现在${when(to)}。`, en: `Was ${when(from)}, is now ${when(to)}.` });
    return `${moved}\n${why}`;
  }
  if (job.event !== undefined && isTimetableEvent(job.event))
    return timetableWords(job.event, language, publishedThroughAll(source.calendar));
  if (input.kind === 'unreached') {
    const known = whyWords[words];
    return known === undefined ? words : say(known);
  }
  const decision = input.kind === 'refused' || input.kind === 'returned' ? spot.stay?.decisions.at(-1) : undefined;
  const ground = decision?.reason === undefined ? undefined : reasonFacts(decision.reason);
  const missing = (decision?.missing ?? []).map((item) => `· ${item}`);
  return [...(ground === undefined ? [] : [say(ground)]), ...(words === '' ? [] : [words]), ...missing].join('\n');
}

/**
 * What this mail says: why nothing is needed any more; that a proposal which was rejected for good asks nobody for a new
 * version (M-05).
 */
function factsFor(input: MailInput, spot: Spot, event: JobEvent | undefined): KindFacts {
  if (input.kind === 'notNeeded') return notNeededFacts(event);
  const forGood = input.kind === 'returned' && spot.stay?.decisions.at(-1)?.reason === rejectedForGood;
  return forGood ? rejectedFacts : rungFacts(input.kind, mailKinds[input.kind], event, spot.stay);
}

/** Titles of a step's request, e.g. `请您审核签字`. */
function titleOf(kind: MailKind, facts: KindFacts, spot: Spot, say: Say): string {
  if (kind === 'ask' && spot.step !== undefined) return say(askWords[spot.step.act].title);
  return say(facts.title, { step: stepName(spot.step, say) });
}

/** Writes one sheet of a mail in the reader's language. Everything people wrote is cleaned here; escaping belongs to the setting. */
export function writeSheet(source: SheetSource): Sheet {
  const { input, job, language, now, calendar } = source;
  const { state } = job;
  const say = sayer(language);
  const spot = spotOf(job, input);
  const facts = factsFor(input, spot, job.event);
  const wholeJob = job.event?.type === 'cancelled' || input.kind === 'meetingDue' || (input.desks?.length ?? 0) > 1;
  const openedAt = waitingSince(spot.stay, source.personId) ?? input.openedAt;
  const values = {
    by: byWhom(source, spot, say),
    step: stepName(spot.step, say),
    holder: holderNames(source, spot, say),
    since: openedAt === undefined ? '' : sayWhen(openedAt, now, calendar, language),
    next: nextRung(spot.stay, say),
    to: job.event?.type === 'handedOver' ? nameText(source.nameOf(job.event.to)) : '',
  };
  const words = bodyText(wordsOf(source, spot, say));
  const grantId = input.grantId ?? spot.stay?.holders.find((holder) => holder.personId === source.personId)?.grantId;
  const asks = input.kind === 'ask' || facts.button !== undefined;
  const buttonWords = facts.button ?? (spot.step === undefined ? labels.ask : askWords[spot.step.act].button);
  return {
    job: [state.jobNumber, headerText(state.title)].filter((one) => one !== undefined).join(' · '),
    // A cancelled job is what the mail is about, not the first of its papers; so is one of several, or that has to meet.
    about: aboutName(state, wholeJob ? undefined : spot.circulation, say),
    title: titleOf(input.kind, facts, spot, say),
    lead: say(facts.lead, values),
    seals: facts.shows.includes('chain') ? sealsOf(spot, say) : [],
    chain: facts.shows.includes('chain') ? chainWords(spot, say) : '',
    facts: factsOf(source, spot, facts, say),
    ...(facts.shows.includes('meaning') && spot.step !== undefined
      ? { meaning: `${say(labels.meaning)}${say(spot.step.meaning)}` }
      : {}),
    ...(words === '' ? {} : { words: { label: say(facts.wordsLabel ?? { zh: '说明', en: 'Words' }), text: words } }),
    ...(facts.next === undefined ? {} : { next: say(facts.next, values) }),
    ...(facts.shows.includes('proof')
      ? {
          proof: {
            label: say(labels.proof),
            value: job.hash,
            why: say({
              zh: `工作 ${state.processId} 的第 ${input.seq} 条记录。`,
              en: `Entry ${input.seq} of job ${state.processId}.`,
            }),
          },
        }
      : {}),
    ...(asks && grantId !== undefined
      ? { button: { label: say(buttonWords), href: placeholderOf(grantId) }, grantId }
      : {}),
    ...(facts.shows.includes('jobPage') && source.jobPage !== undefined && !(asks && grantId !== undefined)
      ? { button: { label: say(labels.jobPage), href: source.jobPage } }
      : {}),
    ...(facts.form !== undefined && source.jobPage !== undefined
      ? { button: { label: say(facts.form.button), href: `${source.jobPage}/papers/${facts.form.id}/edit` } }
      : {}),
  };
}
