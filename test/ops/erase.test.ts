import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeToken, tokensOf } from '../../api/session/tokens.ts';
import { verifyExport } from '../../ops/verify.ts';
import type { Person } from '../../domain/people/types.ts';
import { auditTable } from '../../store/audit.ts';
import { erasedName, erasePerson } from '../../store/erase.ts';
import { exportLog } from '../../store/export.ts';
import { entriesOf } from '../../store/log.ts';
import { networkTable } from '../../store/networks.ts';
import { outboxTable } from '../../store/outbox.ts';
import { absences, people } from '../../store/people.ts';
import { openSession, sessionTable } from '../../store/sessions.ts';
import { openClientHouse, until, type ClientHouse } from '../api/approve/client-house.ts';

/** `jobbag erase` as a person types it, on a house with a real engine in which the person signed something. */
let all: ClientHouse;
let id: string;
beforeAll(async () => {
  all = await openClientHouse('erase');
  const asked = await all.asked();
  ({ id } = asked);
  await all.press(asked.link, (await all.page(asked.link)).html, { verdict: 'sign' });
  await until(async () => ((await all.decisions(id)) === 1 ? true : undefined));
  // What asked and the receipt; both must be out, for a mail under way is nobody's to erase.
  const sent = { personId: all.contact.id, state: 'sent' } as const;
  await until(async () => ((await outboxTable(store()).countDocuments(sent)) >= 2 ? true : undefined));
}, 180_000);
afterAll(() => all.close());

const store = () => all.house.api.deps.store;
const change = { by: 'boss', at: '2026-03-12T08:00:00.000Z' } as const;

/** The command in a process of its own; `typed` is what the person answers. */
function erase(args: readonly string[], typed: string): Promise<{ code: number; out: string }> {
  const { config } = all.house.api.deps;
  const env = {
    PATH: process.env.PATH,
    TEMPORAL_ADDRESS: config.temporalAddress,
    MONGODB_URI: config.mongodbUri,
    SMTP_URL: config.smtpUrl,
    PUBLIC_BASE_URL: config.publicBaseUrl,
    MAIL_FROM: config.mailFrom,
    JOBBAG_DATA_DIR: config.dataDir,
    JOBBAG_KEYS_DIR: config.keysDir,
  };
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'ops/jobbag.ts', 'erase', ...args],
      { cwd, env },
      (error, out) => resolve({ code: error === null ? 0 : Number(error.code ?? 1), out }),
    );
    child.stdin?.end(typed);
  });
}
async function switchOff(person: Person): Promise<void> {
  const entry = await people.get(store(), person.id);
  if (!entry) throw new Error('nobody');
  await people.save(store(), person.id, entry.revision, { ...entry.value, active: false }, change);
}
/** Everything the store holds, but for the texts of papers, of mails to others and of the log itself. */
async function everywhere(): Promise<string> {
  const [entries, mails, register, leave, audit, networks] = await Promise.all([
    entriesOf(store(), id),
    outboxTable(store()).find({ personId: all.contact.id }).lean(),
    people.table(store()).find({}).lean(),
    absences.table(store()).find({}).lean(),
    auditTable(store()).find({}).lean(),
    networkTable(store()).find({ personId: all.contact.id }).lean(),
  ]);
  return JSON.stringify([entries, mails, register, leave, audit, networks]);
}
async function exported(): Promise<string> {
  return JSON.stringify(await exportLog(store(), id, { personal: true }));
}

