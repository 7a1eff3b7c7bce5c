import type { ComponentChildren, JSX } from 'preact';
import { Button, FormValue } from '../view/parts.tsx';

/** The desk that a small form below its ladder is about, and the value of the form. */
export interface FormOfDesk {
  readonly circulation: string;
  readonly round: number;
  readonly step: string;
  readonly formValue: string;
}

/** What sets the fields of one desk's form apart from those of another on the same page. */
export function scopeOfDesk(what: string, { circulation, step }: Pick<FormOfDesk, 'circulation' | 'step'>): string {
  return `${what}-${circulation}-${step}`.replace(/[^A-Za-z0-9_-]/g, '-');
}

/** A small form below a ladder that unfolds: it names its desk, says its rule above the button, and posts to `action`. */
export function DeskForm(props: {
  desk: FormOfDesk;
  action: string;
  title: ComponentChildren;
  rule: string;
  button: string;
  open?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  const { circulation, round, step, formValue } = props.desk;
  return (
    <details class="fold nudge" open={props.open}>
      <summary>{props.title}</summary>
      <form method="post" action={props.action}>
        <FormValue value={formValue} />
        <input type="hidden" name="circulation" value={circulation} />
        <input type="hidden" name="round" value={String(round)} />
        <input type="hidden" name="step" value={step} />
        {props.children}
        <p class="small muted">{props.rule}</p>
        <div class="actions-row">
          <Button kind="ink">{props.button}</Button>
        </div>
      </form>
    </details>
  );
}

/** The desk that a posted form is about, as an act names it. */
export function deskIn(text: (name: string) => string): Omit<FormOfDesk, 'formValue'> {
  return { circulation: text('circulation'), round: Number(text('round')), step: text('step') };
}
