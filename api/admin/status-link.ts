import type { Request, Router } from 'express';
import { createTransport } from 'nodemailer';
import { safeError } from '../../config/logging.ts';
import { may } from '../../domain/people/may.ts';
import type { Person } from '../../domain/people/types.ts';
import { clients } from '../../store/clients.ts';
import { linkFor } from '../../store/links.ts';
import { people } from '../../store/people.ts';
import type { ApiDeps } from '../deps.ts';
import { limits } from '../gate/limits.ts';
import { Problem } from '../problems.ts';
import { signedIn, staffOnly } from '../session/identify.ts';
import { bodyOf, checkForm } from '../staff/form-value.ts';
import { statusGrant } from '../staff/status-link.ts';
import { oneText } from '../staff/typed.ts';
import type { Lang } from '../view/lang.ts';
import { words } from '../view/words/index.ts';
import type { Told } from './frame.tsx';
import { adminWords } from './words.ts';

/** Mails of status links to one person; nobody needs many. */
const statusMails = { name: 'statusMail', points: 5, windowMs: 15 * 60_000 } as const;
/** How long the mail server may take; milliseconds. */
const giveUpMs = 20_000;

/** `POST /admin/clients/:client/status-link`: mails a person of the client the read-only link. No page and no log ever holds it. */
export function statusLinkRoute(routes: Router, deps: ApiDeps): void {
  routes.post('/admin/clients/:client/status-link', staffOnly, async (req, res) => {
    const who = signedIn(req);
    await deps.limiter.demand(limits.change, who.person.id);
    const clientId = String(req.params.client);
    const body = bodyOf(req.body);
    const personId = oneText(body.person);
    const [client, entry] = await Promise.all([clients.get(deps.store, clientId), people.get(deps.store, personId)]);
    const person = entry?.value;
    const theirs =
      client?.value.brands.some((brand) => may(who.viewer, 'contact.write', { brandId: brand.id })) ?? false;
    if (!client || !person || !theirs || !person.active || person.clientId !== clientId) throw new Problem('NOT_FOUND');
    if (!checkForm(deps, who, `status:${clientId}:${personId}`, body).ok)
      return res.redirect(303, `/admin/clients/${clientId}?stale=${encodeURIComponent(personId)}`);
    await deps.limiter.demand(statusMails, personId);
    const became = await mailLink(deps, person);
    res.redirect(303, `/admin/clients/${clientId}?${became}=${encodeURIComponent(personId)}`);
  });
}

/** What became of a mail: taken, its address refused, or not sent for another reason. Stands in the address of the next page. */
type Became = Exclude<keyof typeof sayings, 'stale'>;

const sayings = {
  mailed: { kind: 'accepted', key: 'statusMailed' },
  refused: { kind: 'refused', key: 'statusRefused' },
  unsent: { kind: 'refused', key: 'statusUnsent' },
  stale: { kind: 'refused', key: 'statusStale' },
} as const;

/** What the client's page says about a mail that was just asked for: whose it was and, if it failed, what can be done. */
export function toldOfMail(req: Request, lang: Lang, contacts: readonly Person[]): Told | undefined {
  const t = words(lang, adminWords);
  for (const [became, { kind, key }] of Object.entries(sayings)) {
    const person = contacts.find(({ id }) => id === req.query[became]);
    if (person) return { kind, title: t(key, { name: person.name }) };
  }
  return undefined;
}

/** Whether the mail server has said for good that it does not take this address; anything else may be another time. */
function addressRefused(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const [code, reply] = ['code' in error ? error.code : '', 'responseCode' in error ? error.responseCode : 0];
  return code === 'EENVELOPE' && (typeof reply !== 'number' || reply === 0 || reply >= 500);
}

/** Makes the link at the moment of sending and hands it to the mail server. */
async function mailLink(deps: ApiDeps, person: Person): Promise<Became> {
  const { config } = deps;
  const grant = await statusGrant(deps.store, person, person.clientId ?? '', deps.keys.links, deps.clock());
  const href = `${config.publicBaseUrl}${linkFor(grant, deps.keys.links)}`;
  const transport = createTransport({
    url: config.smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: giveUpMs,
  });
  const zh = person.language !== 'en';
  const lines = zh
    ? [
        `${person.name}，您好：`,
        '',
        '打开下面的链接，可以随时看到贵公司各项工作的进展，以及在等您处理的内容：',
        href,
        '',
        '链接只给您本人，只能看，不能签字。签字请用每次收到的签核邮件。',
        '',
        config.agencyName.zh,
      ]
    : [
        `Dear ${person.name},`,
        '',
        'This link shows at any time where your jobs stand and what waits for you:',
        href,
        '',
        'It is yours alone and for reading only. To sign, use the approval mail of each step.',
        '',
        config.agencyName.en,
      ];
  try {
    await transport.sendMail({
      from: { name: zh ? config.agencyName.zh : config.agencyName.en, address: config.mailFrom },
      // An object, so that nothing in an address can become a second one.
      to: { name: person.name.replace(/[\r\n]/g, ' '), address: person.mail.address },
      subject: zh ? '工作进展链接' : 'Where your jobs stand',
      text: `${lines.join('\n')}\n`,
      disableFileAccess: true,
      disableUrlAccess: true,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return 'mailed';
  } catch (error) {
    deps.logger.error({ err: safeError(error), personId: person.id }, 'a status link could not be mailed');
    return addressRefused(error) ? 'refused' : 'unsent';
  } finally {
    transport.close();
  }
}
