import { mongo } from 'mongoose';

/** Whether something speaks MongoDB's protocol on this port and reaches its data. */
export async function answersAsMongo(port: number): Promise<boolean> {
  return answersAt(`mongodb://127.0.0.1:${port}/`, 2000);
}

/** The same for a whole address, with the time it may take. */
export async function answersAt(uri: string, withinMs: number): Promise<boolean> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: withinMs, connectTimeoutMS: withinMs });
  try {
    // Not `ping`: a gateway may answer that without its database.
    await client.db('admin').admin().listDatabases({ nameOnly: true });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}
