import type { Response, Router } from 'express';
import { WorkflowNotFoundError } from '@temporalio/client';
import { checkFormValue, mintFormValue } from '../../store/form-values.ts';
import { demoSize, removeDemo, type DemoSize } from '../../store/demo.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { languageOf } from '../session/language.ts';
import { signedIn, staffOnly, type SignedIn } from '../session/identify.ts';
import type { Lang } from '../view/lang.ts';
import { framed, Page, sendPage } from '../view/page.tsx';
import { Button, ButtonLink, FormValue, Notice, Sheet } from '../view/parts.tsx';
import { staffFrame, type Frame } from '../view/read/staff.ts';
import { approveWords } from '../view/words/approve.ts';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';

const formPurpose = 'demo.remove';
/** How old the confirm page may be; milliseconds. */
const formAgeMs = 30 * 60_000;
/** What makes the first person of an empty house. */
const personCommand = 'npm run jobbag -- person "王冉" wang.ran@agency.example ACCOUNT_DIRECTOR';

/** The demonstration belongs to the whole house: only who answers for it may take it away. */
export function mayRemoveDemo({ person }: SignedIn): boolean {
  return person.roles.some((role) => role === 'MANAGEMENT' || role === 'ADMIN' || role === 'ACCOUNT_DIRECTOR');
}

/** `/demo`: asks once more, then removes the demonstration by the same piece as `npm run demo -- remove`. */
export function demoRoutes(routes: Router, deps: ApiDeps): void {
  const ask = (res: Response, frame: Frame, size: DemoSize, status: number, remark?: string): void => {
    const formValue = mintFormValue(deps.keys.forms, { holder: frame.who.holder, purpose: formPurpose }, deps.clock());
    sendPage(res, <AskPage frame={frame} size={size} formValue={formValue} remark={remark} />, status);
  };

  routes.get('/demo', staffOnly, async (req, res) => {
    if (!mayRemoveDemo(signedIn(req))) throw new Problem('FORBIDDEN');
    ask(res, await staffFrame(deps, req), await demoSize(deps.store), 200);
  });

  routes.post('/demo', staffOnly, async (req, res) => {
    const who = signedIn(req);
    if (!mayRemoveDemo(who)) throw new Problem('FORBIDDEN');
    const posted: unknown = req.body;
    const given =
      typeof posted === 'object' && posted !== null && 'formValue' in posted && typeof posted.formValue === 'string'
        ? posted.formValue
        : '';
    const value = checkFormValue(
      deps.keys.forms,
      given,
      { holder: who.holder, purpose: formPurpose },
      deps.clock(),
      formAgeMs,
    );
    if (!value.ok)
      return ask(
        res,
        await staffFrame(deps, req),
        await demoSize(deps.store),
        409,
        words(languageOf(req), approveWords)('staleForm'),
      );
    const gone = await removeDemo(deps.store, (id) => endJob(deps, id));
    deps.logger.warn({ by: who.person.id, ...gone }, 'the demonstration was removed');
    // The one who pressed may be gone with it, so the answer stands without a signed-in frame.
    sendPage(res, <GonePage lang={languageOf(req)} gone={gone} />);
  });
}

/** Takes a job out of the engine; one that is over cannot be ended again, and that is what is wanted. */
async function endJob(deps: ApiDeps, processId: string): Promise<void> {
  try {
    const { client } = deps.engine;
    await client.withDeadline(Date.now() + deps.config.doorDeadlineMs, () =>
      client.workflow.getHandle(processId).terminate('demonstration removed'),
    );
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

function AskPage({
  frame,
  size,
  formValue,
  remark,
}: {
  frame: Frame;
  size: DemoSize;
  formValue: string;
  remark: string | undefined;
}) {
  const { lang } = frame;
  const t = words(lang, boardWords);
  const there = size.jobs + size.people + size.clients > 0;
  return (
    <Page {...framed(frame, 'board')} title={t('demoTitle')}>
      <header class="work-head">
        <h1>{t('demoTitle')}</h1>
      </header>
      {remark ? <Notice kind="refused" title={remark} /> : null}
      <Sheet class="stack">
        {there ? (
          <>
            <p>{t('demoWhat', { ...size })}</p>
            <p>
              <b>{t('demoFinal')}</b>
            </p>
            <p>{t('demoNobody')}</p>
            <p class="token">{personCommand}</p>
            <form method="post" action="/demo" data-once>
              <FormValue value={formValue} />
              <div class="actions-row">
                <Button kind="ink">{t('demoDo')}</Button>
                <ButtonLink href="/">{t('demoKeep')}</ButtonLink>
              </div>
            </form>
          </>
        ) : (
          <>
            <p>{t('demoNone')}</p>
            <p>
              <ButtonLink href="/">{t('back')}</ButtonLink>
            </p>
          </>
        )}
      </Sheet>
    </Page>
  );
}

function GonePage({ lang, gone }: { lang: Lang; gone: DemoSize }) {
  const t = words(lang, boardWords);
  return (
    <Page lang={lang} title={t('demoGone')}>
      <header class="work-head">
        <h1>{t('demoGone')}</h1>
      </header>
      <Sheet class="stack">
        <p>{t('demoGoneText', { ...gone })}</p>
        <p>{t('demoNobody')}</p>
        <p class="token">{personCommand}</p>
        <p>
          <ButtonLink href="/sign-in" kind="ink">
            {t('signIn')}
          </ButtonLink>
        </p>
      </Sheet>
    </Page>
  );
}
