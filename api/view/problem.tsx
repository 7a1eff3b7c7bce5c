import type { ComponentChildren, JSX } from 'preact';
import type { PageProps } from './page.tsx';
import { Page } from './page.tsx';
import { words } from './words/index.ts';

/** What a problem page needs beside the frame. */
export interface ProblemProps extends Pick<PageProps, 'lang' | 'viewer' | 'nav'> {
  readonly status: number;
  /** A sentence for the person; absent, the neutral one of the status is said. 5xx sentences stay neutral. */
  readonly sentence?: string;
  /** What the support desk can look up: the id of the request. */
  readonly reference?: string;
  readonly children?: ComponentChildren;
}

/** A page for a problem, in the same frame as all others: what happened, that nothing was changed, what one can do. */
export function ProblemPage(props: ProblemProps): JSX.Element {
  const t = words(props.lang);
  const kind = props.status === 404 || props.status === 410 ? 'notFound' : props.status === 503 ? 'busy' : 'error';
  const title = props.status < 500 && kind !== 'notFound' && props.sentence ? props.sentence : t(`${kind}Title`);
  const text =
    kind === 'error' && props.status < 500
      ? t('unchanged')
      : title === props.sentence
        ? undefined
        : (props.sentence ?? t(`${kind}Text`));
  return (
    <Page lang={props.lang} title={title} viewer={props.viewer} nav={props.nav}>
      <div class="problem">
        <p class="problem-status num" aria-hidden="true">
          {props.status}
        </p>
        <h1>{title}</h1>
        {text ? <p>{text}</p> : null}
        {props.children}
        {props.reference ? (
          <p class="muted small">
            {t('reference')} <span class="num">{props.reference}</span>
          </p>
        ) : null}
      </div>
    </Page>
  );
}
