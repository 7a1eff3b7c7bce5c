import * as z from 'zod';
import { fieldWords as f } from '../../domain/wording/fields.ts';
import { itemProblem, presentationKinds, type ItemPart } from '../../domain/wording/presentation.ts';
import { fewWords } from '../facts.ts';
import { bool, choice, long, table, text } from '../field.ts';
import { defineForm, type Draft } from '../form.ts';

const kinds = { CONCEPT: { zh: '概念提案', en: 'Concept' }, DETAILED: { zh: '详细提案', en: 'Detailed' } };

const schema = z.strictObject({
  kind: choice(f.kind, ['CONCEPT', 'DETAILED'], (key) => kinds[key]),
  items: table(f.items, {
    name: text(f.name),
    adType: choice(
      f.adType,
      ['pressAd', 'poster', 'pos', 'brochure', 'tvc', 'radio', 'online', 'packaging', 'other'],
      (key) => presentationKinds[key],
    ),
    specification: text(f.specification),
    colour: text(f.colour),
    process: text(f.process),
    electronic: bool(f.electronic),
    printed: bool(f.printed),
    board: bool(f.board, {
      requiredWhen: {
        zh: '报刊广告、海报、终端物料要上表板',
        en: 'Press ads, posters and point-of-sale pieces are mounted',
      },
    }).optional(),
    dummy: bool(f.dummy, { requiredWhen: { zh: '宣传册要有样板', en: 'Brochures come as a dummy' } }).optional(),
    script: long(f.script, {
      requiredWhen: { zh: '电视广告要有小脚本', en: 'TV commercials come with a small script' },
    }).optional(),
    extras: text(f.extras, {
      hint: { zh: '概念板、故事板等', en: 'Concept board, story board and the like' },
    }).optional(),
  }),
});

type Item = NonNullable<Draft<typeof schema>['items']>[number];

/** What an item still lacks: the four statements, both versions, its physical form. */
function lacks(item: Item): ItemPart[] {
  const stated = (['adType', 'specification', 'colour', 'process'] as const).filter((part) => item[part] === undefined);
  const versions = (['electronic', 'printed'] as const).filter((part) => item[part] !== true);
  const form = item.adType === undefined ? 'none' : presentationKinds[item.adType].form;
  if (form === 'none') return [...stated, ...versions];
  const shown = form === 'script' ? item.script !== undefined : item[form] === true;
  return shown ? [...stated, ...versions] : [...stated, ...versions, form];
}

/** F-20: the items of a creative presentation, concept or detailed (P-56). What an item lacks keeps the package open. */
export const presentation = defineForm({
  id: 'F-20',
  kind: 'proposal',
  schema,
  writtenBy: [
    'CREATIVE_DIRECTOR',
    'ART_DIRECTOR',
    'COPY_CHIEF',
    'COPYWRITER',
    'ARTIST',
    'ACCOUNT_EXECUTIVE',
    'ACCOUNT_MANAGER',
    'ACCOUNT_DIRECTOR',
  ],
  fileType: '广告表现提案',
  folder: '提案',
  facts: (paper) => {
    const items = paper.items ?? [];
    return {
      items: items.length,
      itemProblems: fewWords(
        items.flatMap((item, at) => lacks(item).map((part) => itemProblem(item.adType, at + 1, part))),
      ),
    };
  },
});
