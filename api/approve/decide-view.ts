import { checkItem } from '../../domain/wording/checklists.ts';
import { reasonsFor } from '../../domain/wording/reasons.ts';
import { paperWords } from '../../domain/wording/papers.ts';
import { ableFor } from '../../domain/people/man.ts';
import type { PieceVersion } from '../../domain/job/state.ts';
import { hiddenOutside, outsideContent } from '../../papers/outside.ts';
import { mintFormValue } from '../../store/form-values.ts';
import { manifestsOf } from '../../store/manifests.ts';
import { frozenPapers, paperVersionsOf } from '../../store/papers.ts';
import { peopleOfSide } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import type { ArtworkView } from '../view/artwork.tsx';
import { pick } from '../view/lang.ts';
import type { ChangeLine } from '../view/paper.tsx';
import { fileViews } from '../view/read/artwork.ts';
import { roleTitle, titleAt } from '../view/read/house.ts';
import { contentOf, formOf, paperChanges, paperLines, sayingFor } from '../view/read/papers.ts';
import { dueInWords, momentInWords } from '../view/time.tsx';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import type { CheckItem, DecideView, HandOverOffer, Typed, TypedErrors } from './model.ts';
import { nothingTyped } from './model.ts';
import type { Approval } from './read.ts';
import { headOf } from './read.ts';
import { worksView } from './works.ts';

/** Purpose that the form values of this page are bound to, a form each. */
export const formPurpose = {
  decide: 'approve.decide',
  note: 'approve.note',
  handOver: 'approve.handOver',
  resend: 'approve.resend',
  takeBack: 'approve.takeBack',
} as const;

/** What came back with the page: typed words, what is wrong with them, why it is shown again. */
export interface Again {
  readonly typed?: Typed;
  readonly errors?: TypedErrors;
  readonly remark?: string;
  readonly backOpen?: boolean;
  /** A form value that is still good and must stay the same, so that pressing again is the same decision. */
  readonly keep?: Partial<DecideView['formValues']>;
}

type ReadDeps = Pick<ApiDeps, 'store' | 'clock' | 'keys'>;

/** Whether the agency's signatures of this round are all there: only then may a client fetch native files (S-85). */
export function agencySigned(approval: Approval): boolean {
  const { circulation, route } = approval.found;
  return route.steps.every((step) => {
    const stay = circulation.stays.find((one) => one.step === step.key);
    return step.side !== 'agency' || stay?.state === 'passed' || stay?.state === 'notApplicable';
  });
}

/** The versions of a piece this page is about: the one to sign and the one before. */
export function versionsOf(approval: Approval): { readonly now?: PieceVersion; readonly before?: PieceVersion } {
  const { about } = approval.found.circulation;
  if (about.kind !== 'piece') return {};
  const versions = approval.state.pieces[about.pieceId]?.versions ?? [];
  const at = versions.findIndex(({ hash, version }) => hash === about.hash && version === about.version);
  const [now, before] = [versions[at], versions[at - 1]];
  return { ...(now ? { now } : {}), ...(before ? { before } : {}) };
}

async function artworkOf(deps: ReadDeps, approval: Approval): Promise<ArtworkView | undefined> {
  const { about } = approval.found.circulation;
  if (about.kind !== 'piece') return undefined;
  const { now, before } = versionsOf(approval);
  const manifests = await manifestsOf(deps.store, [about.hash, ...(before ? [before.hash] : [])]);
  const files = manifests.get(about.hash)?.files ?? [];
  const agency = approval.road.person.side === 'agency';
  const open = agency || agencySigned(approval);
  const old = before ? manifests.get(before.hash)?.files : undefined;
  return {
    title: approval.state.pieces[about.pieceId]?.name ?? about.pieceId,
    version: now?.version ?? about.version,
    files: fileViews(files, `${approval.road.base}/files/${about.hash}`, open),
    ...(before && old
      ? {
          previous: {
            version: before.version,
            files: fileViews(old, `${approval.road.base}/files/${before.hash}`, false),
          },
        }
      : {}),
    ...(!open && files.some(({ use }) => use === 'master') ? { finalsHeld: true } : {}),
    pins: approval.found.step.noes.length > 0,
  };
}

/** What changed against the version before: opinions of the revision order and what became of them, or paper fields. */
async function changesOf(
  deps: ReadDeps,
  approval: Approval,
): Promise<{ paper?: DecideView['paper']; changes?: readonly ChangeLine[] }> {
  const { state, found, lang, time } = approval;
  const { about } = found.circulation;
  if (about.kind === 'piece') {
    const { now, before } = versionsOf(approval);
    if (!before) return {};
    // What a dropped revision asked for nobody asks for any more.
    const asked = state.revisions.filter((one) => one.state !== 'DROPPED');
    const revision =
      asked.find(({ ordinal }) => `R${ordinal}` === now?.answers) ??
      asked.filter(({ pieceIds }) => pieceIds.includes(about.pieceId)).at(-1);
    const opinions = state.opinions.filter(
      ({ id, pieceId }) => revision?.opinionIds.includes(id) && (pieceId === undefined || pieceId === about.pieceId),
    );
    return {
      changes: opinions.map(({ words: label, answer }) => ({
        label,
        opinion: answer ? (answer.done ? 'done' : 'not') : 'open',
        ...(answer?.words ? { to: answer.words } : {}),
      })),
    };
  }
  const form = formOf(about.form);
  if (!form) return {};
  const before = (await paperVersionsOf(deps.store, state.processId))
    .filter(({ key, version }) => key === about.paper && version < about.version)
    .at(-1);
  const frozen = await frozenPapers(deps.store, [about.hash, ...(before ? [before.hash] : [])]);
  // The client is shown the outside version of a paper that has one.
  const outside = found.step.side === 'client';
  const read = (paper: unknown) => (outside ? outsideContent(about.form, contentOf(paper)) : contentOf(paper));
  const content = read(frozen.get(about.hash)?.content);
  const old = before ? frozen.get(before.hash) : undefined;
  const was = read(old?.content);
  const saying = await sayingFor(deps.store, state, [content, was], { lang, time });
  return {
    paper: {
      title: `${pick(paperWords(about.paper), lang)} · ${words(lang, approveWords)('versionN', { n: about.version })}`,
      lines: paperLines(form, content, saying, outside ? hiddenOutside(about.form) : []),
    },
    ...(old ? { changes: paperChanges(form, was, content, saying) } : {}),
  };
}

