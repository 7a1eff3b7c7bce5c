import type { Instant } from '../../domain/instant.ts';
import type { MailInput } from '../../domain/job/effects.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Words } from '../../domain/process.ts';
import { clients } from '../../store/clients.ts';
import type { WrittenMail } from '../../store/outbox.ts';
import { calendarIn, peopleIn, timesOf } from '../house.ts';
import { jobAt, namedIn } from './job-at.ts';
import type { MailDeps, Speaking } from './parts.ts';
import { nameText } from './clean.ts';
import { sayer, writeSheet } from './sheet.ts';
import { ownerAway, standingIn } from './standing-in.ts';
import { writeMail } from './write.ts';

/** Writes what several mail effects have to say to one person as one mail, in their language, by their calendar. */
export async function draftMail(
  deps: MailDeps,
  inputs: readonly MailInput[],
  person: Person,
  speaking: Speaking,
  now: Instant,
): Promise<WrittenMail> {
  const { connection, office } = deps;
  const { house } = speaking;
  const spoken = await Promise.all(
    inputs.map(async (input) => {
      const same = input.processId === speaking.input.processId && input.seq === speaking.input.seq;
      return { input, job: same ? speaking.job : await jobAt(connection, input.processId, input.seq) };
    }),
  );
  const ownerId = inputs[0]?.ownerId ?? '';
  const away = await ownerAway(house, ownerId, now);
  const people = await peopleIn(house, [
    ...spoken.flatMap(({ input, job }) => namedIn(job, input)),
    ...(away?.standInId === undefined ? [] : [away.standInId]),
  ]);
  const sheets = [];
  for (const { input, job } of spoken) {
    const side = person.side === 'client' ? 'client' : 'agency';
    const reading = await calendarIn(house, side, input.clientId, office, [person.id]);
    const counting =
      input.route === undefined || input.route.side === side
        ? reading
        : await calendarIn(house, input.route.side, input.clientId, office);
    const times =
      input.kind === 'ask' && input.route !== undefined
        ? timesOf({ route: input.route, ladder: input.ladder }, counting, now)
        : undefined;
    const clientName =
      input.kind === 'notNeeded' && side === 'agency'
        ? (await clients.get(connection, input.clientId))?.value.name
        : undefined;
    const sheet = writeSheet({
      input,
      personId: person.id,
      job,
      language: person.language,
      now,
      calendar: reading,
      nameOf: (personId) => people.get(personId)?.name ?? personId,
      ...(clientName === undefined ? {} : { clientName }),
      ...(person.side === 'agency' ? { jobPage: `${deps.publicBaseUrl}/jobs/${input.processId}` } : {}),
      ...(times === undefined ? {} : { times }),
    });
    const line = standingIn(input, person, away, reading.zone, nameText(people.get(ownerId)?.name ?? ownerId));
    const said = line === undefined ? sheet : { ...sheet, lead: leadWith(line, sheet.lead, person) };
    sheets.push({ sheet: said, dueAt: times?.dueAt ?? '', zone: reading.zone });
  }
  // What is due first comes first and has the primary button.
  sheets.sort((a, b) => a.dueAt.localeCompare(b.dueAt, 'en'));
  // A reply reaches somebody who is there.
  const owner = people.get(away?.standInId ?? ownerId);
  const ae = owner?.active === true && owner.id !== person.id ? owner : undefined;
  return writeMail(
    sheets.map(({ sheet }) => sheet),
    {
      to: person,
      ...(ae === undefined ? {} : { ae }),
      agency: deps.agencyName,
      date: now,
      zone: sheets[0]?.zone ?? office.zone,
    },
  );
}

function leadWith(line: Words, lead: string, { language }: Person): string {
  return [sayer(language)(line), lead].filter(Boolean).join(language === 'en' ? ' ' : '');
}
