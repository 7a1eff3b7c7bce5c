import { describe, expect, test } from 'vitest';
import { docsPage } from '../../../api/json/docs.tsx';
import { docsInChinese, routesInChinese } from '../../../api/json/docs-zh.ts';
import { allRoutes, openApiDocument } from '../../../api/json/openapi.ts';
import { html } from '../../../api/view/page.tsx';

const page = (lang: 'zh-CN' | 'en'): string => html(docsPage(openApiDocument('https://jobbag.example'), lang));

describe('the page that explains the API', () => {
  test('every route and every group of them is said in Chinese on the Chinese page', () => {
    expect(allRoutes.map(({ id }) => id).filter((id) => !Object.hasOwn(routesInChinese, id))).toEqual([]);
    expect(allRoutes.map(({ tag }) => tag).filter((tag) => !Object.hasOwn(docsInChinese, tag))).toEqual([]);
    const chinese = page('zh-CN');
    expect(chinese).toContain('开始交接：请两个人签字，还什么也不动');
    expect(chinese).not.toContain('Start a hand-over');
    for (const text of Object.values(docsInChinese)) expect(text).toMatch(/\p{Script=Han}/u);
  });

  test('schemas are English there and marked as such; the English page stays as the document is', () => {
    const box = '<pre class="json" tabindex="0"';
    expect(page('zh-CN')).toContain(`${box} lang="en">`);
    expect(page('zh-CN')).not.toContain(`${box}>`);
    expect(page('en')).toContain(`${box}>`);
    expect(page('en')).toContain('Start a hand-over: both are asked to sign, nothing moves yet');
  });
});
