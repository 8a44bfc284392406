import { fetchCompressedLinks, isCompressed, LONG_LINK } from '$lib/state';

/** Writes a compressed link out in the address, so that whatever reads the address finds its fields. */
export async function expandAddress(): Promise<void> {
  if (!isCompressed(location.hash)) return;
  const { expandFragment } = await fetchCompressedLinks();
  const fields = await expandFragment(location.hash);
  if (fields !== null) history.replaceState(history.state, '', `#${fields}`);
}

/**
 * The fields of a link to be passed on: compressed where the whole would be so long that programs cut it.
 *
 * @param path what stands before the `#`
 */
export async function shortFields(path: string, fields: string): Promise<string> {
  if (path.length + 1 + fields.length <= LONG_LINK) return fields;
  const { compressFields } = await fetchCompressedLinks();
  return compressFields(fields);
}
