import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { bool, date, jobNumber, long, money, table, text } from '../field.ts';
import { defineForm, type FormDefinition, type FormSpec } from '../form.ts';
import { addedUp } from '../money/sums.ts';

const month = () => text(f.month, { max: 7, hint: { zh: '例如 2026-05', en: 'e.g. 2026-05' } });
const slots = () =>
  table(
    f.slots,
    {
      medium: text(f.medium),
      position: text(f.position),
      runsOn: date(f.runsOn),
      amountFen: money(f.amountFen),
    },
    { max: 200 },
  );

const masterSchema = z.strictObject({
  jobNumber: jobNumber(f.jobNumber),
  mediaObjective: long(f.mediaObjective),
  slots: slots(),
  totalFen: money(f.totalFen),
  checkedFigures: bool(f.checkedFigures),
});
const monthSchema = z.strictObject({
  jobNumber: jobNumber(f.jobNumber),
  month: month(),
  slots: slots(),
  totalFen: money(f.totalFen),
  checkedFigures: bool(f.checkedFigures),
});

interface Sums {
  readonly slots?: readonly { readonly amountFen?: number | undefined }[] | undefined;
  readonly totalFen?: number | undefined;
  readonly checkedFigures?: boolean | undefined;
}

/** Whether all figures were checked and add up (R-170, S-107). */
const figuresRight = (plan: Sums): boolean => plan.checkedFigures === true && addedUp(plan.slots ?? [], plan.totalFen);

const badSum: FormSpec<typeof masterSchema>['findings'] = (plan) =>
  plan.slots === undefined || plan.totalFen === undefined || addedUp(plan.slots, plan.totalFen)
    ? []
    : [
        {
          field: 'totalFen',
          rule: 'R-170',
          zh: '合计与排期各行不符，请重新核算',
          en: 'the total does not agree with the slots; add them up again',
        },
      ];

const shared = {
  kind: 'proposal',
  writtenBy: ['MEDIA_DIRECTOR', 'MEDIA_PLANNER', 'ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
  folder: '媒介',
} as const;

/** F-45: the master plan of a campaign's media, confirmed inside and by the client in writing (R-167, P-36). */
export const mediaMasterPlan: FormDefinition = defineForm({
  ...shared,
  id: 'F-45',
  schema: masterSchema,
  fileType: '媒介总计划',
  findings: badSum,
  facts: (plan) => ({ sumsRight: figuresRight(plan), totalFen: plan.totalFen ?? null }),
});

/** F-46: one month of the plan, confirmed the same way before anything of it is booked. */
export const mediaMonthlySchedule: FormDefinition = defineForm({
  ...shared,
  id: 'F-46',
  schema: monthSchema,
  fileType: '媒介月计划',
  findings: (plan) => [
    ...(plan.month === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(plan.month)
      ? []
      : [{ field: 'month', rule: 'R-167', zh: '请写年和月，例如 2026-05', en: 'write year and month, e.g. 2026-05' }]),
    ...(badSum?.({ slots: plan.slots, totalFen: plan.totalFen }) ?? []),
  ],
  facts: (plan) => ({ sumsRight: figuresRight(plan), month: plan.month ?? '', totalFen: plan.totalFen ?? null }),
});

/** F-47: what was booked with the media, month by month; never without the client's written confirmation. */
export const mediaBooking: FormDefinition = defineForm({
  id: 'F-47',
  kind: 'order',
  schema: z.strictObject({
    jobNumber: jobNumber(f.jobNumber),
    month: month(),
    bookings: table(
      f.bookings,
      { medium: text(f.medium), position: text(f.position), runsOn: date(f.runsOn), bookedAt: date(f.bookedAt) },
      { max: 200 },
    ),
  }),
  writtenBy: ['MEDIA_DIRECTOR', 'MEDIA_PLANNER', 'MEDIA_BUYER', 'ACCOUNT_EXECUTIVE', 'ACCOUNT_MANAGER'],
  fileType: '媒介订位',
  folder: '媒介',
  facts: (booking) => ({ month: booking.month ?? '', bookings: booking.bookings?.length ?? 0 }),
});
