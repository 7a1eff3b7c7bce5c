import type { Words } from '../domain/process.ts';

/**
 * Every no the API itself can say, beside the refusals of the core: code, HTTP status, title and sentence for the
 * person. `{name}` is filled from the problem's params. Sentences of 5xx codes tell nothing about the inside.
 */
export const problemTable = {
  BAD_JSON: {
    status: 400,
    title: { zh: 'JSON 格式不对', en: 'The JSON cannot be read' },
    words: { zh: '请求内容不是有效的 JSON:{why}。', en: 'The body is not valid JSON: {why}.' },
  },
  BAD_REQUEST: {
    status: 400,
    title: { zh: '请求不对', en: 'The request cannot be read' },
    words: { zh: '请求无法读取：{why}。', en: 'The request cannot be read: {why}.' },
  },
  UNAUTHENTICATED: {
    status: 401,
    title: { zh: '请先登录', en: 'Please sign in' },
    words: { zh: '请先登录，或提供有效的令牌。', en: 'Sign in first, or send a valid token.' },
  },
  FORBIDDEN: {
    status: 403,
    title: { zh: '没有权限', en: 'Not allowed' },
    words: { zh: '您没有权限这样做。', en: 'You may not do this.' },
  },
  CROSS_SITE: {
    status: 403,
    title: { zh: '请求来自别的网站', en: 'The request comes from another site' },
    words: { zh: '请在本网站的页面上再按一次。', en: 'Please press the button again on our own page.' },
  },
  NOT_FOUND: {
    status: 404,
    title: { zh: '找不到', en: 'Not found' },
    words: { zh: '这里没有您要找的内容。', en: 'There is nothing here.' },
  },
  METHOD: {
    status: 405,
    title: { zh: '方法不对', en: 'Method not allowed' },
    words: { zh: '这里只接受 {allow}。', en: 'Only {allow} is accepted here.' },
  },
  TIMEOUT: {
    status: 408,
    title: { zh: '请求太慢', en: 'The request took too long' },
    words: { zh: '请求没有按时传完，请再试一次。', en: 'The request did not arrive in time; please try again.' },
  },
  CONFLICT: {
    status: 409,
    title: { zh: '有冲突', en: 'Conflict' },
    words: { zh: '已经有了：{what}。', en: 'Already taken: {what}.' },
  },
  CLOSED_PROCESS: {
    status: 409,
    title: { zh: '工作已结束', en: 'The job has ended' },
    words: {
      zh: '这项工作已经结束（{phase}），记录仍可查看。',
      en: 'This job has ended ({phase}); its records can still be read.',
    },
  },
  PRECONDITION: {
    status: 412,
    title: { zh: '内容已被改动', en: 'It has changed meanwhile' },
    words: {
      zh: '别人刚刚改过，请读取新内容后再试。',
      en: 'Somebody changed it meanwhile; read it again and repeat the change.',
    },
  },
  TOO_LARGE: {
    status: 413,
    title: { zh: '内容太大', en: 'Too large' },
    words: { zh: '内容太大，最多 {max}。', en: 'Too large: {max} at most.' },
  },
  MEDIA_TYPE: {
    status: 415,
    title: { zh: '内容类型不对', en: 'Content type not accepted' },
    words: { zh: '这里只接受 {allow}。', en: 'Only {allow} is accepted here.' },
  },
  INVALID: {
    status: 422,
    title: { zh: '有的内容不对', en: 'Some of it is not right' },
    words: { zh: '请改正这些内容：{fields}。', en: 'Please correct: {fields}.' },
  },
  KEY_REUSED: {
    status: 422,
    title: { zh: '幂等键已用过', en: 'The idempotency key was used before' },
    words: {
      zh: '这个 Idempotency-Key 已用于另一个请求。',
      en: 'This Idempotency-Key was used for a different request.',
    },
  },
  PRECONDITION_NEEDED: {
    status: 428,
    title: { zh: '需要前提', en: 'A precondition is needed' },
    words: {
      zh: '请附上 {header}，以免覆盖别人的改动。',
      en: 'Send {header}, so that nobody’s change is overwritten.',
    },
  },
  TOO_MANY: {
    status: 429,
    title: { zh: '太频繁', en: 'Too many requests' },
    words: { zh: '请求太频繁，请过一会儿再试。', en: 'Too many requests; please try again in a little while.' },
  },
  INTERNAL: {
    status: 500,
    title: { zh: '出错了', en: 'Something went wrong' },
    words: {
      zh: '出错了，我们已经记录。请稍后再试。',
      en: 'Something went wrong and has been recorded. Please try again later.',
    },
  },
  UNAVAILABLE: {
    status: 503,
    title: { zh: '暂时无法处理', en: 'Temporarily unavailable' },
    words: {
      zh: '暂时无法处理，什么都没有改变。请稍后再试。',
      en: 'Temporarily unavailable; nothing was changed. Please try again shortly.',
    },
  },
  DISK_FULL: {
    status: 507,
    title: { zh: '存储空间不足', en: 'No room to store it' },
    words: { zh: '暂时无法保存文件，什么都没有改变。', en: 'The file cannot be stored now; nothing was changed.' },
  },
} as const satisfies Record<string, { status: number; title: Words; words: Words }>;

/** A stable code of the API's own noes. */
export type ProblemCode = keyof typeof problemTable;
