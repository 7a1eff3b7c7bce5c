import type { Counted, Recount, Rung, Shift, Stay } from './types.ts';

/** Whether a rung was not climbed yet. */
export const isAhead = (rung: Rung): boolean => rung.firedAt === undefined;

/** Rungs, as far as they are still ahead. */
const ahead = (rungs: readonly Rung[]): Recount['rungs'] =>
  rungs.filter(isAhead).map(({ kind, n, at }) => ({ kind, n, at }));

/**
 * A shift of the same kind right behind another makes one of the two: the last word of two pauses, the first and the last
 * date of two moves. So a list that nobody answers for a while stays short.
 */
function joined(shifts: readonly Shift[], next: Shift): readonly Shift[] {
  const last = shifts.at(-1);
  if (last?.kind === 'pause' && next.kind === 'pause') return [...shifts.slice(0, -1), next];
  if (last?.kind === 'move' && next.kind === 'move' && last.to === next.from)
    return [...shifts.slice(0, -1), { ...last, to: next.to }];
  return [...shifts, next];
}

/**
 * The desk, waiting for its rungs to be counted anew. A desk with nothing ahead has nothing to count. While a pause holds
 * it, what stood before the pause is shifted with it.
 */
export function shifted(stay: Stay, shift: Shift, seq: number): Stay {
  const rungs = stay.recount?.rungs ?? ahead(stay.rungs);
  // A date moved by hand is what people agreed on: it is never counted. One that was being counted when it was moved still
  // is, up to the move: how far the rungs go with it is known only then.
  const dueAt = stay.recount ? stay.recount.dueAt : stay.dueMoved ? undefined : stay.dueAt;
  if (stay.state !== 'open' || (rungs.length === 0 && dueAt === undefined)) return stay;
  const recount: Recount = {
    seq,
    rungs,
    ...(dueAt === undefined ? {} : { dueAt }),
    shifts: joined(stay.recount?.shifts ?? [], shift),
  };
  const { pause } = stay;
  return { ...stay, recount, ...(pause ? { pause: { ...pause, shifts: joined(pause.shifts, shift) } } : {}) };
}

/** The desk with what the calendar found. Rungs that were climbed meanwhile stay climbed; a late answer changes nothing. */
export function answered(stay: Stay, found: Counted & { readonly seq: number; readonly provisional: boolean }): Stay {
  if (stay.recount?.seq !== found.seq) return stay;
  const { recount: _answered, ...rest } = stay;
  const due = found.dueAt !== undefined && !stay.dueMoved ? found.dueAt : undefined;
  const { provisional: _before, ...sure } = rest;
  return {
    ...(due === undefined ? rest : sure),
    ...(due === undefined ? {} : { dueAt: due, ...(found.provisional ? { provisional: true } : {}) }),
    rungs: stay.rungs.map((rung) => {
      const counted = found.rungs.find((one) => one.kind === rung.kind && one.n === rung.n);
      return rung.firedAt === undefined && counted ? { ...rung, at: counted.at } : rung;
    }),
  };
}
