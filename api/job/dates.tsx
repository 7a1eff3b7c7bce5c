import type { JSX } from 'preact';
import type { Circulation, Stay } from '../../domain/circulation/types.ts';
import { addMs } from '../../domain/instant.ts';
import { decideJob } from '../../domain/job/decide.ts';
import type { JobState } from '../../domain/job/state.ts';
import { isRefusal } from '../../domain/process.ts';
import type { SignedIn } from '../session/identify.ts';
import { inputOfInstant, instantOfInput } from '../staff/typed.ts';
import { Field } from '../view/fields.tsx';
import type { Lang } from '../view/lang.ts';
import type { TimeView } from '../view/time.tsx';
import { boardWords } from '../view/words/board.ts';
import { words } from '../view/words/index.ts';
import { DeskForm, deskIn, scopeOfDesk, type FormOfDesk } from './desk-form.tsx';

/** What somebody typed into the form of one desk. */
export interface TypedDate {
  readonly circulation: string;
  readonly step: string;
  /** A local time of the office, as the input gives it. */
  readonly dueAt: string;
  readonly words: string;
}

/** Moving the date of an open step by hand, as the job page offers it. */
export interface DateView extends TypedDate, FormOfDesk {
  /** Whether the form stands open, because what was typed did not go through. */
  readonly open: boolean;
}

/** The form for an open step, filled with its date or with what was typed; nothing where moving it is not this person's to do. */
export function dateOffer(
  state: JobState,
  { id, round }: Pick<Circulation, 'id' | 'round'>,
  { step, dueAt }: Pick<Stay, 'step' | 'dueAt'>,
  {
    who,
    time,
    mint,
    typed,
  }: { readonly who: SignedIn; readonly time: TimeView; readonly mint: () => string; readonly typed?: TypedDate },
): DateView | undefined {
  const { now, calendar } = time;
  const where = { circulation: id, round, step };
  const act = { type: 'moveDate', ...where, dueAt: addMs(now, 60_000), words: '…' } as const;
  if (isRefusal(decideJob(state, { id: 'possible', actor: who.actor, receivedAt: now, at: now, act })))
    return undefined;
  const here = typed?.circulation === id && typed.step === step ? typed : undefined;
  return {
    ...where,
    formValue: mint(),
    open: here !== undefined,
    dueAt: here?.dueAt ?? (dueAt === undefined ? '' : inputOfInstant(dueAt, calendar.zone)),
    words: here?.words ?? '',
  };
}

/** The form below a ladder: the new date and why; both dates are kept and everybody concerned is told. */
export function DateForm({
  date,
  about,
  href,
  lang,
}: {
  date: DateView;
  about: string;
  href: string;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, boardWords);
  const scope = scopeOfDesk('date', date);
  return (
    <DeskForm
      desk={date}
      action={`${href}/dates`}
      title={
        <>
          {t('moveDate')}
          <span class="hidden"> · {about}</span>
        </>
      }
      rule={t('moveDateRule')}
      button={t('moveDateNow')}
      open={date.open}
    >
      <Field
        lang={lang}
        name="dueAt"
        scope={scope}
        label={t('moveDateTo')}
        kind={{ type: 'datetime' }}
        value={date.dueAt}
        required
      />
      <Field
        lang={lang}
        name="words"
        scope={scope}
        label={t('moveDateWhy')}
        kind={{ type: 'long', rows: 2 }}
        value={date.words}
        maxLength={2000}
        required
      />
    </DeskForm>
  );
}

/** What was typed into a posted form. */
export function typedDate(text: (name: string) => string): TypedDate {
  return { circulation: text('circulation'), step: text('step'), dueAt: text('dueAt'), words: text('words') };
}

/** What a posted form asks of the process; `zone`: the one in which the page tells its times. */
export function moveDateAct(text: (name: string) => string, zone: string): object {
  const { dueAt, words: why } = typedDate(text);
  return { type: 'moveDate', ...deskIn(text), dueAt: instantOfInput(dueAt, zone), words: why.trim() };
}
