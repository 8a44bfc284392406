import type { KeptModel, LoadProgress } from '$lib/engine';
import { modelFactWords as words, type ModelCardFacts } from '$lib/words';
import type { CatalogueEntry } from './catalogue';
import { memoryNeeded, whyTooLarge } from './device-room';

/** A download or a reading as the page shows it. */
export interface Transfer {
  /** null before the first byte. */
  readonly progress: LoadProgress | null;
  /** Why it stopped; null while it goes on. */
  readonly error: string | null;
}

/** One model of the Models page. */
export interface ModelRow extends ModelCardFacts {
  readonly transfer: Transfer | null;
}

export interface RowSources {
  readonly entries: readonly CatalogueEntry[];
  readonly kept: readonly KeptModel[];
  readonly transfers: ReadonlyMap<string, Transfer>;
  /** Names of models whose files were chosen from this computer. */
  readonly chosen: readonly string[];
  /** Address of the hub or its mirror. */
  readonly hub: string;
  readonly deviceGb: number | undefined;
}

/** The catalogue, then what else is kept or chosen, one row a model. */
export function modelRows(sources: RowSources): ModelRow[] {
  const { entries, kept, chosen } = sources;
  const listed = entries.map((entry) => catalogueRow(entry, sources));
  const names = new Set(listed.map(({ name }) => name));
  const others = [...new Set([...kept.map(({ name }) => name), ...chosen, ...sources.transfers.keys()])];
  return [...listed, ...others.filter((name) => !names.has(name)).map((name) => otherRow(name, sources))];
}

function catalogueRow(entry: CatalogueEntry, sources: RowSources): ModelRow {
  const { name, summary, parameters, n_layer, n_head, n_embd, n_ctx, licence, bytes, hub, files } = entry;
  const copy = sources.kept.find((model) => model.name === name);
  const isHashed = files.some(
    ({ name: file, sha256 }) => file === 'model.safetensors' && sha256 !== undefined
  );
  return {
    name,
    summary: words.summary(name, summary),
    parameters,
    shape: words.shape(n_layer, n_head, n_embd, n_ctx),
    licence,
    bytes,
    memoryBytes: memoryNeeded(parameters),
    origin: entry.folder === undefined ? `${shortAddress(sources.hub)}/${hub?.id}` : '',
    check: isHashed ? words.checkedByHash : words.checkedByLength,
    state: entry.folder !== undefined ? 'served' : stateOf(name, sources),
    keptBytes: copy?.bytes ?? 0,
    warning: whyTooLarge(parameters, sources.deviceGb),
    transfer: sources.transfers.get(name) ?? null
  };
}

function stateOf(name: string, { kept, chosen }: RowSources): ModelRow['state'] {
  const copy = kept.find((model) => model.name === name);
  if (copy?.complete) return 'kept';
  if (chosen.includes(name)) return 'chosen';
  return copy ? 'partial' : 'absent';
}

function otherRow(name: string, sources: RowSources): ModelRow {
  const { kept, chosen, transfers } = sources;
  const copy = kept.find((model) => model.name === name);
  return {
    name,
    summary: words.ownSummary,
    parameters: null,
    shape: '',
    licence: words.ownLicence,
    bytes: copy?.totalBytes ?? transfers.get(name)?.progress?.totalBytes ?? 0,
    memoryBytes: null,
    origin: copy?.url ? shortAddress(copy.url) : chosen.includes(name) || copy ? words.fromThisComputer : '',
    check: words.checkedByLength,
    state: stateOf(name, sources),
    keptBytes: copy?.bytes ?? 0,
    warning: null,
    transfer: transfers.get(name) ?? null
  };
}

function shortAddress(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/(resolve\/[^/]+\/)?$/, '');
}
