import type { Request } from 'express';
import type { FormId } from '../../domain/wording/papers.ts';
import { caseHistoryWords } from '../../domain/wording/history-cases.ts';
import { formFields } from '../../papers/fields.ts';
import type { Content, FormDefinition } from '../../papers/form.ts';
import { caseEntriesOf } from '../../store/case-recorder.ts';
import { isSchedule, type FoldedEvent } from '../../store/cases.ts';
import { historyOf } from '../../store/log.ts';
import { packOf, type MeetingPack } from '../cases/pack.ts';
import { contentIn, readsRestricted, reachableCase, type ReadCase } from '../cases/read.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { peopleOfClient } from '../../store/people.ts';
import { newFormValue } from '../staff/form-value.ts';
import { staffFrame, type Staff } from '../staff/frame.tsx';
import type { Choice } from '../view/fields.tsx';
import { pick } from '../view/lang.ts';
import type { HistoryEntry } from '../view/parts.tsx';
import type { PaperLine } from '../view/paper.tsx';
import { namesFor } from '../view/read/house.ts';
import { contentOf, formOf, paperLines, sayingFor, type Saying } from '../view/read/papers.ts';
import { momentInWords } from '../view/time.tsx';

/** Forms a meeting, its minutes and an issue may hold, in the order people read them. */
const formsShown: readonly FormId[] = ['F-63', 'F-15', 'F-14', 'F-13'];

/** Purpose of every form on the page of one case. */
export const casePurpose = (processId: string): string => `case:${processId}`;

/** What stands in the forms of a page that was refused: by the name of the field, and of the form where several have one. */
export type CaseTyped = Readonly<Record<string, string>>;

/** A title of the domain at the head of a line: the first letter large where the language has such letters. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One paper of a case, ready to read. */
export interface ShownPaper {
  readonly form: FormId;
  readonly title: string;
  readonly version: number;
  readonly lines: readonly PaperLine[];
}

/** A case opened by somebody of the house: what every page of it needs. */
export interface CaseDesk extends ReadCase {
  readonly staff: Staff;
  readonly saying: Saying;
  readonly contents: Readonly<Partial<Record<FormId, Content>>>;
  /** Client and brand by name; an id may be both. */
  readonly client: string;
  readonly brand: string;
  /** Only the copy of the minutes is shown to this person. */
  readonly copyOnly: boolean;
  /** What the pack of a meeting that is still ahead brings by itself (S-58). */
  readonly pack?: MeetingPack;
  /** Who of the client can be told, where the case tells somebody of theirs that nobody named yet. */
  readonly contacts: readonly Choice[];
  /** A fresh value for one form; each form on the page is a decision of its own. */
  readonly formValue: () => string;
}

/** Opens the case an address names; throws the same 404 for what is not there and what is not this person's. */
export async function openCase(deps: ApiDeps, req: Request): Promise<CaseDesk> {
  const staff = await staffFrame(deps, req, 'meetings');
  const found = await reachableCase(deps, staff.who, String(req.params.key));
  // A schedule has a page of its own.
  if (isSchedule(found.state)) throw new Problem('NOT_FOUND');
  const { state } = found;
  const copyOnly = !readsRestricted(state, staff.who);
  const pairs = await Promise.all(
    formsShown.map(async (form) => [form, await contentIn(deps, state, form, { copy: copyOnly })] as const),
  );
  const contents: Partial<Record<FormId, Content>> = {};
  for (const [form, content] of pairs) if (content !== undefined) contents[form] = content;
  const made = Object.values(state.made).map(({ by }) => by);
  const people = { who: [state.ownerId, ...Object.values(state.parts).flat(), ...made] };
  const saying = await sayingFor(deps.store, state, [...Object.values(contents), people], staff);
  const [names, pack] = await Promise.all([
    namesFor(deps.store, { people: [], clients: [state.clientId] }),
    packOf(deps, staff.who, state),
  ]);
  const [client, brand] = [names.client(state.clientId), names.brand(state.brandId)];
  const fills = Object.values(state.definition.moves).some((move) => move.fills !== undefined);
  const theirs = fills ? await peopleOfClient(deps.store, state.clientId) : [];
  const contacts = theirs.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }));
  const formValue = (): string => newFormValue(deps, staff.who, casePurpose(state.processId));
  return { ...found, staff, saying, contents, client, brand, copyOnly, contacts, formValue, ...(pack ? { pack } : {}) };
}

/**
 * A paper of a case as it is read. Minutes carry the notice about silence in its own words: a bare "yes" beside
 * its title would tell the client nothing.
 */
export function linesOf(form: FormDefinition, content: Content, saying: Saying): readonly PaperLine[] {
  const notice = formFields(form).find(({ key }) => key === 'notice');
  const label = notice && pick(notice, saying.lang);
  return paperLines(form, content, saying).map((line) =>
    notice?.hint === undefined || line.label !== label || content['notice'] !== true
      ? line
      : { ...line, value: pick(notice.hint, saying.lang), wide: true },
  );
}

/** The papers of a case as they are read. */
export function shownPapers({ state, contents, saying }: CaseDesk): readonly ShownPaper[] {
  return formsShown.flatMap((form): ShownPaper[] => {
    const [content, definition, paper] = [contents[form], formOf(form), state.papers[form]];
    if (content === undefined || definition === undefined || paper === undefined) return [];
    const lines = linesOf(definition, contentOf(content), saying);
    return [{ form, title: pick(definition.title, saying.lang), version: paper.version, lines }];
  });
}

/** How an entry stands out in the history: signatures, what was sent back, steps forward, mails. */
function kindOf(event: FoldedEvent): NonNullable<HistoryEntry['kind']> {
  switch (event.type) {
    case 'caseMoved':
      if (event.move === 'sign' || event.move === 'approve') return 'sign';
      return event.move === 'return' || event.move === 'object' || event.move === 'annul' ? 'back' : 'phase';
    case 'mailReported':
    case 'mailBounced':
      return 'mail';
    default:
      return 'plain';
  }
}

/** What happened to a case, newest first; book-keeping is left out. */
export async function historyLines(deps: ApiDeps, { state, saying }: CaseDesk): Promise<readonly HistoryEntry[]> {
  const { lang, time, nameOf } = saying;
  const rows = await historyOf(deps.store, state.processId, { limit: 200 });
  return caseEntriesOf(rows).flatMap(({ event, stamp }): HistoryEntry[] => {
    const what = caseHistoryWords(event, state.definition, nameOf);
    if (what === undefined) return [];
    const words = 'words' in event ? event.words : undefined;
    return [
      {
        kind: kindOf(event),
        when: momentInWords(time, stamp.at, lang),
        instant: stamp.at,
        ...(stamp.actor.kind === 'person' ? { who: nameOf(stamp.actor.personId) } : {}),
        what: pick(what, lang),
        ...(words === undefined ? {} : { words }),
      },
    ];
  });
}
