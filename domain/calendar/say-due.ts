import { weekdayNumberOf } from './dates.ts';
import type { DueAmount, DueDay, DueParts } from './due.ts';

/** The two languages of the house. */
export type DueLanguage = 'zh-CN' | 'en';

const weekdaysZh = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const weekdaysEn = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function dayZh(day: DueDay): string {
  switch (day.kind) {
    case 'today':
      return '今天';
    case 'tomorrow':
      return '明天';
    case 'yesterday':
      return '昨天';
    case 'weekday':
      return weekdaysZh[day.weekday - 1] ?? '';
    case 'date': {
      const year = day.year === undefined ? '' : `${day.year}年`;
      return `${year}${day.month}月${day.day}日（${weekdaysZh[day.weekday - 1] ?? ''}）`;
    }
  }
}

function dayEn(day: DueDay): string {
  switch (day.kind) {
    case 'weekday':
      return weekdaysEn[day.weekday - 1] ?? '';
    case 'date': {
      const year = day.year === undefined ? '' : ` ${day.year}`;
      return `${weekdaysEn[day.weekday - 1] ?? ''} ${day.day} ${monthsEn[day.month - 1] ?? ''}${year}`;
    }
    default:
      return day.kind;
  }
}

function amountZh(amount: Exclude<DueAmount, { unit: 'none' }>): string {
  switch (amount.unit) {
    case 'minutes':
      return `${amount.minutes} 分钟工作时间`;
    case 'hours':
      return `${amount.hours} 个工作小时${amount.minutes > 0 ? ` ${amount.minutes} 分` : ''}`;
    case 'days':
      return `${amount.days} 个工作日`;
    case 'far':
      return '十年以上';
  }
}

function amountEn(amount: Exclude<DueAmount, { unit: 'none' }>): string {
  switch (amount.unit) {
    case 'minutes':
      return plural(amount.minutes, 'working minute');
    case 'hours': {
      const minutes = amount.minutes > 0 ? ` ${plural(amount.minutes, 'minute')}` : '';
      return `${plural(amount.hours, 'working hour')}${minutes}`;
    }
    case 'days':
      return plural(amount.days, 'working day');
    case 'far':
      return 'more than ten years';
  }
}

function sayZh({ day, localTime, amount, over, provisional }: DueParts): string {
  const when = `${dayZh(day)} ${localTime}${provisional ? '（暂定）' : ''}`;
  if (amount.unit === 'none') return `${when}，${over ? '刚到期限' : '已无工作时间'}`;
  return `${when}，${over ? '已超' : '还有'} ${amountZh(amount)}`;
}

function sayEn({ day, localTime, amount, over, provisional }: DueParts): string {
  const when = `${dayEn(day)} ${localTime}${provisional ? ' (provisional)' : ''}`;
  if (amount.unit === 'none') return `${when}, ${over ? 'just due' : 'no working time left'}`;
  return `${when}, ${amountEn(amount)} ${over ? 'over' : 'left'}`;
}

/** The short sentence of a due moment: "今天 16:30，还有 3 个工作小时", "today 16:30, 3 working hours left"; provisional moments say so. */
export function sayDue(parts: DueParts, language: DueLanguage): string {
  return language === 'zh-CN' ? sayZh(parts) : sayEn(parts);
}

/**
 * A moment told from the one it was counted from, always with its date: "3月16日（周一） 16:00，3 个工作小时后",
 * "Mon 16 Mar 16:00, 3 working hours later". `parts` describe the later moment with the earlier one as now.
 */
export function sayAfter(parts: DueParts, language: DueLanguage): string {
  const [year = 0, month = 0, day = 0] = parts.localDate.split('-').map(Number);
  const weekday = weekdayNumberOf(parts.localDate);
  const date: DueDay = {
    kind: 'date',
    weekday,
    month,
    day,
    ...(parts.day.kind === 'date' && parts.day.year ? { year } : {}),
  };
  const { amount, provisional, localTime } = parts;
  if (language === 'zh-CN') {
    const after = amount.unit === 'none' ? '开始时' : `${amountZh(amount)}后`;
    return `${dayZh(date)} ${localTime}${provisional ? '（暂定）' : ''}，${after}`;
  }
  const after = amount.unit === 'none' ? 'at the start' : `${amountEn(amount)} later`;
  return `${dayEn(date)} ${localTime}${provisional ? ' (provisional)' : ''}, ${after}`;
}
