import type { Connection } from 'mongoose';
import { localDateAt } from '../../domain/calendar/day.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { JobState, Opinion, PieceVersion } from '../../domain/job/state.ts';
import { roleFacts } from '../../domain/people/roles.ts';
import { proposePlan } from '../../domain/timetable/stage-plan.ts';
import type { Content } from '../../papers/form.ts';
import { frozenPaper } from '../../store/papers.ts';
import { titlesHere, type Surroundings } from '../staff/job.ts';
import { zoneNamed } from '../view/zone.ts';
import type { PaperKey } from './road.ts';

/** What a new paper already knows. */
export interface Knowing {
  readonly store: Connection;
  readonly state: JobState;
  readonly around: Surroundings;
  readonly personId: string;
  readonly now: string;
  readonly office: Calendar;
}

/** As many people as the minutes name at most. */
const mostParticipants = 15;

const newestOf = (
  versions: readonly PieceVersion[],
  stages: readonly PieceVersion['stage'][],
): PieceVersion | undefined => versions.filter((one) => stages.includes(one.stage)).at(-1);

async function contentOf(store: Connection, hash: string | undefined): Promise<Content> {
  const content = hash === undefined ? undefined : (await frozenPaper(store, hash))?.content;
  return typeof content === 'object' && content !== null ? { ...content } : {};
}

/** Members of the team who execute, with their first executing title. */
function executors({ around }: Knowing): { person: string; role: string }[] {
  return around.members.flatMap((person) => {
    const role = titlesHere(person, around.team).find((title) =>
      ['creative', 'media', 'production', 'planning'].includes(roleFacts[title].department),
    );
    return role === undefined || role === 'COPY_CHIEF' ? [] : [{ person: person.id, role }];
  });
}

const supervisors = ({ around }: Knowing): string[] =>
  around.members
    .filter((person) => titlesHere(person, around.team).some((title) => roleFacts[title].accountRank >= 2))
    .map((person) => person.id);

const sourceOf = (opinion: Opinion, around: Surroundings): string =>
  around.contacts.some((person) => person.id === opinion.from) ? 'link' : 'meeting';

async function revisionOrder(knowing: Knowing, ordinal: number): Promise<Content> {
  const { state, store, around } = knowing;
  const revision = state.revisions.find((one) => one.ordinal === ordinal);
  const direction = state.papers[`F-18:R${ordinal}`];
  const comment = await contentOf(store, direction?.hash);
  const opinions = state.opinions.filter((one) => revision?.opinionIds.includes(one.id));
  return {
    originalJobNumber: state.jobNumber,
    ordinal,
    direction: comment.direction ?? comment.text,
    opinions: opinions.map((one) => ({ words: one.words, source: sourceOf(one, around) })),
    clientConfirmation: direction?.status === 'passed' ? `F-18:R${ordinal} V${direction.version}` : undefined,
    departments: ['creative'],
  };
}

/** The opinions of a revision put into one comment, so that nothing the client said is left out. */
function revisionComment(state: JobState, ordinal: number): Content {
  const revision = state.revisions.find((one) => one.ordinal === ordinal);
  const opinions = state.opinions.filter((one) => revision?.opinionIds.includes(one.id));
  const piece = revision?.pieceIds.map((id) => state.pieces[id]).find((one) => one !== undefined);
  const version = piece?.versions.at(-1);
  return {
    kind: 'correction',
    text: opinions.map((one) => one.words).join('\n'),
    from: opinions[0]?.from,
    versionConcerned: piece && version ? `${piece.name} V${version.version}` : undefined,
  };
}

/** What the client confirms in writing: the released drafts and the quotation, each by version and hash. */
function toConfirm(state: JobState): Content {
  const drafts = Object.values(state.pieces).flatMap((piece) => {
    const version = newestOf(piece.versions, ['DRAFT']);
    return version ? [{ what: 'draft', version: version.version, checksum: version.hash }] : [];
  });
  const quotation = state.papers['F-35'];
  return {
    contents: [
      ...drafts,
      ...(quotation ? [{ what: 'quotation', version: quotation.version, checksum: quotation.hash }] : []),
    ],
  };
}

function trio(state: JobState): Content {
  const rows = [
    ['F-36', 'estimate'],
    ['F-10', 'timetable'],
  ] as const;
  return {
    contents: rows.flatMap(([key, what]) => {
      const paper = state.papers[key];
      return paper ? [{ what, version: paper.version, checksum: paper.hash }] : [];
    }),
  };
}

/**
 * A timetable to begin with: the stages by the documented durations (S-35). The date the client wished for stands where
 * there is one; stages that end after it are pointed out by the form itself.
 */
