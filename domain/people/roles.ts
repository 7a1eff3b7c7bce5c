import type { Words } from '../process.ts';

/**
 * Titles of people inside the agency and outside it (specification §1.1, §1.3).
 * Two of them share the abbreviation "AD" in the trade; it is never printed alone (P-01).
 */
export const roles = [
  'ACCOUNT_DIRECTOR',
  'ACCOUNT_MANAGER',
  'ACCOUNT_EXECUTIVE',
  'STRATEGY_DIRECTOR',
  'STRATEGY_PLANNER',
  'PLANNING_DIRECTOR',
  'PLANNING_MANAGER',
  'CREATIVE_DIRECTOR',
  'ART_DIRECTOR',
  'COPY_CHIEF',
  'COPYWRITER',
  'ARTIST',
  'MEDIA_DIRECTOR',
  'MEDIA_PLANNER',
  'MEDIA_BUYER',
  'PRODUCTION',
  'RESEARCHER',
  'FINANCE',
  'ADMIN',
  'RECEPTION',
  'MANAGEMENT',
  'CLIENT_LEAD',
  'CLIENT_CONTACT',
  'CLIENT_DECIDER',
  'CLIENT_MANAGEMENT',
  'THIRD_PARTY',
] as const;

/** A title a person can hold. */
export type Role = (typeof roles)[number];

/** Departments of the agency (§1.2), and the client's and other parties' side. */
export type Department =
  'account' | 'creative' | 'media' | 'planning' | 'production' | 'finance' | 'administration' | 'client' | 'outside';

/** What the house knows of a title: its name, its place, and the character on its seal. */
export interface RoleFacts {
  readonly title: Words;
  readonly department: Department;
  readonly side: 'agency' | 'client' | 'outside';
  /** One character, cut into the seal that stands for this role in the chain of seals. */
  readonly seal: string;
  /** Rank inside account service, used by "account manager or above"; 0 where the ladder does not apply. */
  readonly accountRank: 0 | 1 | 2 | 3;
}

const agency = (
  zh: string,
  en: string,
  department: Department,
  seal: string,
  accountRank: RoleFacts['accountRank'] = 0,
): RoleFacts => ({ title: { zh, en }, department, side: 'agency', seal, accountRank });

/** The table of titles. */
export const roleFacts: Readonly<Record<Role, RoleFacts>> = {
  ACCOUNT_DIRECTOR: agency('客户总监', 'Account Director', 'account', '总', 3),
  ACCOUNT_MANAGER: agency('客户经理', 'Account Manager', 'account', '经', 2),
  ACCOUNT_EXECUTIVE: agency('客户主任', 'Account Executive', 'account', '客', 1),
  STRATEGY_DIRECTOR: agency('策略总监', 'Strategy Director', 'planning', '策'),
  STRATEGY_PLANNER: agency('策划', 'Planner', 'planning', '划'),
  PLANNING_DIRECTOR: agency('企划总监', 'Planning Director', 'planning', '企'),
  PLANNING_MANAGER: agency('企划经理', 'Planning Manager', 'planning', '企'),
  CREATIVE_DIRECTOR: agency('创意总监', 'Creative Director', 'creative', '创'),
  ART_DIRECTOR: agency('美术指导', 'Art Director', 'creative', '美'),
  COPY_CHIEF: agency('文案总监', 'Copy Chief', 'creative', '文'),
  COPYWRITER: agency('文案', 'Copywriter', 'creative', '文'),
  ARTIST: agency('设计', 'Designer', 'creative', '设'),
  MEDIA_DIRECTOR: agency('媒介总监', 'Media Director', 'media', '媒'),
  MEDIA_PLANNER: agency('媒介策划', 'Media Planner', 'media', '媒'),
  MEDIA_BUYER: agency('媒介购买', 'Media Buyer', 'media', '媒'),
  PRODUCTION: agency('制作', 'Production', 'production', '制'),
  RESEARCHER: agency('调研', 'Research', 'planning', '研'),
  FINANCE: agency('财务', 'Finance', 'finance', '财'),
  ADMIN: agency('公司管理', 'Administration', 'administration', '管'),
  RECEPTION: agency('前台', 'Front Desk', 'administration', '前'),
  MANAGEMENT: agency('公司管理层', 'Agency Management', 'administration', '层'),
  CLIENT_LEAD: {
    title: { zh: '客户项目负责人', en: 'Client Project Lead' },
    department: 'client',
    side: 'client',
    seal: '方',
    accountRank: 0,
  },
  CLIENT_CONTACT: {
    title: { zh: '客户相关人员', en: 'Client Staff' },
    department: 'client',
    side: 'client',
    seal: '方',
    accountRank: 0,
  },
  CLIENT_DECIDER: {
    title: { zh: '客户决策人', en: 'Client Decision Maker' },
    department: 'client',
    side: 'client',
    seal: '方',
    accountRank: 0,
  },
  CLIENT_MANAGEMENT: {
    title: { zh: '客户高层领导', en: 'Client Senior Management' },
    department: 'client',
    side: 'client',
    seal: '方',
    accountRank: 0,
  },
  THIRD_PARTY: {
    title: { zh: '第三方', en: 'Third Party' },
    department: 'outside',
    side: 'outside',
    seal: '外',
    accountRank: 0,
  },
};

/** Whether one of these titles is account manager or above, the gate of R-66 and R-67 (inclusive). */
export function isAccountManagerOrAbove(held: readonly Role[]): boolean {
  return held.some((role) => roleFacts[role].accountRank >= 2);
}

/** Whether one of these titles belongs to account service. */
export function isAccountService(held: readonly Role[]): boolean {
  return held.some((role) => roleFacts[role].department === 'account');
}
