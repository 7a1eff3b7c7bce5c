import { aboveManager, byAccount, clientTitles, ownerTitles, route, step } from './draw.ts';
import { shortFormRoutes } from './routes-short.ts';
import type { NoKind, Route, RouteStep } from './types.ts';

const refusable: readonly NoKind[] = ['refuse'];

const order = (media: boolean): readonly RouteStep[] => [
  step(
    'accountExecutive',
    'ACCOUNT_EXECUTIVE',
    'submit',
    { zh: '工作单内容完整，资料齐全，送签。', en: 'The order is complete and its material is in; it goes round.' },
    { alsoRoles: ownerTitles },
  ),
  step('accountDirector', 'ACCOUNT_DIRECTOR', 'accept', {
    zh: '同意立单，认可不适用的标注。',
    en: 'You agree to the order and to the steps marked not applicable.',
  }),
  step(
    'creativeDirector',
    'CREATIVE_DIRECTOR',
    'accept',
    { zh: '创作部接单。', en: 'The creative department accepts the job.' },
    { noes: refusable, optional: true },
  ),
  step(
    'artDirector',
    'ART_DIRECTOR',
    'accept',
    { zh: '您接单，负责美术。', en: 'You accept the job and answer for the art direction.' },
    { noes: refusable, optional: true },
  ),
  step(
    'copywriter',
    'COPYWRITER',
    'accept',
    { zh: '您接单，负责文案。', en: 'You accept the job and answer for the copy.' },
    { alsoRoles: ['COPY_CHIEF'], noes: refusable, optional: true },
  ),
  step(
    'designer',
    'ARTIST',
    'accept',
    { zh: '您接单，负责设计制作。', en: 'You accept the job and answer for the design.' },
    { noes: refusable, optional: true },
  ),
  ...(media
    ? [
        step(
          'media',
          'MEDIA_DIRECTOR',
          'accept',
          { zh: '媒介部接单。', en: 'The media department accepts the job.' },
          { alsoRoles: ['MEDIA_PLANNER'], after: ['creativeDirector'], noes: refusable, optional: true },
        ),
      ]
    : []),
];

/** Everybody is asked at once; strategy and media beside them where the proposal holds work of theirs (P-08, P-09). */
const agreement = (wide: boolean): readonly RouteStep[] => [
  byAccount('提案内容齐备，请内部确认。', 'The proposal is complete; the agency is asked to agree.'),
  step(
    'creativeDirector',
    'CREATIVE_DIRECTOR',
    'confirm',
    { zh: '创作部同意此提案。', en: 'Creative agrees with this proposal.' },
    { after: ['submit'], noes: ['object'] },
  ),
  step(
    'accountManager',
    'ACCOUNT_MANAGER',
    'confirm',
    { zh: '合乎策略，客户部同意此提案。', en: 'It follows the strategy; account service agrees.' },
    { alsoRoles: aboveManager, after: ['submit'], noes: ['object'] },
  ),
  ...(wide
    ? [
        step(
          'strategy',
          'STRATEGY_DIRECTOR',
          'confirm',
          { zh: '方案合乎策略，策略部同意此提案。', en: 'The plan says what the strategy says; strategy agrees.' },
          { alsoRoles: ['STRATEGY_PLANNER'], after: ['submit'], noes: ['object'], optional: true },
        ),
        step(
          'media',
          'MEDIA_DIRECTOR',
          'confirm',
          { zh: '媒介建议可行，媒介部同意此提案。', en: 'The media suggestion can be carried out; media agrees.' },
          { alsoRoles: ['MEDIA_PLANNER'], after: ['submit'], noes: ['object'], optional: true },
        ),
      ]
    : []),
];

const accountChecks = ['C-20', 'C-21', 'C-22', 'C-23', 'C-24', 'C-25', 'C-26', 'C-27', 'C-28', 'C-29', 'C-30'] as const;

