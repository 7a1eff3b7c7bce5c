import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Blobs } from './blobs.ts';
import { folderBlobs } from './blobs.ts';

/**
 * The blobs of the house as it is configured: a bucket where one is named, else a folder of the data directory.
 * Rejects when the bucket is not there or may not be used, so that nothing starts that could lose a file later.
 */
export async function openBlobs(config: Pick<Config, 'dataDir' | 'blobBucket'>): Promise<Blobs> {
  if (config.blobBucket === undefined) return folderBlobs(join(config.dataDir, 'blobs'));
  // Its client is large; a house that keeps its files in a folder does not wait for it.
  const { bucketBlobs } = await import('./bucket-blobs.ts');
  return bucketBlobs(config.blobBucket, join(config.dataDir, 'arriving'));
}
