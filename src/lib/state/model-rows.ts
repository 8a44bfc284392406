import { hubFolder, isSameAddress, isWeights, type KeptModel, type LoadProgress } from '$lib/engine';
import { modelFactWords as words, type ModelCardFacts } from '$lib/words';
import type { CatalogueEntry } from './catalogue';
import { memoryNeeded, whyTooLarge } from './device-room';

/** A download or a reading as the page shows it. */
export interface Transfer {
  /** null before the first byte. */
  readonly progress: LoadProgress | null;
  /** Why it stopped; null while it continues. */
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
  /** Names of models that were asked for by their address. */
  readonly addresses: readonly string[];
  /** Address of the hub or its mirror. */
  readonly hub: string;
  readonly deviceGb: number | undefined;
}

/** The kept copy of a model of the catalogue; one of another origin that goes by the same name is none. */
export function copyOf(entry: CatalogueEntry, kept: readonly KeptModel[]): KeptModel | null {
  const copy = kept.find(({ name }) => name === entry.name);
  if (!copy || !entry.hub || entry.folder !== undefined) return copy ?? null;
  return isSameAddress(copy.url, hubFolder('', entry.hub.id, entry.hub.revision)) ? copy : null;
}

/** The catalogue, then what else is kept or chosen, one row for each model. */
export function modelRows(sources: RowSources): ModelRow[] {
  const { entries, kept, chosen } = sources;
  const listed = entries.map((entry) => catalogueRow(entry, sources));
  const names = new Set(listed.map(({ name }) => name));
  const others = [...new Set([...kept.map(({ name }) => name), ...chosen, ...sources.transfers.keys()])];
  return [...listed, ...others.filter((name) => !names.has(name)).map((name) => otherRow(name, sources))];
}

function catalogueRow(entry: CatalogueEntry, sources: RowSources): ModelRow {
  const { name, summary, parameters, n_layer, n_head, n_embd, n_ctx, licence, bytes, hub, files } = entry;
  const copy = copyOf(entry, sources.kept);
  const isHashed = files.some(({ name: file, sha256 }) => isWeights(file) && sha256 !== undefined);
  return {
    name,
    summary: words.summary(name, summary),
    parameters,
    shape: words.shape(n_layer, n_head, n_embd, n_ctx),
    licence,
    bytes,
    memoryBytes: memoryNeeded(parameters),
    origin: entry.folder === undefined ? `${shortAddress(sources.hub)}/${hub?.id}` : '',
    check: checkOf(copy, isHashed, entry.folder === undefined),
    state: entry.folder !== undefined ? 'served' : stateOf(name, copy, sources),
    keptBytes: copy?.bytes ?? 0,
    warning: whyTooLarge(parameters, sources.deviceGb),
    dtype: entry.dtype,
    conversion: entry.conversion ? words.conversion(entry.conversion) : null,
    isOwn: false,
    canFetch: entry.folder === undefined,
    transfer: sources.transfers.get(name) ?? null
  };
}

function stateOf(name: string, copy: KeptModel | null, { chosen }: RowSources): ModelRow['state'] {
  if (copy?.complete) return 'kept';
  if (chosen.includes(name)) return 'chosen';
  return copy ? 'partial' : 'absent';
}

/** How the weights are checked: of a copy, how they were. */
function checkOf(copy: KeptModel | null, isHashed: boolean, isOnHub: boolean): string {
  if (copy?.complete ? copy.isHashed : isHashed) return words.checkedByHash;
  return !copy?.complete && isOnHub ? words.checkedByHub : words.unchecked;
}

function otherRow(name: string, sources: RowSources): ModelRow {
  const { kept, chosen, transfers } = sources;
  const copy = kept.find((model) => model.name === name) ?? null;
  return {
    name,
    summary: words.ownSummary,
    parameters: null,
    shape: '',
    licence: copy?.licence ?? words.ownLicence,
    bytes: copy?.totalBytes ?? transfers.get(name)?.progress?.totalBytes ?? 0,
    memoryBytes: null,
    origin: copy?.url ? shortAddress(copy.url) : chosen.includes(name) || copy ? words.fromThisComputer : '',
    check: checkOf(copy, false, false),
    state: stateOf(name, copy, sources),
    keptBytes: copy?.bytes ?? 0,
    warning: null,
    dtype: null,
    conversion: null,
    isOwn: true,
    canFetch: sources.addresses.includes(name) || Boolean(copy?.url),
    transfer: transfers.get(name) ?? null
  };
}

/** An address without its scheme; a revision that is not the newest one stays. */
function shortAddress(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/(resolve\/main\/)?$/, '');
}
