import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobRow } from '../../../store/jobs.ts';
import { stepsOf } from '../../../store/steps.ts';
import { openClientHouse, until, type ClientHouse } from '../approve/client-house.ts';
import { cookieFor } from '../papers/agency.ts';
import { sitAt } from '../papers/browserless.ts';

let all: ClientHouse;
beforeAll(async () => {
  all = await openClientHouse('answers');
}, 180_000);
afterAll(() => all.close());

describe('issue 4, 6: a job that is cancelled while somebody is asked', { timeout: 120_000 }, () => {
  it('leaves nothing on any list, its link answers kindly, and it is counted for whoever was asked, in JSON too', async () => {
    const { id, link } = await all.asked();
    const { deps } = all.house.api;
    const boss = await all.house.person(['MANAGEMENT', 'ACCOUNT_DIRECTOR'], { language: 'zh-CN' });
    const token = await all.house.token(boss);
    const api = async (path: string, body?: object): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${all.house.url}/api/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as Record<string, unknown>;
    };
    expect((await all.page(link)).html).toContain('知名度');
    await api(`/jobs/${id}/acts`, { act: { type: 'cancel', words: '客户取消了这次推广' } });
    await until(async () => ((await jobRow(deps.store, id))?.phase === 'CANCELLED' ? true : undefined));

    const asked = (await stepsOf(deps.store, id)).find(({ step }) => step === 'client');
    expect(asked).toMatchObject({ open: false, state: 'lapsed', decidedBy: [], holders: [all.contact.id] });
    expect((await stepsOf(deps.store, id)).some(({ open }) => open)).toBe(false);
    expect(await jobRow(deps.store, id)).toMatchObject({ open: false, holders: [], waiting: [] });
    expect((await jobRow(deps.store, id))?.dueAt).toBeUndefined();
    const closed = await all.page(link);
    expect(closed.status).toBe(200);
    expect(closed.html).toContain('这项工作已取消');
    expect(closed.html).not.toContain('name="verdict"');

    // Whoever was asked reads once that nothing is needed any more, and not why the agency gave it up.
    const toContact = () =>
      all.house.mails.filter(({ to, text }) => to === all.contact.mail.address && text.includes('cancelled this job'));
    await until(() => (toContact().length > 0 ? true : undefined));
    expect(toContact()).toHaveLength(1);
    expect(toContact()[0]?.subject).toContain('The job is cancelled, nothing is needed any more');
    expect(toContact()[0]?.text).not.toContain('客户取消了这次推广');

    const { people } = (await api('/answers?days=30')) as { people: readonly Record<string, unknown>[] };
    expect(people.find(({ personId }) => personId === all.contact.id)).toMatchObject({
      asked: 1,
      answered: 0,
      unanswered: 1,
    });
    const page = await sitAt(all.house, await cookieFor(deps, boss.id)).open('/spent');
    expect(page.text).toContain('未答复即结束');
    expect(page.text).toContain(all.contact.name);
    expect(((await api('/answers?days=0')) as { status?: number }).status).toBe(422);
  });
});
