import { z } from 'zod';
import {
  handOverStates,
  type HandOverLine,
  type HandOverSignature,
  type HandOverWait,
} from '../../domain/people/hand-over.ts';
import type { HandOverEntry } from '../handover/read.ts';
import { personRole } from './schemas.ts';
import { dueInWords, inWords, markInWords, type Saying } from './when.ts';

/** One line of the list that is signed. */
export const handOverLineSchema = z
  .object({
    processId: z.string().meta({ description: 'Of `draft` the id of the draft' }),
    kind: z.enum(['job', 'case', 'draft']).meta({ description: '`draft`: a paper of a job nobody has requested yet' }),
    jobNumber: z.string().optional(),
    title: z.string(),
    standing: z.string().meta({ description: 'State of the job or case; of `draft` its form' }),
    owned: z.boolean().meta({ description: 'The giver answers for it' }),
    desks: z.array(
      z.object({
        circulation: z.string(),
        step: z.string(),
        dueAt: z.string().optional(),
        dueInWords: inWords.optional(),
      }),
    ),
    opinions: z.int(),
    revisions: z.array(z.int()),
    drafts: z.int(),
    tasks: z.int(),
    parts: z.array(z.string()),
  })
  .meta({ id: 'HandOverLine', description: 'Open work, and what of it goes over' });

const signatureSchema = z.object({
  by: z.string(),
  at: z.string(),
  inWords,
  proof: z.string(),
  inPlaceOf: z
    .string()
    .optional()
    .meta({ description: 'Who has left, or the account director who is away; both names are kept' }),
});

/** Who is asked to sign as account director. */
export const directorSchema = z.object({
  personId: z.string(),
  inPlaceOf: z.string().optional().meta({ description: 'The brand’s account director, who is away' }),
});

const waitSchema = z
  .object({
    part: z.enum(['giver', 'taker', 'director']),
    personId: z.string(),
    since: z.string(),
    sinceInWords: inWords,
    dueAt: z.string().optional(),
    dueInWords: inWords.optional(),
    provisional: z.boolean().meta({ description: 'Whether `dueAt` rests on holidays that are not published yet' }),
    rungs: z.array(
      z.object({
        n: z.int(),
        kind: z.string(),
        whom: z.string(),
        copy: z.array(z.string()).optional().meta({ description: 'Who hears it as well' }),
        by: z.string().optional().meta({ description: 'Absent: by mail' }),
        at: z.string(),
        inWords,
        firedAt: z.string().optional().meta({ description: 'When it was told; each is told once' }),
        firedInWords: inWords.optional(),
      }),
    ),
  })
  .meta({
    id: 'HandOverWait',
    description: 'A signature that is waited for, and the ladder that reminds of it (M-22)',
  });

/** A whole hand-over. */
export const handOverSchema = z
  .object({
    id: z.string(),
    revision: z.int(),
    brandId: z.string(),
    clientId: z.string(),
    from: z.string(),
    to: z.string(),
    roles: z.array(personRole),
    state: z.enum(handOverStates),
    startedBy: z.string(),
    startedAt: z.string(),
    startedInWords: inWords,
    giverSigns: z.string().meta({ description: 'The giver, or a manager in place of somebody who has left' }),
    factBookOn: z.string(),
    words: z.string(),
    owns: z.boolean().meta({ description: 'Jobs the giver answers for go over too' }),
    giver: signatureSchema.optional(),
    taker: signatureSchema.optional(),
    directorAsked: directorSchema
      .optional()
      .meta({ description: 'Who is asked as account director, once both have signed; absent where one of them is it' }),
    director: signatureSchema.optional(),
    waits: z.array(waitSchema),
    ended: z.object({ by: z.string(), at: z.string(), inWords, words: z.string() }).optional(),
    moved: z.object({ at: z.string(), inWords, jobs: z.int(), cases: z.int(), drafts: z.int() }).optional(),
    list: z.array(handOverLineSchema),
  })
  .meta({
    id: 'HandOver',
    description: 'A brand that goes from one person to another (F-57); moves nothing before the last signature',
  });

/** A hand-over as the world outside reads it: every moment in words too. */
export function handOverView(
  { id: handOverId, revision, value }: HandOverEntry,
  say: Saying,
): z.input<typeof handOverSchema> {
  const {
    ladder: _pinned,
    waits = [],
    giver,
    taker,
    director,
    ended,
    moved,
    list,
    roles,
    directorAsked,
    ...rest
  } = value;
  const signed = (one: HandOverSignature) => ({ ...one, inWords: say.moment(one.at) });
  return {
    id: handOverId,
    revision,
    ...rest,
    roles: [...roles],
    startedInWords: say.moment(rest.startedAt),
    ...(giver === undefined ? {} : { giver: signed(giver) }),
    ...(taker === undefined ? {} : { taker: signed(taker) }),
    ...(directorAsked === undefined ? {} : { directorAsked }),
    ...(director === undefined ? {} : { director: signed(director) }),
    waits: waits.map((wait) => waitView(wait, say)),
    ...(ended === undefined ? {} : { ended: { ...ended, inWords: say.moment(ended.at) } }),
    ...(moved === undefined ? {} : { moved: { ...moved, inWords: say.moment(moved.at) } }),
    list: list.map((line) => lineView(line, say)),
  };
}

/** A line of the list that is signed. */
export function lineView(line: HandOverLine, say: Saying): z.input<typeof handOverLineSchema> {
  return {
    ...line,
    desks: line.desks.map((desk) => ({ ...desk, ...dueInWords(say, desk.dueAt) })),
    revisions: [...line.revisions],
    parts: [...line.parts],
  };
}

function waitView(wait: HandOverWait, say: Saying): z.input<typeof waitSchema> {
  const { part, personId, since, dueAt, provisional = false, rungs } = wait;
  return {
    part,
    personId,
    since,
    sinceInWords: say.moment(since),
    ...(dueAt === undefined ? {} : { dueAt, ...dueInWords(say, dueAt, provisional) }),
    provisional,
    rungs: rungs.map(({ n, kind, whom, copy, by, at, firedAt }) => ({
      n,
      kind,
      whom,
      ...(copy === undefined ? {} : { copy: [...copy] }),
      ...(by === undefined ? {} : { by }),
      at,
      inWords: markInWords(say, at),
      ...(firedAt === undefined ? {} : { firedAt, firedInWords: say.moment(firedAt) }),
    })),
  };
}
