import type { JSX } from 'preact';
import { areMinutes, type FoldedCase } from '../../store/cases.ts';
import { Field } from '../view/fields.tsx';
import { shortHash } from '../view/forms.ts';
import { pick, type Lang } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { PaperView, type PaperLine } from '../view/paper.tsx';
import { Actions, Button, Chip, Facts, FormValue, Notice, Sheet, type Fact } from '../view/parts.tsx';
import { Due, dueInWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { Verdicts } from './verdicts.tsx';
import { meetingWords } from './words.ts';

/** A sentence above the page about what was just done. */
export interface Remark {
  readonly kind: 'received' | 'accepted' | 'refused' | 'remark';
  readonly title: string;
}

/** Everything the page of a link to minutes shows. */
export interface LinkView {
  readonly lang: Lang;
  readonly time: TimeView;
  readonly asking: 'confirmMinutes' | 'reviewMinutes';
  readonly state: FoldedCase;
  /** Whether the link belongs to the version that lies there now. */
  readonly current: boolean;
  readonly hash: string;
  readonly base: string;
  readonly house: string;
  readonly reader: string;
  readonly lines: readonly PaperLine[];
  readonly nameOf: (personId: string) => string;
  /** What the reader may do, each with its own form. */
  readonly forms: readonly {
    readonly move: string;
    readonly label: string;
    readonly needsWords: boolean;
    readonly value: string;
    readonly words: string;
  }[];
  readonly remark?: Remark;
}

/** Minutes as the client who confirms them sees them, or who reviews them: the text, what it stands at, one button a choice. */
export function LinkPage({ view }: { view: LinkView }): JSX.Element {
  const { lang, state, asking } = view;
  const t = words(lang, meetingWords);
  const client = asking === 'confirmMinutes';
  const title = client ? t('clientTitle') : t('reviewTitle');
  return (
    <Page lang={lang} title={`${title} · ${state.title}`} house={view.house} viewer={{ name: view.reader, by: 'link' }}>
      <header class="work-head">
        <h1>{title}</h1>
        <p class="work-lead">{state.title}</p>
      </header>
      <div class="stack">
        {view.remark ? <Notice kind={view.remark.kind} title={view.remark.title} /> : null}
        {view.current ? null : <Notice kind="remark" title={t('oldVersion')} />}
        <Sheet title={t('now')} id="now" class={client ? 'sheet-client' : ''}>
          <Standing view={view} />
          <Verdicts state={state} time={view.time} lang={lang} nameOf={view.nameOf} />
        </Sheet>
        {view.lines.length > 0 ? (
          <Sheet title={pick(state.definition.title, lang)} id="paper">
            <p class="muted">{client ? t('clientLead') : t('reviewLead')}</p>
            <PaperView lines={view.lines} lang={lang} />
          </Sheet>
        ) : null}
        {view.forms.map((form) => (
          <Choice view={view} form={form} />
        ))}
      </div>
    </Page>
  );
}

function Standing({ view }: { view: LinkView }): JSX.Element {
  const { lang, state, time } = view;
  const t = words(lang, meetingWords);
  const standing = state.definition.states[state.state]?.title;
  const window = areMinutes(state) ? state.window : undefined;
  const facts: Fact[] = [
    { label: t('now'), value: <Chip>{standing === undefined ? state.state : pick(standing, lang)}</Chip> },
    {
      label: t('window'),
      value:
        window === undefined || state.state !== 'SENT' ? undefined : (
          <Due due={dueInWords(time, window.endsAt, lang)} />
        ),
    },
    { label: t('fingerprint'), value: <span class="code">{shortHash(view.hash)}</span> },
  ];
  return (
    <>
      <Facts facts={facts} />
      {view.asking === 'confirmMinutes' && state.state === 'SENT' ? <p class="muted">{t('clientSilence')}</p> : null}
    </>
  );
}

function Choice({ view, form }: { view: LinkView; form: LinkView['forms'][number] }): JSX.Element {
  const { lang } = view;
  const t = words(lang, meetingWords);
  const yes = form.move === 'sign' || form.move === 'approve';
  return (
    <Sheet title={form.label} id={`move-${form.move}`}>
      <form method="post" action={view.base}>
        <FormValue value={form.value} />
        {form.needsWords ? (
          <Field
            lang={lang}
            name="words"
            scope={form.move}
            label={form.move === 'object' ? t('objectWords') : t('returnWords')}
            kind={{ type: 'long' }}
            value={form.words}
            maxLength={4000}
            required
          />
        ) : null}
        <Actions lead={form.move === 'sign' ? t('signMeaning') : undefined}>
          <Button kind={yes ? 'seal' : 'plain'} name="do" value={form.move}>
            {form.label}
          </Button>
        </Actions>
      </form>
    </Sheet>
  );
}
