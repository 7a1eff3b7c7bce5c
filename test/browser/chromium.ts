import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/**
 * Makes sure there is a Chromium with Chinese fonts: the machine's own, else Debian's packages where we may install them.
 * Two test files asking at once wait for one another; whoever comes second finds it there.
 */
async function present(): Promise<void> {
  const lock = join(tmpdir(), 'jobbag-chromium-install');
  for (let tries = 0; !existsSync(path); tries += 1) {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
      throw new Error(
        'No Chromium was found. Install one (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.',
      );
    }
    try {
      mkdirSync(lock);
    } catch {
      if (tries > 600)
        throw new Error(`Another process has been installing Chromium for ten minutes; remove ${lock} if it died.`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      continue;
    }
    try {
      console.log('installing Chromium and Chinese fonts (once)');
      execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], {
        stdio: 'ignore',
      });
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}

/** Starts Chromium, quiet: nothing leaves the machine. */
export async function startChromium(): Promise<Browser> {
  await present();
  return chromium.launch({
    executablePath: path,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
