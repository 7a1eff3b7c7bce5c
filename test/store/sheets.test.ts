import { expect, test } from 'vitest';
import { checkPaper } from '../../papers/form.ts';
import { forms } from '../../papers/index.ts';
import { sheetsFrom, type Sheet } from '../../store/dossier/sheets.ts';
import type { FoldEntry } from '../../store/fold.ts';
import { bookUntil, type Agency } from '../domain/job/agency.ts';

const hash = (letter: string): string => letter.repeat(64);

/** What the log of a job played in memory says. */
function sheetsOf(agency: Agency): Sheet[] {
  const actor = { kind: 'system', name: 'shell' } as const;
  const entries = agency.events.map((event, at): FoldEntry => {
    const stamp = { seq: at + 1, at: agency.at, receivedAt: agency.at, commandId: `k${String(at)}`, actor };
    return { stamp, event, hash: '' };
  });
  return sheetsFrom(agency.state, entries);
}

/** An artwork sent back once by the art director, signed in its second round; a proof signed and received. */
function played(): Agency {
  const agency = bookUntil('IN_PRODUCTION');
  agency.does('designer', agency.version('poster', 'FINISHED_ARTWORK', hash('a')));
  agency.signs('artworkQc', 'copywriter');
  agency.does('artDirector', agency.returnAct('artworkQc', 'artDirector'));
  agency.does('designer', agency.version('poster', 'FINISHED_ARTWORK', hash('b')));
  const chain = ['copywriter', 'artDirector', 'creativeDirector', 'accountExecutive', 'accountDirector', 'client'];
  agency.signs('artworkQc', ...chain);
  agency.does('designer', agency.version('poster', 'PROOF', hash('c')));
  agency.signs('proofQc', ...chain, 'receipt');
  return agency;
}

test('R-73, R-74, P-39: every version that went round has a QC sheet with the signatures as they were given', () => {
  const sheets = sheetsOf(played()).filter(({ form }) => form === 'F-21');
  expect(sheets.map(({ content }) => content.checksum)).toEqual([hash('a'), hash('b'), hash('c')]);
  const [back, signed, proof] = sheets.map(({ content }) => content);
  expect(back).toMatchObject({
    kind: 'FINISHED_ARTWORK',
    sampleSize: 'A4',
    steps: [
      { role: 'ARTIST', person: 'designer', verdict: 'sign' },
      { role: 'COPYWRITER', person: 'copywriter', verdict: 'sign' },
      { role: 'ART_DIRECTOR', person: 'artDirector', verdict: 'return', reason: 'TEXT_ERROR' },
    ],
  });
  expect(back).not.toHaveProperty('signer');
  expect(signed?.steps).toHaveLength(7);
  expect(signed).toMatchObject({ signer: 'lead' });
  expect(signed?.accountChecklist).toHaveLength(11);
  expect(proof).toMatchObject({ kind: 'PROOF', signer: 'lead', receivedBy: 'lead' });
  expect(checkPaper(forms['F-21'], proof)).toMatchObject({ ok: true });
  expect(checkPaper(forms['F-21'], signed)).toMatchObject({ ok: true });
});

test('R-85, R-86: the receipt names what was handed over, made only after the client signed', () => {
  const [receipt, ...others] = sheetsOf(played()).filter(({ form }) => form === 'F-23');
  expect(others).toEqual([]);
  expect(receipt?.content).toMatchObject({
    contents: [{ piece: 'poster', version: receipt?.version, checksum: hash('c') }],
    receivedBy: 'lead',
  });
  expect(checkPaper(forms['F-23'], receipt?.content)).toMatchObject({ ok: true });
  const { producedAt, receiptAt } = receipt?.content ?? {};
  expect(String(producedAt) < String(receiptAt)).toBe(true);
});

test('a signature that was taken back is on no sheet', () => {
  const agency = bookUntil('ARTWORK_QC');
  agency.signs('artworkQc', 'copywriter');
  const { id, round } = agency.running('artworkQc');
  agency.does('copywriter', { type: 'withdraw', circulation: id, round, step: 'copywriter', words: '点错了' });
  const [sheet] = sheetsOf(agency);
  expect(sheet?.content.steps).toMatchObject([{ role: 'ARTIST' }]);
});
