import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StackFailure } from '../stack/failure.ts';
import { takeFolder } from '../stack/leftovers.ts';
import type { StackPorts } from '../stack/stack.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that lead out of a rehearsal, and what each would reach. */
const leadsOut: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  SMTP_URL: {
    zh: '排练的邮件只进自己的收件箱，不会寄给真人',
    en: 'a rehearsal mails into an inbox of its own and to nobody real',
  },
  TEMPORAL_ADDRESS: {
    zh: '排练用自己的可快进引擎',
    en: 'a rehearsal has an engine of its own, whose clock can be moved',
  },
  TEMPORAL_API_KEY: {
    zh: '排练用自己的可快进引擎',
    en: 'a rehearsal has an engine of its own, whose clock can be moved',
  },
  MONGODB_URI: { zh: '排练用自己的数据', en: 'a rehearsal has data of its own' },
  BLOBS_S3_BUCKET: { zh: '排练的文件留在自己的文件夹里', en: 'a rehearsal keeps its files in its own folder' },
};

/** Refuses surroundings in which a rehearsal would reach something real. Throws StackFailure that names every such setting. */
export function refuseTheReal(env: Environment): void {
  const set = Object.entries(leadsOut).filter(([name]) => (env[name] ?? '').trim() !== '');
  if (set.length === 0) return;
  throw new StackFailure(
    set
      .map(
        ([name, why]) =>
          `${name} 已设置：${why.zh}。请去掉这个设置再排练。\n` +
          `${name} is set, but ${why.en}. Start the rehearsal without that setting.`,
      )
      .join('\n'),
  );
}

/** Where a rehearsal listens unless told otherwise: beside a house that runs on the usual ports. */
const usualPorts = {
  HTTP_PORT: 8090,
  JOBBAG_ENGINE_PORT: 7243,
  JOBBAG_DOCUMENTS_PORT: 27027,
  JOBBAG_POSTGRES_PORT: 54339,
  JOBBAG_SMTP_PORT: 1035,
  JOBBAG_INBOX_PORT: 8035,
} as const;

/** Ports of a rehearsal: the settings of the stack, with other numbers where they say nothing. Throws StackFailure for what is no port. */
export function rehearsalPorts(env: Environment): Omit<StackPorts, 'ui'> & { readonly http: number } {
  const port = (name: keyof typeof usualPorts): number => {
    const text = (env[name] ?? '').trim();
    if (text === '') return usualPorts[name];
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
      throw new StackFailure(
        `${name} 必须是 0 到 65535 的整数（0 为任意空闲端口）。\n${name} must be a whole number from 0 to 65535 (0 takes any free port).`,
      );
    }
    return Number(text);
  };
  return {
    http: port('HTTP_PORT'),
    engine: port('JOBBAG_ENGINE_PORT'),
    documents: port('JOBBAG_DOCUMENTS_PORT'),
    postgres: port('JOBBAG_POSTGRES_PORT'),
    smtp: port('JOBBAG_SMTP_PORT'),
    inbox: port('JOBBAG_INBOX_PORT'),
  };
}

/** Lies in every folder that a rehearsal made; a folder without it is never emptied. */
const markName = 'rehearsal.txt';
const markText =
  '排练用的文件夹：每次排练开始时清空。\nFolder of a rehearsal (npm run rehearse): emptied at the start of each.\n';

/**
 * Makes the folder of a rehearsal, or empties the one of the last. A folder that holds anything else is refused and left
 * as it is, and so is one on which another rehearsal runs.
 */
export async function freshFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const names = await readdir(dataDir);
  if (names.length > 0 && !names.includes(markName)) {
    throw new StackFailure(
      `${dataDir} 里有不属于排练的内容，没有动它。请用 JOBBAG_DATA_DIR 指定另一个文件夹。\n` +
        `${dataDir} holds something that is no rehearsal and was left as it is. Name another folder with JOBBAG_DATA_DIR.`,
    );
  }
  await writeFile(join(dataDir, markName), markText);
  // What a killed rehearsal left running is ended first; it would write into the new one.
  const giveBack = [
    await takeFolder(join(dataDir, 'run'), dataDir),
    await takeFolder(join(dataDir, 'engine', 'run'), dataDir),
  ];
  for (const name of names.filter((one) => one !== markName && one !== 'run' && one !== 'engine'))
    await rm(join(dataDir, name), { recursive: true, force: true });
  for (const give of giveBack) await give();
}
