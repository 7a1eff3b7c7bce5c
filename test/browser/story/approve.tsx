import type { DecideView, AfterView, HeadView } from '../../../api/approve/model.ts';
import { nothingTyped } from '../../../api/approve/model.ts';
import type { Lang } from '../../../api/view/lang.ts';
import type { SealState } from '../../../api/view/chain.tsx';
import { roleFacts, type Role } from '../../../domain/people/roles.ts';

/** Sample views of the approver's page, for looking at pages without a running service. Nothing of the product reads this. */
const order: readonly Role[] = [
  'ARTIST',
  'COPYWRITER',
  'ART_DIRECTOR',
  'CREATIVE_DIRECTOR',
  'ACCOUNT_EXECUTIVE',
  'ACCOUNT_DIRECTOR',
  'CLIENT_LEAD',
];
const names = ['林夏', '陈默', '吴迪', '王冉', '赵一', '周岚', '李女士'];

const both = (lang: Lang, zh: string, en: string): string => (lang === 'en' ? en : zh);

function seals(lang: Lang, at: number, here: SealState = 'here') {
  return order.map((role, index) => ({
    seal: roleFacts[role].seal,
    title: lang === 'en' ? roleFacts[role].title.en : roleFacts[role].title.zh,
    who: names[index],
    state: index < at ? ('signed' as const) : index === at ? here : ('waiting' as const),
  }));
}

function head(lang: Lang, at: number, here?: SealState): HeadView {
  return {
    lang,
    house: both(lang, '云帆广告', 'Yunfan Advertising'),
    zone: both(lang, '中国标准时间（UTC+8）', 'China Standard Time (UTC+8)'),
    viewer: {
      name: names[at] ?? '',
      title: lang === 'en' ? roleFacts[order[at] ?? 'ARTIST'].title.en : roleFacts[order[at] ?? 'ARTIST'].title.zh,
      by: 'link',
    },
    jobNumber: 'YFLC2026014',
    brand: both(lang, '云峰绿茶', 'Yunfeng Green Tea'),
    title: both(lang, '夏季主视觉 · 灯箱海报', 'Summer key visual · light box poster'),
    point: both(lang, '正稿 QC', 'Artwork QC'),
    seals: seals(lang, at, here),
  };
}

const checks: readonly [string, string, string][] = [
  ['C-06', '无错漏字', 'No wrong or missing characters'],
  ['C-07', '行末无断字', 'No broken words at line ends'],
  ['C-08', '标点符号正确', 'Punctuation is right'],
  ['C-09', '文案到位、清晰明白', 'The copy says what it must, clearly'],
  ['C-10', '无违反广告法的语句或词语', 'No wording against the Advertising Law'],
  ['C-11', '数据、价格、联系方式正确', 'Figures, prices and contact data are right'],
];

