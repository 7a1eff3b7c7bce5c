import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** A picture of a page with what stands below it on the sheet. */
export interface Shot {
  readonly file: string;
  readonly label: string;
}

/** How pictures of one width are laid out: columns and rows of a sheet, and the box each is cut to, in pixels. */
interface Layout {
  readonly across: number;
  readonly down: number;
  readonly width: number;
  readonly height: number;
}

const gap = 12;
const caption = 22;
const layouts: Readonly<Record<'phone' | 'desk', Layout>> = {
  phone: { across: 4, down: 1, width: 265, height: 1040 },
  desk: { across: 2, down: 2, width: 542, height: 510 },
};

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/**
 * Lays pictures side by side on contact sheets, so that a whole product is seen in a few looks. A long page is cut at the
 * bottom; its whole picture lies in the folder. Answers the files it wrote.
 */
export async function layOut(
  shots: readonly Shot[],
  kind: keyof typeof layouts,
  folder: string,
  name: string,
): Promise<readonly string[]> {
  const { across, down, width, height } = layouts[kind];
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (let from = 0; from < shots.length; from += across * down) {
    const here = shots.slice(from, from + across * down);
    const pieces = await Promise.all(
      here.map(async ({ file, label }, n) => {
        const shrunk = await sharp(file).resize({ width }).png().toBuffer({ resolveWithObject: true });
        const cut = Math.min(shrunk.info.height, height);
        const input = await sharp(shrunk.data).extract({ left: 0, top: 0, width, height: cut }).png().toBuffer();
        const words = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(caption)}"><text x="2" y="16" font-size="14" font-family="sans-serif">${escaped(label)}${cut < shrunk.info.height ? ' …' : ''}</text></svg>`;
        const left = gap + (n % across) * (width + gap);
        const top = gap + Math.floor(n / across) * (height + caption + gap);
        return [
          { input: Buffer.from(words), left, top },
          { input, left, top: top + caption },
        ];
      }),
    );
    const file = join(folder, `${name}-${String(files.length + 1).padStart(2, '0')}.png`);
    await sharp({
      create: {
        width: gap + across * (width + gap),
        height: gap + down * (height + caption + gap),
        channels: 3,
        background: '#9aa0a6',
      },
    })
      .composite(pieces.flat())
      .png({ palette: true, compressionLevel: 9 })
      .toFile(file);
    files.push(file);
  }
  return files;
}
