export interface Hash {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal. */
  digest(): string | Promise<string>;
}

/** Files up to here are hashed by WebCrypto, which wants them whole but works beside this thread, several times faster. */
const MOST_AT_ONCE = 2 ** 26;
const HEXADECIMAL = 16;

/**
 * SHA-256 of bytes that come one after another.
 *
 * Memory: a copy of the file where its length is known and small; otherwise a few bytes.
 *
 * @param length bytes of the whole file, or null if it is unknown
 */
export async function startSha256(length: number | null): Promise<Hash> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined; // not there where the page came unencrypted
  if (subtle && length !== null && length <= MOST_AT_ONCE) return wholeHash(subtle, length);
  const { createSHA256 } = await import('hash-wasm'); // no part of starting the engine
  const hash = await createSHA256();
  hash.init();
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('hex') };
}

function wholeHash(subtle: SubtleCrypto, length: number): Hash {
  const whole = new Uint8Array(length);
  let at = 0;
  return {
    update(bytes) {
      whole.set(bytes.subarray(0, length - at), at); // a file that is too long is refused for its length
      at = Math.min(length, at + bytes.length);
    },
    async digest() {
      const digest = new Uint8Array(await subtle.digest('SHA-256', whole.subarray(0, at)));
      return Array.from(digest, (byte) => byte.toString(HEXADECIMAL).padStart(2, '0')).join('');
    }
  };
}
