import type { Words } from '../../domain/process.ts';
import type { Content } from '../../papers/form.ts';
import { nextStepsOf } from '../../papers/meetings/minutes.ts';

/** How a text says things to its reader. */
export interface Telling {
  readonly say: (words: Words) => string;
  readonly when: (at: string) => string;
  readonly nameOf: (personId: string) => string;
}

const w = (zh: string, en: string): Words => ({ zh, en });
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const rowsOf = (value: unknown): readonly Content[] =>
  listOf(value).filter((row): row is Content => typeof row === 'object' && row !== null);

function placeAndTime(content: Content, { say, when }: Telling): string[] {
  const at = textOf(content['meetingTime']);
  const place = textOf(content['meetingPlace']);
  return [
    ...(at === '' ? [] : [`${say(w('时间：', 'Time: '))}${when(at)}`]),
    ...(place === '' ? [] : [`${say(w('地点：', 'Place: '))}${place}`]),
  ];
}

const numbered = (lines: readonly string[]): string[] => lines.map((line, n) => `${n + 1}. ${line}`);

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

/** F-13 as lines: when, where, who does what, what to bring. */
export function noticeText(content: Content, telling: Telling): string {
  const { say, nameOf } = telling;
  const inside = rowsOf(content['internalParticipants']);
  const tasks = inside.map((row) => `${nameOf(textOf(row['person']))}: ${textOf(row['task'])}`);
  const papers = rowsOf(content['papersNeeded']).map((row) => textOf(row['name']));
  return [
    ...placeAndTime(content, telling),
    ...part(say(w('与会同事及任务', 'Colleagues and their tasks')), tasks),
    ...part(say(w('需要的文件', 'Papers needed')), papers),
  ].join('\n');
}

/** F-63 as lines: what happened, and what is known of cause and solution. */
export function issueText(content: Content, { say }: Telling): string {
  const lines = (key: string): string[] =>
    textOf(content[key])
      .split('\n')
      .filter((line) => line !== '');
  return [
    ...lines('happened'),
    ...part(say(w('原因', 'Cause')), lines('cause')),
    ...part(say(w('解决方案', 'Solution')), lines('solution')),
  ].join('\n');
}

/** F-14 as lines: the topics one by one, with their minutes. */
export function agendaText(content: Content, { say }: Telling): string {
  const topics = rowsOf(content['topics']).map((row) => {
    const minutes = textOf(row['minutes']);
    return `${textOf(row['topic'])}${minutes === '' ? '' : ` (${minutes} ${say(w('分钟', 'min'))})`}`;
  });
  const recap = textOf(content['recap']);
  return [...numbered(topics), ...(recap === '' ? [] : ['', recap])].join('\n');
}

/** F-15 as lines: what was decided, who does what by when. Give it the copy: it sets whatever it is given. */
export function minutesText(content: Content, telling: Telling): string {
  const { say, nameOf } = telling;
  const decisions = rowsOf(content['decisions']).map((row) => textOf(row['decision']));
  const steps = nextStepsOf(content).map(
    ({ action, executor, keyDate }) => `${action} · ${nameOf(executor)} · ${keyDate}`,
  );
  return [
    textOf(content['subject']),
    ...placeAndTime(content, telling),
    ...part(say(w('决定', 'Decisions')), numbered(decisions)),
    ...part(say(w('下一步', 'Next steps')), numbered(steps)),
  ].join('\n');
}
