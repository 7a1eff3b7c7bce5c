import type { Connection } from 'mongoose';
import type { Client } from '../../store/clients.ts';
import { clients } from '../../store/clients.ts';
import { demoPrefix } from '../../store/demo.ts';
import { brandTeams, people } from '../../store/people.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Role } from '../../domain/people/roles.ts';

const staff = (
  id: string,
  name: string,
  role: Role,
  address: string,
  language: Person['language'] = 'zh-CN',
): Person => ({
  id: demoPrefix + id,
  name,
  roles: [role],
  side: 'agency',
  language,
  mail: { address: `${address}@yunfan.example`, revision: 1 },
  active: true,
});

const contact = (
  id: string,
  name: string,
  role: Role,
  client: string,
  address: string,
  language: Person['language'] = 'zh-CN',
): Person => ({
  id: demoPrefix + id,
  name,
  roles: [role],
  side: 'client',
  clientId: demoPrefix + client,
  language,
  mail: { address, revision: 1 },
  active: true,
});

/** The people of 云帆广告 and of its three clients. All invented. */
export const demoPeople = [
  staff('zhou', '周岚', 'ACCOUNT_DIRECTOR', 'lan.zhou'),
  staff('he', '何志远', 'ACCOUNT_MANAGER', 'zhiyuan.he'),
  staff('zhao', '赵一', 'ACCOUNT_EXECUTIVE', 'yi.zhao'),
  staff('sun', '孙立', 'ACCOUNT_EXECUTIVE', 'li.sun'),
  staff('wang', '王冉', 'CREATIVE_DIRECTOR', 'ran.wang'),
  staff('wu', '吴迪', 'ART_DIRECTOR', 'di.wu'),
  staff('chen', '陈默', 'COPYWRITER', 'mo.chen'),
  staff('lin', '林夏', 'ARTIST', 'xia.lin'),
  staff('gao', '高原', 'ARTIST', 'yuan.gao'),
  staff('luo', '罗青', 'MEDIA_DIRECTOR', 'qing.luo'),
  staff('tang', '唐海', 'STRATEGY_DIRECTOR', 'hai.tang'),
  staff('xu', '许佳', 'PRODUCTION', 'jia.xu'),
  staff('fang', '方文', 'FINANCE', 'wen.fang'),
  staff('shen', '沈静', 'MANAGEMENT', 'jing.shen'),
  staff('dai', '戴明', 'ADMIN', 'ming.dai'),
  contact('liqing', '李青', 'CLIENT_LEAD', 'yunfeng', 'qing.li@yunfeng.example'),
  contact('maosen', '毛森', 'CLIENT_CONTACT', 'yunfeng', 'sen.mao@yunfeng.example'),
  contact('hejun', '何军', 'CLIENT_LEAD', 'haisheng', 'jun.he@haisheng.example'),
  contact('tao', '陶然', 'CLIENT_CONTACT', 'haisheng', 'ran.tao@haisheng.example'),
  contact('anna', 'Anna Keller', 'CLIENT_LEAD', 'kaian', 'anna.keller@kaian.example', 'en'),
  contact('ben', 'Ben Ortiz', 'CLIENT_CONTACT', 'kaian', 'ben.ortiz@kaian.example', 'en'),
] as const;

const client = (
  id: string,
  name: string,
  contacts: readonly string[],
  brands: Client['brands'],
  route: Client['qcRoute']['route'] = 'qcSeven',
): Client => ({
  id: demoPrefix + id,
  name,
  kind: 'fullService',
  contacts: contacts.map((one) => demoPrefix + one),
  brands,
  qcRoute: { route, chosenBy: `${demoPrefix}zhou` },
  active: true,
});

const brand = (
  id: string,
  name: string,
  code: string,
  lines: readonly (readonly [string, string, string])[],
): Client['brands'][number] => ({
  id: demoPrefix + id,
  name,
  code,
  active: true,
  lines: lines.map(([line, title, lineCode]) => ({
    id: `${demoPrefix}${id}-${line}`,
    name: title,
    code: lineCode,
    active: true,
  })),
});

/** The clients, their brands and product lines with the codes the rule gives them. */
export const demoClients: readonly Client[] = [
  client(
    'yunfeng',
    '云峰茶业',
    ['liqing', 'maosen'],
    [
      brand('yunfeng', '云峰', 'YF', [
        ['lucha', '绿茶', 'LC'],
        ['wulong', '乌龙茶', 'WLC'],
        ['pinpai', '品牌', 'PP'],
      ]),
    ],
  ),
  client(
    'haisheng',
    '海生日化',
    ['hejun', 'tao'],
    [
      brand('haisheng', '海生', 'HS', [
        ['yagao', '牙膏', 'YG'],
        ['pinpai', '品牌', 'PP'],
      ]),
    ],
  ),
  client(
    'kaian',
    'Kaian Appliances 凯安电器',
    ['anna', 'ben'],
    [
      brand('kaian', '凯安', 'KA', [
        ['bingxiang', '冰箱', 'BX'],
        ['chuju', '厨具', 'CJ'],
      ]),
    ],
    'qcSix',
  ),
];

/** Writes people, clients and teams where they are not yet; running it again changes nothing. */
export async function registerDemo(store: Connection, at: string): Promise<void> {
  const change = { by: `${demoPrefix}zhou`, at, words: '演示 / demonstration' };
  for (const person of demoPeople) {
    if (!(await people.get(store, person.id))) await people.save(store, person.id, 0, person, change);
  }
  for (const one of demoClients) {
    if (!(await clients.get(store, one.id))) await clients.save(store, one.id, 0, one, change);
    for (const { id } of one.brands) {
      if (await brandTeams.get(store, id)) continue;
      const members = demoPeople
        .filter((person) => person.side === 'agency')
        .map((person) => ({ personId: person.id, roles: person.roles }));
      await brandTeams.save(store, id, 0, { id, brandId: id, members, defaults: {} }, change);
    }
  }
}