const qc = (directorSigns: boolean, proof: boolean): readonly RouteStep[] => [
  step(
    'designer',
    'ARTIST',
    'submit',
    {
      zh: proof ? '打样已出，送核。' : '正稿与打印小样已完成，送核。',
      en: proof ? 'The proof is made; it goes round.' : 'Artwork and printed sample are made; they go round.',
    },
    { alsoRoles: ['PRODUCTION', 'ART_DIRECTOR'] },
  ),
  step(
    'copywriter',
    'COPYWRITER',
    'review',
    {
      zh: '您已在打印小样上校对文字，同意送下一位。',
      en: 'You have proof-read the copy on the printed sample; it may go on.',
    },
    { alsoRoles: ['COPY_CHIEF'], checklist: ['C-06', 'C-07', 'C-08', 'C-09', 'C-10', 'C-11'] },
  ),
  step(
    'artDirector',
    'ART_DIRECTOR',
    'review',
    {
      zh: '画面、色彩、透视与确认稿一致，审核通过。',
      en: 'Picture, colour and perspective are as approved; your review passes.',
    },
    { checklist: ['C-12', 'C-13', 'C-14', 'C-15'] },
  ),
  step(
    'creativeDirector',
    'CREATIVE_DIRECTOR',
    'review',
    {
      zh: '合乎创意与策略，公司对作品有信心，审核通过。',
      en: 'It follows idea and strategy and the agency stands behind it; your review passes.',
    },
    { checklist: ['C-16', 'C-17', 'C-18', 'C-19'] },
  ),
  step(
    'accountExecutive',
    'ACCOUNT_EXECUTIVE',
    'confirm',
    { zh: '客户部六项检查全部通过，确认。', en: 'Account service’s six questions all pass; you confirm.' },
    { alsoRoles: ownerTitles, checklist: accountChecks },
  ),
  ...(directorSigns
    ? [
        step(
          'accountDirector',
          'ACCOUNT_DIRECTOR',
          'confirm',
          { zh: '前五步签字齐全，可以交客户。', en: 'The five signatures are complete; it may go to the client.' },
          { checklist: ['C-32', 'C-33', 'C-34'] },
        ),
      ]
    : []),
  step('client', 'CLIENT_LEAD', 'confirm', {
    zh: '确认本版内容，同意用于制作与发布。',
    en: 'You confirm this version for production and publication.',
  }),
  ...(proof
    ? [
        step('receipt', 'CLIENT_LEAD', 'receipt', {
          zh: '已收到光盘（最终文件包）。',
          en: 'You have received the disc (the final package).',
        }),
      ]
    : []),
];

