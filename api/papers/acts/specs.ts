import type { JobAct } from '../../../domain/job/acts.ts';
import { unreported } from '../../../domain/job/opinions.ts';
import { modulesOf, moduleWordsMax } from '../../../domain/job/project-meeting.ts';
import { openOpinions } from '../../../domain/job/proposal.ts';
import { moduleStandings, type JobState, type Opinion } from '../../../domain/job/state.ts';
import { openNodes } from '../../../domain/job/timetable.ts';
import { workTypeFacts, workTypes } from '../../../domain/job/worktypes.ts';
import { roleFacts } from '../../../domain/people/roles.ts';
import type { Person } from '../../../domain/people/types.ts';
import { fieldWords, type FieldKey } from '../../../domain/wording/fields.ts';
import { nodeKey } from '../../../domain/timetable/types.ts';
import { opinionWords, proposalKindWords, standingWords } from '../../../domain/wording/states.ts';
import type { Words } from '../../../domain/process.ts';
import type { FieldType, Option } from '../../../papers/field.ts';
import type { FormField } from '../../../papers/fields.ts';
import { titlesHere, type Surroundings } from '../../staff/job.ts';
import { dateInWords } from '../../view/time.tsx';
import { actPageWords } from './words.ts';

/** What the fields of an act are drawn from. */
export interface ActContext {
  readonly state: JobState;
  readonly around: Surroundings;
  readonly now: string;
  /** The opinion a link asked for. */
  readonly opinion?: string;
}

/** The small form of an act: its fields, what stands in them at first, and the act made of them. */
export interface ActSpec {
  readonly fields: (context: ActContext) => readonly FormField[];
  readonly initial?: (context: ActContext) => Readonly<Record<string, unknown>>;
  /** What the form cannot ask, e.g. the id of a new piece. */
  readonly more?: (context: ActContext) => Readonly<Record<string, unknown>>;
  /** What an empty field says, where the rest of the form already tells. */
  readonly complete?: (content: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** People to choose from, by field; everybody around the job where it says nothing. */
  readonly people?: (context: ActContext, key: string) => readonly Person[];
}

/** Acts with a form of their own here. */
export type ActHere = Exclude<
  JobAct['type'],
  'request' | 'file' | 'submit' | 'submitVersion' | 'evaluate' | 'askAgain' | 'nudge'
>;

const f = (
  key: FieldKey,
  type: FieldType,
  more: {
    optional?: boolean;
    hint?: Words;
    options?: readonly Option[];
    max?: number;
    label?: Words;
    columns?: readonly FormField[];
  } = {},
): FormField => {
  const { optional, label, ...rest } = more;
  return { key, type, ...(label ?? fieldWords[key]), required: optional !== true, ...rest };
};

const optionsOf = <K extends string>(table: Readonly<Record<K, Words>>, keys: readonly K[]): Option[] =>
  keys.map((value) => ({ value, zh: table[value].zh, en: table[value].en }));

const w = actPageWords;
const words = f('words', 'long', { max: 4000 });
const opinionKinds = optionsOf(opinionWords, ['correction', 'question', 'doubt', 'rejection']);
const sources: readonly Option[] = [
  { value: 'meeting', zh: '会议', en: 'Meeting' },
  { value: 'phone', zh: '电话', en: 'Telephone' },
  { value: 'mail', zh: '邮件', en: 'E-mail' },
];

/** One of several things, or all of them in one choice: the ids stand in the value, separated by commas. */
function someOf(things: readonly { readonly id: string; readonly name: string }[]): Option[] {
  const one = things.map(({ id, name }): Option => ({ value: id, zh: name, en: name }));
  const all = { value: things.map(({ id }) => id).join(','), zh: '全部', en: 'All of them' };
  return things.length > 1 ? [all, ...one] : one;
}

const idsIn = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? value.split(',') : []);
const heldNow = ({ now }: ActContext) => ({ heldAt: now });
const none: ActSpec = { fields: () => [] };
const reason: ActSpec = { fields: () => [words] };

const ours = (context: ActContext, departments: readonly string[]): Person[] =>
  context.around.members.filter((person) =>
    titlesHere(person, context.around.team).some((role) => departments.includes(roleFacts[role].department)),
  );

/** Who meets inside: everybody who works on the job. */
const teamDepartments = ['account', 'creative', 'media', 'production', 'planning'];

const important = f('important', 'bool', { optional: true, label: w.important, hint: w.importantHint });

function opinionsFrom(opinions: readonly Opinion[]): Option[] {
  return opinions.map(({ id, words: said }) => ({ value: id, zh: said.slice(0, 160), en: said.slice(0, 160) }));
}

