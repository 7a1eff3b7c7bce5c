import { createDocument, type oas31 } from 'zod-openapi';
import { calendarRoutes } from './calendar-routes.ts';
import { caseRoutes } from './case-routes.ts';
import { clientRoutes } from './client-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { handOverRoutes } from './hand-over-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { ladderRoutes } from './ladder-routes.ts';
import { leaveRoutes } from './leave-routes.ts';
import { meetingRoutes } from './meeting-routes.ts';
import { paperRoutes } from './paper-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { pathsOf, type AnyRoute } from './route.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { timeRoutes } from './time-routes.ts';
import { timetableRoutes } from './timetable-routes.ts';

/** Where the routes lie. */
export const base = '/api/v1';

/** Every route of the JSON API, in the order of the document. */
export const allRoutes: readonly AnyRoute[] = [
  ...jobRoutes,
  ...paperRoutes,
  ...fileRoutes,
  ...recordRoutes,
  ...timetableRoutes,
  ...scheduleRoutes,
  ...timeRoutes,
  ...meetingRoutes,
  ...ladderRoutes,
  ...calendarRoutes,
  ...caseRoutes,
  ...issueRoutes,
  ...clientRoutes,
  ...peopleRoutes,
  ...leaveRoutes,
  ...handOverRoutes,
];

let made: oas31.OpenAPIObject | undefined;

/** The OpenAPI 3.1 document, made once of the same schemas the routes parse with. */
export function openApiDocument(publicBaseUrl: string): oas31.OpenAPIObject {
  made ??= createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Jobbag 工作袋',
        version: '1',
        description:
          'An advertising job from brief to archive. Every no is a problem answer (RFC 9457) with a stable code. Money is in whole fen, times are ISO-8601 in UTC. Sign in with `Authorization: Bearer <token>`.',
      },
      servers: [{ url: publicBaseUrl }],
      security: [{ token: [] }],
      tags: [...new Set(allRoutes.map(({ tag }) => tag))].map((name) => ({ name })),
      paths: pathsOf(allRoutes, base),
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    // Contents of papers and acts the handler parses are shown by their own schemas; anything else there is is any JSON.
    { allowEmptySchema: { custom: true, unknown: true, transform: true } },
  );
  return made;
}
