import type { JSX } from 'preact';
import { decideJob } from '../../domain/job/decide.ts';
import { isRefusal, type Refusal } from '../../domain/process.ts';
import { sayRefusal } from '../../domain/wording/say-refusal.ts';
import type { WholeJob } from '../../store/jobs.ts';
import { reachOfDesk, type ReachDeps } from '../door/reach.ts';
import type { SignedIn } from '../session/identify.ts';
import { Field } from '../view/fields.tsx';
import { wordingLang, type Lang } from '../view/lang.ts';
import { momentInWords, type TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import { DeskForm, deskIn, scopeOfDesk, type FormOfDesk } from './desk-form.tsx';

/** Pressing for a step by hand, as the job page offers it: a form, or why not now and when again. */
export type NudgeView = FormOfDesk | { readonly later: string };

/** The same before the page knows how it tells the time. */
export type NudgeOffer = FormOfDesk | { readonly no: Refusal };

/** The key of a desk in what `nudgesOf` finds. */
export function nudgeKey(circulation: string, step: string): string {
  return `${circulation}/${step}`;
}

/** What this person is offered for each open desk of a job; nothing where pressing for it is not theirs to do. */
export async function nudgesOf(
  deps: ReachDeps,
  { state }: WholeJob,
  who: SignedIn,
  mint: () => string,
): Promise<ReadonlyMap<string, NudgeOffer>> {
  const now = deps.clock();
  const found = new Map<string, NudgeOffer>();
  for (const { id, round, status, stays } of Object.values(state.circulations)) {
    if (status !== 'running') continue;
    for (const { step, state: standing } of stays) {
      if (standing !== 'open') continue;
      const where = { circulation: id, round, step };
      const reach = await reachOfDesk(deps, state, where, now);
      const answer = decideJob(state, {
        id: 'possible',
        actor: who.actor,
        receivedAt: now,
        at: now,
        act: { type: 'nudge', ...where },
        ...(reach ? { reach } : {}),
      });
      if (!isRefusal(answer)) found.set(nudgeKey(id, step), { ...where, formValue: mint() });
      else if (answer.code === 'NUDGE_LATER') found.set(nudgeKey(id, step), { no: answer });
    }
  }
  return found;
}

/** What is offered, in words: when it is possible again is said as every moment on the page is. */
export function nudgeView(offer: NudgeOffer, time: TimeView, lang: Lang): NudgeView {
  if (!('no' in offer)) return offer;
  const { params } = offer.no;
  const at = params?.at;
  const no =
    typeof at === 'string' ? { ...offer.no, params: { ...params, when: momentInWords(time, at, lang) } } : offer.no;
  return { later: sayRefusal(no, wordingLang(lang)) };
}

/** The small form below a ladder: one button, and room for a word. */
export function NudgeForm({ nudge, href, lang }: { nudge: NudgeView; href: string; lang: Lang }): JSX.Element {
  const t = words(lang, boardWords);
  if ('later' in nudge) return <p class="small muted nudge-later">{nudge.later}</p>;
  return (
    <DeskForm desk={nudge} action={`${href}/nudges`} title={t('nudge')} rule={t('nudgeRule')} button={t('nudgeNow')}>
      <Field
        lang={lang}
        name="words"
        scope={scopeOfDesk('nudge', nudge)}
        label={t('nudgeWords')}
        kind={{ type: 'long', rows: 2 }}
        maxLength={2000}
      />
    </DeskForm>
  );
}

/** What a posted form asks of the process. */
export function nudgeAct(text: (name: string) => string): object {
  const said = text('words').trim();
  return { type: 'nudge', ...deskIn(text), ...(said === '' ? {} : { words: said }) };
}
