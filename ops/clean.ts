import { logTable } from '../store/log.ts';
import { openBlobs } from '../store/open-blobs.ts';
import { unnamedBlobs } from '../store/unnamed.ts';
import { withStore } from './with-store.ts';

const usage = [
  'usage: jobbag clean [--days N] [--remove]',
  'Lists files that nobody names and nobody touched for N days (30); --remove takes them away for good.',
];

const DAY_MS = 86_400_000;
/** Somebody may be uploading since the morning; nothing younger than a day is ever looked at. */
const days = { least: 1, most: 3_650, usual: 30 } as const;

/**
 * `jobbag clean`: files that were uploaded and never became part of anything. Lists them, and removes them only when it is
 * told to. 0 done, 1 refused because the store holds no log at all and so cannot be the one these files belong to, 2 wrong use.
 */
export async function run(args: readonly string[], out: (line: string) => void): Promise<number> {
  const wish = read(args);
  if (wish === undefined) {
    usage.forEach(out);
    return 2;
  }
  return withStore(async (connection, config) => {
    // Files keep the machine's time, whatever the house's clock says.
    const beforeMs = Date.now() - wish.days * DAY_MS;
    if ((await logTable(connection).findOne({}, { _id: 1 }).lean()) === null) {
      out('The store holds no log at all. Is it the one these files belong to? Nothing was removed.');
      return 1;
    }
    const blobs = await openBlobs(config);
    const left = wish.remove ? await blobs.tidy() : 0;
    if (left > 0) out(`put in order after a clean-up that was broken off: ${String(left)}`);
    const found = await unnamedBlobs(connection, blobs, beforeMs);
    let bytes = 0;
    let kept = 0;
    for (const { sha256, size, storedAtMs } of found) {
      const gone = !wish.remove || (await blobs.removeOld(sha256, beforeMs));
      if (gone) bytes += size;
      else kept += 1;
      const what = !wish.remove ? 'would go' : gone ? 'removed' : 'kept, it was just touched';
      out(`${sha256} ${new Date(storedAtMs).toISOString().slice(0, 10)} ${String(size).padStart(12)} bytes  ${what}`);
    }
    const count = `${String(found.length - kept)} files, ${(bytes / 1_048_576).toFixed(1)} MB`;
    out(wish.remove ? `removed: ${count}` : `would remove: ${count}; run again with --remove to do it`);
    return 0;
  });
}

function read(args: readonly string[]): { readonly days: number; readonly remove: boolean } | undefined {
  let wanted: number = days.usual;
  let remove = false;
  for (let place = 0; place < args.length; place += 1) {
    const word = args[place];
    if (word === '--remove') remove = true;
    else if (word === '--days' && /^\d{1,4}$/.test(args[place + 1] ?? '')) {
      wanted = Number(args[place + 1]);
      place += 1;
    } else return undefined;
  }
  return wanted >= days.least && wanted <= days.most ? { days: wanted, remove } : undefined;
}
