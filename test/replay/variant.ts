import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

/**
 * Today's workflows with one module changed, as a later release would have it. `request` is how workflows/job.ts asks for
 * the module; the variant asks for the real one under another path, so it can build on it.
 */
export async function bundleVariant(request: string, variant: string): Promise<{ code: string }> {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const quiet = (): void => undefined;
  return bundleWorkflowCode({
    workflowsPath: here('../../workflows/index.ts'),
    logger: { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: console.error },
    webpackConfigHook: (config) => ({
      ...config,
      resolve: {
        ...config.resolve,
        alias: { ...config.resolve?.alias, [`${request}$`]: here(`./variants/${variant}`) },
      },
    }),
  });
}
