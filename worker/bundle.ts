import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  type BundleOptions as KitOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';

/** How workflow code is built. */
export interface BundleOptions {
  /** Spans of workflows are made inside the bundle. The rules and the order of commands are the same with and without. */
  readonly traced?: boolean;
}

type WebpackConfig = Parameters<NonNullable<KitOptions['webpackConfigHook']>>[0];

const require = createRequire(import.meta.url);
const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * The kit has our sources written down to the JavaScript of 2017, where each copy of a state is a loop of its own; the worker's
 * Node knows the spread of today, and replays a run in four fifths of the time.
 */
function inTodaysJavaScript(config: WebpackConfig): WebpackConfig {
  const rules = config.module?.rules ?? [];
  const use = {
    loader: createRequire(require.resolve('@temporalio/worker')).resolve('swc-loader'),
    options: { sourceMap: true, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
  };
  const ours = { test: /\.ts$/, exclude: /node_modules/, use };
  const others = rules.filter(
    (rule) => !(rule instanceof Object && rule.test instanceof RegExp && rule.test.source === ours.test.source),
  );
  return { ...config, module: { ...config.module, rules: [...others, ours] } };
}

/** Builds the workflow code once; worker, tests and replay run this very bundle. Names are kept: a type is its function's name. */
export function bundleWorkflows({ traced = false }: BundleOptions = {}): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: pathOf('../workflows/index.ts'),
    preloadModules: [pathOf('../workflows/rules.ts')],
    webpackConfigHook: inTodaysJavaScript,
    ...(traced
      ? {
          workflowInterceptorModules: [
            require.resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors'),
          ],
        }
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
