import { describe, expect, it } from 'vitest';
import { may, scopeOf } from '../../../domain/people/may.ts';
import type { ViewAct, Viewer, ViewObject } from '../../../domain/people/may.ts';
import type { Role } from '../../../domain/people/roles.ts';

const viewer = (held: Role, more: Partial<Viewer> = {}): Viewer => ({
  personId: 'me',
  roles: [held],
  side: 'agency',
  brandIds: ['b1'],
  ...more,
});
const client: Viewer = { personId: 'me', roles: ['CLIENT_LEAD'], side: 'client', clientId: 'c1', brandIds: [] };
const ours: ViewObject = { brandId: 'b1', clientId: 'c1' };
const theirs: ViewObject = { brandId: 'b2', clientId: 'c2' };

const lines: readonly (readonly [string, Viewer, ViewAct, ViewObject, boolean])[] = [
  ['an executive reads jobs of the own teams', viewer('ACCOUNT_EXECUTIVE'), 'job.read', ours, true],
  ['an executive reads no other brand', viewer('ACCOUNT_EXECUTIVE'), 'job.read', theirs, false],
  ['R-231: a director reads the brands in charge', viewer('ACCOUNT_DIRECTOR'), 'job.read', ours, true],
  ['a director reads no foreign brand', viewer('ACCOUNT_DIRECTOR'), 'job.read', theirs, false],
  ['a designer reads the own brands', viewer('ARTIST'), 'job.read', ours, true],
  ['a designer sends no mail again', viewer('ARTIST'), 'job.resendMail', ours, false],
  ['administration reads all', viewer('ADMIN'), 'job.read', theirs, true],
  ['management reads all', viewer('MANAGEMENT'), 'job.log', theirs, true],
  ['the front desk reads no job', viewer('RECEPTION'), 'job.read', ours, false],
  ['a client sees the own public status', client, 'job.status', ours, true],
  ['a client sees no other client', client, 'job.status', theirs, false],
  ['a client reads no job', client, 'job.read', ours, false],
  ['a client reads no log', client, 'job.log', ours, false],
  ['a contact’s data stays with the brand team', viewer('ACCOUNT_EXECUTIVE'), 'contact.read', ours, true],
  ['… not even management', viewer('MANAGEMENT'), 'contact.read', ours, false],
  ['… nor another brand', viewer('ACCOUNT_MANAGER'), 'contact.read', theirs, false],
  ['only keepers write people', viewer('ACCOUNT_DIRECTOR'), 'people.write', ours, false],
  ['a keeper writes people', viewer('ADMIN'), 'people.write', {}, true],
  ['everybody announces the own leave', viewer('ARTIST'), 'absence.write', { personId: 'me' }, true],
  ['nobody a colleague’s', viewer('ARTIST'), 'absence.write', { personId: 'you' }, false],
  ['a third party reads nothing', viewer('THIRD_PARTY', { side: 'outside' }), 'job.status', ours, false],
  [
    'a client’s account with a house title opens nothing',
    { ...client, roles: ['MANAGEMENT'] },
    'job.read',
    ours,
    false,
  ],
  ['an object that does not say its brand is out of reach', viewer('ACCOUNT_EXECUTIVE'), 'job.read', {}, false],
];

describe('may: who looks, and who keeps the registers', () => {
  it.each(lines)('%s', (_title, who, act, object, expected) => {
    expect(may(who, act, object)).toBe(expected);
  });

  it('the scope goes into the query: no team, nothing to read', () => {
    expect(scopeOf(viewer('ACCOUNT_EXECUTIVE', { brandIds: [] }), 'job.read')).toEqual({ kind: 'none' });
    expect(scopeOf(viewer('ARTIST', { roles: ['ARTIST', 'ADMIN'] }), 'job.read')).toEqual({ kind: 'all' });
  });
});
