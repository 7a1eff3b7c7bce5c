import { minutesCase } from '../minutes/definition.ts';
import type { CaseDefinition } from './definition.ts';
import { issue } from './issue.ts';
import { meeting } from './meeting.ts';
import { scheduleCase } from '../schedule/definition.ts';

/** Every kind of case the house ships, by its id. A new kind is one definition and one line here. */
export const standardCases: Readonly<Record<string, CaseDefinition>> = {
  meeting,
  minutes: minutesCase,
  issue,
  schedule: scheduleCase,
};
