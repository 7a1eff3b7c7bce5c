import { aboveManager, byAccount, clientTitles, route, step } from './draw.ts';
import type { RouteStep } from './types.ts';

/** Media director, then account service as the last gate, then the client in writing (R-88, R-97, R-166, P-36). */
const plan = (zh: string, en: string): readonly RouteStep[] => [
  byAccount(zh, en),
  step(
    'media',
    'MEDIA_DIRECTOR',
    'confirm',
    { zh: '数字已逐项核对，媒介部对此计划负责。', en: 'The figures are checked; media answers for this plan.' },
    { alsoRoles: ['MEDIA_PLANNER'] },
  ),
  step(
    'accountManager',
    'ACCOUNT_MANAGER',
    'confirm',
    { zh: '合乎策略，客户部最后核查通过。', en: 'It follows the strategy; account service’s last check passes.' },
    { alsoRoles: aboveManager },
  ),
  step('client', 'CLIENT_LEAD', 'confirm', {
    zh: '书面确认此计划，可以照此订位。',
    en: 'You confirm this plan in writing; it may be booked.',
  }),
];

/** Routes of the stations that media-only and research jobs have in place of creation and production (§4.2). */
export const shortFormRoutes = {
  mediaPlan: route(
    'mediaPlan',
    { zh: '媒介总计划确认', en: 'Media master plan' },
    plan('媒介总计划已排定，送签。', 'The master plan is made; it goes round.'),
  ),
  mediaSchedule: route(
    'mediaSchedule',
    { zh: '媒介月计划确认', en: 'Media monthly schedule' },
    plan('本月排期已排定，送签。', 'The schedule of the month is made; it goes round.'),
  ),
  researchReport: route('researchReport', { zh: '调查总结确认', en: 'Research summary' }, [
    byAccount('调查总结六项齐备，送签。', 'The summary has all its six parts; it goes round.'),
    step(
      'accountManager',
      'ACCOUNT_MANAGER',
      'review',
      { zh: '结论有依据，可以给客户。', en: 'The conclusion is founded; it may go to the client.' },
      { alsoRoles: aboveManager },
    ),
    step(
      'client',
      'CLIENT_CONTACT',
      'confirm',
      { zh: '已收到并认可调查总结。', en: 'You have received the summary and accept it.' },
      { alsoRoles: clientTitles },
    ),
  ]),
} as const;