/** The copywriter's step on a second round, with artwork, differences and a wording that needs a look. */
export function decideView(lang: Lang, more: Partial<DecideView> = {}): DecideView {
  return {
    ...head(lang, 1),
    act: 'review',
    side: 'agency',
    round: 2,
    version: 3,
    hash: '9f3c71aa0b12cd34ef56',
    cause: 'client',
    due: {
      at: '2026-11-23T08:30:00.000Z',
      when: both(lang, '今天 16:30', 'today 16:30'),
      left: both(lang, '还有 3 个工作小时', '3 working hours left'),
      over: false,
    },
    before: [{ who: '林夏', title: both(lang, '设计', 'Designer'), when: both(lang, '今天 11:05', 'today 11:05') }],
    art: {
      title: both(lang, '灯箱海报', 'Light box poster'),
      version: 3,
      pins: true,
      files: [
        {
          name: '20261120_夏季主视觉_灯箱海报_正稿.png',
          size: '3.2 MB',
          kind: 'image',
          pictureHref: '/story/art-3.png',
          href: '/story/art-3.png',
        },
      ],
      previous: {
        version: 2,
        files: [{ name: 'v2.png', size: '3.1 MB', kind: 'image', pictureHref: '/story/art-2.png' }],
      },
      finalsHeld: true,
    },
    changes: [
      {
        label: both(lang, '标语再短一些，去掉“好”字', 'Make the slogan shorter'),
        opinion: 'done',
        to: both(lang, '改为“一杯山风”', 'now “A cup of mountain wind”'),
      },
      { label: both(lang, '补上注册商标', 'Add the registered mark'), opinion: 'done' },
      { label: both(lang, '采摘时间要有依据', 'The picking date needs proof'), opinion: 'open' },
    ],
    meaning: both(
      lang,
      '您已在打印小样上校对文字，同意送下一位。',
      'You have proof-read the copy on the printed sample; it may go on.',
    ),
    sample: { words: both(lang, '登记的小样：A4，今天 10:40 打印', 'On record: A4, printed today 10:40') },
    checklist: checks.map(([id, zh, en]) => ({
      id,
      words: both(lang, zh, en),
      ...(id === 'C-10' ? { lawWords: ['明前'] } : {}),
    })),
    noes: [
      {
        kind: 'return',
        reasons: [
          { value: 'wrongCharacters', label: both(lang, '错漏字', 'Wrong or missing characters') },
          { value: 'law', label: both(lang, '广告法用语', 'Advertising Law wording') },
          { value: 'notAsOrder', label: both(lang, '不符合修改单', 'Not as the revision order says') },
          { value: 'figures', label: both(lang, '数据有误', 'Figures are wrong') },
          { value: 'other', label: both(lang, '其他', 'Other') },
        ],
      },
    ],
    handOver: { kind: 'pick', choices: [{ value: 'p1', label: '苏敏', note: both(lang, '文案总监', 'Copy Chief') }] },
    action: '/a/sample',
    formValues: { decide: 'a', note: 'b', handOver: 'c' },
    typed: {
      ...nothingTyped,
      checklist: {
        'C-06': { answer: 'pass', note: '' },
        'C-07': { answer: 'pass', note: '' },
        'C-10': { answer: 'fail', note: both(lang, '“明前”没有检测报告', 'no test report for the picking date') },
      },
    },
    errors: {},
    ...more,
  };
}

/** The same page come back with mistakes, the fold for sending back open. */
export function wrongView(lang: Lang): DecideView {
  return decideView(lang, {
    errors: {
      reason: both(lang, '请选择原因', 'Please choose a reason'),
      'check.C-08': both(lang, '请检查这一项', 'Please check this point'),
      sample: both(lang, '请确认是在打印小样上核对的', 'Please confirm that you checked the printed sample'),
    },
    remark: both(
      lang,
      '页面放得久了，请再看一眼再签；写下的内容都在',
      'This page was open for long. Please look once more; what you typed is still here',
    ),
    backOpen: true,
    noes: [
      {
        kind: 'refuse',
        reasons: [
          { value: 'unclear', label: both(lang, '指引不清晰', 'Instruction unclear') },
          { value: 'material', label: both(lang, '资料不足', 'Material insufficient') },
        ],
      },
    ],
    typed: {
      ...nothingTyped,
      backWords: both(lang, '<b>请补充</b> 产品照片', 'Please add <b>product photos</b>'),
      missing: both(lang, '产品照片\nLOGO 矢量文件', 'product photos\nlogo as vector'),
    },
  });
}

