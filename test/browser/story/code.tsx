import type { CodeView } from '../../../api/session/link-code-page.tsx';
import { codeWords } from '../../../api/session/link-code-words.ts';
import type { Lang } from '../../../api/view/lang.ts';
import { words } from '../../../api/view/words/index.ts';

const request = 'Zm9yIGEgc3RvcnkgaGVyZQ';

/** The page that stands before a link: one that went to an old address, in each of its states, and one that lay unused. */
export function codeView(lang: Lang, state: 'closed' | 'asked' | 'wrong' | 'limited' | 'idle'): CodeView {
  const t = words(lang, codeWords);
  const moved: CodeView = {
    lang,
    why: 'moved',
    house: lang === 'en' ? 'Yunfan Advertising' : '云帆广告',
    to: 'l•••@y•••.example',
    action: '/story/code',
    carried: {},
    wrong: false,
  };
  switch (state) {
    case 'closed':
      return moved;
    case 'asked':
      return { ...moved, request };
    case 'wrong':
      return { ...moved, request, wrong: true };
    case 'limited':
      return { ...moved, request, remark: t('tooManyAsked', { minutes: 12 }) };
    case 'idle':
      return {
        ...moved,
        why: 'idle',
        viewer: lang === 'en' ? 'Li Qing' : '李青',
        carried: { verdict: 'sign', signWords: '可以，照此办理' },
        request,
      };
  }
}