async function handOverOf(deps: ReadDeps, approval: Approval): Promise<HandOverOffer | undefined> {
  const { found, state, team, lang, names } = approval;
  if (found.step.side === 'client') return { kind: 'ask' };
  if (!team) return { kind: 'pick', choices: [] };
  const people = await peopleOfSide(deps.store, 'agency');
  const busy = new Set([
    found.circulation.authorId,
    ...found.stay.holders.map(({ personId }) => personId),
    ...found.circulation.stays.flatMap(({ decisions }) =>
      decisions.flatMap(({ personId, standInFor }) => [personId, standInFor ?? '']),
    ),
  ]);
  const byId = new Map(people.map((person) => [person.id, person]));
  return {
    kind: 'pick',
    choices: ableFor(found.step, team, people, state.clientId)
      .filter((id) => !busy.has(id))
      .map((id) => ({
        value: id,
        label: byId.get(id)?.name ?? names.person(id),
        note: roleTitle(titleAt(byId.get(id), team, found.step), lang),
      })),
  };
}

function checksOf(approval: Approval, lawWords: readonly string[]): CheckItem[] {
  return approval.found.step.checklist.map((id) => {
    const item = checkItem(id);
    const law = id === 'C-10' || id === 'C-28';
    return { id, words: item ? pick(item, approval.lang) : id, ...(law && lawWords.length > 0 ? { lawWords } : {}) };
  });
}

/** The printed sample is asked about where finished artwork or a proof is checked inside the agency. */
export function asksSample(approval: Approval): boolean {
  const { about } = approval.found.circulation;
  const { step } = approval.found;
  return (
    about.kind === 'piece' &&
    (about.stage === 'FINISHED_ARTWORK' || about.stage === 'PROOF') &&
    step.side === 'agency' &&
    (step.act === 'review' || step.act === 'confirm')
  );
}

/** Builds the page with the decision. Reads only; form values are stateless. */
export async function decideView(deps: ReadDeps, approval: Approval, again: Again = {}): Promise<DecideView> {
  const { found, lang, time, names, team, road } = approval;
  const { circulation, route, step, stay } = found;
  const t = words(lang, approveWords);
  const [art, works, seen, handOver] = await Promise.all([
    artworkOf(deps, approval),
    worksView(deps, approval),
    changesOf(deps, approval),
    handOverOf(deps, approval),
  ]);
  // The list of the Advertising Law read the copy when the version was submitted.
  const { printedSample: sample, lawHits: lawWords = [] } = versionsOf(approval).now ?? {};
  const mint = (purpose: string): string =>
    mintFormValue(deps.keys.forms, { holder: road.holder, purpose }, deps.clock());
  return {
    ...headOf(approval),
    act: step.act,
    side: step.side,
    round: circulation.round,
    version: circulation.about.version,
    hash: circulation.about.hash,
    ...(circulation.cause === 'first' ? {} : { cause: circulation.cause }),
    ...(stay.dueAt ? { due: dueInWords(time, stay.dueAt, lang, stay.provisional) } : {}),
    before: route.steps.flatMap((one) => {
      const decision = circulation.stays
        .find(({ step: key }) => key === one.key)
        ?.decisions.findLast(({ verdict }) => verdict === 'sign');
      if (!decision) return [];
      const title = roleTitle(titleAt(names.people.get(decision.personId), team, one), lang);
      return [
        {
          who: names.person(decision.personId),
          title,
          when: momentInWords(time, decision.at, lang),
          ...(decision.standInFor ? { standInFor: names.person(decision.standInFor) } : {}),
        },
      ];
    }),
    ...(art ? { art } : {}),
    ...(works.length > 0 ? { works } : {}),
    ...seen,
    meaning: pick(step.meaning, lang),
    ...(asksSample(approval)
      ? {
          sample: sample
            ? { words: t('sampleMade', { size: sample.size, when: momentInWords(time, sample.madeAt, lang) }) }
            : {},
        }
      : {}),
    checklist: checksOf(approval, lawWords),
    noes: step.noes.map((kind) => ({
      kind,
      reasons: reasonsFor(step.side, kind, circulation.point).map((reason) => ({
        value: reason.code,
        label: pick(reason, lang),
      })),
    })),
    ...(handOver ? { handOver } : {}),
    action: road.base,
    formValues: {
      decide: mint(formPurpose.decide),
      note: mint(formPurpose.note),
      handOver: mint(formPurpose.handOver),
      ...again.keep,
    },
    typed: again.typed ?? nothingTyped,
    errors: again.errors ?? {},
    ...(again.remark ? { remark: again.remark } : {}),
    ...(again.backOpen ? { backOpen: true } : {}),
  };
}
