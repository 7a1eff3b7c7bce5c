import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Cookie } from 'playwright-core';
import { cookieNames } from '../../api/session/cookies.ts';
import { absoluteMs, stayingCookie } from '../../api/session/staying.ts';
import { statusGrant } from '../../api/staff/status-link.ts';
import { clockWithOffset } from '../../config/clock.ts';
import { openDemo, type OpenDemo } from '../../ops/demo/greet.ts';
import { findHouse, type HousePlace } from '../../ops/demo/place.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { grantTable, type Grant } from '../../store/grants.ts';
import { openKeyrings, type Keyrings } from '../../store/keyring.ts';
import { linkFor, tokenFor } from '../../store/links.ts';
import { people } from '../../store/people.ts';
import { openSession } from '../../store/sessions.ts';

/** A started demonstration house, opened from outside and with a key to its store. */
export class DemoHouse {
  readonly place: HousePlace;
  readonly demo: OpenDemo;
  readonly #store: Connection;
  readonly #keys: Keyrings;
  readonly #clock = clockWithOffset(0);

  private constructor(place: HousePlace, demo: OpenDemo, store: Connection, keys: Keyrings) {
    this.place = place;
    this.demo = demo;
    this.#store = store;
    this.#keys = keys;
  }

  /** Opens the house that runs; throws where it is no demonstration, so that nobody's real house is furnished. */
  static async open(): Promise<DemoHouse> {
    const place = await findHouse();
    const store = await connectStore({ uri: place.environment['MONGODB_URI'] ?? '' });
    if (!(await people.get(store, 'demo-zhou'))) {
      await closeStore(store);
      throw new Error(
        'The house that runs is no demonstration. Start one of its own: JOBBAG_DATA_DIR=<folder> npm start',
      );
    }
    const keys = openKeyrings(place.environment['JOBBAG_KEYS_DIR'] ?? '', clockWithOffset(0));
    return new DemoHouse(place, await openDemo(place), store, keys);
  }

  async close(): Promise<void> {
    await this.demo.close();
    await closeStore(this.#store);
  }

  ask<T>(who: string, path: string): Promise<T> {
    return this.demo.caller.ask<T>(who, 'GET', path);
  }

  /** A cookie that signs this person in, as if a mailed code had been typed. */
  async cookie(personId: string): Promise<Pick<Cookie, 'name' | 'value'> & { readonly url: string }> {
    const now = this.#clock();
    const { token } = await openSession(this.#store, { personId, how: 'code' }, now, absoluteMs);
    const { baseUrl } = this.place;
    return {
      name: cookieNames(baseUrl).session,
      value: stayingCookie(this.#keys.cookies, token, now),
      url: baseUrl,
    };
  }

  /** The newest link that was made for a person at a step; undefined where none was. */
  async link(
    where: Partial<Pick<Grant, 'processId' | 'personId' | 'step' | 'round' | 'purpose'>>,
  ): Promise<string | undefined> {
    const [row] = await grantTable(this.#store)
      .find(where)
      .sort({ mintedAt: -1 })
      .limit(1)
      .lean<(Grant & { _id: string })[]>();
    return row && linkFor({ ...row, id: row._id }, this.#keys.links);
  }

  /** The page of a client's own jobs, as the link in the mail leads to it. */
  async statusLink(personId: string, clientId: string): Promise<string> {
    const person = await people.get(this.#store, personId);
    if (!person) throw new Error(`nobody is called ${personId}`);
    const grant = await statusGrant(this.#store, person.value, clientId, this.#keys.links, this.#clock());
    return `/c/a/${tokenFor(grant, this.#keys.links)}`;
  }

  /** A meeting or minutes of this title, made once however often the pictures are taken. */
  async meeting(kind: 'meetings' | 'minutes', title: string, tell: (id: string) => Promise<void>): Promise<string> {
    const { cases } = await this.ask<{ cases: { id: string; title: string; kind: string }[] }>(
      'demo-zhou',
      '/cases?limit=200',
    );
    const wanted = kind === 'minutes' ? 'minutes' : 'meeting';
    const there = cases.find((one) => one.title === title && one.kind === wanted);
    if (there) return there.id;
    const body = {
      id: randomUUID(),
      title,
      clientId: 'demo-yunfeng',
      brandId: 'demo-yunfeng',
      ownerId: 'demo-zhao',
      parts: { confirmer: ['demo-liqing'], reviewer: ['demo-he'], clientPeople: ['demo-maosen'], team: ['demo-lin'] },
    };
    const { id } = await this.demo.caller.ask<{ id: string }>('demo-zhao', 'POST', `/${kind}`, body);
    await tell(id);
    return id;
  }

  /** A move of a meeting or of minutes, by somebody of the house. */
  async move(who: string, id: string, act: object): Promise<void> {
    await this.demo.caller.ask(who, 'POST', `/cases/${id}/acts`, { act: { type: 'move', ...act } });
  }

  /** The hash of the paper that lies in a case now. */
  async hash(id: string): Promise<string> {
    const { papers } = await this.ask<{ papers: { form: string; hash: string }[] }>('demo-zhao', `/cases/${id}`);
    return papers.find(({ form }) => form === 'F-15')?.hash ?? '';
  }

  /** The link of whoever is asked about minutes, once its mail is on its way; of a version, where one is named. */
  minutesLink(id: string, personId: string, round?: number): Promise<string> {
    const scope = { processId: id.replace('.', '/'), personId, purpose: 'minutes' };
    return this.demo.caller.until(`a link to ${id}`, () =>
      this.link(round === undefined ? scope : { ...scope, round }),
    );
  }

  /** Presses a button of the page a link to minutes opens, as a browser without JavaScript would. */
  async press(path: string, move: string, words: string): Promise<void> {
    const url = this.place.baseUrl + path;
    const page = await (await fetch(url)).text();
    const form = page.split('<form').find((part) => part.includes(`value="${move}"`)) ?? '';
    const formValue = /name="formValue" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.place.baseUrl },
      body: new URLSearchParams({ formValue, do: move, words }),
    });
    if (answer.status !== 303) throw new Error(`${String(answer.status)} when pressing ${move}`);
  }
}
