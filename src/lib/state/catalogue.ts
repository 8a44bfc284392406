import * as v from 'valibot';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

const catalogueSchema = v.object({
  version: v.literal(1),
  default: v.string(),
  models: v.array(
    v.object({
      name: v.string(),
      folder: v.string(),
      parameters: natural,
      dtype: v.string(),
      bytes: natural,
      licence: v.string(),
      summary: v.string(),
      files: v.array(v.object({ name: v.string(), bytes: natural, sha256: v.string() }))
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
