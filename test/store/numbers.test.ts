import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  NumberConflict,
  ensureNumberIndexes,
  findIssuedNumber,
  hasIssuedNumbers,
  issueNumber,
  numberOfRequest,
  restoreIssuedNumber,
} from '../../store/numbers.ts';

let connection: Connection;
let other: Connection;

beforeAll(async () => {
  const uri = inject('mongoUri');
  const dbName = `numbers-${randomUUID().slice(0, 8)}`;
  connection = await mongoose.createConnection(uri, { dbName, maxPoolSize: 20 }).asPromise();
  other = await mongoose.createConnection(uri, { dbName, maxPoolSize: 20 }).asPromise();
  await ensureNumberIndexes(connection);
});

afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
  await other.close();
});

/** A brand code nobody else in this file uses. */
function freshCode(): string {
  return Array.from({ length: 8 }, () => String.fromCharCode(65 + Math.floor(Math.random() * 26))).join('');
}

function request(brandCode: string, lineCode = 'LC', year = 2025) {
  return { requestId: `job-${randomUUID()}`, brandCode, lineCode, year };
}

const counters = () => connection.collection<{ _id: string; seq: number }>('counters');
const seqOf = (number: string) => Number(number.slice(-3));

describe('issuing job numbers', () => {
  it('R-10: starts at 001 for each prefix and year; another line and another year have their own counter', async () => {
    const brand = freshCode();
    expect((await issueNumber(connection, request(brand))).number).toBe(`${brand}LC2025001`);
    expect((await issueNumber(connection, request(brand))).number).toBe(`${brand}LC2025002`);
    expect((await issueNumber(connection, request(brand, 'WLC'))).number).toBe(`${brand}WLC2025001`);
    expect((await issueNumber(connection, request(brand, 'LC', 2026))).number).toBe(`${brand}LC2026001`);
  });

  it('R-04: opening for one client consumes no number of another', async () => {
    const [one, two] = [freshCode(), freshCode()];
    await issueNumber(connection, request(one));
    expect((await issueNumber(connection, request(two))).parts.seq).toBe(1);
    expect((await issueNumber(connection, request(one))).parts.seq).toBe(2);
  });

  it('R-07: 50 openings at the same instant get 50 different numbers without a gap', async () => {
    const brand = freshCode();
    const asked = Array.from({ length: 50 }, () => request(brand));
    const issued = await Promise.all(asked.map((one, n) => issueNumber(n % 2 ? connection : other, one)));
    const seqs = issued.map(({ number }) => seqOf(number)).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });

  it('R-01: a retry gets the same number and none is skipped for it', async () => {
    const brand = freshCode();
    const opening = request(brand);
    const first = await issueNumber(connection, opening);
    expect(await issueNumber(connection, opening)).toEqual(first);
    expect(await issueNumber(other, opening)).toEqual(first);
    expect(await numberOfRequest(connection, opening.requestId)).toEqual(first);
    expect((await issueNumber(connection, request(brand))).number).toBe(`${brand}LC2025002`);
  });

  it('R-01: the same opening asked 20 times at once gets one number, among others that get theirs', async () => {
    const brand = freshCode();
    const opening = request(brand);
    const same = Array.from({ length: 20 }, (_, n) => issueNumber(n % 2 ? connection : other, opening));
    const others = Array.from({ length: 10 }, () => issueNumber(connection, request(brand)));
    const [sameIssued, othersIssued] = await Promise.all([Promise.all(same), Promise.all(others)]);
    const numbers = new Set(sameIssued.map(({ number }) => number));
    expect(numbers.size).toBe(1);
    expect(new Set([...numbers, ...othersIssued.map(({ number }) => number)]).size).toBe(11);
  });

  it('R-07: a crash between counter and row leaves neither a gap nor a double', async () => {
    const brand = freshCode();
    const opening = request(brand);
    await issueNumber(connection, opening);
    // As if the process had died after the counter went up: the row is not there, the counter is.
    await connection.collection('jobNumbers').deleteOne({ _id: opening.requestId as never });
    expect((await issueNumber(connection, request(brand))).number).toBe(`${brand}LC2025002`);
    expect((await issueNumber(connection, opening)).number).toBe(`${brand}LC2025001`);
    expect((await issueNumber(connection, request(brand))).number).toBe(`${brand}LC2025003`);
  });

  it('R-08: a counter from an older backup gives no number twice', async () => {
    const brand = freshCode();
    for (let n = 0; n < 5; n += 1) await issueNumber(connection, request(brand));
    await counters().updateOne({ _id: `${brand}LC2025` }, { $set: { seq: 2, recent: [] } });
    expect((await issueNumber(connection, request(brand))).number).toBe(`${brand}LC2025006`);
    await counters().deleteOne({ _id: `${brand}LC2025` });
    const again = await Promise.all(Array.from({ length: 10 }, () => issueNumber(connection, request(brand))));
    expect(new Set(again.map(({ number }) => number)).size).toBe(10);
    expect(Math.min(...again.map(({ number }) => seqOf(number)))).toBe(7);
  });

  it('R-10: four digits from 1000', async () => {
    const brand = freshCode();
    await counters().insertOne({ _id: `${brand}LC2025`, seq: 998 });
    expect((await issueNumber(connection, request(brand))).number).toBe(`${brand}LC2025999`);
    expect((await issueNumber(connection, request(brand))).number).toBe(`${brand}LC20251000`);
  });

  it('R-08: an opening keeps its number and is refused one of another prefix', async () => {
    const opening = request(freshCode());
    const first = await issueNumber(connection, opening);
    await expect(issueNumber(connection, { ...opening, year: 2026 })).rejects.toBeInstanceOf(NumberConflict);
    expect(await findIssuedNumber(connection, first.number)).toEqual(first);
  });

  it('R-02: missing or wrong parts are refused before the counter is asked', async () => {
    for (const wrong of [{ lineCode: '' }, { brandCode: 'yf' }, { year: 25 }, { requestId: '' }]) {
      await expect(issueNumber(connection, { ...request('YF'), ...wrong })).rejects.toBeInstanceOf(RangeError);
    }
    expect(await counters().countDocuments({ _id: 'YFLC2025' })).toBe(0);
  });

  it('a request id is data, never an expression', async () => {
    const brand = freshCode();
    const odd = { ...request(brand), requestId: '$recent' };
    expect((await issueNumber(connection, odd)).parts.seq).toBe(1);
    expect((await issueNumber(connection, odd)).parts.seq).toBe(1);
  });

  it('R-11: a code is frozen once a number was issued with it', async () => {
    const brand = freshCode();
    expect(await hasIssuedNumbers(connection, { brandCode: brand })).toBe(false);
    await issueNumber(connection, request(brand));
    expect(await hasIssuedNumbers(connection, { brandCode: brand })).toBe(true);
    expect(await hasIssuedNumbers(connection, { brandCode: brand, lineCode: 'LC' })).toBe(true);
    expect(await hasIssuedNumbers(connection, { brandCode: brand, lineCode: 'WLC' })).toBe(false);
  });

  it('R-08: a number the store forgot is written back, once, and never to another opening', async () => {
    const brand = freshCode();
    const parts = { brandCode: brand, lineCode: 'LC', year: 2025, seq: 3 };
    const forgotten = { requestId: `job-${randomUUID()}`, number: `${brand}LC2025003`, parts };
    await restoreIssuedNumber(connection, forgotten);
    await restoreIssuedNumber(connection, forgotten);
    await expect(restoreIssuedNumber(connection, { ...forgotten, requestId: 'another' })).rejects.toThrow(
      /E11000|duplicate/i,
    );
    const next = await Promise.all([1, 2, 3].map(() => issueNumber(connection, request(brand))));
    expect(next.map(({ parts: { seq } }) => seq)).not.toContain(3);
  });
});
