export interface Hash {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal. */
  digest(): string;
}

/** SHA-256 of bytes that come one after another. WebCrypto would need them all at once. */
export async function startSha256(): Promise<Hash> {
  const { createSHA256 } = await import('hash-wasm'); // no part of starting the engine
  const hash = await createSHA256();
  hash.init();
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
}
