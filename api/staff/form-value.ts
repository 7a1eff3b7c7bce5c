import { checkFormValue, mintFormValue, type FormVerdict } from '../../store/form-values.ts';
import type { ApiDeps } from '../deps.ts';
import type { FormFields } from '../gate/form-body.ts';
import type { SignedIn } from '../session/identify.ts';
import { formValueName } from '../view/forms.ts';
import { oneText } from './typed.ts';

/** Purpose of the small forms about a job that lie on its page and on the desk. */
export const jobActPurpose = 'job.act';

/** How old a page may be whose form is sent; whoever writes a paper takes their time. Milliseconds. */
const staffFormAgeMs = 12 * 3_600_000;

/** A new form value for a form shown to this person. */
export function newFormValue(deps: ApiDeps, who: SignedIn, purpose: string): string {
  return mintFormValue(deps.keys.forms, { holder: who.holder, purpose }, deps.clock());
}

/** Whether a posted form is ours, shown to this person for this purpose, and not too old. */
export function checkForm(deps: ApiDeps, who: SignedIn, purpose: string, body: FormFields): FormVerdict {
  return checkFormValue(
    deps.keys.forms,
    oneText(body[formValueName]),
    { holder: who.holder, purpose },
    deps.clock(),
    staffFormAgeMs,
  );
}

/** The body of a posted form; a request without one has no fields. */
export function bodyOf(body: unknown): FormFields {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
