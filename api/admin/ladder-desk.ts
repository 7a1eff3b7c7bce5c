import type { Ladder } from '../../domain/calendar/ladders.ts';
import type { Calendar } from '../../domain/calendar/types.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Staff } from '../staff/frame.tsx';
import type { HouseNow } from '../view/read/house.ts';
import type { Watch } from '../view/read/ladders.ts';
import type { Told as Notice } from './frame.tsx';
import type { TypedLadder } from './ladder-read.ts';
import type { Place } from './ladder-save.tsx';
import type { Told } from './ladder-told.tsx';

/** A step on the table: what watches it, whose calendar and which moment it is tried with, what is typed. */
export interface LadderDesk {
  readonly staff: Staff;
  readonly house: HouseNow;
  readonly watches: readonly Watch[];
  readonly watch: Watch;
  readonly places: readonly [Place, Place];
  /** The ladder jobs started now get here, and the scope it comes from; undefined: §7.3. */
  readonly inForce: { readonly ladder: Ladder; readonly from: string | undefined };
  readonly offered: readonly Calendar[];
  readonly calendar: Calendar;
  readonly at: string;
  readonly from: Instant | undefined;
  readonly typed: TypedLadder;
  readonly errors: Readonly<Record<string, string>>;
  /** The ladder that is typed, where it holds together. */
  readonly ladder: Ladder | undefined;
  /** Whether it says something else than the one in force. */
  readonly differs: boolean;
  readonly told: readonly Told[];
  readonly refusal: string | undefined;
  readonly mayWrite: boolean;
  readonly running: number;
  readonly formValue: string | undefined;
}

/** What the page is about, as its forms carry it along. */
export function heldOf({ watch, calendar, at }: LadderDesk): Readonly<Record<'step' | 'calendar' | 'at', string>> {
  return { step: watch.scope, calendar: calendar.id, at };
}

/** What the page says beside the desk: a notice, and a reason that was typed. */
export interface LadderSaying {
  readonly notice?: Notice;
  readonly why?: string;
  readonly whyError?: string;
  /** The scope that was chosen. */
  readonly chosen?: string;
  /** The reason was for going back to the standard. */
  readonly back?: boolean;
}
