import type { JSX } from 'preact';
import { ErrorList, Field } from '../view/fields.tsx';
import type { Lang } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { Actions, Button, ButtonLink, Notice, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { sessionWords } from './words.ts';

/** The page that asks for the address. `failed` says that the identity provider did not let the person in. */
export function AddressPage(props: {
  readonly lang: Lang;
  readonly typed: string;
  readonly error?: string;
  readonly next?: string;
  readonly provider: boolean;
  readonly failed?: boolean;
}): JSX.Element {
  const t = words(props.lang, sessionWords);
  return (
    <Page lang={props.lang} title={t('signInTitle')}>
      <h1>{t('signInTitle')}</h1>
      {props.failed === true ? <Notice kind="refused" title={t('providerFailed')} /> : null}
      {props.error === undefined ? null : (
        <ErrorList lang={props.lang} errors={[{ name: 'address', label: t('address'), error: props.error }]} />
      )}
      <Sheet>
        <p>{t('signInLead')}</p>
        <form method="post" action="/sign-in">
          {props.next === undefined ? null : <input type="hidden" name="next" value={props.next} />}
          <Field
            lang={props.lang}
            name="address"
            label={t('address')}
            kind={{ type: 'text' }}
            value={props.typed}
            required
            maxLength={254}
            autocomplete="email"
            {...(props.error === undefined ? {} : { error: props.error })}
          />
          <Actions>
            <Button kind="ink">{t('sendCode')}</Button>
            {props.provider ? <ButtonLink href="/sign-in/oidc">{t('viaProvider')}</ButtonLink> : null}
          </Actions>
        </form>
      </Sheet>
    </Page>
  );
}

/** The page that asks for the code. The same for known and unknown addresses. */
export function CodePage(props: { readonly lang: Lang; readonly wrong: boolean; readonly next?: string }): JSX.Element {
  const t = words(props.lang, sessionWords);
  return (
    <Page lang={props.lang} title={t('codeTitle')}>
      <h1>{t('codeTitle')}</h1>
      {props.wrong ? (
        <ErrorList lang={props.lang} errors={[{ name: 'code', label: t('code'), error: t('codeWrong') }]} />
      ) : null}
      <Sheet>
        <p>{t('codeLead')}</p>
        <form method="post" action="/sign-in/code">
          {props.next === undefined ? null : <input type="hidden" name="next" value={props.next} />}
          <Field
            lang={props.lang}
            name="code"
            label={t('code')}
            kind={{ type: 'text' }}
            required
            maxLength={12}
            autocomplete="one-time-code"
            {...(props.wrong ? { error: t('codeWrong') } : {})}
          />
          <Actions>
            <Button kind="ink">{t('enter')}</Button>
            <ButtonLink kind="quiet" href="/sign-in">
              {t('again')}
            </ButtonLink>
          </Actions>
        </form>
      </Sheet>
    </Page>
  );
}
