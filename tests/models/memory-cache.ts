/** A stand-in for the browser's `caches`: one cache in memory. */
export class MemoryCache {
  readonly entries = new Map<string, { readonly blob: Blob; readonly headers: Headers }>();
  /** Bytes that fit in all entries together. */
  room = Infinity;

  /** As `caches`. */
  readonly storage = { open: () => Promise.resolve(this as unknown as Cache) } as unknown as CacheStorage;

  async match(url: string): Promise<Response | undefined> {
    const entry = this.entries.get(url);
    return entry && new Response(entry.blob, { headers: entry.headers });
  }

  async put(url: string, response: Response): Promise<void> {
    const blob = await response.blob();
    const others = [...this.entries].filter(([other]) => other !== url);
    const total = others.reduce(
      (
        sum,
        [
          ,
          {
            blob: { size }
          }
        ]
      ) => sum + size,
      blob.size
    );
    if (total > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.entries.set(url, { blob, headers: response.headers });
  }

  async delete(url: string, { ignoreSearch = false } = {}): Promise<boolean> {
    const same = (other: string) => (ignoreSearch ? other.replace(/\?.*/, '') : other) === url;
    return [...this.entries.keys()].filter(same).map((key) => this.entries.delete(key)).length > 0;
  }

  async keys(): Promise<Request[]> {
    return [...this.entries.keys()].map((url) => ({ url }) as Request);
  }
}
