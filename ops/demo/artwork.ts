import sharp from 'sharp';

/** Two greens and a sun for each job, so that the boards are told apart at a glance. */
const palettes = [
  ['#dfe9dc', '#7fa487', '#4d7d62', '#f3e3b0', '#c0331f'],
  ['#f1e4d6', '#c99a6b', '#8a5a3a', '#f7d9a8', '#7a2e1d'],
  ['#dce6ef', '#7d9fbf', '#3f668c', '#f2ead0', '#2b4a66'],
  ['#efe0e6', '#c58aa0', '#84455f', '#f6dfc0', '#5e2740'],
] as const;

/** A poster drawn from nothing but shapes: no font of the machine is needed. Returns PNG bytes. */
export async function posterPng(seed: number, version: number): Promise<Buffer> {
  const [sky, near, far, sun, ink] = palettes[seed % palettes.length] ?? palettes[0];
  const lift = version * 14;
  const strokes = version > 1 ? '' : `<rect x="170" y="78" width="64" height="10" fill="${ink}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1600" viewBox="0 0 600 800">
    <rect width="600" height="800" fill="${sky}"/><circle cx="${440 - seed * 9}" cy="${220 - lift}" r="92" fill="${sun}"/>
    <path d="M0 560 C120 ${430 - lift} 210 500 300 440 S480 350 600 470 V800 H0Z" fill="${near}"/>
    <path d="M0 640 C150 540 260 640 380 570 S540 530 600 590 V800 H0Z" fill="${far}"/>
    <g fill="${ink}"><rect x="48" y="60" width="96" height="16"/><rect x="48" y="86" width="180" height="16"/>${strokes}<rect x="48" y="118" width="120" height="6" opacity=".6"/></g>
    <rect x="486" y="724" width="66" height="32" rx="4" fill="${ink}"/>${version > 1 ? `<circle cx="560" cy="726" r="7" fill="none" stroke="${ink}" stroke-width="2"/>` : ''}
  </svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer();
}
