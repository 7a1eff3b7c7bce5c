import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Keyring } from './keyring.ts';

const encoding = 'binary/jobbag-aes-256-gcm';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/**
 * Everything a process carries lies encrypted in the engine: AES-256-GCM, a fresh nonce for each payload, the key's id
 * beside it, so rotating the ring needs no rewriting. A payload of another making passes through unread.
 */
export function payloadCodec(ring: Keyring): PayloadCodec {
  return {
    encode: async (payloads) => payloads.map((payload) => seal(ring, payload)),
    decode: async (payloads) => payloads.map((payload) => open(ring, payload)),
  };
}

/** The converter that worker, api and replay share. Error texts are encrypted too. */
export function dataConverter(ring: Keyring): DataConverter {
  return { payloadCodecs: [payloadCodec(ring)] };
}

function seal(ring: Keyring, payload: Payload): Payload {
  const key = ring.current();
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce);
  const plain = proto.temporal.api.common.v1.Payload.encode(payload).finish();
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: text(encoding), key: text(key.id) }, data };
}

function open(ring: Keyring, payload: Payload): Payload {
  if (new TextDecoder().decode(payload.metadata?.['encoding'] ?? new Uint8Array()) !== encoding || !payload.data)
    return payload;
  const id = new TextDecoder().decode(payload.metadata?.['key'] ?? new Uint8Array());
  const key = ring.byId(id);
  if (!key) throw new Error(`A payload is encrypted with key ${id}, which is not on this machine's ring`);
  const data = Buffer.from(payload.data);
  const decipher = createDecipheriv('aes-256-gcm', key.secret, data.subarray(0, 12));
  decipher.setAuthTag(data.subarray(-16));
  const plain = Buffer.concat([decipher.update(data.subarray(12, -16)), decipher.final()]);
  return proto.temporal.api.common.v1.Payload.decode(plain);
}
