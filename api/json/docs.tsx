import type { ComponentChildren, JSX, VNode } from 'preact';
import type { oas31 } from 'zod-openapi';
import type { Lang } from '../view/lang.ts';
import { Page } from '../view/page.tsx';
import { Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';

const docWords = {
  title: { zh: '接口文档', en: 'API' },
  machine: { zh: 'OpenAPI 3.1 文档', en: 'OpenAPI 3.1 document' },
  parameters: { zh: '参数', en: 'Parameters' },
  body: { zh: '请求内容', en: 'Body' },
  answers: { zh: '回答', en: 'Answers' },
  example: { zh: '例', en: 'Example' },
  schemas: { zh: '共用结构', en: 'Shared schemas' },
  schema: { zh: '结构', en: 'Schema' },
} as const;

const methods = ['get', 'post', 'put', 'delete'] as const;

/** Words of the document with what stands between backticks as code. */
function coded(text: string): ComponentChildren {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part));
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
      <p>{coded(document.info.description ?? '')}</p>
      <p>
        <a class="btn btn-plain" href="/api/v1/openapi.json">
          {t('machine')}
        </a>
      </p>
      {(document.tags ?? []).map(({ name }) => (
        <section>
          <h2>{name}</h2>
          <ul>
            {operations
              .filter(({ operation }) => operation.tags?.includes(name))
              .map(({ path, method, operation }) => (
                <li>
                  <a href={`#${operation.operationId ?? ''}`}>{coded(operation.summary ?? '')}</a>{' '}
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
          <Json value={schema} />
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
    <Sheet id={operation.operationId ?? path} title={coded(operation.summary ?? '')}>
      <p>
        <code>{`${method.toUpperCase()} ${path}`}</code>
      </p>
      {operation.description === undefined ? null : <p>{coded(operation.description)}</p>}
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
                  {one.description ?? ''} <Short value={one.schema} />
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
              <Json value={exampleOf(media)} />
            </>
          ) : null}
          {'schema' in media ? <Json value={media.schema} /> : null}
        </details>
      ))}
      <h3>{t('answers')}</h3>
      {answersOf(operation).map(({ status, description, content }) => (
        <details>
          <summary>
            <b class="num">{status}</b> {description}
          </summary>
          {content === undefined ? null : <Json value={content} />}
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
function Json({ value }: { value: unknown }): JSX.Element {
  return (
    <pre class="json" tabIndex={0}>
      <code>{JSON.stringify(value, null, 2)}</code>
    </pre>
  );
}

function Short({ value }: { value: unknown }): JSX.Element | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > 120 ? null : <code class="muted">{text}</code>;
}
