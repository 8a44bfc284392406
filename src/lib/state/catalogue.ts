import * as v from 'valibot';
import { hubFolder, type ModelSource } from '$lib/engine';

const VERSION = 1;
/** How much of what is not a catalogue an error shows. */
const EXCERPT = 40;
/** A few kB: a host that has not sent them by then sends nothing. */
const PATIENCE_MS = 30_000;

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

const catalogueSchema = v.object({
  version: v.literal(VERSION),
  default: v.string(),
  hub: v.string(),
  models: v.array(
    v.object({
      name: v.string(),
      /** Beside models.json; absent where the hub has the model. */
      folder: v.optional(v.string()),
      hub: v.optional(v.object({ id: v.string(), revision: v.string() })),
      parameters: natural,
      dtype: v.string(),
      /** Against the original on stored texts, logits in nats. */
      conversion: v.optional(
        v.object({
          from: v.string(),
          to: v.string(),
          texts: natural,
          positions: natural,
          largest: v.number(),
          median: v.number(),
          changed: natural
        })
      ),
      bytes: natural,
      n_layer: natural,
      n_head: natural,
      n_embd: natural,
      n_ctx: natural,
      licence: v.string(),
      summary: v.string(),
      /** The browser keeps it with the pages. */
      withPages: v.optional(v.boolean()),
      /** To start from, where the model does not read any text. */
      prompts: v.optional(v.array(v.string())),
      files: v.array(
        v.object({ name: v.string(), bytes: v.optional(natural), sha256: v.optional(v.string()) })
      )
    })
  )
});

export type Catalogue = v.InferOutput<typeof catalogueSchema>;
export type CatalogueEntry = Catalogue['models'][number];

/** The catalogue is not there, or is not one. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  /** By which the page says it in its language. */
  readonly fault = { code: 'catalogue', values: [this.message] };
}

/**
 * Reads static/models/models.json.
 *
 * Throws: CatalogueError if it cannot be fetched or is not a catalogue that this version reads.
 */
export async function fetchCatalogue(url: string): Promise<Catalogue> {
  const must = (what: string, got: string, cause?: unknown) =>
    new CatalogueError(
      `catalogue: ${url} must ${what}, got ${got}. Load the page again; if it stays so, build and copy the site anew.`,
      { cause }
    );
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error: unknown) => {
    throw must('be served', 'no answer', error);
  });
  if (!response.ok) throw must('be served', `status ${response.status}`);
  const text = await response.text().catch((error: unknown) => {
    throw must('be served whole', 'a part of it', error);
  });
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw must('be JSON', JSON.stringify(text.slice(0, EXCERPT)), error);
  }
  const parsed = v.safeParse(catalogueSchema, found);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw must(
    `hold a catalogue of version ${VERSION}`,
    `${v.getDotPath(issue) ?? 'its root'}: ${issue.message}`
  );
}

/**
 * Where a model of the catalogue comes from: beside the page, or the hub or its mirror.
 *
 * @param modelsUrl address of static/models, ending in `/`
 * @param hub address of the hub or a mirror, without a slash at its end
 */
export function sourceOf(
  entry: CatalogueEntry,
  catalogue: Catalogue,
  modelsUrl: string,
  hub: string
): ModelSource {
  const { name, files, folder, withPages = false } = entry;
  if (folder !== undefined) {
    const isDefault = name === catalogue.default;
    const handOver = isDefault && !isServed();
    return { name, url: `${modelsUrl}${folder}/`, files, keep: !isDefault && !withPages, handOver };
  }
  return { name, url: hubFolder(hub, entry.hub!.id, entry.hub!.revision), files, keep: true };
}

/** Whether a service worker answers this page, and so has all that belongs to it. */
function isServed(): boolean {
  try {
    return (navigator.serviceWorker?.controller ?? null) !== null;
  } catch {
    return false; // a sandboxed frame may not even ask for it
  }
}
