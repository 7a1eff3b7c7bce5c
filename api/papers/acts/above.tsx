import type { JSX } from 'preact';
import { standardCases } from '../../../domain/cases/standard.ts';
import { archiveGaps } from '../../../domain/job/closing.ts';
import { packageGaps, unreleased } from '../../../domain/job/proposal.ts';
import { openOpinions } from '../../../domain/job/proposal.ts';
import type { JobState } from '../../../domain/job/state.ts';
import { opinionWords } from '../../../domain/wording/states.ts';
import { isFieldKey, fieldWords } from '../../../domain/wording/fields.ts';
import { itemProblemWords } from '../../../domain/wording/presentation.ts';
import { isFormId, paperWords } from '../../../domain/wording/papers.ts';
import { circulationWords } from '../../../domain/wording/points.ts';
import { casePath, type CaseRow } from '../../../store/cases.ts';
import { pick, type Lang } from '../../view/lang.ts';
import { Notice } from '../../view/parts.tsx';
import { words } from '../../view/words/index.ts';
import { actPageWords } from './words.ts';

/** One thing that is missing, with the page where it can be mended. */
interface Gap {
  readonly text: string;
  readonly href?: string;
}

function archiveGap(gap: string, base: string, lang: Lang): Gap {
  const t = words(lang, actPageWords);
  const [kind = '', ...rest] = gap.split(':');
  const name = rest.join(':');
  if (isFormId(kind))
    return { text: pick(paperWords(gap), lang), href: `${base}/papers/${encodeURIComponent(gap)}/edit` };
  switch (kind) {
    case 'artwork':
      return { text: t('artworkGap', { name }) };
    case 'proof':
      return { text: t('proofGap', { name }) };
    case 'piece':
      return { text: t('pieceGap'), href: `${base}/acts/addPiece` };
    case 'evaluation':
      return { text: t('evaluationGap'), href: `${base}/papers/F-54/edit` };
    case 'circulation':
      return { text: t('circulationGap', { name: pick(circulationWords(name), lang) }) };
    default:
      return { text: gap };
  }
}

function packageGap(gap: string, base: string, lang: Lang): Gap {
  if (isFormId(gap)) return { text: pick(paperWords(gap), lang), href: `${base}/papers/${gap}/edit` };
  const item = itemProblemWords(gap);
  if (item) return { text: pick(item, lang), href: `${base}/papers/F-20/edit` };
  return { text: isFieldKey(gap) ? pick(fieldWords[gap], lang) : gap, href: `${base}/papers/F-19/edit` };
}

function Gaps({ title, none, gaps }: { title: string; none: string; gaps: readonly Gap[] }): JSX.Element {
  if (gaps.length === 0) return <Notice kind="accepted" title={none} />;
  return (
    <Notice kind="remark" title={title}>
      <ul>
        {gaps.map((gap) => (
          <li>{gap.href ? <a href={gap.href}>{gap.text}</a> : gap.text}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What of a job runs beside it: its archive does not wait for that, and nobody should forget it (S-46). */
function Beside({ cases, lang }: { readonly cases: readonly CaseRow[]; readonly lang: Lang }): JSX.Element | null {
  if (cases.length === 0) return null;
  const t = words(lang, actPageWords);
  const kindOf = ({ kind }: CaseRow): string => {
    const known = standardCases[kind];
    return known === undefined ? kind : pick(known.title, lang);
  };
  return (
    <Notice kind="remark" title={t('besideTitle')}>
      <p>{t('besideLead')}</p>
      <ul>
        {cases.map((one) => (
          <li>
            {kindOf(one)}: <a href={casePath(one._id)}>{one.title}</a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/**
 * What stands above the form of an act: what is missing, or what it is about; `beside` is what of the job runs beside it.
 * Undefined where there is nothing to show.
 */
export function aboveAct(
  act: string,
  state: JobState,
  base: string,
  lang: Lang,
  beside: readonly CaseRow[],
): JSX.Element | undefined {
  const t = words(lang, actPageWords);
  switch (act) {
    case 'archive':
      return (
        <>
          <Gaps
            title={t('gapsTitle')}
            none={t('gapsNone')}
            gaps={archiveGaps(state).map((gap) => archiveGap(gap, base, lang))}
          />
          <Beside cases={beside} lang={lang} />
        </>
      );
    case 'internalAgreement': {
      const drafts = unreleased(state);
      const gaps = [
        ...packageGaps(state).map((gap) => packageGap(gap, base, lang)),
        ...(drafts.length > 0 ? [{ text: t('unreleased', { names: drafts.join(lang === 'en' ? ', ' : '、') }) }] : []),
      ];
      return <Gaps title={t('packageTitle')} none={t('packageNone')} gaps={gaps} />;
    }
    case 'answerOpinion': {
      const open = openOpinions(state);
      if (open.length === 0) return undefined;
      return (
        <ul class="opinions" aria-label={t('opinions')}>
          {open.map((one) => (
            <li>
              <span class="chip">{pick(opinionWords[one.kind], lang)}</span> <span class="prose">{one.words}</span>
            </li>
          ))}
        </ul>
      );
    }
    default:
      return undefined;
  }
}
