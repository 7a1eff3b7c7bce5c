import { stateQuery } from '../../workflows/messages.ts';
import { playUntil, signs, submitPaper } from '../../ops/demo/story.ts';
import { commandIdOf } from '../../store/form-values.ts';
import { logOf } from './invariants.ts';
import { pause, Witness } from './patient.ts';
import { bodyOf, Findings, formHeaders, linkOf, readLink, tellingOf, type Scene } from './scene.ts';
import type { Random } from './random.ts';

/** Different pages that are opened for one step; the rest of the clicks are the same presses again, as impatient thumbs do. */
const pagesOfOneStep = 30;
/** Steps that are clicked at the same time. */
const atOnce = 2;
const polite = new Set([200, 202, 303, 409, 422, 429]);

/** Many clicks of mixed verdicts on one step, many times: one effect each, everybody answered. */
export async function clicks(scene: Scene): Promise<Findings> {
  const { options } = scene;
  const findings = new Findings();
  const witness = new Witness();
  const endsAt = Date.now() + options.minutes * 60_000;
  let next = 0;
  let done = 0;
  let worstMs = 0;
  const times: number[] = [];
  const hand = async (random: Random): Promise<void> => {
    while (next < options.rounds && Date.now() < endsAt) {
      next += 1;
      times.push(...(await clickOneStep(scene, witness, findings, random.branch(), next)));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, () => hand(scene.random.branch())));
  times.sort((a, b) => a - b);
  worstMs = times.at(-1) ?? 0;
  findings.expect(
    done === options.rounds,
    `only ${done} of ${options.rounds} steps were clicked within ${options.minutes} min`,
  );
  findings.expect(witness.rude.length === 0, `rude answers: ${witness.rude.slice(0, 5).join('; ')}`);
  findings.figure(`${done} steps × ${options.clicks} parallel clicks: ${witness.toString()}`);
  findings.figure(
    `a click was answered in ${Math.round(times[Math.floor(times.length / 2)] ?? 0)} ms at the median, ${Math.round(worstMs)} ms at worst`,
  );
  return findings;
}

async function clickOneStep(
  scene: Scene,
  witness: Witness,
  findings: Findings,
  random: Random,
  number: number,
): Promise<number[]> {
  const telling = tellingOf(scene, new Witness(), 100_000 + number, random);
  // Every eighth is a work order, so that staff with a refusal in hand are clicked too; the rest are a client's brief.
  const order = number % 8 === 0;
  if (order) {
    await playUntil(telling, 'ORDER_SIGNOFF');
    await signs(telling, 'workOrder', 'accountDirector');
  } else {
    await playUntil(telling, 'BRIEFED');
    await submitPaper(telling, telling.subject.ownerId, 'requirementBrief', 'F-03');
  }
  const [point, key] = order ? ['workOrder', 'creativeDirector'] : ['requirementBrief', 'client'];
  const step = await telling.caller.openStep(telling.subject.ownerId, telling.jobId, point ?? '', key ?? '');
  const url = await linkOf(scene, telling.jobId, step);
  const from = `10.200.${number >> 8}.${number & 255}`;

  const bodies: { body: string; commandId: string }[] = [];
  for (let page = 0; page < Math.min(pagesOfOneStep, scene.options.clicks); page += 1) {
    const form = await readLink(witness, url, from);
    if (!form) throw new Error('an open step shows no form');
    const kinds = form.choices.get('backKind') ?? [];
    const reasons = form.choices.get('reason') ?? [];
    const button: Record<string, string> =
      random.next() < 0.5 || reasons.length === 0
        ? { verdict: 'sign' }
        : {
            verdict: 'back',
            backKind: random.oneOf(['return', ...kinds]),
            reason: random.oneOf(['COPY', ...reasons]),
            backWords: `第 ${page} 次`,
            missing: '产品照片',
          };
    bodies.push({ body: bodyOf(form, button), commandId: commandIdOf(form.fields.get('formValue') ?? '') });
  }
  const presses = random.shuffled(
    Array.from({ length: scene.options.clicks }, (_, place) => bodies[place % bodies.length]).filter(
      (one) => one !== undefined,
    ),
  );
  const times: number[] = [];
  const won = new Set<string>();
  await Promise.all(
    presses.map(async ({ body, commandId }) => {
      const began = performance.now();
      const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers: formHeaders(url, from), body });
      const text = await answer.text();
      times.push(performance.now() - began);
      witness.saw(answer.status, 'a click', answer.headers.get('retry-after'));
      findings.expect(polite.has(answer.status), `a click was answered ${answer.status}: ${text.slice(0, 200)}`);
      if (answer.status === 303) won.add(commandId);
      if (answer.status === 409) findings.expect(text.includes('<h1'), 'a 409 without a page that says why');
    }),
  );
  const log = await untilDecided(scene, telling.jobId, step);
  const decided = log.filter(
    ({ event }) =>
      event.type === 'decided' &&
      event.circulation === step.circulation &&
      event.round === step.round &&
      event.step === step.step,
  );
  findings.expect(decided.length === 1, `${telling.jobId}: ${decided.length} decisions for ${presses.length} clicks`);
  const [one] = decided;
  findings.expect(
    [...won].every((id) => id === one?.stamp.commandId),
    `${telling.jobId}: told "done" to ${[...won].join(', ')}, the log has ${one?.stamp.commandId ?? 'nothing'}`,
  );
  const state = await scene.engine.workflow.getHandle(telling.jobId).query(stateQuery);
  findings.expect(
    one?.event.type === 'decided' && state.lastDecision?.verdict === one.event.decision.verdict,
    `${telling.jobId}: the process says ${state.lastDecision?.verdict ?? 'nothing'}`,
  );
  return times;
}

async function untilDecided(
  scene: Scene,
  jobId: string,
  step: { circulation: string; step: string },
): ReturnType<typeof logOf> {
  for (let tries = 0; ; tries += 1) {
    const log = await logOf(scene, jobId);
    if (
      tries > 100 ||
      log.some(
        ({ event }) => event.type === 'decided' && event.circulation === step.circulation && event.step === step.step,
      )
    )
      return log;
    await pause(200);
  }
}
