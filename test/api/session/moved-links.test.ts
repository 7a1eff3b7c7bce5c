import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proofMs } from '../../../api/session/link-proof.ts';
import { addMs } from '../../../domain/instant.ts';
import { findGrant, mintGrant } from '../../../store/grants.ts';
import { linkUseTable } from '../../../store/link-uses.ts';
import { linkFor, linkRoads } from '../../../store/links.ts';
import { loginCodeTable } from '../../../store/login-codes.ts';
import { people } from '../../../store/people.ts';
import { cookieOf } from '../approve/office.ts';
import { until } from '../approve/client-house.ts';
import { openHouse, type House } from '../support/house.ts';
import { artworkLink, browserOf, correctAddress, everyRoad, type MailedLink } from './roads.ts';

/** A link that was mailed before its person's address was corrected (design §6): it opens with a code from the address of today. */
let house: House;
let roads: Readonly<Record<string, MailedLink>>;
beforeAll(async () => {
  house = await openHouse();
  roads = await everyRoad(house);
}, 120_000);
afterAll(() => house.close());

const store = () => house.api.deps.store;
const press = { linkCodeAgain: 'true' };
const why = '换过地址';

/** Codes that came to an address, oldest first. */
const codesTo = (address: string): string[] =>
  house.mails
    .filter(({ to, subject }) => to === address && subject.includes('链接验证码'))
    .map(({ text }) => (/(\d{4}) (\d{4})/.exec(text) ?? []).slice(1).join(''));
const codeTo = (address: string, n = 1): Promise<string> => until(() => codesTo(address)[n - 1]);
const askedIn = (location: string): string => new URL(location, house.url).searchParams.get('asked') ?? '';

/** Everything a reading could have written or mailed. */
const written = async (): Promise<readonly number[]> => [
  await loginCodeTable(store()).countDocuments(),
  await linkUseTable(store()).countDocuments(),
];

/** A link to an artwork whose reader's address was corrected since. */
async function movedLink(): Promise<MailedLink & { readonly address: string }> {
  const mailed = await artworkLink(house);
  return { ...mailed, address: (await correctAddress(house, mailed.personId)).now };
}

/** Asks for a code in a browser and types it there. */
async function prove(browser: ReturnType<typeof browserOf>, link: string, address: string): Promise<string> {
  const before = codesTo(address).length;
  const { location } = await browser.post(link, press);
  const linkCode = await codeTo(address, before + 1);
  const proved = await browser.post(link, { linkCodeRequest: askedIn(location), linkCode });
  expect([proved.status, proved.location]).toEqual([303, `${link}?proved=1`]);
  return /^[^=]+=([^;]+)/.exec(proved.cookies[0] ?? '')?.[1] ?? '';
}

