import { Client, Connection, type DataConverter, type WorkflowClientInterceptor } from '@temporalio/client';
import type { Config } from '../../config/config.ts';

/** The engine as the API sees it: one client whose lost connection comes back by itself. */
export interface Engine {
  readonly client: Client;
  /** Whether the engine answers within `deadlineMs`. Never throws. */
  answers(deadlineMs: number): Promise<boolean>;
  /** Closes the connection; calls under way are given up. */
  close(): Promise<void>;
}

/** What the caller may add to the engine's client. */
export interface EngineOptions {
  /** Same converter and codec as the worker's; without it encoded payloads cannot be read. */
  readonly dataConverter?: DataConverter;
  readonly interceptors?: readonly WorkflowClientInterceptor[];
}

/**
 * Connects lazily, so the API starts and says "unavailable" where the engine is not there yet.
 * The reconnect pause is kept short: the library's own grows to two minutes, which a restarted engine need not wait for.
 */
export function connectEngine(
  config: Pick<Config, 'temporalAddress' | 'temporalNamespace' | 'temporalApiKey' | 'temporalTls'>,
  options: EngineOptions = {},
): Engine {
  const connection = Connection.lazy({
    address: config.temporalAddress,
    tls: config.temporalTls,
    ...(config.temporalApiKey === undefined ? {} : { apiKey: config.temporalApiKey }),
    channelArgs: {
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.min_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
    },
  });
  const client = new Client({
    connection,
    namespace: config.temporalNamespace,
    ...(options.dataConverter === undefined ? {} : { dataConverter: options.dataConverter }),
    ...(options.interceptors === undefined ? {} : { interceptors: { workflow: [...options.interceptors] } }),
  });
  return {
    client,
    async answers(deadlineMs) {
      try {
        await client.withDeadline(Date.now() + deadlineMs, () =>
          client.workflowService.describeNamespace({ namespace: config.temporalNamespace }),
        );
        return true;
      } catch {
        return false;
      }
    },
    close: () => connection.close(),
  };
}
