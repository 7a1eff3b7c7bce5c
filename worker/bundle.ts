import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

/** How workflow code is built. */
export interface BundleOptions {
  /** Spans of workflows are made inside the bundle. The rules and the order of commands are the same with and without. */
  readonly traced?: boolean;
}

/** Builds the workflow code once; worker, tests and replay run this very bundle. Names are kept: a type is its function's name. */
export function bundleWorkflows({ traced = false }: BundleOptions = {}): Promise<WorkflowBundleWithSourceMap> {
  const find = createRequire(import.meta.url).resolve;
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    ...(traced
      ? { workflowInterceptorModules: [find('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors')] }
      : {}),
    logger: {
      log: () => undefined,
      trace: () => undefined,
      debug: () => undefined,
      info: () => undefined,
      warn: console.warn,
      error: console.error,
    },
  });
}
