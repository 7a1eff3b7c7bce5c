import { canonical } from '../../domain/log/canonical.ts';
import { formFields } from '../../papers/fields.ts';
import { forms } from '../../papers/index.ts';
import { saveDraft, type Draft, type SavedDraft } from '../../store/drafts.ts';
import type { ApiDeps } from '../deps.ts';
import type { Staff } from '../staff/frame.tsx';
import { typedOfDraft, type Typed } from '../staff/typed.ts';
import { contentOf } from '../view/read/papers.ts';
import type { NewJobOffers } from './offers.ts';

/** The form a job begins with: the client's task sheet. */
export const sheetForm = forms['F-01'];
/** Client, brand and line are one choice on the page; the rest is asked as the form says. */
export const sheetFields = formFields(sheetForm).filter(({ key }) => !['clientId', 'brandId', 'lineId'].includes(key));

/** What somebody typed on the page. */
export interface TypedJob {
  readonly lineId: string;
  readonly title: string;
  readonly owner: string;
  readonly campaign: string;
  readonly important: boolean;
  readonly workTypes: readonly string[];
  readonly sheet: Typed;
  /** The draft it is kept in, else empty, and its revision as the page knows it. */
  readonly draft: string;
  readonly revision: number;
}

/**
 * Keeps what was typed for a job that nobody has requested yet; the owner finds it on the desk. Client, brand and line
 * stand in it by themselves, so that a hand-over of the brand finds it. The same words kept twice are no conflict.
 */
export async function keepNewJob(
  deps: Pick<ApiDeps, 'store' | 'clock'>,
  staff: Staff,
  offers: NewJobOffers,
  { draft, revision, lineId, sheet, title, owner, campaign, important, workTypes }: TypedJob,
): Promise<SavedDraft> {
  const chosen = offers.lines.find(({ line }) => line.id === lineId);
  const where = chosen ? { clientId: chosen.client.id, brandId: chosen.brand.id, lineId } : {};
  const content = { ...where, typed: sheet, job: { title, owner, campaign, important, workTypes } };
  const about = { id: draft, ownerId: staff.who.person.id, form: sheetForm.id };
  const saved = await saveDraft(deps.store, { ...about, revision, content, updatedAt: deps.clock() });
  if (saved.saved || saved.current === null || canonical(saved.current.content) !== canonical(content)) return saved;
  return { saved: true, revision: saved.current.revision };
}

/** The page as a draft has kept it. A draft of another maker holds the task sheet alone; the rest is `blank`. */
export function typedOfKept({ id, revision, content }: Draft, blank: TypedJob, zone: string): TypedJob {
  const kept = contentOf(content);
  const job = contentOf(kept.job);
  const said = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
  return {
    lineId: said(kept.lineId, blank.lineId),
    title: said(job.title, blank.title),
    owner: said(job.owner, blank.owner),
    campaign: said(job.campaign, blank.campaign),
    important: job.important === true,
    workTypes: Array.isArray(job.workTypes)
      ? job.workTypes.filter((one): one is string => typeof one === 'string')
      : blank.workTypes,
    sheet: { ...blank.sheet, ...typedOfDraft(filledIn(kept), content, zone) },
    draft: id,
    revision,
  };
}

/** Fields a draft speaks of; a page's draft speaks of all of them. */
function filledIn(kept: Readonly<Record<string, unknown>>): typeof sheetFields {
  return kept.typed === undefined ? sheetFields.filter(({ key }) => kept[key] !== undefined) : sheetFields;
}

/** What a draft of no job yet is called by whoever writes it; empty where nothing is said yet. */
export function titleOfKept(content: unknown): string {
  const { title } = contentOf(contentOf(content).job);
  return typeof title === 'string' ? title.trim() : '';
}
