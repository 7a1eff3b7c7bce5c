import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobTable, type JobRow } from '../../../store/jobs.ts';
import { people } from '../../../store/people.ts';
import { rowInCreation } from '../../store/job-row.ts';
import { cookieFor, fillAgency } from '../papers/agency.ts';
import { sitAt } from '../papers/browserless.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await fillAgency(house.api.deps.store);
}, 120_000);
afterAll(() => house.close());

const store = () => house.api.deps.store;

function row(id: string, clientId: string, title: string, more: Partial<JobRow> = {}): JobRow {
  const known = {
    _id: id,
    title,
    clientId,
    brandId: 'yunfeng',
    lineId: 'lvcha',
    ownerId: 'wangfang',
    holders: ['nora'],
  };
  return rowInCreation('2026-03-12T01:00:00.000Z', { ...known, ...more });
}

async function mailedLink(): Promise<string> {
  const wang = sitAt(house, await cookieFor(house.api.deps, 'wangfang'));
  const page = await wang.open('/admin/clients/yifeng');
  const sent = await wang.send(page, { person: 'zhoulan' }, '/status-link');
  expect(sent.status).toBe(303);
  expect((await wang.open(sent.location ?? '')).text).toContain('状态链接已寄给周岚');
  const mail = house.mails.filter((one) => one.to === 'zhoulan@client.example').at(-1);
  return /\/c\/a\/[A-Za-z0-9._-]+/.exec(mail?.text ?? '')?.[0] ?? '';
}

describe('a client’s status link', () => {
  it('S-41: shows the client’s own jobs, what waits for them and their contact; nobody else inside, no other client', async () => {
    await jobTable(store()).create([
      row('job-own', 'yifeng', '春季海报', {
        withClient: true,
        waiting: [
          {
            circulation: 'timetable',
            round: 1,
            point: 'timetable',
            step: 'client',
            role: 'CLIENT_CONTACT',
            side: 'client',
            holders: ['zhoulan'],
          },
        ],
      }),
      row('job-other', 'someoneelse', '别家的秘密'),
    ]);
    const link = await mailedLink();
    expect(link).not.toBe('');
    const page = await sitAt(house).open(link);
    expect(page.status).toBe(200);
    expect(page.text).toContain('春季海报');
    expect(page.text).toContain('进度表确认，请在签核邮件里处理');
    expect(page.text).toContain('王芳');
    expect(page.text).not.toContain('Nora');
    expect(page.text).not.toContain('别家的秘密');
    expect(page.text).not.toContain('<form');
  });

  it('is in no log and on no staff page, opens nothing under /a/, and ends with the address or the person', async () => {
    const link = await mailedLink();
    expect(house.logged.join('')).not.toContain(link.slice('/c/a/'.length));
    const wang = sitAt(house, await cookieFor(house.api.deps, 'wangfang'));
    expect((await wang.open('/admin/clients/yifeng')).text).not.toContain(link);
    const nobody = sitAt(house);
    expect((await nobody.open(link.replace('/c/a/', '/a/'))).status).toBe(404);
    expect((await nobody.open(`${link.slice(0, -1)}x`)).status).toBe(404);
    const entry = await people.get(store(), 'zhoulan');
    if (!entry) throw new Error('no person');
    await people.save(
      store(),
      'zhoulan',
      entry.revision,
      { ...entry.value, mail: { address: 'zhou@client.example', revision: 2 } },
      { by: 'sunlan', at: house.api.deps.clock() },
    );
    expect((await nobody.open(link)).status).toBe(404);
  });

  it('is mailed only by who serves the client', async () => {
    const wang = sitAt(house, await cookieFor(house.api.deps, 'wangfang'));
    const page = await wang.open('/admin/clients/yifeng');
    const lin = sitAt(house, await cookieFor(house.api.deps, 'linxia'));
    const before = house.mails.length;
    expect((await lin.send(page, { person: 'lixiang' }, '/status-link')).status).toBe(404);
    expect(house.mails.length).toBe(before);
  });
});
