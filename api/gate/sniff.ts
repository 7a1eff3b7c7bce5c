/** Kinds of files people look at in the browser; everything else is an attachment. */
export type Viewable = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'application/pdf' | 'video/mp4';

/** How many first bytes are enough to tell. */
export const sniffBytes = 512;

const byEnding: Readonly<Record<string, Viewable>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
};

/** What a file's first bytes say it is; undefined for anything that is not looked at in the browser. */
export function sniff(head: Buffer): Viewable | undefined {
  const latin = head.toString('latin1');
  if (latin.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (latin.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (latin.startsWith('GIF87a') || latin.startsWith('GIF89a')) return 'image/gif';
  if (latin.startsWith('RIFF') && latin.slice(8, 12) === 'WEBP') return 'image/webp';
  if (latin.startsWith('%PDF-')) return 'application/pdf';
  if (latin.slice(4, 8) === 'ftyp') return 'video/mp4';
  return undefined;
}

/** What a file's name says it is; undefined when the ending promises nothing we look at. */
export function promisedBy(name: string): Viewable | undefined {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase();
  return ending === undefined || !Object.hasOwn(byEnding, ending) ? undefined : byEnding[ending];
}

/** The media type a file is kept with, or undefined when its name promises what its bytes do not hold. */
export function agreedType(name: string, head: Buffer): string | undefined {
  const promised = promisedBy(name);
  const found = sniff(head);
  if (promised !== undefined) return promised === found ? promised : undefined;
  return 'application/octet-stream';
}
