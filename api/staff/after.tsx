import type { JSX } from 'preact';
import { Page } from '../view/page.tsx';
import { ButtonLink, Notice } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import type { Staff } from './frame.tsx';
import { staffWords } from './words.ts';

/** The page after an act that the engine keeps although nobody could answer yet (202). */
export function ReceivedPage({ staff, title, back }: { staff: Staff; title: string; back: string }): JSX.Element {
  const t = words(staff.lang, staffWords);
  return (
    <Page {...staff.frame} title={title}>
      <h1>{title}</h1>
      <div class="stack">
        <Notice kind="received" title={t('receivedTitle')}>
          <p>{t('receivedText')}</p>
        </Notice>
        <ButtonLink href={back}>{t('toJob')}</ButtonLink>
      </div>
    </Page>
  );
}
