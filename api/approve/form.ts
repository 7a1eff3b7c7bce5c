import type { CheckAnswer, NoKind } from '../../domain/circulation/types.ts';
import type { Verb } from '../../domain/circulation/acts.ts';
import { maxWords } from '../../domain/circulation/limits.ts';
import { approveWords } from '../view/words/approve.ts';
import { words } from '../view/words/index.ts';
import { zoneNamed } from '../view/zone.ts';
import { asksSample } from './decide-view.ts';
import type { Typed, TypedErrors } from './model.ts';
import type { Approval } from './read.ts';
import { takeBackAct } from './take-back.ts';

/** What a person pressed. */
export type Pressed = 'sign' | 'back' | 'note' | 'handOver' | 'resend' | 'takeBack';

/** A posted form, read: what was pressed, which version was seen, everything typed. */
export interface Posted {
  readonly pressed: Pressed | undefined;
  readonly formValue: string;
  readonly round: number;
  readonly hash: string;
  readonly typed: Typed;
}

const pressable: readonly Pressed[] = ['sign', 'back', 'note', 'handOver', 'resend', 'takeBack'];

/** Reads a posted form. Unknown fields are ignored, doubled ones count as empty: nothing that was sent can make this throw. */
export function readPosted(body: unknown): Posted {
  const record: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? { ...body } : {};
  const text = (name: string, max = maxWords + 1000): string => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').slice(0, max) : '';
  };
  const checklist: Record<string, { answer?: CheckAnswer['answer']; note: string }> = {};
  for (const name of Object.keys(record)) {
    const id = /^check(?:Note)?\.(C-\d{2})$/.exec(name)?.[1];
    if (id === undefined) continue;
    const answer = text(`check.${id}`, 8);
    checklist[id] = {
      note: text(`checkNote.${id}`, 1000).trim(),
      ...(answer === 'pass' || answer === 'fail' || answer === 'na' ? { answer } : {}),
    };
  }
  const kind = text('backKind', 16);
  const noteKind = text('noteKind', 16);
  return {
    pressed: pressable.find((one) => one === text('verdict', 16)),
    formValue: text('formValue', 200),
    round: /^\d{1,6}$/.test(text('round', 8)) ? Number(text('round', 8)) : 0,
    hash: text('hash', 100),
    typed: {
      checklist,
      sample: text('sample', 8) === 'true',
      signWords: text('signWords'),
      ...(isNoKind(kind) ? { backKind: kind } : {}),
      reason: text('reason', 64),
      missing: text('missing'),
      backWords: text('backWords'),
      pins: text('pins'),
      noteKind: noteKind === 'question' || noteKind === 'onIt' ? noteKind : 'comment',
      noteWords: text('noteWords'),
      onItUntil: text('onItUntil', 32),
      handOverTo: text('handOverTo', 200),
      handOverWords: text('handOverWords'),
      takeBackWords: text('takeBackWords'),
    },
  };
}

function isNoKind(kind: string): kind is NoKind {
  return kind === 'return' || kind === 'refuse' || kind === 'object';
}

/** An act ready for the door, or what is wrong with the form, field by field. */
export type Made = { readonly act: Verb } | { readonly errors: TypedErrors };

/** All words a person typed into the form, for showing them again where the form cannot be shown. */
export function typedWords(typed: Typed): string {
  const { backWords, pins, missing, signWords, noteWords, handOverWords } = typed;
  return [backWords, pins, missing, signWords, noteWords, handOverWords]
    .map((one) => one.trim())
    .filter(Boolean)
    .join('\n');
}

