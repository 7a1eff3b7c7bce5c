import type { Where } from '../circulation/acts.ts';
import type { Circulation, Holder, RouteStep } from '../circulation/types.ts';
import { signersOf } from '../circulation/decide.ts';
import type { OwnLadder } from '../circulation/own-ladders.ts';
import { ownLadder } from '../circulation/own-ladders.ts';
import { usualCopy } from '../circulation/step-times.ts';
import type { Stamp } from '../process.ts';
import type { JobEffect, MailEffect, MailInput, MailKind, OpenInput, RecountEffect, Recipient } from './effects.ts';
import type { JobEvent } from './events.ts';
import { tellsInstead } from './hand-over.ts';
import { notNeededMails } from './not-needed.ts';
import type { JobState } from './state.ts';
import { timetableEffects } from './timetable-outward.ts';

interface Placed {
  readonly circulation: Circulation;
  readonly step: RouteStep;
  /** The house's own ladder that the job pinned for the step. */
  readonly own?: OwnLadder;
}

function place(state: JobState, where: Where): Placed | undefined {
  const circulation = state.circulations[where.circulation];
  const step = circulation && state.routes[circulation.route]?.steps.find((one) => one.key === where.step);
  if (!circulation || !step) return undefined;
  const own = ownLadder(state.ladders, circulation.route, step);
  return { circulation, step, ...(own ? { own } : {}) };
}

const nameOf = (to: Recipient): string => ('personId' in to ? to.personId : to.position);

/** What an event asks of the world. `state` is the one after the event. Names hold what it is about, never an attempt. */
export function effectsOf(state: JobState, event: JobEvent, stamp: Stamp): readonly JobEffect[] {
  return [
    ...outward(state, event, stamp),
    ...recounts(state, event, stamp),
    ...timetableEffects(state, event, stamp),
    ...notNeededMails(state, event, stamp),
  ];
}

/** The desks whose rungs this very event shifted; only a calendar can say where they fall now. */
function recounts(state: JobState, event: JobEvent, stamp: Stamp): readonly RecountEffect[] {
  const shifts = ['noted', 'dateMoved', 'asked', 'stepOpened', 'resumed', 'refreshed'].includes(event.type);
  if (!shifts) return [];
  return Object.values(state.circulations).flatMap((circulation) =>
    circulation.stays.flatMap((stay): RecountEffect[] => {
      const side = state.routes[circulation.route]?.steps.find((one) => one.key === stay.step)?.side;
      if (stay.recount?.seq !== stamp.seq || !side) return [];
      const { id, round } = circulation;
      const { processId, clientId } = state;
      const name = `${processId}/recount/${id}/${round}/${stay.step}/${stamp.seq}`;
      const input = { processId, clientId, side, circulation: id, round, step: stay.step, ...stay.recount };
      return [{ kind: 'recount', name, input }];
    }),
  );
}

