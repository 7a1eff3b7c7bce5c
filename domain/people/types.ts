import type { Instant } from '../instant.ts';
import type { Role } from './roles.ts';

/** The two languages of the house; every person reads one of them. */
export type Language = 'zh-CN' | 'en';

/** Which side of the table a person sits on. */
export type Side = 'agency' | 'client' | 'outside';

/**
 * A person as the register holds them. `roles` are titles in the house; what a person does for a brand stands in its
 * team. Nobody is ever deleted: who leaves becomes inactive, because old signatures still name them.
 */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly side: Side;
  /** For people of a client only: whose they are. */
  readonly clientId?: string;
  readonly language: Language;
  /**
   * Where mail goes; `revision` counts corrections from 1, so a mail to a corrected address is another mail. `since` is when it
   * was last corrected: a link that was mailed before opens only with a code from the address of today.
   */
  readonly mail: { readonly address: string; readonly revision: number; readonly since?: Instant };
  readonly active: boolean;
}

/** What a person does in a brand team; may be fewer titles than the person holds in the house. */
export interface TeamMember {
  readonly personId: string;
  readonly roles: readonly Role[];
}

/** The people who serve one brand: account director, manager and executive at least (S-147), plus the specialists. */
export interface BrandTeam {
  readonly id: string;
  readonly brandId: string;
  readonly members: readonly TeamMember[];
  /** Whom a title means first when several members hold it. */
  readonly defaults: Readonly<Partial<Record<Role, string>>>;
}

/** Kinds of leave (F-58). */
export const leaveKinds = ['annual', 'private', 'sick'] as const;

/** Announced leave with the stand-in named beforehand: away from `from` up to, not including, `to`. */
export interface Absence {
  readonly personId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly standInId?: string;
  readonly kind?: (typeof leaveKinds)[number];
  /** Announced and not agreed by the project manager yet: nobody is away because of it. */
  readonly asked?: true;
  /** Who announced it, where that was somebody else. */
  readonly announcedBy?: string;
  /** Who agreed. */
  readonly agreedBy?: string;
}
