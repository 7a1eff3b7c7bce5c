import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { opens } from '../domain/log/commitment.ts';
import { readEntry } from '../domain/log/entry.ts';
import type { ChainLink } from '../domain/log/linked.ts';
import { verifyLinked } from '../domain/log/linked.ts';
import type { LieKind } from '../domain/log/verify.ts';
import { verifyChain } from '../domain/log/verify.ts';
import type { DailyBody, DailyHeads } from '../store/daily.ts';
import { checkDaily, dailyBody } from '../store/daily.ts';
import { sha256 } from '../store/digest.ts';

const hash = z.string();
const head = z.strictObject({ seq: z.int().min(0), hash });
const salted = z.strictObject({ salt: z.string(), value: z.string() });
const shape = z.strictObject({
  format: z.literal('jobbag-log-1'),
  processId: z.string(),
  head,
  entries: z.array(z.strictObject({ seq: z.int(), body: z.string(), hash })),
  daily: z.array(
    z.strictObject({
      no: z.int(),
      body: z.string(),
      hash,
      keyId: z.string(),
      publicKey: z.string(),
      signature: z.string(),
    }),
  ),
  linked: z.record(z.string(), z.array(z.strictObject({ seq: z.int(), prev: hash, digest: hash, hash }))).optional(),
  personal: z
    .record(
      z.string(),
      z.strictObject({
        personId: z.string(),
        name: salted.optional(),
        address: salted.optional(),
        network: salted.optional(),
      }),
    )
    .optional(),
});

const reasons: Readonly<Record<LieKind, string>> = {
  edited: 'its text, its hash or its link to the entry before was changed',
  unreadable: 'it is no entry',
  missing: 'it was taken out',
  swapped: 'it stands in another entry’s place',
  duplicate: 'it is there twice',
  foreign: 'it belongs to another process',
  truncated: 'it is known to exist, but the log ends before it',
  rewritten: 'a head held outside the log has another hash for it',
};

/** What a check came to. `sentences` are for the person at the terminal. */
export interface Verdict {
  readonly ok: boolean;
  readonly sentences: readonly string[];
}

/** What a verifier may hold beside the file: heads from receipts, and the agency's public keys (SPKI, DER, base64). */
export interface Held {
  readonly receipts?: readonly { readonly seq: number; readonly hash: string }[];
  readonly publicKeys?: readonly string[];
}

/** Checks the text of an exported log. Uses nothing but the text: no network, no store, no key of ours. */
export function verifyExport(text: string, held: Held = {}): Verdict {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { ok: false, sentences: ['This is not an exported log: it is no JSON.'] };
  }
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      ok: false,
      sentences: [`This is not an exported log: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`],
    };
  }
  const { processId, entries, daily, personal } = parsed.data;
  for (const file of daily) {
    const problem = dailyProblem(file, held.publicKeys);
    if (problem) return { ok: false, sentences: [problem] };
  }
  const signed = daily.flatMap((file) => dailyBody(file).heads[processId] ?? []);
  const heads = [...signed, ...(held.receipts ?? []), parsed.data.head];
  const clash = heads.find((one) => heads.some((other) => other.seq === one.seq && other.hash !== one.hash));
  const verdict = verifyChain(
    entries,
    { processId, heads: clash ? [...signed, ...(held.receipts ?? [])] : heads },
    sha256,
  );
  if (!verdict.ok) {
    return { ok: false, sentences: [`Entry ${String(verdict.seq)} lies: ${reasons[verdict.why]}.`] };
  }
  if (clash)
    return { ok: false, sentences: [`Entry ${String(clash.seq)} lies: two heads give different hashes for it.`] };
  const taken = linkedProblem(entries, parsed.data.linked ?? {}, daily);
  if (taken) return { ok: false, sentences: [taken] };
  const beside = besideProblem(entries, personal ?? {});
  if (beside) return { ok: false, sentences: [beside] };
  return {
    ok: true,
    sentences: [
      `log verified: ${processId}, ${String(entries.length)} entries, head ${verdict.head.hash}`,
      ...daily.map(
        (file) =>
          `signed head of ${dailyBody(file).at}, key ${fingerprint(file.publicKey)}${held.publicKeys ? ' (yours)' : ''}`,
      ),
    ],
  };
}

