import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StackFailure, wordsOf } from './failure.ts';
import { ensureInstalled, isRoot, runTool } from './tool.ts';
import { versions } from './versions.ts';

/**
 * Fills a folder with Debian packages and all they depend on, from the first suite that has them.
 *
 * The packages are unpacked, not installed: none of their scripts runs, the system is not touched, and no container or
 * mount is needed, so it works in a plain container and, with mmdebstrap installed, for a user who is not root.
 */
export async function extractDebian(folder: string, packages: readonly string[]): Promise<void> {
  const mmdebstrap = await ensureInstalled(
    'mmdebstrap',
    'mmdebstrap',
    'It unpacks Debian packages into a private folder. Install it (Debian and Ubuntu: apt-get install mmdebstrap debian-archive-keyring), or give the part itself by its address.',
  );
  const reasons: string[] = [];
  for (const suite of versions.debianSuites) {
    try {
      await runTool(mmdebstrap, [
        '--quiet',
        // Without root the packages can only be unpacked, which is all that is wanted; mmdebstrap insists on a mode.
        `--mode=${isRoot() ? 'root' : 'chrootless'}`,
        '--variant=extract',
        '--format=directory',
        // A mirror that is kept as it was on some day has a release file past its date; signatures are still checked.
        '--aptopt=Acquire::Check-Valid-Until "false"',
        '--aptopt=Acquire::Retries "3"',
        `--include=${packages.join(',')}`,
        suite,
        folder,
      ]);
      await slim(folder);
      return;
    } catch (error) {
      reasons.push(`${suite}: ${wordsOf(error)}`);
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    }
  }
  throw new StackFailure(`Debian's packages ${packages.join(', ')} could not be had. ${reasons.join(' ')}`);
}

/** Documentation and translations are a sixth of it, and nobody reads them there. */
async function slim(folder: string): Promise<void> {
  for (const name of [
    'usr/share/doc',
    'usr/share/man',
    'usr/share/locale',
    'usr/share/i18n',
    'var/cache',
    'var/lib/apt',
    'dev',
  ]) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
