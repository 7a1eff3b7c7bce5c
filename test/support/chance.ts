import fc from 'fast-check';

/**
 * Where property tests begin to draw. A check that people wait for walks the same ways every time, so a red one is about
 * the change and not about luck; new ways are walked with `CHANCE=new npx vitest run --project core`, which prints the
 * seed of what it found, and `CHANCE=<seed>` walks them again.
 */
const chance = process.env['CHANCE'] ?? '20260312';
if (chance !== 'new') {
  const seed = Number(chance);
  if (!Number.isInteger(seed)) throw new Error(`CHANCE is "${chance}": give a whole number, or "new" for new ways`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}
