import type { Words } from '../process.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** What the fields of the issue record are called (F-63), and what else closing one asks for; part of `fieldWords`. */
export const issueFieldWords = {
  happened: w('发生了什么', 'What Happened'),
  jobStage: w('在哪个阶段', 'At Which Stage'),
  cause: w('原因', 'Cause'),
  solution: w('解决方案', 'Solution'),
  measures: w('应对措施', 'Counter-measures'),
  damage: w('造成的影响', 'Damage'),
  toldAt: w('告知客户的时间', 'When the Client Was Told'),
} as const satisfies Record<string, Words>;