function modulesAsOptions(state: JobState): Option[] {
  return modulesOf(state).map(({ id, name, workType }) =>
    name === undefined ? { value: id, ...workTypeFacts[workType].title } : { value: id, zh: name, en: name },
  );
}

/** The small forms, by act. */
export const actSpecs: Readonly<Record<ActHere, ActSpec>> = {
  holdBriefing: {
    fields: () => [
      f('heldAt', 'datetime', { hint: w.heldHint }),
      ...(['client', 'account', 'creative'] as const).map((key) => f(key, 'persons', { hint: w.groupHint })),
    ],
    initial: heldNow,
    people: (context, key) =>
      key === 'client'
        ? context.around.contacts
        : ours(context, key === 'account' ? ['account'] : ['creative', 'planning', 'media', 'production']),
  },
  assess: {
    fields: () => [
      ...(['evaluation', 'discussion', 'study', 'recommendation'] as const).map((key) => f(key, 'long', { max: 4000 })),
      f('differs', 'bool', { hint: w.differsHint }),
    ],
  },
  openNumber: none,
  huddle: {
    fields: () => [
      f('heldAt', 'datetime', { hint: w.heldHint }),
      f('people', 'persons'),
      f('objections', 'list', { optional: true, hint: w.objectionHint }),
    ],
    initial: heldNow,
    people: (context) => ours(context, ['creative', 'media', 'production', 'planning', 'account']),
  },
  addPiece: {
    fields: () => [
      f('name', 'text', { max: 200 }),
      f('workType', 'enum', { options: workTypes.map((value) => ({ value, ...workTypeFacts[value].title })) }),
      f('specification', 'text', { max: 200 }),
      f('needsProof', 'bool', { hint: w.proofHint }),
    ],
    initial: ({ state }) => {
      const type = state.workTypes[0];
      return type ? { workType: type, needsProof: workTypeFacts[type].proof } : {};
    },
    more: ({ state }) => ({ pieceId: `P${Object.keys(state.pieces).length + 1}` }),
  },
  prepareProposal: {
    fields: () => [
      f('kind', 'enum', { options: optionsOf(proposalKindWords, ['CONCEPT', 'DETAILED']), hint: w.detailedHint }),
    ],
    initial: ({ state }) => ({
      kind: state.proposals.some((one) => one.kind === 'CONCEPT' && one.state === 'AGREED') ? 'DETAILED' : 'CONCEPT',
    }),
  },
  scheduleProposal: {
    fields: () => [f('at', 'datetime'), f('place', 'text', { max: 200 }), f('participants', 'persons')],
  },
  holdProposal: {
    fields: () => [
      f('heldAt', 'datetime', { hint: w.heldHint }),
      f('attended', 'persons'),
      f('feedback', 'table', {
        optional: true,
        columns: [f('kind', 'enum', { options: opinionKinds }), f('words', 'long', { max: 4000 }), important],
      }),
    ],
    initial: ({ state, now }) => {
      const planned = state.proposals.at(-1)?.scheduled?.at;
      return { heldAt: planned !== undefined && planned < now ? planned : now };
    },
  },
  answerOpinion: {
    fields: ({ state }) => [
      f('opinionId', 'enum', { options: opinionsFrom(openOpinions(state)) }),
      f('done', 'bool'),
      f('words', 'long', { optional: true, hint: w.answerHint, max: 4000 }),
    ],
    initial: ({ state, opinion }) => ({
      opinionId: opinion ?? openOpinions(state)[0]?.id,
      done: true,
    }),
    complete: (content) => (content.done === true && content.words === undefined ? { words: fieldWords.done.zh } : {}),
  },
  recordOpinion: {
    fields: ({ state }) => [
      f('kind', 'enum', { options: opinionKinds }),
      words,
      f('from', 'person', { hint: w.fromHint }),
      f('source', 'enum', { optional: true, options: sources, label: w.heardBy }),
      important,
      ...(Object.keys(state.pieces).length > 0
        ? [
            f('pieceId', 'enum', {
              optional: true,
              options: Object.values(state.pieces).map((piece) => ({
                value: piece.id,
                zh: piece.name,
                en: piece.name,
              })),
            }),
          ]
        : []),
    ],
    initial: ({ around }) => ({ kind: 'correction', from: around.contacts[0]?.id }),
    people: ({ around }) => around.contacts,
  },
  reportOpinion: {
    fields: ({ state }) => [f('opinionId', 'enum', { options: opinionsFrom(unreported(state).toReversed()) })],
    initial: ({ state, opinion }) => ({ opinionId: opinion ?? unreported(state).at(-1)?.id }),
  },
  callMeeting: {
    fields: () => [f('at', 'datetime'), f('place', 'text', { max: 200 }), f('people', 'persons')],
    initial: ({ state: { meetings } }) => {
      // The same people as the last time, which is mostly right.
      const people = meetings?.called?.people ?? meetings?.last?.people;
      const place = meetings?.called?.place;
      return { ...(people ? { people } : {}), ...(place === undefined ? {} : { place }) };
    },
    people: (context) => ours(context, teamDepartments),
  },
  recordMeeting: {
    fields: ({ state }) => [
      f('heldAt', 'datetime', { hint: w.heldHint }),
      f('people', 'persons'),
      f('progress', 'table', {
        optional: modulesOf(state).length === 0,
        hint: w.progressHint,
        columns: [
          f('module', 'enum', { options: modulesAsOptions(state) }),
          f('standing', 'enum', { options: optionsOf(standingWords, moduleStandings) }),
          f('words', 'long', { optional: true, max: moduleWordsMax }),
        ],
      }),
    ],
    initial: ({ state, now }) => {
      const { called, last } = state.meetings ?? {};
      const people = called?.people ?? last?.people;
      return {
        heldAt: called !== undefined && called.at < now ? called.at : now,
        ...(people ? { people } : {}),
        progress: modulesOf(state).map(({ id }) => ({ module: id, standing: 'onTrack' })),
      };
    },
    people: (context) => ours(context, teamDepartments),
  },
  recordFollowUp: {
    fields: () =>
      (['shooting', 'period', 'productionPrice', 'mediaPrice'] as const).map((key) =>
        f(key, 'long', { hint: w.naHint, max: 4000 }),
      ),
  },
  rejectProposal: reason,
  raiseRevision: {
    fields: ({ state }) => {
      const shown = Object.values(state.pieces).filter(({ versions }) => versions.length > 0);
      const open = openOpinions(state);
      return [
        f('from', 'person', { hint: w.fromHint }),
        f('source', 'enum', { options: sources }),
        { ...words, required: open.length === 0, hint: w.opinionsHint },
        f('pieceIds', 'enum', { optional: true, options: someOf(shown.map(({ id, name }) => ({ id, name }))) }),
        ...(open.length > 0
          ? [
              f('opinionIds', 'enum', {
                optional: true,
                options: someOf(open.map((one) => ({ id: one.id, name: one.words.slice(0, 160) }))),
              }),
            ]
          : []),
        f('toProposal', 'bool', { hint: w.toProposalHint }),
      ];
    },
    initial: ({ around }) => ({ source: 'phone', from: around.contacts[0]?.id }),
    complete: ({ pieceIds, opinionIds, toProposal }) => ({
      pieceIds: idsIn(pieceIds),
      opinionIds: idsIn(opinionIds),
      toProposal: toProposal === true,
    }),
    people: ({ around }) => around.contacts,
  },
  dropRevision: {
    fields: ({ state }) => [
      f('revision', 'enum', {
        options: state.revisions
          .filter(({ raised, state: stands }) => raised !== undefined && stands !== 'DROPPED' && stands !== 'CONFIRMED')
          .map(({ ordinal }) => ({ value: String(ordinal), zh: `R${ordinal}`, en: `R${ordinal}` })),
      }),
      words,
    ],
    complete: ({ revision }) => ({ revision: Number(revision) }),
  },
  startProduction: none,
  reachNode: {
    fields: ({ state }) => [
      f('node', 'enum', {
        options: openNodes(state).map((node) => {
          const said = (lang: 'zh-CN' | 'en'): string => `${node.name} · ${dateInWords(node.date, lang)}`;
          return { value: nodeKey(node), zh: said('zh-CN'), en: said('en') };
        }),
      }),
    ],
    initial: ({ state }) => {
      const [first] = openNodes(state);
      return first ? { node: nodeKey(first) } : {};
    },
  },
  track: none,
  archive: none,
  hold: reason,
  resume: none,
  cancel: { fields: () => [{ ...words, hint: w.cancelHint }] },
  reopen: reason,
  changeOwner: {
    fields: () => [f('to', 'person', { hint: w.ownerHint }), words],
    people: (context) => ours(context, ['account']).filter((person) => person.id !== context.state.ownerId),
  },
};

/** Whether an act has a form here. */
export function isActHere(act: string): act is ActHere {
  return Object.hasOwn(actSpecs, act);
}