function outward(state: JobState, event: JobEvent, stamp: Stamp): readonly JobEffect[] {
  const mail = (kind: MailKind, name: string, to: Recipient, more: Partial<MailInput> = {}): MailEffect => {
    const full = `${state.processId}/${name}/${nameOf(to)}`;
    const { processId, brandId, clientId, ownerId } = state;
    return {
      kind: 'mail',
      name: full,
      input: { processId, name: full, kind, to, brandId, clientId, ownerId, seq: stamp.seq, ...more },
    };
  };
  const at = (where: Where): string => `${where.circulation}/${where.round}/${where.step}`;
  /** The limits of a step start with the mail that asks for it. */
  const asking = (where: Where): Partial<MailInput> => {
    const own = place(state, where)?.own;
    return { ...about(where), ...(own ? { ladder: own } : {}) };
  };
  const about = (where: Where): Partial<MailInput> => {
    const placed = place(state, where);
    return {
      where: { circulation: where.circulation, round: where.round, step: where.step },
      ...(placed ? { route: placed.step, authorId: tellsInstead(state, placed.circulation.authorId) } : {}),
    };
  };
  switch (event.type) {
    case 'stepOpening': {
      const placed = place(state, event);
      if (!placed) return [];
      const stay = placed.circulation.stays.find((one) => one.step === event.step);
      const openingAt = stay?.openedAt ?? stamp.at;
      const input: OpenInput = {
        processId: state.processId,
        brandId: state.brandId,
        clientId: state.clientId,
        ownerId: state.ownerId,
        point: placed.circulation.point,
        circulation: event.circulation,
        round: event.round,
        step: event.step,
        route: placed.step,
        ...(placed.own ? { ladder: placed.own } : {}),
        about: placed.circulation.about,
        authorId: placed.circulation.authorId,
        signedBy: [...signersOf(placed.circulation, event.step)],
        openingAt,
        // Whoever gets a desk later has its limits from then on, and is there then (§7.3).
        ...(openingAt === stamp.at ? {} : { judgedAt: stamp.at }),
        ...(event.to ? { to: event.to } : {}),
        ...(event.how ? { how: event.how } : {}),
        ...(event.keep ? { keep: event.keep } : {}),
      };
      return [{ kind: 'open', name: `${state.processId}/open/${at(event)}/${event.to ?? '-'}/${stamp.seq}`, input }];
    }
    case 'stepOpened':
      return event.holders
        .filter((holder) => holder.askedAt === undefined)
        .map((holder) =>
          mail(
            'ask',
            `ask/${at(event)}${handings(state, event)}`,
            { personId: holder.personId },
            { ...asking(event), grantId: holder.grantId, openedAt: stamp.at },
          ),
        );
    case 'askedAgain': {
      const stay = place(state, event)?.circulation.stays.find((one) => one.step === event.step);
      const holder = stay?.holders.find((one) => one.personId === event.personId);
      // The entry's number makes it a mail of its own; the grant is the same, so the link is too.
      return holder
        ? [
            mail(
              'ask',
              `ask/${at(event)}/again-${stamp.seq}`,
              { personId: event.personId },
              { ...asking(event), grantId: holder.grantId, ...(stay?.openedAt ? { openedAt: stay.openedAt } : {}) },
            ),
          ]
        : [];
    }
    case 'nudged': {
      const stay = place(state, event)?.circulation.stays.find((one) => one.step === event.step);
      const words = event.words === undefined ? {} : { words: event.words };
      return (stay?.holders ?? [])
        .filter(({ personId }) => event.people.includes(personId))
        .map(({ personId, grantId }) =>
          mail('nudge', `nudge/${at(event)}/${stamp.seq}`, { personId }, { ...about(event), grantId, ...words }),
        );
    }
    case 'askFailed':
      return [
        mail(
          'unreached',
          `undeliverable/${at(event)}/${event.personId}/${stamp.seq}`,
          { position: 'owner' },
          { ...about(event), words: event.why },
        ),
      ];
    case 'unreachedTold':
      return [mail('unreached', `unreached/${at(event)}${anew(state, event)}`, { position: 'owner' }, about(event))];
    case 'decided':
      return [mail('receipt', `receipt/${event.decision.id}`, { personId: event.decision.personId }, about(event))];
    case 'rungClimbed': {
      const quiet = place(state, event)?.own?.quiet;
      const more = { ...about(event), ...(quiet ? { quiet } : {}) };
      const name = `rung/${at(event)}${anew(state, event)}/${event.kind}/${event.n}`;
      return rungMails(state, event, (kind, to) => mail(kind, name, to, more));
    }
    case 'circulationEnded':
      return ended(state, event, mail);
    case 'noted': {
      const placed = place(state, event);
      const stay = placed?.circulation.stays.find((one) => one.step === event.step);
      if (event.note.kind !== 'spoken' || event.note.verdict !== 'yes') return [];
      return (stay?.holders ?? []).map((holder) =>
        mail(
          'spokenConfirm',
          `spoken/${at(event)}/${stamp.seq}`,
          { personId: holder.personId },
          { ...about(event), grantId: holder.grantId, words: event.words },
        ),
      );
    }
    case 'handOverAsked':
      return [
        mail(
          'handOverAsked',
          `handOverAsked/${at(event)}/${stamp.seq}`,
          { position: 'owner' },
          { ...about(event), words: event.words },
        ),
      ];
    case 'handedOver':
      return [
        mail(
          'handedOver',
          `handedOver/${at(event)}/${stamp.seq}`,
          { position: 'owner' },
          { ...about(event), words: event.words },
        ),
      ];
    case 'dateMoved': {
      // Everybody concerned hears of it (R-59): who has the desk, with their link, and who answers for the job.
      const holders = stillToDecide(state, event);
      const name = `dateMoved/${at(event)}/${stamp.seq}`;
      const more = about(event);
      const known = [event.by, ...holders.map(({ personId }) => personId)];
      return [
        ...holders
          .filter(({ personId }) => personId !== event.by)
          .map(({ personId, grantId }) => mail('dateSet', name, { personId }, { ...more, grantId })),
        ...(known.includes(state.ownerId) ? [] : [mail('dateSet', name, { position: 'owner' }, more)]),
      ];
    }
    case 'recounted': {
      if (!event.moved) return [];
      const { calendarId, revision } = event.moved;
      // One mail a person for one change, whatever it moved and in how many jobs: the name holds no job.
      return stillToDecide(state, event).map(({ personId }) => {
        const told = mail('dateMoved', '', { personId }, about(event));
        const name = `calendar/${calendarId}/${revision}/${personId}`;
        return { ...told, name, input: { ...told.input, name } };
      });
    }
    case 'decisionWithdrawn': {
      const { authorId } = place(state, event)?.circulation ?? {};
      const positions =
        event.verdict === 'refuse'
          ? (['owner', 'accountDirector', 'creativeDirector'] as const)
          : event.verdict !== undefined && authorId !== state.ownerId
            ? (['author', 'owner'] as const)
            : (['author'] as const);
      // Whoever had been told of the decision is told that it is gone.
      const told: readonly Recipient[] = [
        ...positions.map((position) => ({ position })),
        ...(event.told ?? []).map((personId) => ({ personId })),
      ];
      return told.map((to) =>
        mail('withdrawn', `withdrawn/${at(event)}/${stamp.seq}`, to, { ...about(event), words: event.words }),
      );
    }
    case 'proposalRejected':
      // Management and the creative people hear it whole and at once (R-60, R-61); the director has it on the desk.
      return (['owner', 'accountManager', 'creativeDirector'] as const).map((position) =>
        mail('directorTold', `rejected/P${event.no}/${stamp.seq}`, { position }, { words: event.words }),
      );
    case 'directorTold':
      return [
        mail('directorTold', `directorTold/${event.about}/P${state.proposals.at(-1)?.no ?? 0}/${event.round}`, {
          position: 'accountDirector',
        }),
      ];
    case 'opinionReported':
      return [mail('opinionReported', `opinion/${stamp.seq}`, { position: 'accountDirector' }, { words: event.words })];
    case 'meetingCalled':
      return event.people
        .filter((personId) => personId !== event.by)
        .map((personId) => mail('meetingCalled', `meeting/${stamp.seq}`, { personId }));
    case 'commandRefused':
      return stamp.actor.kind === 'person'
        ? [
            mail(
              'commandRefused',
              `refused/${event.commandId}`,
              { personId: stamp.actor.personId },
              { words: event.refusal.code },
            ),
          ]
        : [];
    case 'numberAsked':
      return [
        {
          kind: 'number',
          name: `${state.processId}/number`,
          input: {
            processId: state.processId,
            brandCode: state.brandCode,
            lineCode: state.lineCode,
            openedAt: stamp.receivedAt,
          },
        },
      ];
    case 'archiveAsked':
      return [
        {
          kind: 'seal',
          name: `${state.processId}/seal/${stamp.seq}`,
          input: { processId: state.processId, seq: stamp.seq },
        },
      ];
    case 'sealed':
      return [mail('archived', `archived/${stamp.seq}`, { position: 'owner' })];
    default:
      return [];
  }
}