function plannedDates({ state, now, office }: Knowing): Content {
  const { workTypes, wantedDate } = state;
  const plan = proposePlan(workTypes, localDateAt(office, zoneNamed, now), { office, zones: zoneNamed });
  if (!plan) return { deliveryDate: wantedDate };
  return {
    rows: plan.stages.map(({ stage, owner, start, end }) => ({ stage: stage.zh, owner: owner.zh, start, end })),
    keyNodes: plan.nodes.map(({ name, date, milestone, clientApproval }) => ({
      node: name.zh,
      date,
      milestone,
      clientApproval,
    })),
    floatDays: plan.floatDays,
    deliveryDate: wantedDate ?? plan.deliveryDate,
  };
}

/** A new paper with what the job already knows in it; a person checks it and writes the rest. */
export async function prefill(paper: PaperKey, knowing: Knowing): Promise<Content> {
  const { state, around, personId, now } = knowing;
  const number = state.jobNumber;
  const ordinal = Number(/^R(\d+)$/.exec(paper.suffix ?? '')?.[1] ?? 0);
  switch (paper.form) {
    case 'F-01':
      return contentOf(knowing.store, state.papers['F-01']?.hash);
    case 'F-03': {
      const sheet = await contentOf(knowing.store, state.papers['F-01']?.hash);
      return { coreObjective: sheet.need };
    }
    case 'F-04': {
      const sheet = await contentOf(knowing.store, state.papers['F-01']?.hash);
      const brief = await contentOf(knowing.store, state.papers['F-03']?.hash);
      return {
        jobNumber: number,
        project: state.title,
        background: sheet.need,
        adObjective: brief.coreObjective,
        targetConsumer: brief.audience,
        adStrategy: state.assessment?.words,
        workContent: Array.isArray(sheet.deliverables) ? sheet.deliverables.join('\n') : undefined,
        workTypes: state.workTypes,
        budget: state.budgetFen,
        material: sheet.material,
        timing: state.wantedDate ? [{ stage: '交付', date: state.wantedDate }] : undefined,
        executors: executors(knowing),
        supervisors: supervisors(knowing),
        important: state.important,
        campaignRef: state.campaign,
      };
    }
    case 'F-05': {
      const brief = await contentOf(knowing.store, state.papers['F-03']?.hash);
      return {
        jobNumber: number,
        brandId: state.brandId,
        lineId: state.lineId,
        objective: brief.coreObjective,
        audienceInsight: brief.audience,
        timing: state.wantedDate,
        budget: state.budgetFen,
        level: state.important ? 'important' : undefined,
        author: personId,
      };
    }
    case 'F-08':
      return revisionOrder(knowing, ordinal);
    case 'F-09':
      return {
        jobNumber: number,
        items: Object.values(state.pieces).flatMap((piece) => {
          const version = newestOf(piece.versions, ['FINISHED_ARTWORK', 'FINAL_DESIGN']) ?? piece.versions.at(-1);
          return [{ piece: piece.id, fileVersion: version?.version, specification: piece.specification }];
        }),
        approver: around.contacts[0]?.id,
      };
    case 'F-10':
      return { jobNumber: number, project: state.title, version: 'external', ...plannedDates(knowing) };
    case 'F-18':
      return ordinal > 0 ? revisionComment(state, ordinal) : { from: around.contacts[0]?.id, source: now.slice(0, 10) };
    case 'F-20':
      return {
        kind: state.proposals.at(-1)?.kind ?? 'CONCEPT',
        items: Object.values(state.pieces).map((piece) => ({ name: piece.name, specification: piece.specification })),
      };
    case 'F-22':
      return paper.suffix === 'trio' ? trio(state) : toConfirm(state);
    case 'F-24':
      return {
        brandId: state.brandId,
        kind: 'afterAssessment',
        date: now.slice(0, 10),
        strategyText: state.assessment?.words,
      };
    case 'F-35':
    case 'F-36':
    case 'F-45':
    case 'F-46':
    case 'F-47':
    case 'F-51':
      return { jobNumber: number };
    case 'F-13':
      return number === undefined ? {} : { jobNumbers: [number] };
    case 'F-15':
      return {
        client: state.clientId,
        participants: around.contacts.slice(0, mostParticipants).map((person) => person.id),
        reporter: personId,
        reportedAt: now,
      };
    case 'F-54':
      return { owner: state.ownerId };
    case 'F-14':
    case 'F-16':
    case 'F-19':
    case 'F-21':
    case 'F-23':
    case 'F-11':
    case 'F-63':
      return {};
  }
}
