import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { temporal as Temporal } from '@temporalio/proto';
import proto from '@temporalio/proto';

const { IndexedValueType } = proto.temporal.api.enums.v1;

/** The kinds of search attribute the engine knows. */
export type SearchAttributeKind = 'Keyword' | 'KeywordList' | 'Text' | 'Int' | 'Double' | 'Bool' | 'Datetime';

/** What a namespace must have before a worker may start. */
export interface NamespaceWishes {
  readonly namespace: string;
  readonly searchAttributes: Readonly<Record<string, SearchAttributeKind>>;
  readonly retentionHours: number;
}

const KINDS: Readonly<Record<SearchAttributeKind, Temporal.api.enums.v1.IndexedValueType>> = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
};

const GRPC_NOT_FOUND = 5;

/**
 * Makes a namespace as wished: registered, kept long enough, with its search attributes.
 * Safe to run again and on an engine that others run; a longer retention than wished is left alone.
 */
export async function ensureNamespace(address: string, wishes: NamespaceWishes): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 });
  try {
    await connection.withDeadline(Date.now() + 30_000, () => arrange(connection, wishes));
  } finally {
    await connection.close();
  }
}

async function arrange(connection: Connection, wishes: NamespaceWishes): Promise<void> {
  const { workflowService } = connection;
  const { namespace } = wishes;
  const wanted = wishes.retentionHours * 3600;
  const period = proto.temporal.api.namespace.v1.NamespaceConfig.fromObject({
    workflowExecutionRetentionTtl: { seconds: wanted },
  });
  const kept = await retentionOf(connection, namespace);
  if (kept === undefined) {
    await workflowService.registerNamespace({
      namespace,
      description: 'Jobbag',
      workflowExecutionRetentionPeriod: period.workflowExecutionRetentionTtl ?? null,
    });
  } else if (kept < wanted) {
    await workflowService.updateNamespace({ namespace, config: period });
  }
  await onceKnown(() => addSearchAttributes(connection, wishes));
}

async function addSearchAttributes({ operatorService }: Connection, wishes: NamespaceWishes): Promise<void> {
  const { namespace } = wishes;
  const names = Object.entries(wishes.searchAttributes);
  if (names.length === 0) return;
  const known = await operatorService.listSearchAttributes({ namespace });
  const missing = names.filter(([name]) => known.customAttributes?.[name] === undefined);
  if (missing.length === 0) return;
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(([name, kind]) => [name, KINDS[kind]])),
  });
}

/** A namespace just registered is known to the rest of the server only after some seconds. */
async function onceKnown(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: number }).code !== GRPC_NOT_FOUND || attempt === 50) throw error;
      await sleep(500);
    }
  }
}

/** Seconds a closed workflow is kept, or undefined when there is no such namespace. */
async function retentionOf(connection: Connection, namespace: string): Promise<number | undefined> {
  try {
    const answer = await connection.workflowService.describeNamespace({ namespace });
    return Number(answer.config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  } catch (error) {
    if ((error as { code?: number }).code === GRPC_NOT_FOUND) return undefined;
    throw error;
  }
}
