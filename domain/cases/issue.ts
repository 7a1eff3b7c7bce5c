import type { Instant } from '../instant.ts';
import { roleFacts, roles } from '../people/roles.ts';
import type { CaseDefinition } from './definition.ts';
import { ownerOrAbove, tell } from './parts.ts';
import type { CaseState } from './state.ts';

/** Where an issue waits to be settled. */
const open = ['FOUND', 'TELLING', 'CLIENT_TOLD', 'CLIENT_CALLED'] as const;

/**
 * M-16: a problem in the execution of a job. Anybody of the house who sees the job may raise it; it lies with whoever
 * answers for the job until cause and solution are on record and the client was told (R-64, S-46). The client is told at
 * the first moment, also before the cause is known, so what is known of it is a paper that grows and no state. A mail
 * tells once the client's mail server has accepted it; one that comes back has told nobody. A call is put on record.
 * PROPOSAL: the client is told within four working hours (§7.3); the account executive is reminded after two, the account
 * manager hears of it at the limit, the account director a working day after the beginning.
 */
export const issue: CaseDefinition = {
  id: 'issue',
  version: 1,
  title: { zh: '问题', en: 'Issue' },
  by: roles.filter((role) => roleFacts[role].side === 'agency'),
  parts: {
    finder: { title: { zh: '发现人', en: 'who found it' }, side: 'agency', most: 1 },
    told: {
      title: { zh: '告知客户的哪一位', en: 'who of the client is told' },
      side: 'client',
      most: 1,
      optional: true,
    },
  },
  first: 'FOUND',
  opening: { brings: 'F-63', says: ['happened', 'jobStage'], tells: [tell('issueRaised', 'owner')] },
  states: {
    FOUND: { title: { zh: '已发现，待告知客户', en: 'found, client to be told' } },
    TELLING: { title: { zh: '已发给客户，等待送达', en: 'sent to the client, not arrived yet' } },
    CLIENT_TOLD: { title: { zh: '已写信告知客户', en: 'client told by mail' } },
    CLIENT_CALLED: { title: { zh: '已电话告知客户', en: 'client told on the telephone' } },
    CLOSED: { title: { zh: '已解决', en: 'settled' }, end: true },
    WITHDRAWN: { title: { zh: '不是问题，已撤销', en: 'no issue, taken back' }, end: true },
  },
  moves: {
    record: {
      title: { zh: '写明原因和解决方案', en: 'Record Cause and Solution' },
      from: open,
      to: 'FOUND',
      stays: true,
      by: ownerOrAbove,
      brings: 'F-63',
      draft: true,
      rule: 'R-64',
    },
    tellByMail: {
      title: { zh: '写信告知客户', en: 'Tell the Client by Mail' },
      from: ['FOUND'],
      to: 'TELLING',
      by: ownerOrAbove,
      names: ['told'],
      fills: ['told'],
      words: true,
      tells: [{ notice: 'issueToClient', to: ['told'], asks: true, arrived: 'arrive', lost: 'lose' }],
      rule: 'R-64',
    },
    arrive: {
      title: { zh: '邮件已送达客户', en: 'The Mail Arrived' },
      from: ['TELLING'],
      to: 'CLIENT_TOLD',
      by: [],
      service: 'report',
      rule: 'R-64',
    },
    lose: {
      title: { zh: '邮件没有送达，尚未告知', en: 'The Mail Did Not Arrive' },
      from: ['TELLING', 'CLIENT_TOLD'],
      to: 'FOUND',
      by: [],
      service: 'report',
      rule: 'R-64',
    },
    close: {
      title: { zh: '关闭问题', en: 'Close the Issue' },
      from: open,
      to: 'CLOSED',
      by: ownerOrAbove,
      standing: { in: ['CLIENT_TOLD', 'CLIENT_CALLED'], fact: 'toldAt' },
      facts: [
        { form: 'F-63', fact: 'cause', is: true, rule: 'R-64' },
        { form: 'F-63', fact: 'solution', is: true, rule: 'R-64' },
      ],
      tells: [tell('issueClosed', 'finder', 'ACCOUNT_MANAGER')],
      rule: 'R-64',
    },
    tellByPhone: {
      title: { zh: '记下电话告知', en: 'Record a Call to the Client' },
      from: ['FOUND', 'TELLING', 'CLIENT_TOLD'],
      to: 'CLIENT_CALLED',
      by: ownerOrAbove,
      names: ['told'],
      fills: ['told'],
      words: true,
      when: true,
      rule: 'R-64',
    },
    withdraw: {
      title: { zh: '不是问题，撤销', en: 'Take It Back' },
      from: ['FOUND'],
      to: 'WITHDRAWN',
      by: ['ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR'],
      words: true,
      tells: [tell('issueWithdrawn', 'finder', 'owner')],
    },
  },
  clocks: {
    telling: {
      title: { zh: '告知客户', en: 'telling the client' },
      runsIn: ['FOUND', 'TELLING'],
      from: { on: 'entry' },
      calendar: 'office',
      limit: 1,
      rungs: [
        { when: { after: { workingMinutes: 120 } }, tells: [tell('issueTellSoon', 'owner')] },
        {
          when: { after: { workingMinutes: 240 } },
          flag: 'clientToldLate',
          tells: [tell('issueUntold', 'owner', 'ACCOUNT_MANAGER')],
        },
        {
          when: { after: { workingMinutes: 480 } },
          tells: [tell('issueUntold', 'owner', 'ACCOUNT_MANAGER', 'ACCOUNT_DIRECTOR')],
        },
      ],
    },
    settling: {
      title: { zh: '写明原因和解决方案', en: 'recording cause and solution' },
      runsIn: ['CLIENT_TOLD', 'CLIENT_CALLED'],
      from: { on: 'entry' },
      calendar: 'office',
      rungs: [
        { when: { after: { workingDays: 2 } }, tells: [tell('issueUnsettled', 'owner')] },
        { when: { after: { workingDays: 5 } }, tells: [tell('issueUnsettled', 'owner', 'ACCOUNT_MANAGER')] },
      ],
    },
  },
  lists: {},
  unreached: tell('caseUnreached', 'owner'),
};

/** How the client was told of an issue: by a mail that their server accepted, or in a call. */
export interface ClientTold {
  readonly way: 'mail' | 'phone';
  readonly personId: string;
  readonly at: Instant;
  /** Who of the house told them; absent where nobody pressed it. */
  readonly by?: string;
}

/** When, how and by whom the client was told; undefined while they were not, or once the mail came back. */
export function clientTold({ definition, state, asked, made, parts }: CaseState): ClientTold | undefined {
  const [personId] = parts['told'] ?? [];
  if (definition.id !== issue.id || personId === undefined) return undefined;
  const call = made['tellByPhone'];
  const told = state === 'CLOSED' || state === 'CLIENT_TOLD' || state === 'CLIENT_CALLED';
  if (told && call !== undefined && state !== 'CLIENT_TOLD')
    return {
      way: 'phone',
      personId,
      at: call.happenedAt ?? call.at,
      ...(call.by === undefined ? {} : { by: call.by }),
    };
  const fate = asked['issueToClient']?.people[personId];
  const by = made['tellByMail']?.by;
  if (!told || fate?.acceptedAt === undefined || fate.bouncedAt !== undefined) return undefined;
  return { way: 'mail', personId, at: fate.acceptedAt, ...(by === undefined ? {} : { by }) };
}
