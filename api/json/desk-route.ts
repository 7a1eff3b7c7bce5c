import { z } from 'zod';
import { handOversToSign } from '../../store/hand-overs.ts';
import { deskOf } from '../../store/steps.ts';
import { casesWaiting, extensionsWaiting } from '../../store/waiting.ts';
import { caseLine, caseLineSchema, deskTask, deskTaskSchema } from './case-schemas.ts';
import { handOverSchema, handOverView } from './hand-over-schemas.ts';
import { stepSchema, stepView } from './job-views.ts';
import { route } from './route.ts';
import { deskEntry, deskEntrySchema } from './schedule-schemas.ts';
import { nothing } from './schemas.ts';
import { sayingFor } from './when.ts';

/** What lies on the desk of whoever asks. */
export const readDesk = route({
  method: 'get',
  path: '/desk',
  id: 'readDesk',
  tag: 'Jobs',
  summary:
    'What lies on my desk, due first on top: steps of jobs, meetings and minutes, tasks out of minutes, extensions to send, hand-overs to sign',
  params: nothing,
  query: nothing,
  answers: {
    200: {
      description:
        'Open steps I hold, cases in which it is my turn, my open tasks, my jobs whose drafted extension waits, and hand-overs that wait for my signature',
      schema: z.object({
        steps: z.array(stepSchema),
        cases: z.array(caseLineSchema),
        tasks: z.array(deskTaskSchema),
        handOvers: z.array(handOverSchema),
        entries: z.array(deskEntrySchema).meta({ description: 'Entries of execution schedules to confirm or to do' }),
        extensions: z
          .array(
            z.object({
              jobId: z.string(),
              jobNumber: z.string().optional(),
              title: z.string(),
              deliveryDate: z.string(),
            }),
          )
          .meta({
            description:
              'A later delivery date to ask the client for (R-51); the agreed one is `deliveryDate`, the draft stands in `/jobs/{jobId}/timetable`',
          }),
      }),
    },
  },
  handle: async ({ deps, req, who }) => {
    const me = who.person.id;
    const [steps, { turns, tasks, entries }, jobs, toSign, say] = await Promise.all([
      deskOf(deps.store, me),
      casesWaiting(deps.store, me),
      extensionsWaiting(deps.store, me),
      handOversToSign(deps.store, me),
      sayingFor(deps, req),
    ]);
    const body = {
      steps: steps.map((step) => stepView(step, say)),
      cases: turns.map(({ row }) => caseLine(row, say)),
      tasks: tasks.map((task) => deskTask(task, say)),
      handOvers: toSign.map((entry) => handOverView(entry, say)),
      entries: entries.map((entry) => deskEntry(entry, say)),
      extensions: jobs.map(({ _id, jobNumber, title, extendsDelivery = '' }) => ({
        jobId: _id,
        ...(jobNumber === undefined ? {} : { jobNumber }),
        title,
        deliveryDate: extendsDelivery,
      })),
    };
    return { status: 200, body };
  },
});
