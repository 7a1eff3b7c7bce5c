import sharp from 'sharp';

/** A drawn poster as PNG, so that pictures of pages have something to show. */
export async function poster(slogan: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="760" viewBox="0 0 1200 760">
  <rect width="1200" height="760" fill="#dfe9dd"/><circle cx="910" cy="240" r="130" fill="#f2dfae"/>
  <path d="M0 600 C150 460 330 560 520 560 S860 340 1200 480 V760 H0z" fill="#82a68a"/>
  <path d="M0 680 C260 580 480 690 700 640 S1030 500 1200 640 V760 H0z" fill="#4d7d62"/>
  <text x="90" y="190" font-family="Noto Serif CJK SC" font-size="84" font-weight="700" fill="#173a2a">${slogan}</text>
  <text x="92" y="262" font-family="Noto Sans CJK SC" font-size="34" fill="#23513b">云峰绿茶 · 明前春采</text></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