describe('npm run jobbag -- erase', { timeout: 120_000 }, () => {
  test('nobody, nobody known, more than one, and somebody still active are refused with what to do', async () => {
    expect(await erase([], '')).toMatchObject({ code: 2 });
    expect(await erase(['--yes', all.contact.id], '')).toMatchObject({ code: 2 });
    expect(await erase(['a', 'b'], '')).toMatchObject({ code: 2 });
    const unknown = await erase(['p-nobody'], 'p-nobody\n');
    expect([unknown.code, unknown.out]).toEqual([1, expect.stringContaining('there is no person p-nobody')]);
    const active = await erase([all.contact.id], `${all.contact.id}\n`);
    expect([active.code, active.out]).toEqual([1, expect.stringContaining('still active')]);
    expect(await everywhere()).toContain(all.contact.name);
  });

  test('somebody on whose desk something lies is refused', async () => {
    const holder = await all.house.person(['CLIENT_CONTACT'], { side: 'client' });
    await switchOff(holder);
    await store()
      .collection<{ _id: string }>('steps')
      .insertOne({ _id: 'x:y:1:z', open: true, holders: [holder.id] } as never);
    try {
      const refused = await erase([holder.id], `${holder.id}\n`);
      expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('1 thing still lies on this desk')]);
    } finally {
      await store().collection<{ _id: string }>('steps').deleteOne({ _id: 'x:y:1:z' });
    }
  });

  test('not confirmed, or with another id: it says what would go and erases nothing', async () => {
    await switchOff(all.contact);
    const before = await everywhere();
    for (const typed of ['', 'y\n', `${all.director.id}\n`]) {
      const { code, out } = await erase([all.contact.mail.address], typed);
      expect([code, out]).toEqual([1, expect.stringContaining('Nothing was erased.')]);
      expect(out).toContain('beside 1 entry of a log');
    }
    expect(await everywhere()).toBe(before);
  });

  test('confirmed: the person is gone everywhere, what was signed stays, and the log verifies; a second run finds nothing', async () => {
    const { contact } = all;
    await openSession(store(), { personId: contact.id, how: 'code' }, change.at, 3_600_000);
    await makeToken(store(), { personId: contact.id, name: 'report', madeBy: 'test', at: change.at });
    const leave = { personId: contact.id, from: '2026-04-01T00:00:00.000Z', to: '2026-04-02T00:00:00.000Z' };
    await absences.save(store(), 'leave-1', 0, { ...leave, kind: 'sick' }, { ...change, words: 'a bad flu' });
    const older = await exported();
    for (const personal of [contact.name, contact.mail.address]) expect(older).toContain(personal);
    for (const said of ['a bad flu', 'sick']) expect(await everywhere()).toContain(said);

    const done = await erase([contact.mail.address], `${contact.id}\n`);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining(`${contact.id} is erased`)]);
    for (const personal of [contact.name, contact.mail.address, 'a bad flu', 'sick'])
      expect(await everywhere()).not.toContain(personal);
    expect((await people.get(store(), contact.id))?.value).toMatchObject({ name: erasedName, active: false });
    expect(await sessionTable(store()).countDocuments({ personId: contact.id })).toBe(0);
    expect(await tokensOf(store(), contact.id)).toEqual([]);
    // The decision stands under its id, and a log exported before, with the names, verifies as one exported now.
    expect(await all.decisions(id)).toBe(1);
    const now = await exported();
    expect(now).toContain(contact.id);
    for (const log of [older, now]) expect(verifyExport(log)).toMatchObject({ ok: true });

    const again = await erase([contact.id], `${contact.id}\n`);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('beside 0 entries of logs') as string });
  });

  test('a crash in the middle is finished by the next run, and nobody else is touched', async () => {
    const one = await all.house.person(['ARTIST'], { name: '陈一' });
    const other = await all.house.person(['ARTIST'], { name: '陈二' });
    await switchOff(one);
    // As far as the first write came: the register is new, its history not yet.
    const entry = await people.get(store(), one.id);
    if (!entry) throw new Error('nobody');
    await people.save(store(), one.id, entry.revision, { ...entry.value, name: erasedName }, change);
    expect(await everywhere()).toContain('陈一');
    await erasePerson(store(), one.id, change);
    const left = await everywhere();
    expect([left.includes('陈一'), left.includes('陈二'), left.includes(other.mail.address)]).toEqual([
      false,
      true,
      true,
    ]);
    await expect(erasePerson(store(), 'p-nobody', change)).rejects.toThrow('no person');
  });
});
