import { describe, expect, it } from 'vitest';
import { mayStandIn } from '../../../domain/people/stand-in.ts';
import type { Role } from '../../../domain/people/roles.ts';

/** §1.4, line by line: absent, candidate's title, in the same brand team, may. */
const lines: readonly (readonly [Role, Role, boolean, boolean])[] = [
  ['ACCOUNT_EXECUTIVE', 'ACCOUNT_EXECUTIVE', true, true],
  ['ACCOUNT_EXECUTIVE', 'ACCOUNT_EXECUTIVE', false, false],
  ['ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', false, true],
  ['ACCOUNT_EXECUTIVE', 'ACCOUNT_DIRECTOR', false, true],
  ['ACCOUNT_EXECUTIVE', 'CREATIVE_DIRECTOR', true, false],
  ['ACCOUNT_EXECUTIVE', 'MEDIA_PLANNER', true, false],
  ['ACCOUNT_MANAGER', 'ACCOUNT_MANAGER', false, true],
  ['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR', false, true],
  ['ACCOUNT_MANAGER', 'ACCOUNT_EXECUTIVE', true, false],
  ['ACCOUNT_DIRECTOR', 'ACCOUNT_DIRECTOR', false, true],
  ['ACCOUNT_DIRECTOR', 'ACCOUNT_MANAGER', true, false],
  ['ACCOUNT_DIRECTOR', 'MANAGEMENT', true, false],
  ['CREATIVE_DIRECTOR', 'CREATIVE_DIRECTOR', false, true],
  ['CREATIVE_DIRECTOR', 'ART_DIRECTOR', true, false],
  ['CREATIVE_DIRECTOR', 'COPYWRITER', true, false],
  ['ART_DIRECTOR', 'ART_DIRECTOR', false, true],
  ['ART_DIRECTOR', 'CREATIVE_DIRECTOR', false, true],
  ['ART_DIRECTOR', 'ARTIST', true, false],
  ['ART_DIRECTOR', 'COPYWRITER', true, false],
  ['COPYWRITER', 'COPYWRITER', false, true],
  ['COPYWRITER', 'COPY_CHIEF', false, true],
  ['COPYWRITER', 'ARTIST', true, false],
  ['ARTIST', 'ARTIST', false, true],
  ['ARTIST', 'ART_DIRECTOR', true, false],
  ['CLIENT_LEAD', 'CLIENT_LEAD', false, true],
  ['CLIENT_LEAD', 'CLIENT_CONTACT', false, false],
  ['CLIENT_LEAD', 'CLIENT_DECIDER', false, false],
  ['CLIENT_LEAD', 'ACCOUNT_DIRECTOR', true, false],
  ['MEDIA_BUYER', 'MEDIA_DIRECTOR', true, true],
  ['FINANCE', 'ADMIN', true, false],
];

describe('R-228: a stand-in has the same title or a higher one in the same line', () => {
  it.each(lines)('%s, %s in the team %s: %s', (absent, candidate, inTeam, expected) => {
    expect(mayStandIn(absent, { roles: [candidate], inTeam })).toBe(expected);
  });
});
