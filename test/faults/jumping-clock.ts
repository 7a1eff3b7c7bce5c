import { readFileSync } from 'node:fs';

/*
 * Loaded into worker and api before anything else (`--import`): the machine's clock as that one process sees it, moved by
 * the milliseconds that stand in its own file. Timers go on as they are, like those of a machine whose clock is set; the
 * engine's workflows have a clock of their own, which comes from the engine.
 */
const part = /worker[\\/]main\.ts$/.test(process.argv[1] ?? '') ? 'worker' : 'api';
const folder = process.env['FAULTS_JUMPS'];
const RealDate = Date;
/** How long a reading of the file counts, milliseconds: every call asks for the time, few jumps happen. */
const keptMs = 50;
let offsetMs = 0;
let readAt = -Infinity;

function moved(): number {
  const now = performance.now();
  if (folder !== undefined && now - readAt > keptMs) {
    readAt = now;
    try {
      offsetMs = Number(readFileSync(`${folder}/${part}`, 'utf8')) || 0;
    } catch {
      // No file, no jump.
    }
  }
  return RealDate.now() + offsetMs;
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: [], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [moved()] : args, newTarget) as object,
  apply: () => new RealDate(moved()).toString(),
  get: (target, key, receiver) => (key === 'now' ? moved : (Reflect.get(target, key, receiver) as unknown)),
});