/** A step that came back to somebody after a hand-over asks them anew, in a mail of its own. */
function handings(state: JobState, where: Where): string {
  const stay = state.circulations[where.circulation]?.stays.find((one) => one.step === where.step);
  return stay?.handed ? `/h${stay.handed}` : '';
}

/** A ladder that begins anew, because the desk was handed over or a decision taken back, has mails of its own. */
function anew(state: JobState, where: Where): string {
  const stay = state.circulations[where.circulation]?.stays.find((one) => one.step === where.step);
  return `${handings(state, where)}${stay?.again ? `/a${stay.again}` : ''}`;
}

/** Who holds a desk and has not decided there: news of its date is for them. */
function stillToDecide(state: JobState, where: Where): readonly Holder[] {
  const stay = place(state, where)?.circulation.stays.find((one) => one.step === where.step);
  return (stay?.holders ?? []).filter(
    ({ personId }) => stay?.decisions.every((one) => one.personId !== personId) ?? true,
  );
}

/**
 * The mails of a rung: to whom it writes and who hears it as well, each once. Warn and remind the holder, then stand-in
 * or head with the account executive, manager, director (M-22), or whom the house's own ladder names. A rung that is
 * told on the desk alone sends none; one for the digest is a mail that waits for its reader's morning.
 */
