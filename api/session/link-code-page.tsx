import type { JSX } from 'preact';
import type { FormFields } from '../gate/form-body.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import { Page } from '../view/page.tsx';
import { Actions, Button, Facts, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import type { Lang } from '../view/lang.ts';
import { codeWords } from './link-code-words.ts';

/** Names of the fields that the code page adds to the form it carries on. */
export const codeFields = { code: 'linkCode', request: 'linkCodeRequest', again: 'linkCodeAgain' } as const;

/** Why a link asks for a code: it did nothing for 30 days, or it was mailed before its person's address was corrected. */
export type CodeWhy = 'idle' | 'moved';

/** What the page with the mailed code shows. */
export interface CodeView {
  readonly lang: Lang;
  readonly why: CodeWhy;
  /** Name of the agency in the language of the page. */
  readonly house: string;
  /** Name of the person the link belongs to; absent where whoever reads may be a stranger. */
  readonly viewer?: string;
  /** The address codes go to, masked. */
  readonly to: string;
  /** Address the form posts to: the link itself. */
  readonly action: string;
  /** What was posted, carried along unseen, so that the right code finishes what was begun; empty where only to look was wished. */
  readonly carried: FormFields;
  /** Id of the code that is asked for; absent while none was mailed. */
  readonly request?: string;
  readonly wrong: boolean;
  /** Why the link does not open, or no further code is mailed, now. */
  readonly remark?: string;
}

/** Asks for the code that was just mailed to the address on file, or offers to mail one. Nothing has been decided yet. */
export function LinkCodePage({ view }: { view: CodeView }): JSX.Element {
  const { lang, to, house, request } = view;
  const t = words(lang, codeWords);
  const carried = Object.entries(view.carried);
  const acts = carried.length > 0;
  return (
    <Page
      lang={lang}
      title={t('title')}
      house={house}
      kind="reading"
      scripts={['approve']}
      viewer={view.viewer === undefined ? undefined : { name: view.viewer, by: 'link' }}
    >
      <header class="work-head">
        <h1>{t('title')}</h1>
        <p class="work-lead">{t(view.why === 'moved' ? 'leadMoved' : 'lead')}</p>
      </header>
      {view.remark ? <Notice kind="refused" title={view.remark} /> : null}
      {view.wrong ? (
        <ErrorList lang={lang} errors={[{ name: codeFields.code, label: t('code'), error: t('wrong') }]} />
      ) : null}
      <Sheet class="code-sheet">
        <p>{t(request === undefined ? 'ask' : 'sent')}</p>
        {acts ? <p>{t('nothingYet')}</p> : null}
        <Facts
          facts={[
            {
              label: t('to'),
              value: <b lang="en">{to}</b>,
            },
          ]}
        />
        <form method="post" action={view.action} data-once>
          {carried.map(([name, value]) =>
            (typeof value === 'string' ? [value] : value).map((one) => <input type="hidden" name={name} value={one} />),
          )}
          {request === undefined ? null : (
            <>
              <input type="hidden" name={codeFields.request} value={request} />
              <Field
                lang={lang}
                name={codeFields.code}
                label={t('code')}
                kind={{ type: 'text' }}
                maxLength={12}
                autocomplete="one-time-code"
                {...(view.wrong ? { error: t('wrong') } : {})}
              />
            </>
          )}
          <Actions>
            {request === undefined ? null : <Button kind="ink">{t(acts ? 'go' : 'open')}</Button>}
            <Button kind={request === undefined ? 'ink' : 'quiet'} name={codeFields.again} value="true">
              {t(request === undefined ? 'mail' : 'again')}
            </Button>
          </Actions>
        </form>
      </Sheet>
      <div class="code-notes muted small">
        {view.why === 'moved' ? <p>{t('remembers')}</p> : null}
        <p>{t('notYours', { house })}</p>
      </div>
    </Page>
  );
}
