import type { JSX } from 'preact';
import { areMinutes, type FoldedCase } from '../../store/cases.ts';
import { BigSeal, Chain } from '../view/chain.tsx';
import { ErrorList, Field } from '../view/fields.tsx';
import { shortHash } from '../view/forms.ts';
import { pick, type Lang } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { PaperView, type PaperLine } from '../view/paper.tsx';
import { Actions, Button, Facts, FormValue, Notice, Sheet, type Fact } from '../view/parts.tsx';
import { Due, dueInWords, momentInWords, zoneInWords, type TimeView } from '../view/time.tsx';
import { words } from '../view/words/index.ts';
import { minutesSeals, wasReturned } from './seals.ts';
import { Verdicts } from './verdicts.tsx';
import { meetingWords } from './words.ts';

/** A sentence above the page about what was just done. */
export interface Remark {
  readonly kind: 'received' | 'accepted' | 'refused' | 'remark';
  readonly title: string;
}

/** One thing the reader may do with the minutes, with its own form. */
export interface LinkForm {
  readonly move: string;
  readonly needsWords: boolean;
  readonly value: string;
  readonly words: string;
  /** What is wrong with the words that were sent. */
  readonly error?: string;
}

/** Everything the page of a link to minutes shows. */
export interface LinkView {
  readonly lang: Lang;
  readonly time: TimeView;
  readonly asking: 'confirmMinutes' | 'reviewMinutes';
  readonly state: FoldedCase;
  /** Whether the link belongs to the version that lies there now, and to its reader still. */
  readonly current: boolean;
  readonly version: number;
  readonly hash: string;
  readonly base: string;
  readonly house: string;
  readonly reader: string;
  readonly client: string;
  readonly lines: readonly PaperLine[];
  readonly nameOf: (personId: string) => string;
  /** Names of those who have it now, where the reader handed it over or only stood in. */
  readonly movedTo?: readonly string[];
  readonly forms: readonly LinkForm[];
  readonly remark?: Remark;
  /** The reader has just done it; the page thanks instead of telling. */
  readonly fresh: boolean;
}

/** Minutes as the client who confirms them sees them, or who reviews them: the text, what a yes means, and the no. */
export function LinkPage({ view }: { view: LinkView }): JSX.Element {
  const { lang, state, asking } = view;
  const t = words(lang, meetingWords);
  const yes = view.forms.find(({ move }) => move === 'sign' || move === 'approve');
  const no = view.forms.find((form) => form !== yes);
  const ask = yes === undefined ? undefined : asking === 'confirmMinutes' ? t('askSign') : t('askReview');
  const failed = view.forms.flatMap(({ move, error }) =>
    error === undefined ? [] : [{ name: 'words', scope: move, label: wordsLabel(move, lang), error }],
  );
  return (
    <Page
      lang={lang}
      title={ask === undefined ? state.title : `${state.title}${lang === 'en' ? ': ' : '：'}${ask}`}
      house={view.house}
      kind="approve"
      viewer={{ name: view.reader, by: 'link' }}
      scripts={['approve']}
    >
      <header class="head">
        <p class="head-job">
          <span>{view.client}</span>
          <span>{pick(state.definition.title, lang)}</span>
        </p>
        <h1>
          {state.title}
          {ask === undefined ? null : <span class="head-ask">{ask}</span>}
        </h1>
        {view.current ? <Chain seals={minutesSeals(state, lang, view.nameOf)} lang={lang} /> : null}
      </header>
      {view.remark ? <Notice kind={view.remark.kind} title={view.remark.title} /> : null}
      <ErrorList lang={lang} errors={failed} />
      {view.current && yes !== undefined ? (
        <div class="split">
          <div class="split-main">
            <Standing view={view} />
            <Paper view={view} />
          </div>
          <div class="split-side">
            <Yes view={view} form={yes} no={no} />
            {no === undefined ? null : <No view={view} form={no} />}
          </div>
        </div>
      ) : (
        <>
          <After view={view} />
          {view.current ? (
            <div class="minutes-after">
              <Paper view={view} />
              {no === undefined ? null : <No view={view} form={no} />}
            </div>
          ) : null}
        </>
      )}
    </Page>
  );
}

