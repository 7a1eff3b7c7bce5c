import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Cookie } from 'playwright-core';
import { cookieNames } from '../../api/session/cookies.ts';
import { absoluteMs, stayingCookie } from '../../api/session/staying.ts';
import { statusGrant } from '../../api/staff/status-link.ts';
import type { Clock } from '../../config/clock.ts';
import type { Ladder } from '../../domain/calendar/ladders.ts';
import { addMs, type Instant } from '../../domain/instant.ts';
import { greet, openDemo, type OpenDemo } from '../../ops/demo/greet.ts';
import { clockIn, findHouse, type HousePlace } from '../../ops/demo/place.ts';
import { closeStore, connectStore } from '../../store/connect.ts';
import { grantTable, type Grant } from '../../store/grants.ts';
import { openKeyrings, type Keyrings } from '../../store/keyring.ts';
import { ladderRegister } from '../../store/ladders.ts';
import { linkFor, tokenFor } from '../../store/links.ts';
import { people } from '../../store/people.ts';
import { openSession } from '../../store/sessions.ts';

/** A job as the house tells of it. */
export interface DemoJob {
  readonly id: string;
  readonly title: string;
  readonly phase: string;
  readonly ownerId: string;
}

/** Whom a link is for, and what for. */
export type LinkWhere = Partial<Pick<Grant, 'processId' | 'personId' | 'step' | 'round' | 'purpose'>>;

/** A started demonstration house, opened from outside and with a key to its store. */
export class DemoHouse {
  readonly place: HousePlace;
  readonly demo: OpenDemo;
  readonly #store: Connection;
  readonly #keys: Keyrings;
  readonly #clock: Clock;

  private constructor(place: HousePlace, demo: OpenDemo, store: Connection, keys: Keyrings) {
    this.place = place;
    this.demo = demo;
    this.#store = store;
    this.#keys = keys;
    this.#clock = clockIn(place);
  }

  /**
   * Opens the house that runs, or the rehearsal, which has the demonstration's people and gets its jobs here. Throws where
   * it is no demonstration, so that nobody's real house is furnished.
   */
  static async open(): Promise<DemoHouse> {
    const place = await findHouse();
    const store = await connectStore({ uri: place.environment['MONGODB_URI'] ?? '' });
    if (!(await people.get(store, 'demo-zhou'))) {
      await closeStore(store);
      throw new Error(
        'The house that runs is no demonstration. Start one of its own: JOBBAG_DATA_DIR=<folder> npm start',
      );
    }
    const keys = openKeyrings(place.environment['JOBBAG_KEYS_DIR'] ?? '', clockIn(place));
    const house = new DemoHouse(place, await openDemo(place), store, keys);
    try {
      if ((await house.jobs()).length === 0) await greet(place, console.log);
    } catch (error) {
      // Left open, the store would keep the program from ending.
      await house.close();
      throw error;
    }
    return house;
  }

  /** Every job that can be found. */
  async jobs(): Promise<readonly DemoJob[]> {
    return (await this.ask<{ jobs: DemoJob[] }>('demo-zhou', '/jobs?limit=100')).jobs;
  }

  /** The id of the job of this title; undefined where there is none. */
  async jobCalled(title: string): Promise<string | undefined> {
    return (await this.jobs()).find((one) => one.title === title)?.id;
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

  /** The newest link that was made for a person at a step, once its mail is on its way; throws after a minute without one. */
  linkThere(where: LinkWhere): Promise<string> {
    return this.demo.caller.until(`a link to ${where.processId ?? 'anything'}`, () => this.#link(where));
  }

  async #link(where: LinkWhere): Promise<string | undefined> {
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

  /** Draws a ladder of the house's own for a scope, or goes back to the standard with null, as its page would save it. */
  async ladder(scope: string, ladder: Ladder | null, words: string): Promise<void> {
    const { revision } = await ladderRegister.standing(this.#store, scope);
    const change = { by: 'demo-shen', at: this.#clock(), words };
    await ladderRegister.save(this.#store, scope, revision, { scope, ladder }, change);
  }

  /** The moment so many days from now, on the clock of the house. */
  inDays(days: number): Instant {
    return addMs(this.#clock(), days * 86_400_000);
  }

  /** Today in the office, moved by so many days: `2026-03-16`. */
  day(days: number): string {
    return addMs(this.inDays(days), 8 * 3_600_000).slice(0, 10);
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
    return this.linkThere(round === undefined ? scope : { ...scope, round });
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
