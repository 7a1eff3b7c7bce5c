import type { Role } from '../people/roles.ts';
import type { Words } from '../process.ts';
import { meetingChecks, minutesChecks } from './meeting-checks.ts';

/** One item of a checklist; it is answered pass, fail or not applicable. */
export interface CheckItem extends Words {
  readonly id: string;
  /** Title that answers it at its step. */
  readonly role: Role;
  /** What it belongs to. */
  readonly of: 'qc' | 'workOrder' | 'proposal' | 'minutes' | 'meeting';
}

const qc = (id: string, role: Role, zh: string, en: string): CheckItem => ({ id, role, zh, en, of: 'qc' });
const order = (id: string, zh: string, en: string): CheckItem => ({
  id,
  role: 'ACCOUNT_EXECUTIVE',
  zh,
  en,
  of: 'workOrder',
});
const pack = (id: string, zh: string, en: string): CheckItem => ({
  id,
  role: 'ACCOUNT_EXECUTIVE',
  zh,
  en,
  of: 'proposal',
});

/** The checks of the house: artwork and proof QC in signing order, the work order, minutes, the proposal package, meetings (§6). */
export const checkItems: readonly CheckItem[] = [
  qc(
    'C-01',
    'ARTIST',
    '已出小样（A4 或以上），以后各步都在小样上检查',
    'A printed small sample of A4 or larger was made; every later step is checked on it',
  ),
  qc(
    'C-02',
    'ARTIST',
    '规格、尺寸、色彩符合工作单与媒介要求',
    'Specification, size and colour agree with the order and with the medium’s requirements',
  ),
  qc('C-03', 'ARTIST', '必要元素已放置（标志、广告口号）', 'Mandatory elements are placed (logo, slogan)'),
  qc('C-04', 'ARTIST', '图片精度足够，产品照片无误', 'Pictures are sharp enough and product photos are right'),
  qc('C-05', 'ARTIST', '修改意见已全部执行', 'Every opinion of the revision order was carried out'),
  qc('C-06', 'COPYWRITER', '无错漏字', 'No wrong or missing characters'),
  qc('C-07', 'COPYWRITER', '行末无断字', 'No words broken at the end of a line'),
  qc('C-08', 'COPYWRITER', '标点符号正确', 'Punctuation is right'),
  qc('C-09', 'COPYWRITER', '文案到位、清晰明白', 'The copy says what it must, clearly'),
  qc('C-10', 'COPYWRITER', '无违反广告法的语句或词语', 'No wording against the Advertising Law'),
  qc('C-11', 'COPYWRITER', '数据、价格、联系方式无误', 'Figures, prices and contact data are right'),
  qc('C-12', 'ART_DIRECTOR', '透视正确', 'The perspective is right'),
  qc('C-13', 'ART_DIRECTOR', '小样颜色无偏差', 'Colours on the printed sample are as intended'),
  qc('C-14', 'ART_DIRECTOR', '版面和整体画面与确认稿一致', 'Layout and whole picture agree with the approved draft'),
  qc('C-15', 'ART_DIRECTOR', '工艺合适', 'The process suits the piece'),
  qc('C-16', 'CREATIVE_DIRECTOR', '整体创意呈现与确认的创意一致', 'The idea comes across as a whole, as approved'),
  qc('C-17', 'CREATIVE_DIRECTOR', '合乎创意简报与品牌策略', 'It follows creative brief and brand strategy'),
  qc('C-18', 'CREATIVE_DIRECTOR', '公司对作品有信心', 'The agency stands behind the work'),
  qc(
    'C-19',
    'CREATIVE_DIRECTOR',
    '前序签字齐全且为同一版本',
    'The signatures before are complete and on the same version',
  ),
  qc('C-20', 'ACCOUNT_EXECUTIVE', '前序签字齐全', 'The signatures before are complete'),
  qc('C-21', 'ACCOUNT_EXECUTIVE', '已校对', 'Proof-read'),
  qc('C-22', 'ACCOUNT_EXECUTIVE', '数据无误，合计已核算', 'Figures are right and sums added up'),
  qc('C-23', 'ACCOUNT_EXECUTIVE', '产品照片、资料无误', 'Product photos and supporting material are right'),
  qc('C-24', 'ACCOUNT_EXECUTIVE', '规格合乎媒介刊播要求', 'The specification meets the medium’s requirements'),
  qc('C-25', 'ACCOUNT_EXECUTIVE', '符合工作要求或修改要求', 'It meets the work order or the revision order'),
  qc(
    'C-26',
    'ACCOUNT_EXECUTIVE',
    '必要元素无缺漏，如标志、广告口号',
    'No mandatory element is missing, such as logo or slogan',
  ),
  qc('C-27', 'ACCOUNT_EXECUTIVE', '能配合工作进度', 'It fits the work schedule'),
  qc(
    'C-28',
    'ACCOUNT_EXECUTIVE',
    '文案到位、清晰，不违反广告法',
    'The copy is in place, clear, and keeps the Advertising Law',
  ),
  qc('C-29', 'ACCOUNT_EXECUTIVE', '无错漏字、断字', 'No wrong or missing characters, no broken words'),
  qc('C-30', 'ACCOUNT_EXECUTIVE', '透视正确', 'The perspective is right'),
  qc('C-31', 'ACCOUNT_EXECUTIVE', '其他发现（可自行补充）', 'Further findings (the list is open)'),
  qc(
    'C-32',
    'ACCOUNT_DIRECTOR',
    '本版本签字与客户主任清单齐全',
    'Signatures and the account executive’s checklist are complete on this version',
  ),
  qc('C-33', 'ACCOUNT_DIRECTOR', '费用在估价之内，进度稳妥', 'Cost is inside the estimate, timing is safe'),
  qc('C-34', 'ACCOUNT_DIRECTOR', '收件人为客户项目负责人', 'The recipient is the client’s project lead'),
  qc('C-35', 'CLIENT_LEAD', '客户确认内容并签字', 'The client confirms the content and signs'),
  qc('C-36', 'CLIENT_LEAD', '客户已签收光盘', 'The client received the disc'),
  order('C-42', '工作单各项均已填写', 'Every field of the work order is filled in'),
  order('C-43', '有规格的工作已写明规格与预算', 'Work that has a size states specification and budget'),
  order('C-44', '资料齐全', 'Material is complete'),
  order(
    'C-45',
    '电视广告、主视觉、形象稿件、新广告创作已有创意简报',
    'TV commercial, key visual, image ad and new ad have their creative brief',
  ),
  order('C-46', '已与创作组沟通且无异议', 'The team talk was held without objection'),
  order('C-47', '工作进度表已做好并获接受', 'The timetable is made and accepted'),
  ...minutesChecks.map((item) => ({ ...item, role: 'ACCOUNT_EXECUTIVE', of: 'minutes' }) as const),
  pack('C-55', '方案备有一套打印稿，供客户呈报高层', 'The plan has a printed set for the client’s senior management'),
  pack('C-56', '备有电子版', 'There is an electronic version'),
  pack(
    'C-57',
    '每件创意注明类型、规格、色彩、建议工艺',
    'Every creative item states type, specification, colour and suggested process',
  ),
  pack('C-58', '报刊广告、海报、终端物料已上表板', 'Press ads, posters and point-of-sale pieces are on boards'),
  pack('C-59', '宣传册备有样板', 'Brochures come as a dummy'),
  pack('C-60', '电视广告附小脚本', 'TV commercials come with a small script'),
  pack('C-61', '方案各部分齐全', 'All modules of the plan are there'),
  pack('C-62', '数据引用、画面、文字已核对', 'Quoted data, pictures and wording are checked'),
  pack('C-63', '内部意见一致', 'The agency agrees inside'),
  ...meetingChecks.map((item) => ({ ...item, role: 'ACCOUNT_EXECUTIVE', of: 'meeting' }) as const),
];

const byId = new Map(checkItems.map((item) => [item.id, item]));

/** A check item by its id; undefined when the house has none of this id. */
export function checkItem(id: string): CheckItem | undefined {
  return byId.get(id);
}

/** The QC items of one title, in order. */
export function qcItemsOf(role: Role): readonly CheckItem[] {
  return checkItems.filter((item) => item.of === 'qc' && item.role === role);
}