function Paper({ view }: { view: LinkView }): JSX.Element | null {
  const { lang, state } = view;
  if (view.lines.length === 0) return null;
  return (
    <>
      <Sheet title={pick(state.definition.title, lang)} id="paper">
        <PaperView lines={view.lines} lang={lang} />
      </Sheet>
      <Verdicts state={state} time={view.time} lang={lang} nameOf={view.nameOf} />
    </>
  );
}

/** Which version lies here, until when one may object, and whose hands it went through. */
function Standing({ view }: { view: LinkView }): JSX.Element {
  const { lang, state, time, nameOf } = view;
  const t = words(lang, meetingWords);
  const window = areMinutes(state) ? state.window : undefined;
  const asked = view.asking === 'confirmMinutes' && state.state === 'SENT';
  const made = (by: string | undefined, at: string): string =>
    t('written', { who: by === undefined ? '–' : nameOf(by), when: momentInWords(time, at, lang) });
  const [paper, approval] = [state.papers['F-15'], state.made['approve']];
  const review = view.asking === 'reviewMinutes' ? state.clocks['delivery']?.rungs[0]?.at : undefined;
  const facts: Fact[] = [
    {
      label: t('fingerprint'),
      value: (
        <>
          {t('version', { n: view.version })}{' '}
          <span class="hash muted" title={view.hash}>
            {shortHash(view.hash)}
          </span>
        </>
      ),
    },
    {
      label: t('windowDue'),
      value: asked ? (
        <>
          {window === undefined ? t('windowOpen') : <Due due={dueInWords(time, window.endsAt, lang)} />}
          <span class="muted block small">{t('clientSilence')}</span>
          <span class="muted block small">{zoneInWords(time, lang)}</span>
        </>
      ) : undefined,
    },
    { label: t('due'), value: review === undefined ? undefined : <Due due={dueInWords(time, review, lang)} /> },
    { label: t('sentBy'), value: paper === undefined ? undefined : made(paper.by, paper.at) },
    { label: t('reviewedBy'), value: approval === undefined ? undefined : made(approval.by, approval.at) },
  ];
  const silent = state.definition.states[state.state]?.verdict === 'silent' || state.state === 'FILED_TACIT';
  return (
    <>
      {silent ? <Notice kind="remark" title={t('deemedNow')} /> : null}
      <Facts class="head-facts" facts={facts} />
    </>
  );
}

function Yes(props: { view: LinkView; form: LinkForm; no: LinkForm | undefined }): JSX.Element {
  const { view, form, no } = props;
  const t = words(view.lang, meetingWords);
  const signs = form.move === 'sign';
  const meaning = signs ? t('signMeaning') : t('approveMeaning');
  return (
    <form class="decide" method="post" action={view.base} data-once>
      <FormValue value={form.value} />
      <section class="meaning">
        <h2>{signs ? t('signMeans') : t('approveMeans')}</h2>
        <p class="meaning-words">{meaning}</p>
        <p class="muted small">{t(signs ? 'bound' : 'reviewBound', { n: view.version })}</p>
      </section>
      <Actions fixed lead={<span class="bar-meaning">{meaning}</span>}>
        {no === undefined ? null : (
          <a class="btn btn-plain" href={`#move-${no.move}`} data-opens={`move-${no.move}`}>
            {t(signs ? 'objectLink' : 'returnLink')}
          </a>
        )}
        <Button kind="seal" name="do" value={form.move}>
          {t(signs ? 'signDo' : 'approveDo')}
        </Button>
      </Actions>
    </form>
  );
}

function wordsLabel(move: string, lang: Lang): string {
  return words(lang, meetingWords)(move === 'object' ? 'objectWords' : 'returnWords');
}

