import { createHash } from 'node:crypto';
import type { FormId } from '../../domain/wording/papers.ts';
import type { WorkType } from '../../domain/job/worktypes.ts';

/** What a story of the demonstration is about. */
export interface Subject {
  readonly title: string;
  /** Short name that file names carry. */
  readonly project: string;
  readonly clientId: string;
  readonly brandId: string;
  readonly lineId: string;
  readonly workType: WorkType;
  readonly ownerId: string;
  readonly clientLead: string;
  readonly clientContact: string;
}

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const now = (): string => new Date(Date.now() - 60_000).toISOString();
const material = (name: string): readonly object[] => [
  { name, size: 18_432, hash: createHash('sha256').update(name).digest('hex') },
];

/** Filled papers, the way an account person would fill them. */
export function contentOf(
  form: FormId,
  subject: Subject,
  jobNumber: string,
  more: { opinions?: readonly string[]; ordinal?: number; hash?: string } = {},
): Record<string, unknown> {
  const { title, clientId, brandId, lineId, ownerId } = subject;
  switch (form) {
    case 'F-01':
      return {
        clientId,
        brandId,
        lineId,
        need: `${title}：用于春季上市，需要有记忆点的画面与一句口号。`,
        deliverables: ['主视觉一款', '灯箱海报延展一款'],
        wantedDate: day(45),
        urgency: 'normal',
        budgetLimit: 12_000_000,
        orderedBy: subject.clientContact,
        orderedAt: now(),
      };
    case 'F-03':
      return {
        coreObjective: '上市首月让目标城市六成受众知道新品。',
        audience: '25–40 岁城市上班族，午后有喝茶习惯。',
        mainAppeal: '明前新采，一杯山风。',
        expectedEffect: '知名度与试用并进，门店试饮翻倍。',
        constraints: '沿用品牌标志与广告口号，遵守广告法。',
      };
    case 'F-05':
      return {
        jobNumber,
        brandId,
        lineId,
        marketSituation: '同类产品都在讲产地，缺少情绪。',
        objective: '让午后的一杯茶变成一次小小的出走。',
        audienceInsight: '他们要的不是茶，是十分钟的山。',
        proposition: '一杯山风',
        support: '明前采摘，四小时内杀青。',
        tonality: '清、静、有余味',
        mandatories: '标志、广告口号',
        formats: ['主视觉', '灯箱海报'],
        timing: day(20),
        budget: 9_000_000,
        level: 'normal',
        author: 'demo-he',
        guidedBy: 'demo-zhou',
        strategyParticipants: ['demo-tang'],
        creativeParticipants: ['demo-wang', 'demo-wu'],
      };
    case 'F-10':
      return {
        jobNumber,
        project: title,
        version: 'external',
        rows: [
          { stage: '创意发展', owner: '创作部', start: day(2), end: day(16) },
          { stage: '提案与意见', owner: '客户部', start: day(17), end: day(24) },
          { stage: '制作', owner: '制作部', start: day(25), end: day(40) },
        ],
        keyNodes: [
          { node: '提案', date: day(17), milestone: 'proposal' },
          { node: '创意确认', date: day(24), clientApproval: true, milestone: 'creativeApproval' },
          { node: '物料完成', date: day(40), milestone: 'materialFinished' },
        ],
        floatDays: 3,
        deliveryDate: day(45),
      };
    case 'F-04':
      return {
        jobNumber,
        project: title,
        background: '春季新品上市，门店与户外同步。',
        adObjective: '上市首月知名度六成。',
        targetConsumer: '25–40 岁城市上班族。',
        adStrategy: '以情绪带产品。',
        tonality: '清、静、有余味',
        mandatories: '标志、广告口号、条形码区',
        workContent: '主视觉一款，灯箱海报延展一款。',
        workTypes: [subject.workType],
        specification: '灯箱 1200 × 1800 mm；报纸半版 350 × 240 mm',
        budget: 9_000_000,
        timing: [
          { stage: '初稿', date: day(8) },
          { stage: '提案', date: day(17) },
          { stage: '完稿', date: day(35) },
        ],
        material: material('20260301_云峰春茶_产品照片.zip'),
        executors: [
          { person: 'demo-wu', role: 'ART_DIRECTOR' },
          { person: 'demo-chen', role: 'COPYWRITER' },
          { person: 'demo-lin', role: 'ARTIST' },
        ],
        supervisors: ['demo-zhou', 'demo-wang'],
        important: false,
      };
    case 'F-08':
      return {
        originalJobNumber: jobNumber,
        ordinal: more.ordinal ?? 1,
        direction: '标语更短，标志加注册商标，其余不动。',
        opinions: (more.opinions ?? ['标语再短一些']).map((words) => ({ words, source: 'link' })),
        clientConfirmation: '客户经签核链接确认修改方向',
        timing: day(5),
        departments: ['creative'],
      };
    case 'F-09':
      return {
        jobNumber,
        items: [
          {
            piece: 'poster',
            fileVersion: 2,
            specification: '1200 × 1800 mm',
            colour: '四色',
            process: '灯箱布喷绘',
            quantity: 120,
            supplier: '明彩输出',
            priceFen: 4_800_000,
            deliveryPlace: '云峰华东仓',
            deliveryDate: day(42),
          },
        ],
        approver: ownerId,
      };
    case 'F-18':
      return {
        kind: 'correction',
        text: (more.opinions ?? ['标语再短一些', '补上注册商标']).join('\n'),
        from: subject.clientLead,
        direction: '标语更短，标志加注册商标，其余不动。',
      };
    case 'F-20':
      return {
        kind: 'DETAILED',
        items: [
          {
            name: '灯箱海报',
            adType: 'poster',
            specification: '1200 × 1800 mm',
            colour: '四色',
            process: '灯箱布喷绘',
            electronic: true,
            printed: true,
            board: true,
          },
        ],
      };
    case 'F-22':
      return {
        contents: [
          { what: 'draft', version: 1, checksum: more.hash ?? createHash('sha256').update(title).digest('hex') },
        ],
        note: '书面确认创意稿与报价。',
      };
    case 'F-35':
      return {
        jobNumber,
        items: [
          { stage: '创意', item: '主视觉', quantity: 1, unit: '款', unitPriceFen: 3_000_000, amountFen: 3_000_000 },
          { stage: '制作', item: '灯箱输出', quantity: 120, unit: '幅', unitPriceFen: 40_000, amountFen: 4_800_000 },
        ],
        totalFen: 7_800_000,
        managerConsulted: true,
        consultedWith: 'demo-zhou',
        consultedAt: now(),
      };
    default:
      throw new Error(`the demonstration has no content for ${form}`);
  }
}
