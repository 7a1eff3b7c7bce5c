import type { ComponentChildren, JSX, VNode } from 'preact';
import type { oas31 } from 'zod-openapi';
import type { Lang } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { docsInChinese, routesInChinese, type RouteInChinese } from './docs-zh.ts';

const docWords = {
  title: { zh: '接口文档', en: 'API' },
  machine: { zh: 'OpenAPI 3.1 文档', en: 'OpenAPI 3.1 document' },
  parameters: { zh: '参数', en: 'Parameters' },
  body: { zh: '请求内容', en: 'Body' },
  answers: { zh: '回答', en: 'Answers' },
  example: { zh: '例', en: 'Example' },
  schemas: { zh: '共用结构', en: 'Shared schemas' },
  inEnglish: {
    zh: '路径、字段名、代码和结构与机器可读的文档一字不差；结构里的说明因此是英文。',
    en: 'Paths, names of fields, codes and schemas stand as in the document.',
  },
} as const;

const methods = ['get', 'post', 'put', 'delete'] as const;

/** Words of the document with what stands between backticks as code. */
function coded(text: string): ComponentChildren {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part));
}

/**
 * Words of the document in the language of the page: on a Chinese page by the tables of them, and where these have none as
 * the English they are, marked so that they are spoken and set as English.
 */
function Said({ text, chinese, lang }: { text: string; chinese?: string | undefined; lang: Lang }): JSX.Element {
  if (lang === 'en') return <>{coded(text)}</>;
  const said = chinese ?? (Object.hasOwn(docsInChinese, text) ? docsInChinese[text] : undefined);
  return said === undefined ? <span lang="en">{coded(text)}</span> : <>{coded(said)}</>;
}

/** What a route is for. */
function Summary({ operation, lang }: { operation: oas31.OperationObject; lang: Lang }): JSX.Element {
  const { operationId = '', summary = '' } = operation;
  return <Said text={summary} chinese={inChinese(operationId)?.summary} lang={lang} />;
}

function inChinese(operationId: string): RouteInChinese | undefined {
  return Object.hasOwn(routesInChinese, operationId) ? routesInChinese[operationId] : undefined;
}

/** The page that explains the API: every route with its schemas and examples, from the one document; no script. */
export function docsPage(document: oas31.OpenAPIObject, lang: Lang): VNode {
  const t = words(lang, docWords);
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );
  const schemas = Object.entries(document.components?.schemas ?? {});
  return (
    <Page lang={lang} title={t('title')}>
      <h1>
        {document.info.title} · {t('title')}
      </h1>
      <p>
        <Said text={document.info.description ?? ''} lang={lang} />
      </p>
      {/* On an English page nothing stands in another language. */}
      {lang === 'en' ? null : <p class="muted">{t('inEnglish')}</p>}
      <p>
        <a class="btn btn-plain" href="/api/v1/openapi.json">
          {t('machine')}
        </a>
      </p>
      {(document.tags ?? []).map(({ name }) => (
        <section>
          <h2>
            <Said text={name} lang={lang} />
          </h2>
          <ul>
            {operations
              .filter(({ operation }) => operation.tags?.includes(name))
              .map(({ path, method, operation }) => (
                <li>
                  <a href={`#${operation.operationId ?? ''}`}>
                    <Summary operation={operation} lang={lang} />
                  </a>{' '}
                  <code>{`${method.toUpperCase()} ${path}`}</code>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {operations.map(({ path, method, operation }) => (
        <Operation path={path} method={method} operation={operation} lang={lang} />
      ))}
      <h2>{t('schemas')}</h2>
      {schemas.map(([name, schema]) => (
        <Sheet id={`schema-${name}`} title={name} level={3}>
          <Json value={schema} lang={lang} />
        </Sheet>
      ))}
    </Page>
  );
}

function Operation({
  path,
  method,
  operation,
  lang,
}: {
  path: string;
  method: string;
  operation: oas31.OperationObject;
  lang: Lang;
}): JSX.Element {
  const t = words(lang, docWords);
  const parameters = (operation.parameters ?? []).flatMap((one) => ('name' in one ? [one] : []));
  const body =
    operation.requestBody !== undefined && 'content' in operation.requestBody
      ? Object.entries(operation.requestBody.content ?? {})
      : [];
  return (
    <Sheet id={operation.operationId ?? path} title={<Summary operation={operation} lang={lang} />}>
      <p>
        <code>{`${method.toUpperCase()} ${path}`}</code>
      </p>
      {operation.description === undefined ? null : (
        <p>
          <Said
            text={operation.description}
            chinese={inChinese(operation.operationId ?? '')?.description}
            lang={lang}
          />
        </p>
      )}
      {parameters.length === 0 ? null : (
        <>
          <h3>{t('parameters')}</h3>
          <dl class="facts">
            {parameters.map((one) => (
              <div>
                <dt>
                  <code>{one.name}</code> <span class="muted">{one.in}</span>
                </dt>
                <dd>
                  {one.description === undefined ? null : <Said text={one.description} lang={lang} />}{' '}
                  <Short value={one.schema} lang={lang} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {body.map(([type, media]) => (
        <details>
          <summary>
            {t('body')} <code>{type}</code>
          </summary>
          {exampleOf(media) !== undefined ? (
            <>
              <p>{t('example')}</p>
              <Json value={exampleOf(media)} lang={lang} />
            </>
          ) : null}
          {'schema' in media ? <Json value={media.schema} lang={lang} /> : null}
        </details>
      ))}
      <h3>{t('answers')}</h3>
      {answersOf(operation).map(({ status, description, content }) => (
        <details>
          <summary>
            <b class="num">{status}</b> <Said text={description} lang={lang} />
          </summary>
          {content === undefined ? null : <Json value={content} lang={lang} />}
        </details>
      ))}
    </Sheet>
  );
}

/** The example of a body; the document's type leaves it open. */
function exampleOf(media: object): unknown {
  return 'example' in media ? media.example : undefined;
}

/** The document's type leaves answers open, so they are read carefully. */
function answersOf(
  operation: oas31.OperationObject,
): { readonly status: string; readonly description: string; readonly content?: unknown }[] {
  const responses: Readonly<Record<string, unknown>> = operation.responses ?? {};
  return Object.entries(responses).map(([status, response]) => {
    if (typeof response !== 'object' || response === null) return { status, description: '' };
    const description =
      'description' in response && typeof response.description === 'string' ? response.description : '';
    return 'content' in response ? { status, description, content: response.content } : { status, description };
  });
}

/** JSON in a box of its own that scrolls, so a phone's page never grows wider than the phone. */
function Json({ value, lang }: { value: unknown; lang: Lang }): JSX.Element {
  return (
    <pre class="json" tabIndex={0} lang={lang === 'en' ? undefined : 'en'}>
      <code>{JSON.stringify(value, null, 2)}</code>
    </pre>
  );
}

function Short({ value, lang }: { value: unknown; lang: Lang }): JSX.Element | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > 120 ? null : (
    <code class="muted" lang={lang === 'en' ? undefined : 'en'}>
      {text}
    </code>
  );
}