/** The no, folded away until somebody asks for it. Once the client said yes it changes nothing and says so. */
function No({ view, form }: { view: LinkView; form: LinkForm }): JSX.Element {
  const { lang, state } = view;
  const t = words(lang, meetingWords);
  const objects = form.move === 'object';
  const late = objects && state.state !== 'SENT';
  const [title, hint, label] = objects
    ? ([late ? 'lateObjectFold' : 'objectFold', late ? 'lateObjectHint' : 'objectHint', 'objectDo'] as const)
    : (['returnFold', 'returnHint', 'returnDo'] as const);
  return (
    <details class="fold back" id={`move-${form.move}`} open={form.words !== '' || form.error !== undefined}>
      <summary>{t(title)}</summary>
      <form class="back-fields" method="post" action={view.base} data-once>
        <FormValue value={form.value} />
        {form.needsWords ? (
          <Field
            lang={lang}
            name="words"
            scope={form.move}
            label={wordsLabel(form.move, lang)}
            hint={t(hint)}
            kind={{ type: 'long', rows: 4 }}
            value={form.words}
            maxLength={4000}
            required
            {...(form.error === undefined ? {} : { error: form.error })}
          />
        ) : null}
        <Actions>
          <Button kind="ink" name="do" value={form.move}>
            {t(label)}
          </Button>
        </Actions>
      </form>
    </details>
  );
}

interface Ending {
  readonly seal?: { readonly characters: string; readonly tone: 'seal' | 'ink' };
  readonly headline: string;
  readonly text: string;
}

function endingOf(view: LinkView): Ending {
  const { lang, state, time, nameOf, asking } = view;
  const t = words(lang, meetingWords);
  if (view.movedTo !== undefined) {
    const who = view.movedTo.join(lang === 'en' ? ', ' : '、');
    return { headline: t('movedTitle', { who }), text: t('movedText') };
  }
  if (!view.current) return { headline: t('oldTitle'), text: t('oldVersion') };
  const standing = state.definition.states[state.state]?.title;
  const owner = nameOf(state.ownerId);
  const rest: Ending = {
    headline: t('restedTitle'),
    text: t('restedText', { state: standing === undefined ? state.state : pick(standing, lang) }),
  };
  if (asking === 'reviewMinutes') {
    const { approve } = state.made;
    if (wasReturned(state))
      return {
        seal: { characters: '退回', tone: 'ink' },
        headline: t('returnedTitle'),
        text: t('returnedText', { owner }),
      };
    if (approve === undefined) return rest;
    const who = approve.by === undefined ? '' : nameOf(approve.by);
    return {
      seal: { characters: '已审', tone: 'seal' },
      headline: t('approvedTitle', { who }),
      text: t('approvedText'),
    };
  }
  if (state.state === 'OBJECTED')
    return {
      seal: { characters: '异议', tone: 'ink' },
      headline: t('objectedTitle'),
      text: t('objectedText', { owner }),
    };
  if (state.state !== 'CONFIRMED' && state.state !== 'FILED') return rest;
  const signed = areMinutes(state) ? state.verdicts.findLast(({ kind }) => kind === 'signed') : undefined;
  const who = signed?.by === undefined ? t('theClient') : nameOf(signed.by);
  return {
    seal: { characters: '已签', tone: 'seal' },
    headline: view.fresh ? t('doneThanks') : t('doneTitle', { who }),
    text: signed === undefined ? t('doneTextPlain') : t('doneText', { when: momentInWords(time, signed.at, lang) }),
  };
}

/** What it came to, or why there is nothing to press. */
function After({ view }: { view: LinkView }): JSX.Element {
  const t = words(view.lang, meetingWords);
  const { seal, headline, text } = endingOf(view);
  return (
    <section class="after" role="status">
      {seal === undefined ? null : <BigSeal characters={seal.characters} tone={seal.tone} label={headline} />}
      <div class="after-words">
        <h2 class="after-title">{headline}</h2>
        <p>{text}</p>
        {view.current ? (
          <p class="muted small">
            {t('version', { n: view.version })} <span class="hash">{shortHash(view.hash)}</span>
          </p>
        ) : null}
      </div>
    </section>
  );
}
