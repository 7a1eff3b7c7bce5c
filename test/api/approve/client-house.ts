import { randomUUID } from 'node:crypto';
import type { Person } from '../../../domain/people/types.ts';
import { clients } from '../../../store/clients.ts';
import { wholeJob } from '../../../store/jobs.ts';
import { logTable } from '../../../store/log.ts';
import { bundleWorkflows } from '../../../worker/bundle.ts';
import { startWorker, type RunningWorker } from '../../../worker/main.ts';
import { samples } from '../../papers/samples.ts';
import { openHouse, type House } from '../support/house.ts';

/** A house with engine, worker and mailbox in which a client is asked to sign, as tests of the whole way need it. */
export type ClientHouse = Awaited<ReturnType<typeof openClientHouse>>;

/** Waits for something that other processes bring about; fails after a minute, which a busy machine may need. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('it did not happen within a minute');
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** The value of a hidden field of a page. */
export const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** Opens the house; `env` overrides its configuration. */
export async function openClientHouse(name: string, env: Readonly<Record<string, string>> = {}) {
  const taskQueue = `${name}-${randomUUID()}`;
  const bundle = await bundleWorkflows({ traced: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined });
  const house: House = await openHouse(
    { DOOR_DEADLINE_MS: '10000', MAIL_GATHER_SECONDS: '0', MAIL_PILE_MINUTES: '0', ...env },
    { taskQueue },
  );
  const executive = await house.person(['ACCOUNT_EXECUTIVE'], { name: '赵一' });
  const creative = await house.person(['CREATIVE_DIRECTOR'], { name: '王冉' });
  const director = await house.person(['ACCOUNT_DIRECTOR'], { name: '周岚' });
  const place = await house.brand([executive, creative, await house.person(['ACCOUNT_MANAGER']), director]);
  const contact: Person = await house.person(['CLIENT_CONTACT'], {
    name: '李女士',
    side: 'client',
    clientId: place.clientId,
  });
  const kept = await clients.get(house.api.deps.store, place.clientId);
  if (kept)
    await clients.save(
      house.api.deps.store,
      kept.id,
      kept.revision,
      { ...kept.value, contacts: [contact.id] },
      { by: 'test', at: new Date().toISOString() },
    );
  const token = await house.token(executive);
  let worker: RunningWorker | undefined;
  const work = async (): Promise<void> => {
    worker = await startWorker(house.api.deps.config, { taskQueue, bundle, logger: house.api.deps.logger });
  };
  const rest = async (): Promise<void> => {
    await worker?.stop();
    worker = undefined;
  };

  async function api(path: string, body: unknown, as = token): Promise<Readonly<Record<string, unknown>>> {
    const answer = await fetch(`${house.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${as}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
    const said = (await answer.json()) as Record<string, unknown>;
    if (answer.status >= 400) throw new Error(`${path} ${answer.status} ${JSON.stringify(said)}`);
    return said;
  }

  /** A job whose requirement brief lies with the client; returns the link out of the mail. */
  async function asked(): Promise<{ readonly id: string; readonly link: string }> {
    const content = {
      ...samples['F-01'],
      clientId: place.clientId,
      brandId: place.brandId,
      lineId: place.lineId,
      orderedBy: contact.id,
      orderedAt: '2026-03-12T08:30:00.000Z',
    };
    const made = await api('/jobs', {
      type: 'request',
      title: '春季海报',
      ...place,
      ownerId: executive.id,
      workTypes: ['print'],
      important: false,
      qcRoute: 'qcSeven',
      paper: { form: 'F-01', content },
    });
    const id = String(made.id);
    const act = (one: unknown) => api(`/jobs/${id}/acts`, { act: one });
    await act({
      type: 'holdBriefing',
      heldAt: new Date(Date.now() - 60_000).toISOString(),
      client: [contact.id],
      account: [executive.id],
      creative: ['cd'],
    });
    const before = house.mails.length;
    await act({ type: 'submit', point: 'requirementBrief', paper: { form: 'F-03', content: samples['F-03'] } });
    const link = await until(
      () =>
        house.mails
          .slice(before)
          .flatMap((mail) =>
            mail.to === contact.mail.address ? (/\/a\/[A-Za-z0-9_.-]+/.exec(mail.text)?.[0] ?? []) : [],
          )[0],
    );
    // The mail may be there before its entry is folded; the page must show the open step.
    await until(async () =>
      (await wholeJob(house.api.deps.store, id))?.state.circulations.requirementBrief?.stays.some(
        ({ state }) => state === 'open',
      )
        ? true
        : undefined,
    );
    return { id, link };
  }

  const page = async (path: string): Promise<{ status: number; html: string }> => {
    const answer = await fetch(house.url + path, { headers: { Accept: 'text/html', 'Accept-Language': 'zh-CN' } });
    return { status: answer.status, html: await answer.text() };
  };
  const press = async (link: string, html: string, fields: Record<string, string>): Promise<Response> =>
    fetch(house.url + link, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        Accept: 'text/html',
        'Accept-Language': 'zh-CN',
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        formValue: hidden(html, 'formValue'),
        round: hidden(html, 'round'),
        hash: hidden(html, 'hash'),
        ...fields,
      }).toString(),
    });
  const decisions = async (id: string): Promise<number> =>
    logTable(house.api.deps.store).countDocuments({ processId: id, type: 'decided', body: /"step":"client"/ });

  await work();
  return {
    house,
    place,
    executive,
    creative,
    director,
    contact,
    api,
    asked,
    page,
    press,
    decisions,
    work,
    rest,
    close: async (): Promise<void> => {
      await rest();
      await house.close();
    },
  };
}
