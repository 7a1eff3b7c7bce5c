import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../domain/people/types.ts';
import { areMinutes, caseRow, pointOf } from '../../store/cases.ts';
import { entriesOf } from '../../store/log.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../worker/main.ts';
import { openPostOffice, type PostOffice } from '../activities/mail/post-office.ts';
import { samples } from '../papers/samples.ts';
import { openHouse, type House } from './support/house.ts';

let house: House;
let post: PostOffice;
let worker: RunningWorker;
let executive: Person;
let manager: Person;
let contact: Person;
let place: Awaited<ReturnType<House['brand']>>;
const tokens = new Map<string, string>();
const taskQueue = `bounces-${randomUUID()}`;
const secret = randomUUID().replaceAll('-', '');

beforeAll(async () => {
  post = await openPostOffice();
  house = await openHouse(
    {
      SMTP_URL: post.url,
      BOUNCE_ADDRESS: 'bounces@agency.example',
      BOUNCE_SMTP_PORT: '0',
      BOUNCE_WEBHOOK_SECRET: secret,
    },
    { taskQueue },
  );
  executive = await house.person(['ACCOUNT_EXECUTIVE']);
  manager = await house.person(['ACCOUNT_MANAGER']);
  place = await house.brand([executive, manager]);
  contact = await house.person(['CLIENT_LEAD'], { side: 'client', clientId: place.clientId });
  for (const person of [executive, manager]) tokens.set(person.id, await house.token(person));
  const { config, logger } = house.api.deps;
  worker = await startWorker(config, { taskQueue, bundle: await bundleWorkflows(), logger });
});
afterAll(async () => {
  await worker.stop();
  await house.close();
  await post.stop();
});

async function call(who: Person, path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${house.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.get(who.id) ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  expect(answer.ok, JSON.stringify(said)).toBe(true);
  return said;
}

async function until<T>(what: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await what();
    if (found !== undefined) return found;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error('it never came');
}

async function minutesOf(id: string) {
  const row = await caseRow(house.api.deps.store, id);
  const state = row && pointOf(row).state;
  if (!state || !areMinutes(state)) throw new Error('no minutes');
  return state;
}

const move = (who: Person, id: string, act: object) =>
  call(who, `/cases/${id}/acts`, { act: { type: 'move', ...act } });

/** Minutes at the client; answers the return address in the envelope of the mail that asked them. */
async function sentMinutes(): Promise<{ readonly id: string; readonly returnTo: string; readonly copyHash: string }> {
  const title = `记录 ${randomUUID().slice(0, 8)}`;
  const parts = { confirmer: [contact.id], reviewer: [manager.id] };
  const about = { title, clientId: place.clientId, brandId: place.brandId, ownerId: executive.id, parts };
  const id = String((await call(executive, '/minutes', about))['id']);
  const content = { ...samples['F-15'], participants: [contact.id, executive.id], nextSteps: [] };
  const nextSteps = [{ action: '标题放大', executor: executive.id, keyDate: '2026-12-16' }];
  await move(executive, id, { move: 'submit', paper: { form: 'F-15', content: { ...content, nextSteps } } });
  await move(manager, id, { move: 'approve', hash: (await minutesOf(id)).papers['F-15']?.hash });
  const mail = await until(() =>
    post.taken.find(
      ({ to, email }) =>
        to.includes(contact.mail.address) && (email.subject ?? '').includes(title) && /\/m\/a\//.test(email.text ?? ''),
    ),
  );
  await until(async () => ((await minutesOf(id)).window === undefined ? undefined : true));
  return { id, returnTo: mail.from, copyHash: String((await minutesOf(id)).papers['F-15']?.facts['copyHash']) };
}

const report = (action: string): string =>
  [
    'From: MAILER-DAEMON@mx.client.example',
    'To: somebody@agency.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I am sorry to have to inform you that your message could not be delivered.',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.client.example',
    '',
    'Final-Recipient: rfc822; contact@client.example',
    `Action: ${action}`,
    'Status: 5.1.1',
    '',
    '--b1--',
    '',
  ].join('\r\n');

async function deliver(to: string, raw: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: house.api.bouncePort ?? 0, ignoreTLS: true });
  await transport.sendMail({ envelope: { from: '', to: [to] }, raw });
  transport.close();
}

describe('mails that come back', () => {
  it('R-136: a report to the signed return address ends the window and is told to the account person; nothing else is', async () => {
    const { id, returnTo } = await sentMinutes();
    expect(returnTo).toMatch(/^bounces\+[0-9a-f]{32}-[0-9a-f]{20}@agency\.example$/);
    await deliver(returnTo, report('delayed'));
    await deliver(
      returnTo,
      'From: a@b.example\r\nTo: x@y.example\r\nSubject: Out of office\r\n\r\nBack on Monday.\r\n',
    );
    expect((await minutesOf(id)).window, 'late and out-of-office say nothing').toBeDefined();
    await deliver(returnTo.toUpperCase(), report('failed'));
    const state = await until(async () => {
      const now = await minutesOf(id);
      return now.window === undefined ? now : undefined;
    });
    expect(state.state).toBe('SENT');
    expect(state.clocks['window']).toBeUndefined();
    expect(state.asked['confirmMinutes']?.people[contact.id]?.bouncedAt).toBeDefined();
    await until(() =>
      post.taken.find(
        ({ to, email }) => to.includes(executive.mail.address) && (email.subject ?? '').includes('did not arrive'),
      ),
    );
  });

  it('a return address that is not signed by us is no mailbox', async () => {
    const { returnTo } = await sentMinutes();
    const other = returnTo.replace(/[0-9a-f]@/, (last) => (last.startsWith('0') ? '1@' : '0@'));
    await expect(deliver(other, report('failed'))).rejects.toThrow(/550/);
    await expect(deliver('bounces@agency.example', report('failed'))).rejects.toThrow(/550/);
  });

  it('by the webhook, and also when the minutes were filed: they are taken up again to hear it', async () => {
    const { id, returnTo, copyHash } = await sentMinutes();
    const post2 = (authorization: string, to = returnTo): Promise<Response> =>
      fetch(`${house.url}/bounces?to=${encodeURIComponent(to)}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'message/rfc822' },
        body: report('failed'),
      });
    await house.api.deps.door.send(id, {
      actor: { kind: 'person', personId: contact.id, roles: contact.roles, side: 'client', proof: 'link' },
      act: { type: 'move', move: 'sign', hash: copyHash },
    });
    await call(executive, `/cases/${id}/acts`, { act: { type: 'settleTask', task: 'v1.1', done: true } });
    await move(executive, id, { move: 'file' });
    expect((await minutesOf(id)).state).toBe('FILED');
    expect((await post2('Bearer wrong')).status).toBe(401);
    const taken = await until(async () => {
      const answer = await post2(`Bearer ${secret}`);
      return answer.status === 200 ? ((await answer.json()) as { outcome: string }) : undefined;
    });
    expect(taken.outcome).toBe('taken');
    const types = await until(async () => {
      const found = (await entriesOf(house.api.deps.store, id)).map(({ type }) => type);
      return found.includes('mailBounced') ? found : undefined;
    });
    expect(types.lastIndexOf('mailBounced')).toBeGreaterThan(types.lastIndexOf('caseMoved'));
    expect((await minutesOf(id)).state, 'a signature stands whatever came back').toBe('FILED');
  });
});
