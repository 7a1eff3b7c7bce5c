import { may } from '../../domain/people/may.ts';
import type { WholeJob } from '../../store/jobs.ts';
import type { MailSight } from '../../store/outbox.ts';
import type { SignedIn } from '../session/identify.ts';
import { pick } from '../view/lang.ts';
import { momentInWords } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { mailKindWords, mailWhyWords } from '../view/words/mails.ts';
import { words } from '../view/words/index.ts';
import type { JobView } from './model.ts';
import type { JobSaying } from './read.ts';

/** Kinds of mail that ask somebody to act, so that sending them once more can help. */
const asking: ReadonlySet<string> = new Set(['ask', 'warn', 'remind', 'spokenConfirm']);

const stateWords = {
  queued: 'mailQueued',
  claimed: 'mailQueued',
  sent: 'mailSent',
  failed: 'mailFailed',
  leftOut: 'mailLeftOut',
} as const satisfies Record<MailSight['state'], string>;

/** Whether the desk a mail is about still waits for this very person. */
function stillWaits(job: WholeJob, mail: MailSight): boolean {
  const circulation = mail.where && job.state.circulations[mail.where.circulation];
  if (
    !mail.where ||
    !circulation ||
    !asking.has(mail.kind) ||
    circulation.status !== 'running' ||
    circulation.round !== mail.where.round
  )
    return false;
  const stay = circulation.stays.find(({ step }) => step === mail.where?.step);
  return (
    stay?.state === 'open' &&
    stay.holders.some(({ personId }) => personId === mail.personId) &&
    !stay.decisions.some(({ personId }) => personId === mail.personId)
  );
}

/** Whether a mail is about a desk of the client and went to somebody who held it. */
function isToClient(job: WholeJob, mail: MailSight): boolean {
  const circulation = mail.where && job.state.circulations[mail.where.circulation];
  const step = circulation && job.state.routes[circulation.route]?.steps.find(({ key }) => key === mail.where?.step);
  return (
    step?.side === 'client' &&
    circulation?.stays.some(
      (stay) => stay.step === step.key && stay.holders.some(({ personId }) => personId === mail.personId),
    ) === true
  );
}

function whyInWords(why: string, lang: JobSaying['lang']): string {
  const known = Object.hasOwn(mailWhyWords, why) ? mailWhyWords[why] : undefined;
  return known === undefined ? why : pick(known, lang);
}

/** The mails of a job as its page lists them, newest first; the newest one about an open desk can be sent again. */
export function mailsView(
  mails: readonly MailSight[],
  job: WholeJob,
  who: SignedIn,
  { lang, names, time }: JobSaying,
): NonNullable<JobView['mails']> {
  const t = words(lang, boardWords);
  const maySend = may(who.viewer, 'job.resendMail', { brandId: job.row.brandId, clientId: job.row.clientId });
  // Who keeps the people may correct any address, account service those of its client's people.
  const mayCorrect = (mail: MailSight): boolean =>
    may(who.viewer, 'people.write', {}) ||
    (isToClient(job, mail) && may(who.viewer, 'contact.write', { brandId: job.row.brandId }));
  const offered = new Set<string>();
  return mails.slice(0, 60).map((mail) => {
    const desk = `${mail.where?.circulation ?? ''}/${mail.where?.step ?? ''}/${mail.personId}`;
    const again = maySend && stillWaits(job, mail) && !offered.has(desk);
    if (again) offered.add(desk);
    return {
      id: mail.mailId,
      to: [names.person(mail.personId), mail.address].filter(Boolean).join(' · '),
      about: pick(mailKindWords[mail.kind], lang),
      state: t(stateWords[mail.state]),
      failed: mail.state === 'failed',
      when: momentInWords(time, mail.sentAt ?? mail.queuedAt, lang),
      ...(mail.why ? { why: whyInWords(mail.why, lang) } : {}),
      ...(again ? { again } : {}),
      ...(mail.state === 'failed' && mayCorrect(mail)
        ? { personHref: `/admin/people/${encodeURIComponent(mail.personId)}` }
        : {}),
    };
  });
}

/** What "send again" asks of the process for a mail; undefined where the desk waits no more. */
export function askAgainAct(mail: MailSight, job: WholeJob): object | undefined {
  return mail.where && stillWaits(job, mail)
    ? {
        type: 'askAgain',
        circulation: mail.where.circulation,
        round: mail.where.round,
        step: mail.where.step,
        personId: mail.personId,
      }
    : undefined;
}
