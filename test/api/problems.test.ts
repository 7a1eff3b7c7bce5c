import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { renderProblem } from '../../api/problem-pages.tsx';
import { problemHandler } from '../../api/problems.ts';
import { createLogger } from '../../config/logging.ts';

const { MongoNetworkError, MongoServerError } = mongoose.mongo;
const server = (message: string, code: number): Error => new MongoServerError({ message, code });
const system = (code: string): Error => Object.assign(new Error(`${code}: write, open '/srv/secret/file'`), { code });

/** What whoever asked is told when a handler fails with this, through the real server. */
async function told(error: unknown, accept = 'application/json') {
  const app = express();
  app.get('/', () => {
    throw error;
  });
  app.use(problemHandler({ logger: createLogger({ name: 'test', level: 'silent' }), render: renderProblem }));
  const listener = createServer(app).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  try {
    const { port } = listener.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${String(port)}/`, { headers: { accept } });
    return { status: answer.status, retry: answer.headers.get('retry-after'), text: await answer.text() };
  } finally {
    listener.close();
  }
}

describe('threats, rows 27 and 29: what whoever asked is told of a store or disk in trouble', () => {
  test.each([
    ['a primary that stepped down', server('not primary', 10107)],
    ['a primary that steps down just now', server('The server is in quorum check', 189)],
    ['a server that shuts down', server('interrupted at shutdown', 11600)],
    ['a member that takes no writes', server('node is recovering', 13436)],
    ['a time limit of the server', server('operation exceeded time limit', 262)],
    ['a database behind the front that starts', server('FATAL: the database system is starting up', 1)],
    ['a line that broke', new MongoNetworkError('connection 7 to 10.0.0.3:27017 closed')],
    ['a line that broke while writing', system('EPIPE')],
  ])('%s: come back in a moment, and nothing of the inside', async (_name, error) => {
    for (const accept of ['application/json', 'text/html']) {
      const { status, retry, text } = await told(error, accept);
      expect([status, retry]).toEqual([503, '5']);
      expect(text).not.toMatch(/primary|10\.0\.0\.3|FATAL|recovering|secret/);
    }
  });

  test.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('%s: there is no room, and nothing was changed', async (code) => {
    const { status, text } = await told(system(code));
    expect(status).toBe(507);
    expect(text).toContain('DISK_FULL');
    expect(text).not.toContain('secret');
  });

  test.each([
    ['a fault of ours', new TypeError('Cannot read properties of undefined (reading secret)')],
    ['a text that was thrown', 'secret'],
    ['a write that the store refused for good', server('Document failed validation: secret', 121)],
    ['a double key that nobody expected', server('E11000 duplicate key secret', 11000)],
  ])('%s is a neutral 500', async (_name, error) => {
    const { status, retry, text } = await told(error);
    expect([status, retry]).toEqual([500, null]);
    expect(text).not.toContain('secret');
  });
});