function rungMails(
  state: JobState,
  event: Extract<JobEvent, { type: 'rungClimbed' }>,
  mail: (kind: MailKind, to: Recipient) => MailEffect,
): readonly MailEffect[] {
  const stay = state.circulations[event.circulation]?.stays.find((one) => one.step === event.step);
  const { by = 'mail', copy = usualCopy(event.whom) } = event;
  if (by === 'desk') return [];
  const kind = event.kind === 'warn' ? 'warn' : event.kind === 'remind' ? 'remind' : 'escalate';
  return [event.whom, ...copy].flatMap((whom): MailEffect[] => {
    switch (whom) {
      case 'holder':
        return (stay?.holders ?? []).map((holder) => mail(kind, { personId: holder.personId }));
      case 'ae':
        return [mail(kind, { position: 'owner' })];
      case 'clientContact':
        return [mail('clientTold', { position: 'clientContact' })];
      default:
        return [mail(kind, { position: whom })];
    }
  });
}

function ended(
  state: JobState,
  event: Extract<JobEvent, { type: 'circulationEnded' }>,
  mail: (kind: MailKind, name: string, to: Recipient, more?: Partial<MailInput>) => MailEffect,
): readonly MailEffect[] {
  const circulation = state.circulations[event.circulation];
  if (!circulation) return [];
  const name = `${event.circulation}/${event.round}`;
  const stopped = circulation.stays.find((stay) => stay.state === 'stopped');
  const words = stopped?.decisions.at(-1)?.words;
  const where = stopped ? { circulation: event.circulation, round: event.round, step: stopped.step } : undefined;
  const route = stopped && state.routes[circulation.route]?.steps.find((step) => step.key === stopped.step);
  const authorId = tellsInstead(state, circulation.authorId);
  const more: Partial<MailInput> = {
    authorId,
    ...(words ? { words } : {}),
    ...(where ? { where } : {}),
    ...(route ? { route } : {}),
  };
  switch (event.verdict) {
    case 'passed':
      return circulation.point === 'workOrder'
        ? [mail('distributed', `distributed/${name}`, { position: 'executors' }, more)]
        : [mail('passed', `passed/${name}`, { personId: authorId }, more)];
    case 'return':
    case 'object':
      return [
        mail('returned', `returned/${name}`, { personId: authorId }, more),
        ...(authorId === state.ownerId ? [] : [mail('returned', `returned/${name}`, { position: 'owner' }, more)]),
      ];
    case 'refuse':
      return (['owner', 'accountDirector', 'creativeDirector'] as const).map((position) =>
        mail('refused', `refused/${name}`, { position }, more),
      );
    case 'withdrawn':
    case 'closed':
      return [];
  }
}
