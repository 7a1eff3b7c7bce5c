import type { Connection } from 'mongoose';
import type { OpenInput } from '../../domain/job/effects.ts';
import type { Absence, BrandTeam, Person } from '../../domain/people/types.ts';
import { absences, brandTeams, people } from '../../store/people.ts';
import { person, step, teamOf } from '../domain/people/house.ts';

const change = { by: 'admin', at: '2026-03-01T00:00:00.000Z' };

/** The people of a small agency and its client; Chinese unless told otherwise. */
export const staff: readonly Person[] = [
  person('designer', ['ARTIST'], { name: '林 夏' }),
  person('writer', ['COPYWRITER'], { name: '陈 默' }),
  person('chief', ['COPY_CHIEF'], { name: '许 知远' }),
  person('artDirector', ['ART_DIRECTOR'], { name: '高 原' }),
  person('creativeDirector', ['CREATIVE_DIRECTOR'], { name: 'Nora Blum', language: 'en' }),
  person('executive', ['ACCOUNT_EXECUTIVE'], { name: '王 芳' }),
  person('director', ['ACCOUNT_DIRECTOR'], { name: '赵 明' }),
  person('boss', ['MANAGEMENT'], { name: '孙 总' }),
  person('lead', ['CLIENT_LEAD'], { name: '周 岚' }),
];

/** Puts people, their brand's team and leave into the registers. */
export async function fillHouse(
  connection: Connection,
  all: readonly Person[] = staff,
  leave: readonly Absence[] = [],
  defaults: BrandTeam['defaults'] = {},
): Promise<void> {
  for (const one of all) await people.save(connection, one.id, 0, one, change);
  await brandTeams.save(connection, 'team-1', 0, teamOf(all, defaults), change);
  for (const one of leave) await absences.save(connection, `leave-${one.personId}`, 0, one, change);
}

/** The desk of the copywriter in the first round of artwork QC, as its opening is asked for at `openingAt`. */
export const openInput = (processId: string, openingAt: string, more: Partial<OpenInput> = {}): OpenInput => ({
  processId,
  brandId: 'b1',
  clientId: 'c1',
  ownerId: 'executive',
  point: 'artworkQc',
  circulation: 'p1/artworkQc',
  round: 1,
  step: 'copywriter',
  route: step('COPYWRITER', { key: 'copywriter' }),
  about: { kind: 'piece', pieceId: 'p1', stage: 'FINISHED_ARTWORK', version: 1, hash: 'a'.repeat(64) },
  authorId: 'designer',
  signedBy: ['designer'],
  openingAt,
  ...more,
});
