import type { ManifestFile } from '../../../store/manifests.ts';
import type { FileView } from '../artwork.tsx';
import { sizeInWords } from '../artwork.tsx';

/** How a file is shown, by the type found when it was taken in. Anything we do not know is only ever a download. */
export function kindOf(mime: string): FileView['kind'] {
  if (mime === 'image/jpeg' || mime === 'image/png' || mime === 'image/webp') return 'image';
  if (mime === 'application/pdf') return 'pdf';
  if (mime === 'video/mp4') return 'film';
  return 'other';
}

/**
 * The files of a version as a page shows them. `base` is the address under which this reader may fetch them, e.g.
 * `/a/<link>/files/<hash>`; a file is `<base>/<place>/raw`, its picture `<base>/<place>/picture`.
 * Native files come without an address until `mastersOpen` (S-85).
 */
export function fileViews(files: readonly ManifestFile[], base: string, mastersOpen: boolean): FileView[] {
  return files.flatMap((file, place): FileView[] => {
    const kind = kindOf(file.mime);
    const master = file.use === 'master';
    if (master && !mastersOpen) return [];
    const at = `${base}/${place}`;
    return [
      {
        name: file.name,
        size: sizeInWords(file.size),
        kind,
        href: `${at}/raw`,
        ...(kind === 'image' && !master ? { pictureHref: `${at}/picture` } : {}),
        ...(master ? { master: true } : {}),
      },
    ];
  });
}
