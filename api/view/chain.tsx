import type { JSX } from 'preact';
import type { Lang } from './lang.ts';
import { words } from './words/index.ts';

/** Where one signature of the chain stands. */
export type SealState = 'signed' | 'here' | 'back' | 'waiting' | 'notApplicable';

/** One seal: the role's character, the role in words, and where it stands. */
export interface Seal {
  readonly seal: string;
  readonly title: string;
  readonly state: SealState;
  /** Who signed or holds it, shown under the large seal. */
  readonly who?: string;
  /** Steps that run side by side share a number. */
  readonly branch?: number;
}

const stateKey = {
  signed: 'signed',
  here: 'here',
  back: 'sentBack',
  waiting: 'waiting',
  notApplicable: 'notApplicable',
} as const satisfies Record<SealState, string>;

/** The chain in one sentence, for those who hear the page and for tooltips. */
export function chainInWords(seals: readonly Seal[], lang: Lang): string {
  const t = words(lang);
  const parts = seals.map((seal) =>
    lang === 'en' ? `${seal.title}: ${t(stateKey[seal.state])}` : `${seal.title}${t(stateKey[seal.state])}`,
  );
  const at = seals.findIndex(({ state }) => state === 'here' || state === 'back');
  const where = at < 0 ? '' : t('stepOf', { n: at + 1, of: seals.length });
  return lang === 'en'
    ? [where, parts.join(', ')].filter(Boolean).join('. ')
    : [where, parts.join('、')].filter(Boolean).join('：');
}

/** The chain of seals, the one picture every screen shares: large on the approver's page, tiny (in ink) on a card. */
export function Chain({
  seals,
  lang,
  size = 'large',
}: {
  seals: readonly Seal[];
  lang: Lang;
  size?: 'large' | 'tiny';
}): JSX.Element | null {
  if (seals.length === 0) return null;
  const spoken = chainInWords(seals, lang);
  if (size === 'tiny') {
    return (
      <span class="chain chain-tiny" role="img" aria-label={spoken} title={spoken}>
        {seals.map(({ state }) => (
          <span class={`seal seal-${state}`} />
        ))}
      </span>
    );
  }
  const t = words(lang);
  return (
    <ol class="chain" aria-label={t('chain')}>
      {seals.map((seal) => (
        <li class={`link link-${seal.state}`} aria-current={seal.state === 'here' ? 'step' : undefined}>
          <span class={`seal seal-${seal.state}`} aria-hidden="true">
            {seal.seal}
          </span>
          <span class="link-title">
            {seal.title}
            <span class="hidden">
              {lang === 'en' ? `: ${t(stateKey[seal.state])}` : `：${t(stateKey[seal.state])}`}
            </span>
          </span>
          {seal.who ? <span class="link-who">{seal.who}</span> : null}
        </li>
      ))}
    </ol>
  );
}

/** The big seal that falls on the page when a signature is accepted; says the same in words to screen readers. */
export function BigSeal({
  characters,
  label,
  tone = 'seal',
}: {
  characters: string;
  label: string;
  tone?: 'seal' | 'ink' | 'manila';
}): JSX.Element {
  const [first = '', second = ''] = [...characters];
  return (
    <svg
      class={`big-seal big-seal-${tone}`}
      viewBox="0 0 120 120"
      width="120"
      height="120"
      role="img"
      aria-label={label}
    >
      <rect class="seal-block" x="4" y="4" width="112" height="112" rx="14" />
      <rect class="seal-rim" x="11" y="11" width="98" height="98" rx="9" />
      <text class="seal-text" x="60" y="56" text-anchor="middle">
        {first}
      </text>
      <text class="seal-text" x="60" y="100" text-anchor="middle">
        {second}
      </text>
    </svg>
  );
}
