import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { registerAgency } from './agency.ts';
import { bareSide, bareWorker } from './bare/side.ts';
import { measureSides } from './engine.ts';
import { jobbagSide } from './jobbag.ts';
import { measurePages } from './pages.ts';
import { openPlace } from './place.ts';
import { reportOf } from './report.ts';
import { fillShelf } from './rows.ts';

const usage = `npm run bench [-- --quick] [--rounds N] [--jobs N] [--stored N] [--out FILE]
Measures the bare engine and Jobbag on the same six stages, then boards and desks with many stored jobs.
--quick   one round, fewer jobs, a tenth of the stored ones
--out     where the table goes; test/bench/RESULTS.md unless told otherwise, and nowhere with --quick`;

const brands = 20;
const atOnce = 20;
const say = (line: string): void => console.log(line);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      jobs: { type: 'string' },
      stored: { type: 'string' },
      out: { type: 'string' },
    },
  });
  if (values.help) {
    say(usage);
    return;
  }
  const { quick } = values;
  const amount = {
    rounds: whole(values.rounds, quick ? 1 : 3),
    jobsAlone: quick ? 3 : 5,
    jobsAtOnce: whole(values.jobs, quick ? 20 : 40),
    atOnce,
  };
  const stored = whole(values.stored, quick ? 10_000 : 100_000);
  const shelf = { jobs: stored, open: Math.ceil(stored / 10), brands };

  const place = await openPlace();
  const { house, client, plain, store } = place;
  const bare = await bareWorker(house);
  const leave = async (): Promise<void> => {
    await bare.stop();
    await place.close();
  };
  process.once('SIGINT', () => void leave().then(() => process.exit(130)));
  try {
    await registerAgency(store, brands);
    const jobbag = jobbagSide(client, store, house, brands, { name: 'Jobbag' });
    const sides = [
      bareSide(plain, house, bare.pid, { name: 'bare', activities: 0 }),
      bareSide(plain, house, bare.pid, { name: 'bare, 4 empty activities each', activities: 4 }),
      jobbag,
      jobbagSide(client, store, house, brands, { name: 'Jobbag, never resting', restAfterEvents: 1_000_000 }),
    ];
    const figures = await measureSides(client, sides, amount, say);
    const [told] = await jobbag.prepare(1);
    say(`filling the shelf with ${stored} jobs`);
    await fillShelf(store, shelf, say);
    const readings = await measurePages(store, house, told ?? '', quick ? 15 : 50, brands);
    const info = await plain.workflowService.getSystemInfo({});
    const [first] = figures;
    if (!first) throw new Error('nothing was measured');
    const documents = house.processes.some(({ name }) => name === 'mongod')
      ? 'MongoDB'
      : 'FerretDB over PostgreSQL with DocumentDB';
    const report = reportOf({
      at: new Date().toISOString(),
      quick,
      atOnce,
      serverVersion: info.serverVersion ?? '',
      documents,
      bare: first,
      sides: figures,
      shelf,
      readings,
    });
    say(`\n${report}`);
    const out = values.out ?? (quick ? undefined : new URL('RESULTS.md', import.meta.url));
    if (out !== undefined) await writeFile(out, report);
  } finally {
    await leave();
  }
}

function whole(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`"${text}" is no whole number from 1 to 9999999\n${usage}`);
  return Number(text);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
