import type { Route } from '../../domain/circulation/types.ts';

/** A press release: the account person submits, head of planning and account director look side by side, then the client. */
export const pressRelease: Route = {
  id: 'pressRelease',
  version: 1,
  title: { zh: '新闻稿审阅', en: 'Press release' },
  steps: [
    {
      key: 'submit', role: 'ACCOUNT_EXECUTIVE', alsoRoles: [], side: 'agency', after: [], act: 'submit',
      meaning: { zh: '新闻稿已写好，送审。', en: 'The press release is written; it goes round.' },
      rule: { kind: 'one' }, noes: [], optional: false, checklist: [], ladder: 'internalSignature',
    },
    {
      key: 'planning', role: 'PLANNING_DIRECTOR', alsoRoles: ['PLANNING_MANAGER'], side: 'agency', after: ['submit'], act: 'review',
      meaning: { zh: '口径合乎策略。', en: 'It says what the strategy says.' },
      rule: { kind: 'one' }, noes: ['return'], optional: false, checklist: [], ladder: 'internalSignature',
    },
    {
      key: 'accountDirector', role: 'ACCOUNT_DIRECTOR', alsoRoles: [], side: 'agency', after: ['submit'], act: 'confirm',
      meaning: { zh: '可以给客户看。', en: 'The client may see it.' },
      rule: { kind: 'one' }, noes: ['return'], optional: false, checklist: [], ladder: 'internalSignature',
    },
    {
      key: 'client', role: 'CLIENT_LEAD', alsoRoles: [], side: 'client', after: ['planning', 'accountDirector'], act: 'confirm',
      meaning: { zh: '确认发布。', en: 'You confirm publication.' },
      rule: { kind: 'one' }, noes: ['return'], optional: false, checklist: [], ladder: 'clientSignature',
    },
  ],
};
