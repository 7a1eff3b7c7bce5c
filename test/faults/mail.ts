import { playUntil, submitPaper } from '../../ops/demo/story.ts';
import { demoPeople } from '../../ops/demo/register.ts';
import { outboxTable, type OutboxRow } from '../../store/outbox.ts';
import { mailed } from './away.ts';
import { logOf } from './invariants.ts';
import { again, pause, Witness } from './patient.ts';
import { Findings, tellingOf, type Scene } from './scene.ts';

/** Everything behind the @ of a person's address: whoever of the client holds the step is meant. */
const domainOf = (id: string): string =>
  (demoPeople.find((person) => person.id === id)?.mail.address ?? '').replace(/^[^@]*/, '');

/** What mail servers do to us: away, later, never, hanging up after the last byte, saying yes and forgetting. Jobs go on. */
export async function mailFaults(scene: Scene): Promise<Findings> {
  const findings = new Findings();
  const inbox = scene.house.stack.inbox;
  if (!inbox) throw new Error('the inbox is not ours');
  const times = scene.options.quick ? 1 : 4;
  let number = 500_000;
  const job = () => tellingOf(scene, new Witness(), (number += 1), scene.random.branch());
  const asked = async (telling: ReturnType<typeof job>): Promise<void> => {
    await playUntil(telling, 'BRIEFED');
    await submitPaper(telling, telling.subject.ownerId, 'requirementBrief', 'F-03');
  };

  for (let round = 0; round < times; round += 1) {
    // Away: the job goes on by links that were opened from the desk, the mails follow when the server is back.
    await inbox.stop();
    const away = job();
    await playUntil(away, 'ORDER_SIGNOFF');
    await pause(scene.options.quick ? 2_000 : 8_000);
    await inbox.restart();
    await allSent(scene, away.jobId, findings, 'after the server was away');

    // Later: the same mail passes after a few tries, once.
    inbox.faults.add({ kind: 'refuse', code: 451, times: 3 });
    const later = job();
    await asked(later);
    await allSent(scene, later.jobId, findings, 'after three times 451');
    inbox.faults.clear();

    // Hanging up after the last byte: nobody can know, so one more copy for each time, and no more.
    inbox.faults.add({ kind: 'drop', times: 2 });
    const dropped = job();
    await asked(dropped);
    await allSent(scene, dropped.jobId, findings, 'after two connections broke behind DATA');
    inbox.faults.clear();
    scene.excused.injected += 2;

    // Yes, and forgotten: nobody can see that; it counts as sent, and the job waits with its ladder.
    inbox.faults.add({ kind: 'lose', times: 1 });
    const lost = job();
    await asked(lost);
    await allSent(scene, lost.jobId, findings, 'after one mail was accepted and lost');
    inbox.faults.clear();

    // Never: recorded, shown, told to the account executive; the job itself stands as it stood.
    const refused = job();
    inbox.faults.add({ kind: 'refuse', code: 550, to: domainOf(refused.subject.clientLead) });
    await asked(refused);
    const log = await untilFailed(scene, refused.jobId);
    findings.expect(log, `${refused.jobId}: a mailbox that does not exist is not in the log`);
    findings.expect(
      await mailed(scene, refused.jobId, 'unreached'),
      `${refused.jobId}: the account executive was not told`,
    );
    inbox.faults.clear();
    // The link works all the same, e.g. sent by hand: a failed mail never fails a job.
    const step = await refused.caller.openStep(refused.subject.ownerId, refused.jobId, 'requirementBrief', 'client');
    await refused.sign(refused.jobId, step);
    await refused.caller.until('the job to go on', async () => {
      const { job: row } = await refused.caller.ask<{ job: { phase: string } }>(
        refused.subject.ownerId,
        'GET',
        `/jobs/${refused.jobId}`,
      );
      return row.phase === 'ASSESSING' ? row : undefined;
    });
  }
  findings.figure(
    `${times} times each: server away, three 451, two hang-ups behind DATA, one accepted and lost, one 550: every job went on, ${times} unreachable people recorded and told`,
  );
  return findings;
}

/** Whether nothing more comes of a mail: it left, or its step was over before it could, and then it must not. */
const isDone = ({ state, why }: OutboxRow): boolean => state === 'sent' || (state === 'leftOut' && why === 'STEP_OVER');

/** Every mail of a job that is still wanted left within two minutes. */
async function allSent(scene: Scene, jobId: string, findings: Findings, when: string): Promise<void> {
  let rows: OutboxRow[] = [];
  for (const until = Date.now() + 120_000; Date.now() < until; await pause(500)) {
    rows = await again('the outbox', () => outboxTable(scene.store).find({ processId: jobId }).lean<OutboxRow[]>());
    if (rows.length > 0 && rows.every(isDone)) return;
  }
  const left = rows.filter((row) => !isDone(row));
  findings.expect(
    false,
    `${jobId}: ${left.length} of ${rows.length} mails did not leave ${when}: ${left.map((row) => `${row.kind} ${row.state} ${row.why ?? ''}`).join('; ')}`,
  );
}

async function untilFailed(scene: Scene, jobId: string): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await logOf(scene, jobId)).some(({ event }) => event.type === 'askFailed')) return true;
    await pause(300);
  }
  return false;
}
