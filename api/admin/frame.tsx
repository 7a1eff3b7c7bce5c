import type { Request } from 'express';
import type { ComponentChildren, JSX } from 'preact';
import { scopeOf, type ViewAct } from '../../domain/people/may.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { SignedIn } from '../session/identify.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import { Page } from '../view/page.tsx';
import { Notice } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { adminWords } from './words.ts';

/** The registers, in the order of their tabs, and the right that shows each. */
const tabs = [
  { key: 'people', href: '/admin/people', label: 'persons', act: 'people.read' },
  { key: 'teams', href: '/admin/teams', label: 'teams', act: 'team.read' },
  { key: 'clients', href: '/admin/clients', label: 'clientsTab', act: 'client.read' },
  { key: 'routes', href: '/admin/routes', label: 'routes', act: 'job.read' },
  { key: 'calendar', href: '/admin/calendars', label: 'calendar', act: 'people.read' },
  { key: 'absences', href: '/admin/absences', label: 'absences', act: 'people.read' },
  { key: 'handOvers', href: '/admin/hand-overs', label: 'handOvers', act: 'people.read' },
  { key: 'tokens', href: '/admin/tokens', label: 'tokens', act: 'people.read' },
  { key: 'audit', href: '/admin/audit', label: 'audit', act: 'audit.read' },
] as const satisfies readonly { key: string; href: string; label: keyof typeof adminWords; act: ViewAct }[];

/** Key of a register's tab. */
export type Tab = (typeof tabs)[number]['key'];

/** Whether a person has a right anywhere at all. */
export function has(who: SignedIn, act: ViewAct): boolean {
  const scope = scopeOf(who.viewer, act);
  return scope.kind !== 'none' && scope.kind !== 'self' && scope.kind !== 'client';
}

/** Throws 403 unless the person has the right somewhere. */
export function demand(who: SignedIn, act: ViewAct): void {
  if (!has(who, act)) throw new Problem('FORBIDDEN');
}

/** The frame of a register's page, and 403 for whoever may not even look. */
export async function adminFrame(deps: ApiDeps, req: Request, tab: Tab): Promise<Staff> {
  const staff = await staffFrame(deps, req, tab === 'clients' ? 'clients' : 'people');
  const known = tabs.find((one) => one.key === tab);
  if (known) demand(staff.who, known.act);
  return staff;
}

/** What a register's page tells after a change. */
export interface Told {
  readonly kind: 'accepted' | 'refused' | 'remark';
  readonly title: string;
  readonly lines?: readonly string[];
}

/** The page of a register: its tabs, what happened, and its content. */
export function AdminPage({
  staff,
  tab,
  title,
  told,
  children,
  wide,
}: {
  staff: Staff;
  tab: Tab;
  title: string;
  told?: Told;
  wide?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  const t = words(staff.lang, adminWords);
  return (
    <Page {...staff.frame} title={title} kind={wide ? 'wide' : 'reading'} scripts={['form']}>
      <nav class="tabs" aria-label={t('admin')}>
        {tabs
          .filter((one) => has(staff.who, one.act))
          .map((one) => (
            <a href={one.href} aria-current={one.key === tab ? 'page' : undefined}>
              {t(one.label)}
            </a>
          ))}
      </nav>
      <header class="work-head">
        <h1>{title}</h1>
      </header>
      {told ? (
        <Notice kind={told.kind} title={told.title}>
          {told.lines && told.lines.length > 0 ? (
            <ul>
              {told.lines.map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          ) : null}
        </Notice>
      ) : null}
      {children}
    </Page>
  );
}

/** The notice after a save that led back to a page with `?saved=1`. */
export function savedNotice(req: Request, staff: Staff): { readonly told?: Told } {
  return req.query.saved === '1' ? { told: { kind: 'accepted', title: words(staff.lang, adminWords)('changed') } } : {};
}
