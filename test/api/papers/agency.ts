import type { Connection } from 'mongoose';
import type { Clock } from '../../../config/clock.ts';
import type { Role } from '../../../domain/people/roles.ts';
import type { Person } from '../../../domain/people/types.ts';
import { cookieNames } from '../../../api/session/cookies.ts';
import { absoluteMs, stayingCookie } from '../../../api/session/staying.ts';
import { clients, type Client } from '../../../store/clients.ts';
import type { Keyrings } from '../../../store/keyring.ts';
import { brandTeams, people } from '../../../store/people.ts';
import { openSession } from '../../../store/sessions.ts';

const one = (id: string, name: string, roles: readonly Role[], more: Partial<Person> = {}): Person => ({
  id,
  name,
  roles,
  side: 'agency',
  language: 'zh-CN',
  mail: { address: `${id}@agency.example`, revision: 1 },
  active: true,
  ...more,
});

/** The people of a small agency and of its client. */
export const staff: readonly Person[] = [
  one('wangfang', '王芳', ['ACCOUNT_EXECUTIVE']),
  one('liuyang', '刘洋', ['ACCOUNT_MANAGER']),
  one('zhaoming', '赵明', ['ACCOUNT_DIRECTOR']),
  one('nora', 'Nora Blum', ['CREATIVE_DIRECTOR'], { language: 'en' }),
  one('gaoyuan', '高原', ['ART_DIRECTOR']),
  one('chenmo', '陈默', ['COPYWRITER']),
  one('linxia', '林夏', ['ARTIST']),
  one('hejing', '何静', ['ARTIST']),
  one('suhang', '苏航', ['STRATEGY_PLANNER']),
  one('sunlan', '孙岚', ['MANAGEMENT']),
  one('zhoulan', '周岚', ['CLIENT_LEAD'], {
    side: 'client',
    clientId: 'yifeng',
    mail: { address: 'zhoulan@client.example', revision: 1 },
  }),
  one('lixiang', '李想', ['CLIENT_CONTACT'], {
    side: 'client',
    clientId: 'yifeng',
    mail: { address: 'lixiang@client.example', revision: 1 },
  }),
];

/** The client with its brand and two lines. */
export const client: Client = {
  id: 'yifeng',
  name: '怡丰饮料',
  kind: 'fullService',
  contacts: ['zhoulan', 'lixiang'],
  brands: [
    {
      id: 'yunfeng',
      name: '云峰',
      code: 'YF',
      active: true,
      lines: [
        { id: 'lvcha', name: '绿茶', code: 'LC', active: true },
        { id: 'pinpai', name: '品牌', code: 'PP', active: true },
      ],
    },
  ],
  qcRoute: { route: 'qcSeven', chosenBy: 'zhaoming' },
  active: true,
};

/** Puts the agency into the registers of a store. */
export async function fillAgency(store: Connection): Promise<void> {
  const change = { by: 'sunlan', at: '2026-03-01T00:00:00.000Z' };
  for (const person of staff) await people.save(store, person.id, 0, person, change);
  await clients.save(store, client.id, 0, client, change);
  const members = staff
    .filter((person) => person.side === 'agency' && person.id !== 'sunlan')
    .map((person) => ({ personId: person.id, roles: person.roles }));
  await brandTeams.save(
    store,
    'team-yunfeng',
    0,
    { id: 'team-yunfeng', brandId: 'yunfeng', members, defaults: { ARTIST: 'linxia' } },
    change,
  );
}

/** Signs a person in and answers with the cookie a browser would send. */
export async function cookieFor(
  deps: {
    readonly store: Connection;
    readonly keys: Keyrings;
    readonly clock: Clock;
    readonly config: { readonly publicBaseUrl: string };
  },
  personId: string,
): Promise<{ readonly name: string; readonly value: string }> {
  const now = deps.clock();
  const { token } = await openSession(deps.store, { personId, how: 'code' }, now, absoluteMs);
  return { name: cookieNames(deps.config.publicBaseUrl).session, value: stayingCookie(deps.keys.cookies, token, now) };
}
