/**
 * Wording the Advertising Law forbids or that authorities often take offence at: superlatives and absolutes (art. 9),
 * state organs, guarantees, cures. A hit is no verdict; a person resolves it (R-81, S-87).
 */
export const lawWords = [
  // Superlatives
  '最佳',
  '最好',
  '最优',
  '最优秀',
  '最优质',
  '最大',
  '最高',
  '最高级',
  '最高档',
  '最低',
  '最低价',
  '最便宜',
  '最新',
  '最新科技',
  '最先进',
  '最先进科学',
  '最先',
  '最早',
  '最受欢迎',
  '最舒适',
  '最时尚',
  '最奢侈',
  '最强',
  '最具',
  '最爱',
  '最赚',
  '最符合',
  '最安全',
  '最环保',
  '最后一波',
  '史上最',
  '之最',
  '最',
  // First, only, number one
  '第一',
  '全国第一',
  '全网第一',
  '销量第一',
  '排名第一',
  '唯一',
  '独一无二',
  '仅此一家',
  '首个',
  '首选',
  '首家',
  '首款',
  '首发',
  '全国首',
  '国内首',
  'NO.1',
  'No.1',
  'TOP1',
  'TOP 1',
  '第1名',
  '冠军',
  '一流',
  '仅此一次',
  // Levels
  '国家级',
  '全球级',
  '宇宙级',
  '世界级',
  '顶级',
  '顶尖',
  '顶端',
  '尖端',
  '极品',
  '极致',
  '极佳',
  '绝佳',
  '绝对',
  '绝无仅有',
  '终极',
  '至尊',
  '至上',
  '巅峰',
  '高峰',
  '王牌',
  '王者',
  '之王',
  '霸主',
  '领袖',
  '领袖品牌',
  '领导者',
  '领导品牌',
  '缔造者',
  '创领',
  '领先上市',
  '遥遥领先',
  '世界领先',
  '全国领先',
  '行业领先',
  '大牌',
  '金牌',
  '名牌',
  '奢侈',
  '优秀',
  '资深',
  '著名',
  '驰名',
  '中国驰名商标',
  '空前绝后',
  '史无前例',
  '前无古人',
  '万能',
  '百分之百',
  '100%',
  '完美',
  '无敌',
  // State and authority
  '国家领导人',
  '国家机关',
  '国家推荐',
  '国家认可',
  '国家免检',
  '质量免检',
  '免抽检',
  '特供',
  '专供',
  '特效',
  '中央',
  '人民大会堂',
  '国宴',
  '国酒',
  '军队专用',
  '老字号',
  '权威',
  '专家推荐',
  '机关专用',
  // Guarantees and cures
  '保证',
  '保本',
  '无风险',
  '零风险',
  '稳赚',
  '包治',
  '根治',
  '治愈',
  '痊愈',
  '药到病除',
  '无副作用',
  '零副作用',
  '无效退款',
  '永久',
  '永不',
  '立竿见影',
  '祖传',
  '秘方',
  '升值价值',
  '投资回报',
  // Pressure
  '错过不再',
  '点击领奖',
  '再不抢就没了',
  '抢疯了',
  '随时涨价',
  '马上降价',
] as const;

/** A place in a text where the list finds something. `at` counts UTF-16 units of the text as it stands. */
export interface LawHit {
  readonly word: string;
  readonly at: number;
  /** The hit with a few signs around it, for the person who resolves it. */
  readonly around: string;
}

// Everyday words that only look like a hit: 最近 recently, 最后 finally, 保证金 deposit …
const harmless = [
  '最近',
  '最后',
  '最终',
  '最初',
  '第一时间',
  '第一章',
  '第一步',
  '第一页',
  '第一期',
  '第一季',
  '绝对值',
  '保证金',
  '首发日',
  '优秀奖',
];

const bySize = [...lawWords].sort((a, b) => b.length - a.length);

// Letters and digits count the same whatever their width or case, each still one sign, so places stay true.
function evened(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const code = text.charCodeAt(index);
    const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : text.charAt(index);
    const upper = narrow.toUpperCase();
    return upper.length === 1 ? upper : narrow;
  }).join('');
}

const prepared = bySize.map((word) => ({ word, even: evened(word) }));

// Cutting may halve a sign outside the basic plane; a half is dropped.
function around(text: string, from: number, to: number): string {
  return text.slice(Math.max(0, from - 6), to + 6).replace(/^\p{Surrogate}|\p{Surrogate}$/gu, '');
}

/**
 * Where a text holds wording to be resolved by a person, longest match first, at most 200 places. A hit inside a
 * harmless word is left out. The same text always gives the same hits.
 */
export function lawHits(text: string): readonly LawHit[] {
  const even = evened(text);
  const hits: LawHit[] = [];
  for (let at = 0; at < even.length && hits.length < 200;) {
    const calm = harmless.find((word) => even.startsWith(word, at));
    const found = prepared.find(({ even: word }) => even.startsWith(word, at));
    if (calm !== undefined && calm.length >= (found?.even.length ?? 0)) {
      at += calm.length;
      continue;
    }
    if (found === undefined) {
      at += 1;
      continue;
    }
    const end = at + found.even.length;
    hits.push({ word: text.slice(at, end), at, around: around(text, at, end) });
    at = end;
  }
  return hits;
}