/** A paper on a client's phone: no checklist, hand-over only as a request. */
export function clientView(lang: Lang): DecideView {
  const { art: _art, sample: _sample, changes: _changes, ...view } = decideView(lang);
  return {
    ...view,
    ...head(lang, 6),
    act: 'confirm',
    side: 'client',
    round: 1,
    version: 1,
    point: both(lang, '估价单确认', 'Estimate'),
    title: both(lang, '夏季主视觉 · 制作估价', 'Summer key visual · production estimate'),
    checklist: [],
    meaning: both(
      lang,
      '同意此估价与时间表，可以开始拍摄与制作。',
      'You agree to this estimate and timetable; shooting and production may start.',
    ),
    paper: {
      title: both(lang, '估价单', 'Production Estimate'),
      printHref: '/story/print',
      lines: [
        { label: both(lang, '工作号', 'Job Number'), value: 'YFLC2026014' },
        { label: both(lang, '有效期至', 'Valid until'), value: '2026-12-31' },
        {
          label: both(lang, '说明', 'Remarks'),
          value: both(lang, '含两天外景，不含模特肖像续期。', 'Two days on location, model renewals excluded.'),
          wide: true,
        },
        {
          label: both(lang, '明细', 'Items'),
          value: {
            columns: [
              both(lang, '项目', 'Item'),
              both(lang, '数量', 'Quantity'),
              both(lang, '金额（元）', 'Amount (CNY)'),
            ],
            rows: [
              [both(lang, '摄影', 'Photography'), '2', '38,000.00'],
              [both(lang, '修图', 'Retouching'), '6', '9,600.00'],
              [both(lang, '灯箱输出', 'Light box print'), '12', '14,400.00'],
            ],
          },
        },
        { label: both(lang, '合计', 'Total'), value: '¥ 62,000.00' },
        {
          label: both(lang, '须客户提供', 'From the client'),
          value: [
            both(lang, '产品样品 20 份', '20 product samples'),
            both(lang, '商标矢量文件', 'logo as vector file'),
          ],
        },
      ],
    },
    noes: [
      {
        kind: 'return',
        reasons: [
          { value: 'price', label: both(lang, '价格', 'Price') },
          { value: 'date', label: both(lang, '时间', 'Timing') },
        ],
      },
    ],
    handOver: { kind: 'ask' },
    typed: nothingTyped,
    due: {
      at: '2026-11-20T08:30:00.000Z',
      when: both(lang, '周五 17:00', 'Fri 17:00'),
      left: both(lang, '已超 3 个工作小时', '3 working hours over'),
      over: true,
    },
  };
}

/** Ends of the road. */
export function afterView(lang: Lang, kind: 'signed' | 'already' | 'old' | 'received'): AfterView {
  const base = head(lang, kind === 'signed' ? 2 : 1);
  if (kind === 'signed') {
    return {
      ...base,
      viewer: { name: '陈默', title: both(lang, '文案', 'Copywriter'), by: 'link' },
      seal: { characters: '已签', tone: 'seal' },
      headline: both(lang, '您已签字', 'You have signed'),
      sentences: [both(lang, '凭证正发往您的邮箱。', 'A receipt is on its way to your mailbox.')],
      facts: [
        { label: both(lang, '时间', 'At'), value: both(lang, '今天 14:12', 'today 14:12') },
        { label: both(lang, '凭证', 'Receipt'), value: both(lang, '第 48 条记录 · 41d0 9ac2', 'entry 48 · 41d0 9ac2') },
        {
          label: both(lang, '现在在', 'It now lies with'),
          value: both(lang, '吴迪 · 美术指导', '吴迪 · Art Director'),
        },
      ],
      pile: [
        {
          href: '#',
          number: 'MQTV2026007',
          title: both(lang, '电视广告 30 秒脚本 · 内部审核', 'TV commercial 30 s script · internal review'),
          due: {
            at: '2026-11-23T08:30:00.000Z',
            when: both(lang, '今天 17:00', 'today 17:00'),
            left: both(lang, '还有 2 个工作小时', '2 working hours left'),
            over: false,
          },
        },
        { href: '#', number: 'HSPP2026003', title: both(lang, '品牌手册改版 · 工作单', 'Brand book · work order') },
      ],
    };
  }
  if (kind === 'received')
    return {
      ...base,
      seal: { characters: '收到', tone: 'manila' },
      headline: both(lang, '已收到，正在记录', 'Received, being recorded'),
      sentences: [
        both(
          lang,
          '您的决定已按 今天 14:12 收下，不会丢失。记录完成后会发凭证给您；这一页可以刷新。',
          'Your decision was taken in at today 14:12 and cannot be lost.',
        ),
      ],
      facts: [],
      reloadHref: '#',
    };
  if (kind === 'already')
    return {
      ...base,
      headline: both(lang, '这一步已经处理过了', 'This step has already been decided'),
      sentences: [
        both(
          lang,
          '您在 今天 14:12 已签字。再按一次不会改变什么。',
          'You signed today 14:12. Pressing again changes nothing.',
        ),
      ],
      facts: [{ label: both(lang, '凭证', 'Receipt'), value: both(lang, '第 48 条记录', 'entry 48') }],
    };
  return {
    ...base,
    headline: both(lang, '这是第 1 轮的链接', 'This link is for round 1'),
    sentences: [both(lang, '现在是第 2 轮，旧链接不能再签。', 'It is now round 2; the old link cannot sign any more.')],
    facts: [],
    resend: { action: '/a/sample', formValue: 'd' },
  };
}
