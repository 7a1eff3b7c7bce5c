import type { Words } from '../process.ts';
import { roleFacts } from '../people/roles.ts';
import { stepActWords } from './acts.ts';

/** What the steps of the standard routes are called; a house route's own keys come back as they are. */
export const stepTable: Readonly<Record<string, Words>> = {
  accountExecutive: roleFacts.ACCOUNT_EXECUTIVE.title,
  accountManager: roleFacts.ACCOUNT_MANAGER.title,
  accountDirector: roleFacts.ACCOUNT_DIRECTOR.title,
  creativeDirector: roleFacts.CREATIVE_DIRECTOR.title,
  artDirector: roleFacts.ART_DIRECTOR.title,
  copywriter: roleFacts.COPYWRITER.title,
  designer: roleFacts.ARTIST.title,
  media: roleFacts.MEDIA_DIRECTOR.title,
  strategy: roleFacts.STRATEGY_DIRECTOR.title,
  client: { zh: '客户', en: 'Client' },
  author: { zh: '撰写人', en: 'Author' },
  guidance: { zh: '指导人', en: 'Guidance' },
  creative: { zh: '创作部', en: 'Creative' },
  executor: { zh: '执行人员', en: 'Executor' },
  head: { zh: '部门经理', en: 'Department Head' },
  inside: { zh: '内部签字', en: 'Internal Signature' },
  submit: stepActWords.submit,
  accept: stepActWords.accept,
  confirm: stepActWords.confirm,
  receipt: stepActWords.receipt,
};

/** The words for a step by its key. */
export function stepWords(key: string): Words {
  const words = Object.hasOwn(stepTable, key) ? stepTable[key] : undefined;
  return words ?? { zh: key, en: key };
}