/** Makes the act of what was typed. Only the shape is judged here, so the sentence stands beside its field; the core judges the rest. */
export function makeAct(approval: Approval, posted: Posted): Made {
  const { circulation, step } = approval.found;
  const where = { circulation: circulation.id, round: posted.round, step: step.key } as const;
  const t = words(approval.lang, approveWords);
  const { typed } = posted;
  const errors: Record<string, string> = {};
  const bounded = (name: string, value: string): string => {
    if (value.length > maxWords) errors[name] = t('tooLong', { max: maxWords });
    return value.trim();
  };
  const answers = answersOf(approval, typed);

  if (posted.pressed === 'sign') {
    for (const id of step.checklist) {
      const one = typed.checklist[id];
      if (!one?.answer) errors[`check.${id}`] = t('missCheck');
      else if (one.answer === 'fail') errors[`check.${id}`] = t('failCheck');
      else if (one.answer === 'na' && one.note === '') errors[`check.${id}`] = t('missNote');
    }
    if (asksSample(approval) && !typed.sample) errors.sample = t('missSample');
    const said = bounded('signWords', typed.signWords);
    if (Object.keys(errors).length > 0) return { errors };
    return {
      act: {
        type: 'sign',
        ...where,
        hash: posted.hash,
        ...(answers.length > 0 ? { checklist: answers } : {}),
        ...(said ? { words: said } : {}),
      },
    };
  }
  if (posted.pressed === 'back') {
    const kind = typed.backKind ?? step.noes[0] ?? 'return';
    const said = bounded('backWords', [typed.backWords.trim(), typed.pins.trim()].filter(Boolean).join('\n'));
    const missing = typed.missing
      .split('\n')
      .map((line) => line.trim().slice(0, 200))
      .filter(Boolean)
      .slice(0, 30);
    if (typed.reason === '') errors.reason = t('missReason');
    if (said === '') errors.backWords = t('missWords');
    if (kind === 'refuse' && missing.length === 0) errors.missing = t('missMissing');
    if (Object.keys(errors).length > 0) return { errors };
    return {
      act: {
        type: 'return',
        ...where,
        kind,
        hash: posted.hash,
        reason: typed.reason,
        words: said,
        ...(missing.length > 0 ? { missing } : {}),
        ...(answers.length > 0 ? { checklist: answers } : {}),
      },
    };
  }
  if (posted.pressed === 'takeBack') {
    const why = bounded('takeBackWords', typed.takeBackWords);
    if (why === '') errors.takeBackWords = t('missTakeBack');
    if (Object.keys(errors).length > 0) return { errors };
    return { act: takeBackAct(approval, posted.round, why) };
  }
  if (posted.pressed === 'handOver') {
    const why = bounded('handOverWords', typed.handOverWords);
    const to = typed.handOverTo.trim();
    if (to === '') errors.handOverTo = t('missTo');
    if (why === '') errors.handOverWords = t('missNote');
    if (Object.keys(errors).length > 0) return { errors };
    // A client can only ask; the request goes to the account person, the wished-for name stands in the words.
    const asking = step.side === 'client';
    return {
      act: {
        type: 'handOver',
        ...where,
        how: 'delegate',
        to: asking ? approval.state.ownerId : to,
        words: asking ? `${to}: ${why}`.slice(0, maxWords) : why,
      },
    };
  }
  const said = bounded('noteWords', typed.noteWords);
  if (typed.noteKind === 'onIt') {
    const until = instantOf(approval, typed.onItUntil);
    if (!until) errors.onItUntil = t('missUntil');
    if (!until || Object.keys(errors).length > 0) return { errors };
    return { act: { type: 'note', ...where, note: { kind: 'onIt', until }, words: said } };
  }
  if (said === '') errors.noteWords = t('missNote');
  if (Object.keys(errors).length > 0) return { errors };
  return { act: { type: 'note', ...where, note: { kind: typed.noteKind }, words: said } };
}

/** Answers of the checklist of this step; that the printed sample was used is recorded as C-01. */
function answersOf(approval: Approval, typed: Typed): CheckAnswer[] {
  const answers = approval.found.step.checklist.flatMap((item): CheckAnswer[] => {
    const one = typed.checklist[item];
    return one?.answer ? [{ item, answer: one.answer, ...(one.note ? { note: one.note } : {}) }] : [];
  });
  return asksSample(approval) && typed.sample ? [{ item: 'C-01', answer: 'pass' }, ...answers] : answers;
}

/** A local time as typed, in the zone of the calendar. */
function instantOf(approval: Approval, typed: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/.exec(typed);
  if (!match?.[1]) return undefined;
  try {
    return zoneNamed(approval.time.calendar.zone).toInstant(match[1], Number(match[2]) * 60 + Number(match[3]));
  } catch {
    return undefined;
  }
}
