import type { JSX } from 'preact';
import type { Unproven } from '../../store/link-uses.ts';
import type { FormFields } from '../gate/form-body.ts';
import { ErrorList, Field } from '../view/fields.tsx';
import { Page } from '../view/page.tsx';
import { Actions, Button, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import type { Lang } from '../view/lang.ts';
import { codeWords } from './link-code-words.ts';

/** Names of the fields that the code page adds to the form it carries on. */
export const codeFields = { code: 'linkCode', request: 'linkCodeRequest', again: 'linkCodeAgain' } as const;

/** What the page with the mailed code shows. */
export interface CodeView {
  readonly lang: Lang;
  /** Why a code is asked for. */
  readonly why: Unproven;
  /** Name of the person the link belongs to. */
  readonly viewer: string;
  /** Address the form posts to: the link itself. */
  readonly action: string;
  /** Everything that was posted, carried along unseen, so that the right code finishes what was begun. */
  readonly carried: FormFields;
  /** Id of the code that is asked for; absent while no code could be mailed. */
  readonly request?: string;
  readonly wrong: boolean;
  /** Why no further code is mailed now. */
  readonly remark?: string;
}

/** Asks for the code that was just mailed to the address on file. Nothing has been decided yet. */
export function LinkCodePage({ view }: { view: CodeView }): JSX.Element {
  const t = words(view.lang, codeWords);
  const own = new Set<string>(Object.values(codeFields));
  const carried = Object.entries(view.carried).filter(([name]) => !own.has(name));
  return (
    <Page lang={view.lang} title={t('title')} kind="approve" viewer={{ name: view.viewer, by: 'link' }}>
      <h1>{t('title')}</h1>
      {view.remark ? <Notice kind="refused" title={view.remark} /> : null}
      {view.wrong ? (
        <ErrorList lang={view.lang} errors={[{ name: codeFields.code, label: t('code'), error: t('wrong') }]} />
      ) : null}
      <Sheet>
        <p>{t(view.why === 'moved' ? 'leadMoved' : 'lead')}</p>
        <p>{t('nothingYet')}</p>
        <form method="post" action={view.action} data-once>
          {carried.map(([name, value]) =>
            (typeof value === 'string' ? [value] : value).map((one) => <input type="hidden" name={name} value={one} />),
          )}
          {view.request ? <input type="hidden" name={codeFields.request} value={view.request} /> : null}
          <Field
            lang={view.lang}
            name={codeFields.code}
            label={t('code')}
            kind={{ type: 'text' }}
            maxLength={12}
            autocomplete="one-time-code"
            {...(view.wrong ? { error: t('wrong') } : {})}
          />
          <Actions>
            <Button kind="ink">{t('go')}</Button>
            <Button kind="quiet" name={codeFields.again} value="true">
              {t('again')}
            </Button>
          </Actions>
        </form>
      </Sheet>
    </Page>
  );
}
