import type { JSX } from 'preact';
import { pdfBase } from './assets.ts';
import type { Lang } from './lang.ts';
import { approveWords } from './words/approve.ts';
import { words } from './words/index.ts';

/** One file of a version as a page may show it. Addresses are of this house and stand under a right to see them. */
export interface FileView {
  readonly name: string;
  /** Size in words, e.g. "3.2 MB". */
  readonly size: string;
  readonly kind: 'image' | 'pdf' | 'film' | 'other';
  /** The re-encoded picture of an image, or of the first page of a PDF where one is kept. */
  readonly pictureHref?: string;
  /** The file itself, as attachment (films: to be played). Absent where it may not be fetched yet. */
  readonly href?: string;
  /** Native file: never drawn, only fetched. */
  readonly master?: boolean;
}

/** A version's files and those of the version before, for comparing. */
export interface ArtworkView {
  readonly title: string;
  readonly version: number;
  readonly files: readonly FileView[];
  readonly previous?: { readonly version: number; readonly files: readonly FileView[] };
  /** Whether native files exist that the reader may not fetch before the agency's signatures (S-85). */
  readonly finalsHeld?: boolean;
  /** Whether places can be marked for the return form. */
  readonly pins?: boolean;
}

function Plain({ file, lang }: { file: FileView; lang: Lang }): JSX.Element {
  const t = words(lang, approveWords);
  return (
    <p class="file-line">
      <span class="file-name">{file.name}</span>
      <span class="muted small num">{file.size}</span>
      {file.href ? (
        <a class="btn btn-quiet" href={file.href} download={file.name}>
          {t('download')}
        </a>
      ) : null}
    </p>
  );
}

function Shown({
  file,
  index,
  art,
  lang,
}: {
  file: FileView;
  index: number;
  art: ArtworkView;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, approveWords);
  const alt = `${art.title}, ${t('versionN', { n: art.version })}, ${file.name}`;
  if (file.kind === 'film' && file.href) {
    return (
      <figure class="art">
        <video class="art-film" controls preload="metadata" playsInline src={file.href} aria-label={alt} />
        <figcaption>
          <Plain file={file} lang={lang} />
        </figcaption>
      </figure>
    );
  }
  if (file.kind === 'image' && file.pictureHref) {
    const before = art.previous?.files[index];
    return (
      <figure class="art">
        <div
          class="art-stage"
          data-pins={art.pins ? String(index + 1) : undefined}
          data-compare={before?.pictureHref ? 'true' : undefined}
        >
          <img class="art-picture" src={file.pictureHref} alt={alt} />
        </div>
        <figcaption>
          <span class="file-name">{file.name}</span>
          <a class="btn btn-quiet" href={file.pictureHref} target="_blank" rel="noopener">
            {t('openLarge')}
          </a>
        </figcaption>
        {before?.pictureHref && art.previous ? (
          <details class="fold compare">
            <summary>{t('compare', { n: art.previous.version })}</summary>
            <div class="compare-pair">
              <figure>
                <figcaption>{t('versionN', { n: art.previous.version })}</figcaption>
                <img
                  src={before.pictureHref}
                  alt={`${art.title}, ${t('versionN', { n: art.previous.version })}`}
                  loading="lazy"
                />
              </figure>
              <figure>
                <figcaption>{t('thisVersion')}</figcaption>
                <img src={file.pictureHref} alt={alt} loading="lazy" />
              </figure>
            </div>
          </details>
        ) : null}
      </figure>
    );
  }
  if (file.kind === 'pdf' && file.href) {
    return (
      <figure class="art">
        <div
          class="art-pdf"
          data-pdf={file.href}
          data-pdf-base={pdfBase}
          data-pdf-name={alt}
          data-pdf-page={t('pageN', { n: '#' })}
          data-pins={art.pins ? String(index + 1) : undefined}
        >
          {file.pictureHref ? <img class="art-picture" src={file.pictureHref} alt={alt} /> : null}
          <p class="muted small" data-pdf-state>
            {t('pdfPlain')}
          </p>
        </div>
        <figcaption>
          <Plain file={file} lang={lang} />
        </figcaption>
      </figure>
    );
  }
  return <Plain file={file} lang={lang} />;
}

/** The artwork itself: pictures re-encoded, films played, PDFs drawn by our own script, everything else to download. */
export function Artwork({ art, lang }: { art: ArtworkView; lang: Lang }): JSX.Element {
  const t = words(lang, approveWords);
  const seen = art.files.filter(({ master }) => !master);
  const masters = art.files.filter(({ master }) => master);
  return (
    <div class="artwork">
      {seen.map((file, index) => (
        <Shown file={file} index={index} art={art} lang={lang} />
      ))}
      {masters.map((file) => (
        <Plain file={file} lang={lang} />
      ))}
      {art.finalsHeld ? <p class="muted small">{t('finalsHeld')}</p> : null}
    </div>
  );
}

/** A size in bytes as people read it. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
