/** What a letter of the house says: mails about people rather than about one job. */
export const letterKinds = [
  'leaveAsked',
  'leaveAgreed',
  'leaveDeclined',
  'leaveEnded',
  'leaveWithdrawn',
  'standIn',
  'handOverAsked',
  'handOverDirector',
  'handOverReminder',
  'handOverLate',
  'handOverDeclined',
  'handOverWithdrawn',
  'handOverDone',
  'holidaysMissing',
  'holidaysNear',
] as const;

/** One letter to one person, about one version of an entry in a register. The same letter is one mail. */
export interface HouseLetter {
  readonly kind: (typeof letterKinds)[number];
  readonly register: 'absences' | 'handOvers' | 'calendars';
  readonly entry: string;
  /** Its version; of a list of holidays that is missing its year. */
  readonly revision: number;
  readonly to: string;
  /** Of a reminder: the rung that it tells of, by its name. */
  readonly rung?: string;
}

/** The one name of a letter; also the name of its mail and of the run that sends it. */
export function letterName({ kind, register, entry, revision, to, rung }: HouseLetter): string {
  const name = `letter/${register}/${entry}/${String(revision)}/${kind}/${to}`;
  return rung === undefined ? name : `${name}/${rung}`;
}
