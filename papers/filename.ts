import { codePoints } from './text.ts';

/** What a file name states (§8.1). */
export interface FileNameParts {
  /** The day, `YYYY-MM-DD` or an instant that begins with it (give the day of the agency's zone). */
  readonly date: string;
  readonly project: string;
  /** The 类型, e.g. 工作单 or 完稿. */
  readonly type: string;
  readonly version?: number;
  /** Without the dot. */
  readonly ext: string;
}

// The underscore separates the parts, so no part may hold one.
// File systems count bytes; 255 is the narrowest limit in use, and the other parts need about a third.
const projectBytesMax = 150;
const forbidden = /[_/\\:*?"<>|\s\p{Cc}\p{Default_Ignorable_Code_Point}]+/gu;

function safe(part: string): string {
  return part
    .normalize('NFC')
    .replace(forbidden, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
}

function clip(part: string, bytesMax: number): string {
  let kept = '';
  let bytes = 0;
  for (const sign of part) {
    bytes += Buffer.byteLength(sign);
    if (bytes > bytesMax) break;
    kept += sign;
  }
  return kept;
}

/**
 * The name of a file: `YYYYMMDD_项目名称_类型[_Vn].ext`, e.g. `20250312_云峰绿茶春季海报_完稿_V2.ai` (§8.1).
 * Characters no file system takes, and spaces, become `-`. Throws RangeError without a day.
 */
export function fileName(parts: FileNameParts): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(parts.date);
  if (day === null) throw new RangeError(`not a day: ${JSON.stringify(parts.date.slice(0, 40))}`);
  const project = clip(safe(parts.project), projectBytesMax) || '项目';
  const type = clip(safe(parts.type), 60) || '文件';
  const version = parts.version === undefined ? '' : `_V${parts.version}`;
  const ext =
    parts.ext
      .toLowerCase()
      .replace(/[^a-z0-9]/gu, '')
      .slice(0, 8) || 'bin';
  return `${day[1]}${day[2]}${day[3]}_${project}_${type}${version}.${ext}`;
}

/** What a person is shown as the pattern to follow when a name is refused. */
export const fileNamePattern = '20250312_云峰绿茶春季海报_完稿_V2.ai';

/** Whether a file name states date, project and type in the order of the house. */
export function isFileName(name: string): boolean {
  return codePoints(name) <= 255 && /^\d{8}_[^_/\\:*?"<>|\s]+(_[^_/\\:*?"<>|\s]+)+\.[A-Za-z0-9]{1,8}$/u.test(name);
}