/** What an entry says of other chains must be true of them, and so must what a signed file says. */
function linkedProblem(
  entries: readonly { readonly body: string }[],
  chains: Readonly<Record<string, readonly ChainLink[]>>,
  daily: readonly DailyHeads[],
): string | undefined {
  const lie = verifyLinked(
    entries.flatMap(({ body }) => readEntry(body) ?? []),
    chains,
    sha256,
  );
  if (lie) {
    const change = `change ${String(lie.seq)} of ${lie.chain}`;
    if (lie.why === 'chain') return `The linked chain lies: ${change} does not follow the one before it.`;
    const by = `Entry ${String(lie.by)} took in ${change}`;
    return lie.why === 'missing' ? `${by}, which is not there.` : `${by}, but that change has another hash.`;
  }
  for (const file of daily) {
    for (const [chain, head] of Object.entries(dailyBody(file).heads)) {
      const link = Object.hasOwn(chains, chain) ? chains[chain]?.[head.seq - 1] : undefined;
      if (link && link.hash !== head.hash)
        return `The linked chain lies: change ${String(head.seq)} of ${chain} is not the one signed in daily file ${String(file.no)}.`;
    }
  }
  return undefined;
}

function dailyProblem(file: DailyHeads, publicKeys: readonly string[] | undefined): string | undefined {
  if (!checkDaily(file)) return `Daily file ${String(file.no)} lies: its text, number or signature was changed.`;
  const body: Partial<DailyBody> = dailyBody(file);
  if (typeof body.at !== 'string' || typeof body.heads !== 'object')
    return `Daily file ${String(file.no)} is no list of heads.`;
  if (publicKeys && !publicKeys.includes(file.publicKey)) {
    return `Daily file ${String(file.no)} is signed with a key you do not hold (${fingerprint(file.publicKey)}).`;
  }
  return undefined;
}

type Personal = NonNullable<z.infer<typeof shape>['personal']>;

function besideProblem(entries: readonly { seq: number; body: string }[], personal: Personal): string | undefined {
  for (const [seq, beside] of Object.entries(personal)) {
    const entry = entries.find((one) => String(one.seq) === seq);
    const read = entry && readEntry(entry.body);
    const actor = read?.stamp.actor;
    const commitments: Readonly<Record<string, string | undefined>> = {
      ...read?.commitments,
      network: actor?.kind === 'person' ? actor.network : undefined,
    };
    for (const what of ['name', 'address', 'network'] as const) {
      const value = beside[what];
      const commitment = commitments[what];
      if (value && (commitment === undefined || !opens(commitment, value, sha256))) {
        return `Entry ${seq}: the ${what} lying beside it is not the one it was signed with.`;
      }
    }
  }
  return undefined;
}

function fingerprint(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);
}

const usage = 'usage: jobbag verify <file.json> [--receipt <seq>:<hash>]… [--key <public key, base64>]…';

/** `jobbag verify <file>`: exit code 0 when the log is whole, 1 when it lies, 2 when it cannot be read. */
export async function run(args: readonly string[], out: (line: string) => void): Promise<number> {
  const receipts: { seq: number; hash: string }[] = [];
  const publicKeys: string[] = [];
  let path: string | undefined;
  for (let place = 0; place < args.length; place += 1) {
    const word = args[place] ?? '';
    const value = args[place + 1] ?? '';
    const receipt = /^(\d{1,9}):([0-9a-f]{64})$/.exec(value);
    if (word === '--receipt' && receipt?.[1] && receipt[2])
      receipts.push({ seq: Number(receipt[1]), hash: receipt[2] });
    else if (word === '--key' && value !== '') publicKeys.push(value);
    else if (word.startsWith('--') || path !== undefined) {
      out(usage);
      return 2;
    } else {
      path = word;
      continue;
    }
    place += 1;
  }
  if (path === undefined) {
    out(usage);
    return 2;
  }
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    out(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  const verdict = verifyExport(text, { receipts, ...(publicKeys.length > 0 ? { publicKeys } : {}) });
  verdict.sentences.forEach(out);
  return verdict.ok ? 0 : 1;
}
