import * as v from 'valibot';
import { hubFolder, type ModelSource } from '$lib/engine';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

const catalogueSchema = v.object({
  version: v.literal(1),
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
      bytes: natural,
      n_layer: natural,
      n_head: natural,
      n_embd: natural,
      n_ctx: natural,
      licence: v.string(),
      summary: v.string(),
      files: v.array(
        v.object({ name: v.string(), bytes: v.optional(natural), sha256: v.optional(v.string()) })
      )
    })
  )
});

export type Catalogue = v.InferOutput<typeof catalogueSchema>;
export type CatalogueEntry = Catalogue['models'][number];

/**
 * Reads static/models/models.json.
 *
 * Throws: Error if it cannot be fetched or is not a catalogue.
 */
export async function fetchCatalogue(url: string): Promise<Catalogue> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`catalogue: ${url} must be served, got status ${response.status}.`);
  return v.parse(catalogueSchema, await response.json());
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
  const { name, files, folder } = entry;
  if (folder !== undefined) {
    return { name, url: `${modelsUrl}${folder}/`, files, keep: name !== catalogue.default };
  }
  return { name, url: hubFolder(hub, entry.hub!.id, entry.hub!.revision), files, keep: true };
}
