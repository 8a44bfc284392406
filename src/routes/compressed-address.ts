import { fetchCompressedLinks, isCompressed, LONG_LINK } from '$lib/state';

/** A fragment with its fields written out; as it is where it is not compressed, or damaged. */
export async function expandedHash(hash: string): Promise<string> {
  if (!isCompressed(hash)) return hash;
  const { expandFragment } = await fetchCompressedLinks();
  const fields = await expandFragment(hash);
  return fields === null ? hash : `#${fields}`;
}

/** Puts the written-out fragment in the address, so that whatever reads the address finds its fields. */
export function writeHash(hash: string): void {
  if (hash !== location.hash) history.replaceState(history.state, '', hash);
}

/**
 * The fields of a link to be passed on: compressed where the whole would be so long that programs cut it, and the browser
 * can.
 *
 * @param path what stands before the `#`
 */
export async function shortFields(path: string, fields: string): Promise<string> {
  if (path.length + 1 + fields.length <= LONG_LINK) return fields;
  try {
    const { compressFields } = await fetchCompressedLinks();
    return await compressFields(fields);
  } catch {
    return fields; // an older browser, or no connection: the long link opens the same view
  }
}
