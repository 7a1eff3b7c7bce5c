import type { ComponentChildren, JSX } from 'preact';
import { Artwork } from '../view/artwork.tsx';
import { BigSeal, Chain } from '../view/chain.tsx';
import { shortHash } from '../view/forms.ts';
import { langOfWords } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { Changes, PaperView } from '../view/paper.tsx';
import { Button, Facts, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { Due } from '../view/time.tsx';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import { Aside } from './aside.tsx';
import { DecideErrors, DecideForm } from './decide.tsx';
import { TakeBackForm } from './take-back-form.tsx';
import type { AfterView, DecideView, HeadView } from './model.ts';

const askKey = {
  submit: 'askSubmit',
  view: 'askView',
  review: 'askReview',
  accept: 'askAccept',
  confirm: 'askConfirm',
  receipt: 'askReceipt',
} as const;
const causeKey = { client: 'causeClient', agency: 'causeAgency', brief: 'causeBrief' } as const;

function Frame({
  view,
  title,
  scripts,
  children,
}: {
  view: HeadView;
  title: string;
  scripts?: readonly string[];
  children: ComponentChildren;
}): JSX.Element {
  return (
    <Page
      lang={view.lang}
      title={title}
      house={view.house}
      kind="approve"
      viewer={{ name: view.viewer.name, title: view.viewer.title, by: view.viewer.by }}
      scripts={scripts}
    >
      {children}
    </Page>
  );
}

function Head({ view, ask }: { view: HeadView; ask?: string }): JSX.Element {
  return (
    <header class="head">
      <p class="head-job">
        {view.jobNumber ? <span class="code">{view.jobNumber}</span> : null}
        <span>{view.brand}</span>
        <span>{view.point}</span>
      </p>
      <h1>
        {view.title}
        {ask ? <span class="head-ask">{ask}</span> : null}
      </h1>
      <Chain seals={view.seals} lang={view.lang} />
    </header>
  );
}

/** The most important page of the product: what is this, the thing itself, what changed, what my signature means, what to check, sign or send back. */
export function DecidePage({ view }: { view: DecideView }): JSX.Element {
  const t = words(view.lang, approveWords);
  const ask = t(askKey[view.act]);
  const before = view.before.map(({ who, title, when, standInFor }) =>
    [`${who}${standInFor ? ` (${t('standInFor', { name: standInFor })})` : ''}`, title, when].join(' · '),
  );
  return (
    <Frame
      view={view}
      title={`${view.title}${view.lang === 'en' ? ': ' : '：'}${ask}`}
      scripts={['approve', ...(view.art || view.works ? ['artwork'] : [])]}
    >
      <Head view={view} ask={ask} />
      {view.remark ? <Notice kind="remark" title={view.remark} /> : null}
      <DecideErrors view={view} />
      <div class="split">
        <div class="split-main">
          <Facts
            class="head-facts"
            facts={[
              {
                label: t('round'),
                value: (
                  <>
                    {t('roundOf', { round: view.round, version: view.version })}{' '}
                    <span class="hash muted" title={view.hash}>
                      {shortHash(view.hash)}
                    </span>
                    {view.cause ? <span class="muted block small">{t(causeKey[view.cause])}</span> : null}
                  </>
                ),
              },
              {
                label: t('due'),
                value: view.due ? (
                  <>
                    <Due due={view.due} />
                    <span class="muted block small">{view.zone}</span>
                  </>
                ) : (
                  t('noLimit')
                ),
              },
              {
                label: t('before'),
                value:
                  before.length === 0 ? (
                    t('nobodyBefore')
                  ) : (
                    <ul>
                      {before.map((line) => (
                        <li>{line}</li>
                      ))}
                    </ul>
                  ),
              },
            ]}
          />
          {view.art ? (
            <section class="seen" aria-labelledby="seen-title">
              <h2 id="seen-title" class="seen-title">
                {t('artwork')}
              </h2>
              <Artwork art={view.art} lang={view.lang} />
            </section>
          ) : null}
          {view.works ? (
            <section class="seen" aria-labelledby="works-title">
              <h2 id="works-title" class="seen-title">
                {t('works')}
              </h2>
              {view.works.map((work) => (
                <article class="work">
                  <h3 class="work-title">
                    {work.title} <span class="muted">{t('versionN', { n: work.version })}</span>
                  </h3>
                  <Artwork art={work} lang={view.lang} />
                </article>
              ))}
            </section>
          ) : null}
          {view.paper ? (
            <Sheet
              id="paper"
              title={view.paper.title}
              aside={view.paper.printHref ? <a href={view.paper.printHref}>{t('print')}</a> : undefined}
            >
              <PaperView lines={view.paper.lines} lang={view.lang} />
            </Sheet>
          ) : null}
          <section class="changed" aria-labelledby="changed-title">
            <h2 id="changed-title">{t('changes')}</h2>
            {view.art && view.changes?.length === 0 ? (
              <p class="muted">{t('noOpinions')}</p>
            ) : view.changes ? (
              <Changes changes={view.changes} lang={view.lang} />
            ) : (
              <p class="muted">{t('firstVersion')}</p>
            )}
          </section>
        </div>
        <div class="split-side">
          <DecideForm view={view} />
          <Aside view={view} />
        </div>
      </div>
    </Frame>
  );
}

/** What a decision came to, or why there is none to take: one page for every end of the road. */
export function AfterPage({ view }: { view: AfterView }): JSX.Element {
  const t = words(view.lang, approveWords);
  return (
    <Frame view={view} title={view.headline}>
      <Head view={view} />
      {view.remark ? <Notice kind="remark" title={view.remark} /> : null}
      <section class="after" role="status">
        {view.seal ? <BigSeal characters={view.seal.characters} tone={view.seal.tone} label={view.headline} /> : null}
        <div class="after-words">
          <h2 class="after-title">{view.headline}</h2>
          {view.sentences.map((sentence) => (
            <p>{sentence}</p>
          ))}
          {view.quote ? <blockquote lang={langOfWords(view.quote, view.lang)}>{view.quote}</blockquote> : null}
          <Facts facts={view.facts.map(({ label, value }) => ({ label, value: <span class="num">{value}</span> }))} />
          {view.go ? (
            <p>
              <a class="btn btn-ink" href={view.go.href}>
                {view.go.label}
              </a>
            </p>
          ) : null}
          {view.reloadHref ? (
            <p>
              <a class="btn btn-ink" href={view.reloadHref}>
                {t('reload')}
              </a>
            </p>
          ) : null}
          {view.takeBack ? <TakeBackForm offer={view.takeBack} lang={view.lang} /> : null}
          {view.resend ? (
            <form method="post" action={view.resend.action} class="resend" data-once>
              <FormValue value={view.resend.formValue} />
              <Button kind="ink" name="verdict" value="resend">
                {t('sendNew')}
              </Button>
              <span class="muted small">{t('sendNewHint')}</span>
            </form>
          ) : null}
        </div>
      </section>
      {view.pile ? <Pile view={view} pile={view.pile} /> : null}
    </Frame>
  );
}

function Pile({ view, pile }: { view: AfterView; pile: NonNullable<AfterView['pile']> }): JSX.Element {
  const t = words(view.lang, approveWords);
  if (pile.length === 0) return <p class="pile-none muted">{t('pileNone')}</p>;
  return (
    <section class="pile" aria-labelledby="pile-title">
      <h2 id="pile-title">{t('pile', { n: pile.length })}</h2>
      <ol>
        {pile.map((one, index) => (
          <li class="card">
            <p class="card-head">
              <span class="num">{one.number ?? ''}</span>
            </p>
            <h3 class="card-title">
              <a href={one.href}>{one.title}</a>
            </h3>
            {one.due ? (
              <p class="small">
                <Due due={one.due} />
              </p>
            ) : null}
            {index === 0 ? (
              <span class="btn btn-ink pile-go" aria-hidden="true">
                {t('pileNext')}
              </span>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
