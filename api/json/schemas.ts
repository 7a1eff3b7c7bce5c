import { z } from 'zod';
import { jobPhases } from '../../domain/job/state.ts';
import { roles } from '../../domain/people/roles.ts';
import { refusalTable, type RefusalCode } from '../../domain/wording/refusals.ts';
import { day, id, idPattern, moment } from '../../papers/field.ts';
import { line } from '../../papers/text.ts';

/** Parts of requests and answers that several routes share. */

/** Id of a process, as `workflows/ids.ts` makes it. */
export const processId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id given by the house')
  .meta({ description: 'Id of the job’s process, or its job number', example: 'job-Vd1cTn9s2a' });

/** SHA-256 in lower-case hexadecimal. */
export const sha256Hex = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')
  .meta({ description: 'SHA-256 in lower-case hexadecimal' });

/** Id of a command: what makes it count once. */
export const commandId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, '8 to 64 letters, digits, _ or -')
  .meta({
    description: 'Id of a command; the same id is the same command, however often it is sent',
    example: 'c3f1a2f0-6c1e-4a2b-9d56-0a4d8f2b7c11',
  });

/** Problem details (RFC 9457) as every no looks. */
export const problemSchema = z
  .object({
    type: z
      .string()
      .meta({ description: 'Path of the page about this problem', example: '/problems/NOT_YET_YOUR_TURN' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What is wrong and what would be right, in the language asked for' }),
    code: z.string().meta({ description: 'Stable code', example: 'NOT_YET_YOUR_TURN' }),
    errors: z.array(z.object({ field: z.string(), code: z.string(), detail: z.string() })).optional(),
    rule: z.string().optional().meta({ description: 'Rule of the specification', example: 'R-36' }),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' });

const refusalCodes = Object.keys(refusalTable) as [RefusalCode, ...RefusalCode[]];

/** A refusal of the core inside an answer, with its sentence. */
export const refusalSchema = z
  .object({
    code: z.enum(refusalCodes),
    detail: z.string(),
    field: z.string().optional(),
    rule: z.string().optional(),
  })
  .meta({ id: 'Refusal' });

/** What the door says to a command that was taken in. */
export const doorAnswerSchema = z
  .object({
    commandId: z.string(),
    receivedAt: z.string(),
    outcome: z.enum(['accepted', 'received']),
    seq: z.int().optional().meta({ description: 'Last entry of the log the command wrote; read with ?atLeast=' }),
    repeated: z.boolean().optional().meta({ description: 'The same command was known already' }),
  })
  .meta({ id: 'DoorAnswer' });

/** Nothing: routes without parameters or without a query. */
export const nothing = z.strictObject({});

/** Page of a list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'At most so many', example: 50 }),
};

/** A name somebody registers. */
export const nameText = line(120);

export const personRole = z.enum(roles);
export const phase = z.enum(jobPhases);
export { day, id, idPattern, moment };
