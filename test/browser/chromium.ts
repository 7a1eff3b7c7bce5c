import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Starts the machine's own Chromium, quiet: nothing leaves the machine. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
