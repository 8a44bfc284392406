import { startSha256, type Hash } from './sha256.ts';

/** Hashes of a file; null where nobody asked for it. */
export interface FileHashes {
  readonly sha256: string;
  readonly xxh64: string | null;
}

/** Hashes of bytes that come one after another: SHA-256 names them, xxHash64 is fast enough for every later reading. */
export interface Digest {
  update(bytes: Uint8Array): void;
  digest(): Promise<FileHashes>;
}

/**
 * @param length bytes of the whole file, or null if it is unknown
 * @param isKept also xxHash64, for the next readings
 */
export async function startDigest(length: number | null, isKept: boolean): Promise<Digest> {
  const [sha256, xxh64] = await Promise.all([startSha256(length), isKept ? startXxh64() : null]);
  return {
    update(bytes) {
      sha256.update(bytes);
      xxh64?.update(bytes);
    },
    digest: async () => ({ sha256: await sha256.digest(), xxh64: (await xxh64?.digest()) ?? null })
  };
}

/** xxHash64 finds damage, twenty times as fast as SHA-256; it is not a proof against who forges a file on purpose. */
export async function startXxh64(): Promise<Hash> {
  const { createXXHash64 } = await import('hash-wasm');
  const hash = await createXXHash64();
  hash.init();
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
}
