import { expect, test } from 'vitest';
import type { JobEffect } from '../../../domain/job/effects.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import { Agency, bookUntil } from './agency.ts';

const kilobyte = 1024;
const size = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** An agency whose effects are measured, with ids as long as the real ones. */
class Measured extends Agency {
  largest = 0;
  ids = 0;

  override send(...[actor, act, id]: Parameters<Agency['send']>): ReturnType<Agency['send']> {
    this.ids += 1;
    return super.send(actor, act, id ?? `${String(this.ids).padStart(8, '0')}-0000-4000-8000-000000000000`);
  }

  protected override seen(event: JobEvent, effects: readonly JobEffect[]): void {
    this.largest = Math.max(this.largest, size(event), ...effects.map((effect) => size(effect.input)));
  }
}

function inProduction(pieces: number): { agency: Measured; ids: readonly string[] } {
  const book = bookUntil('IN_PRODUCTION');
  const agency = new Measured();
  agency.state = book.state;
  agency.now = book.now;
  const ids = ['poster'];
  for (let n = 2; n <= pieces; n += 1) {
    const pieceId = `piece-${String(n).padStart(2, '0')}`;
    ids.push(pieceId);
    agency.does('manager', {
      type: 'addPiece',
      pieceId,
      name: `春茶上市海报 ${n}`,
      workType: 'print',
      specification: 'A1 157g 铜版纸',
      needsProof: true,
    });
  }
  return { agency, ids };
}

const hash = (pieceId: string, n: number): string => `${pieceId}.${n}.`.padEnd(64, '0');
const words = '标题再大一些,产品照片换成新包装,价格请再核对一次。'.repeat(12);
const at = (pieceId: string, point: string): string => `${point}:${pieceId}`;

function signsAt(agency: Measured, circulation: string, steps: readonly string[]): void {
  for (const step of steps) {
    const running = agency.state.circulations[circulation];
    const route = running && agency.state.routes[running.route];
    const holder = running?.stays.find((stay) => stay.step === step)?.holders[0]?.personId ?? '';
    const items = route?.steps.find((one) => one.key === step)?.checklist ?? [];
    agency.does(holder, {
      type: 'sign',
      circulation,
      round: running?.round ?? 0,
      step,
      hash: running?.about.hash ?? '',
      checklist: items.map((item) => ({ item, answer: 'pass', note: '已在 A4 小样上逐项核对,无问题' })),
      words: '已核对',
    });
  }
}

function sendsBack(agency: Measured, circulation: string, step: string, text: string): void {
  const running = agency.state.circulations[circulation];
  const holder = running?.stays.find((stay) => stay.step === step)?.holders[0]?.personId ?? '';
  agency.does(holder, {
    type: 'return',
    kind: 'return',
    circulation,
    round: running?.round ?? 0,
    step,
    hash: running?.about.hash ?? '',
    reason: 'TEXT_ERROR',
    words: text,
  });
}

const inside = ['copywriter', 'artDirector', 'creativeDirector', 'accountExecutive', 'accountDirector'] as const;

test('design §2: 30 pieces with 10 rounds each stay within 256 KB, at every moment', () => {
  const { agency, ids } = inProduction(30);
  let largest = 0;
  for (let round = 1; round <= 10; round += 1) {
    for (const pieceId of ids) {
      agency.does('designer', agency.version(pieceId, 'FINISHED_ARTWORK', hash(pieceId, round)));
      const step = inside[round % 5] ?? 'copywriter';
      signsAt(agency, at(pieceId, 'artworkQc'), inside.slice(0, round % 5));
      // The last round of every piece stays on the last desk, so that all thirty are under way with all they carry.
      if (round < 10) sendsBack(agency, at(pieceId, 'artworkQc'), step, words);
      else signsAt(agency, at(pieceId, 'artworkQc'), inside.slice(round % 5));
    }
    largest = Math.max(largest, size(agency.state));
  }
  for (const pieceId of ids)
    expect(agency.state.circulations[at(pieceId, 'artworkQc')]).toMatchObject({ round: 10, status: 'running' });
  expect(largest).toBeLessThan(256 * kilobyte);
});

test('design §2: an activity is never given more than 16 KB, not even with the longest words', () => {
  const { agency } = inProduction(1);
  agency.does('designer', agency.version('poster', 'FINISHED_ARTWORK'));
  signsAt(agency, at('poster', 'artworkQc'), ['copywriter']);
  sendsBack(agency, at('poster', 'artworkQc'), 'artDirector', '改'.repeat(4000));
  expect(agency.largest).toBeLessThan(16 * kilobyte);
  expect(agency.largest).toBeGreaterThan(8 * kilobyte);
});