/** Routes as they ship. A house may change them; a changed route is a new version and running papers keep theirs. */
export const standardRoutes = {
  requirementBrief: route('requirementBrief', { zh: '需求简报确认', en: 'Requirement brief' }, [
    byAccount('需求简报已写好，请客户确认。', 'The requirement brief is written; the client is asked to confirm.'),
    step(
      'client',
      'CLIENT_CONTACT',
      'confirm',
      {
        zh: '需求简报与您的需求一致，可以据此做策略。',
        en: 'The brief says what you need; strategy may start from it.',
      },
      { alsoRoles: clientTitles },
    ),
  ]),
  strategyAgreement: route('strategyAgreement', { zh: '策略共识', en: 'Strategy agreement' }, [
    byAccount('策略分歧已说明，请客户商定。', 'The difference is set out; the client is asked to agree.'),
    step(
      'client',
      'CLIENT_CONTACT',
      'confirm',
      { zh: '同意按此策略开展工作。', en: 'You agree that the work follows this strategy.' },
      { alsoRoles: clientTitles },
    ),
  ]),
  creativeBrief: route('creativeBrief', { zh: '创意简报审阅', en: 'Creative brief' }, [
    step(
      'author',
      'ACCOUNT_EXECUTIVE',
      'submit',
      { zh: '创意简报已与策略部、创作部共同完成。', en: 'The brief was worked out with strategy and creative.' },
      { alsoRoles: ownerTitles },
    ),
    step(
      'guidance',
      'ACCOUNT_DIRECTOR',
      'review',
      { zh: '简报清晰可用，同意交创作。', en: 'The brief is clear; it may go to the creative group.' },
      { alsoRoles: ['ACCOUNT_MANAGER'], optional: true },
    ),
  ]),
  timetable: route('timetable', { zh: '进度表确认', en: 'Timetable' }, [
    byAccount(
      '进度表已与创作部排定，请客户接受。',
      'The timetable is made with creative; the client is asked to accept.',
    ),
    step(
      'client',
      'CLIENT_CONTACT',
      'confirm',
      { zh: '接受此进度，作为双方基准。', en: 'You accept this timetable as the baseline.' },
      { alsoRoles: clientTitles },
    ),
  ]),
  workOrder: route('workOrder', { zh: '工作单签核', en: 'Work order' }, order(false)),
  workOrderMedia: route('workOrderMedia', { zh: '工作单签核（含媒介）', en: 'Work order with media' }, order(true)),
  orderCorrection: route('orderCorrection', { zh: '拒单后修正', en: 'Correction of a refused order' }, [
    step(
      'accountExecutive',
      'ACCOUNT_EXECUTIVE',
      'submit',
      {
        zh: '工作单被拒：请补齐所缺内容，更正后重新送签。',
        en: 'The order was refused: supply what is missing, correct it and send it round again.',
      },
      { alsoRoles: ownerTitles, ladder: 'refusedOrder' },
    ),
  ]),
  draftGate: route('draftGate', { zh: '过程稿放行', en: 'Draft gate' }, [
    step(
      'author',
      'ARTIST',
      'submit',
      { zh: '过程稿完成，送看。', en: 'The draft is ready to be looked at.' },
      { alsoRoles: ['ART_DIRECTOR', 'COPYWRITER', 'COPY_CHIEF', 'STRATEGY_PLANNER', 'PRODUCTION'] },
    ),
    step('creativeDirector', 'CREATIVE_DIRECTOR', 'view', {
      zh: '已看过，可以继续。',
      en: 'You have viewed it; it may go on.',
    }),
    step(
      'accountManager',
      'ACCOUNT_MANAGER',
      'review',
      { zh: '已审核，可以给客户看。', en: 'You have reviewed it; the client may see it.' },
      { alsoRoles: aboveManager },
    ),
  ]),
  internalAgreement: route(
    'internalAgreement',
    { zh: '提案前内部确认', en: 'Agreement before the proposal' },
    agreement(false),
  ),
  internalAgreementWide: route(
    'internalAgreementWide',
    { zh: '提案前内部确认（策略、媒介会签）', en: 'Agreement before the proposal, with strategy and media' },
    agreement(true),
  ),
  rejectionReview: route('rejectionReview', { zh: '提案被否定，客户总监复核', en: 'Review of a rejected proposal' }, [
    byAccount('客户否定了提案，请客户总监复核。', 'The client rejected the proposal; the account director reviews it.'),
    step(
      'accountDirector',
      'ACCOUNT_DIRECTOR',
      'review',
      {
        zh: '已复核：提案不再继续，工作结案，资料存档。若另作提案，请提出异议并写明原因。',
        en: 'You have reviewed it: the proposal ends here and the job is closed and filed. To have another proposal prepared, object and say why.',
      },
      { noes: ['object'] },
    ),
  ]),
  proposalComment: route('proposalComment', { zh: '提案意见', en: 'Comment on the proposal' }, [
    byAccount('提案已讲解，请客户给意见。', 'The proposal was presented; the client is asked for a comment.'),
    step(
      'client',
      'CLIENT_CONTACT',
      'confirm',
      { zh: '同意此提案。', en: 'You agree with this proposal.' },
      { alsoRoles: clientTitles, ladder: 'clientComment' },
    ),
  ]),
  revisionDirection: route('revisionDirection', { zh: '修改方向确认', en: 'Direction of the change' }, [
    byAccount(
      '修改意见已整理，请客户确认方向。',
      'The opinions are set out; the client is asked to confirm the direction.',
    ),
    step(
      'client',
      'CLIENT_CONTACT',
      'confirm',
      { zh: '修改方向正确，可以照此修改。', en: 'The direction is right; the change may be made.' },
      { alsoRoles: clientTitles },
    ),
  ]),
  revisionOrder: route('revisionOrder', { zh: '修改单签核', en: 'Revision order' }, [
    byAccount(
      '修改单写明方向与原工作号，送签。',
      'The revision order names direction and original number; it goes round.',
    ),
    step(
      'creative',
      'CREATIVE_DIRECTOR',
      'accept',
      { zh: '创作部接单修改。', en: 'Creative accepts the change.' },
      { alsoRoles: ['ART_DIRECTOR'], noes: refusable },
    ),
    step(
      'executor',
      'ARTIST',
      'accept',
      { zh: '您接单修改。', en: 'You accept the change.' },
      { alsoRoles: ['COPYWRITER', 'PRODUCTION'], noes: refusable },
    ),
  ]),
  quotationConsent: route('quotationConsent', { zh: '报价前沟通', en: 'Consent to the quotation' }, [
    byAccount('报价已分环节分项目列明，请主管同意。', 'The quotation is broken down; the head is asked to consent.'),
    step('head', 'ACCOUNT_DIRECTOR', 'accept', { zh: '同意按此报价。', en: 'You consent to quoting this.' }),
  ]),
  confirmation: route(
    'confirmation',
    { zh: '创意稿与报价书面确认', en: 'Written confirmation of draft and quotation' },
    [
      byAccount('请客户书面确认创意稿与报价。', 'The client is asked to confirm draft and quotation in writing.'),
      step('client', 'CLIENT_LEAD', 'confirm', {
        zh: '书面确认创意稿和报价。',
        en: 'You confirm the creative draft and the quotation in writing.',
      }),
    ],
  ),
  estimate: route('estimate', { zh: '估价签核', en: 'Estimate' }, [
    step(
      'submit',
      'ACCOUNT_EXECUTIVE',
      'submit',
      { zh: '估价依据供应商报价列明，送签。', en: 'The estimate is built on supplier prices; it goes round.' },
      { alsoRoles: [...ownerTitles, 'PRODUCTION'] },
    ),
    step(
      'inside',
      'ACCOUNT_MANAGER',
      'accept',
      { zh: '公司对此估价负责。', en: 'The agency answers for this estimate.' },
      { alsoRoles: aboveManager },
    ),
    step('client', 'CLIENT_LEAD', 'confirm', {
      zh: '同意此估价，可以开始制作。',
      en: 'You agree to this estimate; work may be activated.',
    }),
  ]),
  clearance: route('clearance', { zh: '估价、进度表、媒介时间表签名', en: 'Estimate, timetable and media timetable' }, [
    byAccount(
      '三份文件齐备，请客户一并签名。',
      'The three papers are ready; the client is asked to sign them together.',
    ),
    step('client', 'CLIENT_LEAD', 'confirm', {
      zh: '三份文件一并确认，可以拍摄、外发、订位。',
      en: 'You sign all three; shooting, contracting and booking may start.',
    }),
  ]),
  ...shortFormRoutes,
  qcSeven: route('qcSeven', { zh: '正稿QC（七步）', en: 'Artwork QC, seven steps' }, qc(true, false)),
  qcSix: route('qcSix', { zh: '正稿QC（六步）', en: 'Artwork QC, six steps' }, qc(false, false)),
  proofSeven: route('proofSeven', { zh: '打样QC（七步）', en: 'Proof QC, seven steps' }, qc(true, true)),
  proofSix: route('proofSix', { zh: '打样QC（六步）', en: 'Proof QC, six steps' }, qc(false, true)),
} as const satisfies Record<string, Route>;

/** Id of a route that ships. */
export type StandardRouteId = keyof typeof standardRoutes;
