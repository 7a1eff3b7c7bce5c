import { genesis } from '../../../domain/log/entry.ts';
import type { JobEvent } from '../../../domain/job/events.ts';
import type { Actor } from '../../../domain/process.ts';
import type { Connection } from 'mongoose';
import { createRecordActivities } from '../../../activities/record.ts';
import type { Digests } from '../../../activities/digest/parts.ts';
import { sendDigest, type SendDeps } from '../../../activities/digest/send.ts';
import { jobStateTable, type JobStateRow } from '../../../store/jobs.ts';
import type { MailDesk } from '../mail/desk.ts';
import type { TriedJob } from '../mail/job.ts';
import type { Taken } from '../mail/post-office.ts';

const system: Actor = { kind: 'system', name: 'clock' };

/** An engine that only remembers which digests it was asked to send, and when. */
export class StartedDigests implements Digests {
  readonly gatherMs = 60_000;
  readonly quietMs = 10_000;
  readonly rungsPerSecond = 5;
  readonly asked: { readonly digestId: string; readonly at: string }[] = [];

  async start(digest: { readonly digestId: string; readonly at: string }): Promise<void> {
    this.asked.push(digest);
  }

  /** Each digest once, the nearest first. */
  get started(): readonly { readonly digestId: string; readonly at: string }[] {
    const byId = new Map(this.asked.map((one) => [one.digestId, one]));
    return [...byId.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** Everything that was planned up to now leaves, as the engine would have it; twice, and in two processes at once. */
  async leave(deps: SendDeps): Promise<void> {
    const now = deps.clock();
    for (const { digestId, at } of this.started) {
      if (at > now) continue;
      await Promise.allSettled([sendDigest(deps, digestId), sendDigest(deps, digestId)]);
      await sendDigest(deps, digestId);
    }
  }
}

/** What somebody got by mail, in the order it was taken in. */
export function mailsTo(desk: MailDesk, personId: string): readonly Taken[] {
  return desk.post.taken.filter((one) => one.to[0] === `${personId}@example.test`);
}

/** The same as the texts that were read. */
export function textsTo(desk: MailDesk, personId: string): readonly string[] {
  return mailsTo(desk, personId).map((one) => one.email.text ?? '');
}

/** The parts of a mail desk, with digests. */
export function digestDeps(desk: MailDesk, digests: Digests): SendDeps {
  return { ...desk.deps(), digests };
}

/** Something more happens to a job that is in the store. Returns the number of the last entry. */
export async function goOn(
  connection: Connection,
  processId: string,
  at: string,
  ...events: readonly JobEvent[]
): Promise<number> {
  const kept = await jobStateTable(connection).findById(processId).lean<JobStateRow>();
  const after = kept === null ? genesis : { seq: kept.seq, hash: kept.headHash };
  const entries = events.map((event, n) => ({
    stamp: {
      seq: after.seq + n + 1,
      at,
      receivedAt: at,
      commandId: `${processId}-${after.seq + n + 1}`,
      actor: system,
    },
    event,
  }));
  await createRecordActivities({ connection, clock: () => at }).recordEntries({ processId, after, entries });
  return after.seq + events.length;
}

/** The step of a tried job that waits for somebody. */
export const whereOf = (job: TriedJob) => ({
  circulation: 'p1/artworkQc',
  round: 1,
  step: job.mail('ask', { personId: '' }).where?.step ?? '',
});

/** Somebody signed that step by link. */
export function signedBy(job: TriedJob, personId: string, at: string): JobEvent {
  return {
    type: 'decided',
    ...whereOf(job),
    decision: { id: `${job.processId}-d`, verdict: 'sign', personId, proof: 'link', at },
  };
}