describe('a link that went to an address corrected since', { timeout: 120_000 }, () => {
  test('every road there is stands in this file', () => {
    expect(Object.keys(roads).sort()).toEqual([...linkRoads].sort());
  });

  test.each(['/a/', '/m/a/', '/h/a/', '/e/a/', '/c/a/'])(
    'by %s it shows nothing by itself; the code from the address of today opens it in that browser alone, until the next correction',
    async (road) => {
      const mailed = roads[road];
      if (!mailed) throw new Error('no such road');
      const { link, personId, shows } = mailed;
      const name = (await people.get(store(), personId))?.value.name ?? '';
      const [theirs, stranger] = [browserOf(house), browserOf(house)];
      const fresh = await theirs.open(link);
      expect([fresh.status, fresh.text.includes(shows), fresh.cookies]).toEqual([200, true, []]);
      const below = new Set([...fresh.text.matchAll(/="(\/[^"]+\/files\/[^"?]+)/g)].map(([, path = '']) => path));
      expect(below.size > 1).toBe(road === '/a/');
      for (const file of below) expect([file, (await theirs.open(file)).status]).toEqual([file, 200]);
      const { old, now } = await correctAddress(house, personId);

      const closed = async (browser: typeof theirs): Promise<void> => {
        const page = await browser.open(link);
        expect([page.status, page.text.includes(why), page.text.includes(shows), page.text.includes(name)]).toEqual([
          200,
          true,
          false,
          false,
        ]);
        expect(page.text).not.toContain(now);
        for (const file of below) {
          const answer = await browser.open(file);
          expect([answer.status, answer.type]).toEqual([403, 'text/html; charset=utf-8']);
        }
        expect(await browser.ask('HEAD', link)).toMatchObject({ status: 200, text: '', cookies: [] });
      };
      const quiet = await written();
      await closed(stranger);
      await closed(theirs);
      expect((await stranger.open(`${link}/files/x/0/raw`)).status).toBe(403);
      expect((await stranger.ask('PUT', link)).status).toBe(405);
      expect(await written(), 'GET and HEAD change nothing and mail nothing').toEqual(quiet);

      // A form from a page of before shows nothing either, whatever it wanted; its answer is the page with the code.
      const acting = await stranger.post(link, { do: 'sign', verdict: 'sign', words: '好' });
      expect([acting.status, acting.text.includes('name="linkCode"'), acting.text.includes(shows)]).toEqual([
        200,
        true,
        false,
      ]);
      await codeTo(now);
      const asked = await theirs.post(link, press);
      expect([asked.status, askedIn(asked.location).length]).toEqual([303, 22]);
      const code = await codeTo(now, 2);
      const form = await theirs.open(asked.location);
      expect([form.status, form.text.includes('name="linkCode"'), form.text.includes(shows)]).toEqual([
        200,
        true,
        false,
      ]);
      const typed = { linkCodeRequest: askedIn(asked.location), linkCode: code };
      const wrong = await theirs.post(link, { ...typed, linkCode: code === '00000000' ? '00000001' : '00000000' });
      expect([wrong.status, wrong.text.includes('验证码不对'), wrong.cookies]).toEqual([422, true, []]);
      await closed(theirs);

      const proved = await theirs.post(link, { ...typed, linkCode: `${code.slice(0, 4)} ${code.slice(4)}` });
      expect([proved.status, proved.location]).toEqual([303, `${link}?proved=1`]);
      expect(proved.cookies).toEqual([
        expect.stringMatching(/^jobbag_link=[\w.-]+; Path=\/[\w./-]+; Max-Age=2592000; HttpOnly; SameSite=Lax$/),
      ]);
      expect(proved.cookies[0]).toContain(`Path=${link};`);
      const seen = await theirs.open(proved.location);
      expect([seen.status, seen.text.includes(shows), seen.text.includes(name)]).toEqual([200, true, true]);
      for (const file of below) expect((await theirs.open(file)).status).toBe(200);
      // Sent twice, it is what it was.
      expect((await theirs.post(link, typed)).location).toBe(link);
      await closed(stranger);
      expect((await stranger.post(link, typed)).status).toBe(422);

      const late = await stranger.post(link, press);
      const lateCode = await codeTo(now, 3);
      await correctAddress(house, personId);
      await closed(theirs);
      const answer = await stranger.post(link, { linkCodeRequest: askedIn(late.location), linkCode: lateCode });
      expect(answer.status, 'a code on its way to an address corrected since opens nothing').toBe(422);
      await closed(stranger);
      expect(codesTo(old)).toEqual([]);
    },
  );

  test('opens on its own road only, and is nobody’s where it is not ours', async () => {
    const { link } = await movedLink();
    const browser = browserOf(house);
    for (const road of linkRoads.filter((one) => one !== '/a/'))
      expect((await browser.open(link.replace('/a/', road))).status).toBe(404);
    const other = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
    expect((await browser.open(other)).status).toBe(404);
    expect((await browser.post(other, press)).status).toBe(404);
    // In capitals the router takes it too, so the gate does.
    expect((await browser.open(link.replace('/a/', '/A/'))).text).toContain(why);
  });

  test('one that was made after the correction opens at once', async () => {
    const mailed = await artworkLink(house);
    const { since } = await correctAddress(house, mailed.personId);
    const grant = await findGrant(store(), mailed.link.slice('/a/'.length).split('.')[0] ?? '');
    if (!grant) throw new Error('no grant');
    const { links } = house.api.deps.keys;
    const anew = await mintGrant(store(), { ...grant, purpose: 'decideAnew' }, links, addMs(since, 1));
    const browser = browserOf(house);
    expect((await browser.open(mailed.link)).text).toContain(why);
    expect((await browser.open(linkFor(anew, links))).text).toContain(mailed.shows);
  });

  test('design §6: link identity beats any session; not even its own person’s opens it', async () => {
    const { link, personId, shows } = await movedLink();
    const person = (await people.get(store(), personId))?.value;
    if (!person) throw new Error('nobody');
    const { name, value } = await cookieOf(house, person);
    const page = await browserOf(house).ask('GET', link, { headers: { Cookie: `${name}=${value}` } });
    expect([page.text.includes(why), page.text.includes(shows)]).toEqual([true, false]);
  });

  test('bad input: no cookie but the right one opens it; a POST of nothing, of files or of a code nobody asked for mails nothing', async () => {
    const [one, other] = [await movedLink(), await movedLink()];
    const browser = browserOf(house);
    const value = await prove(browser, one.link, one.address);
    const [time = '', keyId = '', mac = ''] = value.split('.');
    const later = (parseInt(time, 36) + 1).toString(36);
    const changed = `${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`;
    const opens = async (link: string, cookie: string): Promise<boolean> =>
      (await browserOf(house).ask('GET', link, { headers: { Cookie: cookie } })).text.includes(one.shows);
    expect(await opens(one.link, `jobbag_link=${value}`)).toBe(true);
    for (const cookie of [
      'jobbag_link=',
      'jobbag_link=..',
      `jobbag_link=${later}.${keyId}.${mac}`,
      `jobbag_link=${time}.zzzzzz.${mac}`,
      `jobbag_link=${time}.${keyId}.${changed}`,
      `jobbag_link=${time}.${keyId}.${mac.slice(0, -1)}`,
      `jobbag_link=${value}; jobbag_link=${value}`,
      `jobbag_link=${'9'.repeat(5_000)}`,
    ])
      expect([cookie.slice(0, 60), await opens(one.link, cookie)]).toEqual([cookie.slice(0, 60), false]);
    expect(await opens(other.link, `jobbag_link=${value}`), 'of another link').toBe(false);

    const quiet = await written();
    const nothing = await browserOf(house).post(other.link, {});
    expect([nothing.status, nothing.text.includes(why)]).toEqual([422, true]);
    const files = new FormData();
    files.append('linkCodeAgain', 'true');
    expect((await browserOf(house).ask('POST', other.link, { body: files })).status).toBe(422);
    for (const linkCode of ['', '1', '9'.repeat(500), "12345678' or 1"])
      expect((await browserOf(house).post(other.link, { linkCodeRequest: '../../x', linkCode })).status).toBe(422);
    expect(await written()).toEqual(quiet);
  });

  test('a browser that keeps no cookie is told so, in both languages, and can have another code', async () => {
    const { link, address, shows } = await movedLink();
    await prove(browserOf(house), link, address);
    const refusing = browserOf(house);
    const told = await refusing.open(`${link}?proved=1`);
    expect([told.text.includes('没有收下我们的 Cookie'), told.text.includes(shows)]).toEqual([true, false]);
    expect((await refusing.open(`${link}?proved=1&lang=en`)).text).toContain('kept no cookie of ours');
    expect((await refusing.post(link, press)).status).toBe(303);
  });

  test('codes are mailed and tried so often and no more, whoever holds the link; the page says when, in both languages', async () => {
    const { link } = await movedLink();
    // A window may end while we press, so twice as many may pass; never more.
    const upTo = async (most: number, fields: Readonly<Record<string, string>>): Promise<number> => {
      for (let n = 1; n <= 2 * most + 1; n += 1) {
        const answer = await browserOf(house).post(`${link}?lang=${n % 2 === 0 ? 'zh-CN' : 'en'}`, fields);
        if (answer.status !== 429) continue;
        expect(answer.text).toMatch(/Too many codes were mailed or tried|验证码寄得或试得太多了/);
        expect(answer.text).not.toMatch(/what you filled in|您填写的内容/i);
        return n;
      }
      throw new Error('there is no limit');
    };
    expect(await upTo(5, press)).toBeGreaterThan(5);
    expect(await upTo(20, { linkCodeRequest: 'x', linkCode: '12345678' })).toBeGreaterThan(20);
  });

  test('a browser is believed for 30 days; nothing of a link, a code or a cookie stands in the log', async () => {
    const { link, address, shows } = await movedLink();
    const browser = browserOf(house);
    const value = await prove(browser, link, address);
    house.moveClock(proofMs - 60_000);
    expect((await browser.open(link)).text).toContain(shows);
    house.moveClock(120_000);
    const page = await browser.open(link);
    expect([page.text.includes(why), page.text.includes(shows)]).toEqual([true, false]);
    const logged = house.logged.join('');
    for (const secret of [value, ...codesTo(address), link.slice('/a/'.length)]) expect(logged).not.toContain(secret);
  });
});
