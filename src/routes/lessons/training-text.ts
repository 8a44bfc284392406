const PATIENCE_MS = 120_000; // for some MB

/**
 * The token ids of a file in static/texts: two bytes each, the low one first.
 *
 * Throws: Error if it cannot be had in time.
 *
 * @param name '' gives an empty text
 */
export async function fetchTrainingText(base: string, name: string): Promise<Uint16Array> {
  if (name === '') return new Uint16Array();
  const response = await fetch(`${base}/texts/${name}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return idsOf(await response.arrayBuffer());
}

function idsOf(bytes: ArrayBuffer): Uint16Array {
  const view = new DataView(bytes);
  return Uint16Array.from({ length: bytes.byteLength / 2 }, (_, at) => view.getUint16(2 * at, true));
}
