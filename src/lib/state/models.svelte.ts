import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import {
  Engine,
  isCancelled,
  isWeights,
  MODEL_NAME,
  parseAddress,
  WEIGHTS_FILE,
  type EngineClient,
  type ModelSource,
  type ShelfReport
} from '$lib/engine';
import { modelFactWords, reasonText } from '$lib/words';
import { CatalogueError, fetchCatalogue, sourceOf, type Catalogue, type CatalogueEntry } from './catalogue';
import { recall, remember } from './device-memory';
import { deviceGb } from './device-room';
import { messages, problemText } from './messages';
import { copyOf, modelRows, type ModelRow, type Transfer } from './model-rows';
import type { Say } from './reports.svelte';

const MIRROR_KEY = 'gpt2-lens:mirror';
const CONFIG = 'config.json';
/** Weights in other formats: whoever chooses them is told what they are and how to convert them. */
const OTHER_WEIGHTS = /\.(bin|h5|msgpack|pt|pth)$/;
const OPENABLE: readonly ModelRow['state'][] = ['served', 'kept', 'chosen'];

/** A model as the explorer opens it. */
export interface FoundModel {
  readonly source: ModelSource;
  readonly entry: CatalogueEntry | null;
  /** It can be opened without fetching it from elsewhere. */
  readonly isHere: boolean;
}

/**
 * Every model that can be had: the catalogue, what this browser keeps, what is under way, and files of this computer.
 * One for all pages, so that a download continues while the reader looks at another page.
 */
export class Models {
  catalogue = $state.raw<Catalogue | null>(null);
  shelf = $state.raw<ShelfReport | null>(null);
  readonly transfers = new SvelteMap<string, Transfer>();
  #say = $state.raw<Say | null>(null);
  /** Said once about the last thing that was done; null if nothing is to be said. */
  readonly message = $derived(this.#say?.() ?? null);
  /** Address that stands in for the hub, without a slash at its end; '' for the hub itself. */
  mirror = $state(recall(MIRROR_KEY) ?? '');
  readonly #chosen = new SvelteMap<string, ModelSource>();
  readonly #addresses = new SvelteMap<string, ModelSource>();

  readonly hub = $derived(this.mirror || (this.catalogue?.hub ?? ''));
  readonly rows = $derived(
    modelRows({
      entries: this.catalogue?.models ?? [],
      kept: this.shelf?.models ?? [],
      transfers: this.transfers,
      chosen: [...this.#chosen.keys()],
      addresses: [...this.#addresses.keys()],
      hub: this.hub,
      deviceGb: deviceGb()
    })
  );

  readonly #modelsUrl: string;
  readonly #cancels = new SvelteMap<string, AbortController>();
  #worker: EngineClient | null = null;

  /** @param modelsUrl address of static/models, ending in `/` */
  constructor(modelsUrl: string) {
    this.#modelsUrl = modelsUrl;
  }

  /** Reads the catalogue.  Throws: CatalogueError if it cannot be had. */
  async open(): Promise<Catalogue> {
    this.catalogue ??= await fetchCatalogue(`${this.#modelsUrl}models.json`);
    return this.catalogue;
  }

  /** Looks again at what is kept; an engine that runs already spares another worker. */
  async refresh(engine: EngineClient = this.#engine): Promise<void> {
    this.shelf = await engine.shelf();
  }

  /** A model by its name in a link; null if nobody knows it. */
  async find(name: string, engine?: EngineClient): Promise<FoundModel | null> {
    const catalogue = await this.open();
    const entry = catalogue.models.find((model) => model.name === name) ?? null;
    if (entry?.folder !== undefined) {
      return { source: sourceOf(entry, catalogue, this.#modelsUrl, this.hub), entry, isHere: true };
    }
    const chosen = this.#chosen.get(name);
    if (chosen) return { source: chosen, entry: null, isHere: true };
    await this.refresh(engine);
    const kept = this.shelf?.models ?? [];
    const copy = (entry ? copyOf(entry, kept) : kept.find((model) => model.name === name)) ?? null;
    const isHere = copy?.complete ?? false;
    if (entry) return { source: sourceOf(entry, catalogue, this.#modelsUrl, this.hub), entry, isHere };
    if (!copy) return null;
    return { source: { name, url: copy.url, files: [], keep: true }, entry: null, isHere };
  }

  /** Names of what opens without a download, and of what is open. */
  openable(open: string | null): string[] {
    const here = this.rows.filter(({ state }) => OPENABLE.includes(state)).map(({ name }) => name);
    return open === null || here.includes(open) ? here : [...here, open];
  }

  /** A model that can be opened now: the wanted one, or the default with what is wrong with the other. */
  async findOrDefault(
    name: string,
    engine?: EngineClient
  ): Promise<{ found: FoundModel; problem: Say | null }> {
    const wanted = await this.find(name, engine);
    if (wanted?.isHere) return { found: wanted, problem: null };
    const fallback = (await this.open()).default;
    const found = await this.find(fallback, engine);
    if (!found) throw new CatalogueError(`catalogue: default must be one of its models, got ${fallback}.`);
    const problem = () => (wanted ? messages.modelNotHere : messages.unknownModel)(name, fallback);
    return { found, problem };
  }

  /** Fetches a model of the list, or continues with it, and keeps it. */
  async download(name: string): Promise<void> {
    this.#say = null;
    const source = this.#addresses.get(name) ?? (await this.find(name))?.source;
    if (source) await this.#transfer(source);
  }

  cancel(name: string): void {
    this.#cancels.get(name)?.abort();
  }

  /** Takes a hub id or an address; the name of its row, or null if the text is neither. */
  addAddress(text: string): string | null {
    const address = parseAddress(text, this.hub);
    const listed = this.catalogue?.models.find(
      (entry) => entry.name === text.trim() || (address && !address.isPart && entry.hub?.id === address.id)
    );
    if (listed) {
      if (listed.folder === undefined) void this.download(listed.name);
      else this.#say = () => messages.servedHere(listed.name);
      return listed.name;
    }
    if (!address) {
      this.#say = () => messages.noAddress;
      return null;
    }
    this.#say = null;
    const source = { name: address.name, url: address.url, files: [], keep: true };
    this.#addresses.set(source.name, source);
    void this.#transfer(source);
    return source.name;
  }

  /** Takes files of this computer as a model; keeps them where there is room. The name of its row, or null. */
  addFiles(files: readonly File[]): string | null {
    const missing = missingFiles(files.map(({ name }) => name));
    if (missing.length > 0) {
      this.#say = () => messages.filesMissing(missing);
      return null;
    }
    this.#say = null;
    const name = this.#freeName(files);
    const blobs = files.map((file) => ({ name: file.name, blob: file }));
    void this.#transfer({ name, url: '', files: [], blobs, keep: true });
    return name;
  }

  /** Deletes what is kept of a model. */
  async remove(name: string): Promise<void> {
    const isFree = await this.#engine.removeKept(name);
    this.#say = () => (isFree ? messages.removed(name) : messages.inUse(name));
    if (isFree) this.forget(name);
    await this.refresh();
  }

  /** Takes a row off the list: a model that was refused, or that runs from memory. */
  forget(name: string): void {
    this.transfers.delete(name);
    this.#chosen.delete(name);
    this.#addresses.delete(name);
  }

  setMirror(address: string): void {
    this.mirror = address.trim().replace(/\/+$/, '');
    const isKept = remember(MIRROR_KEY, this.mirror === '' ? null : this.mirror);
    if (!isKept) this.#say = () => messages.mirrorNotKept; // it holds for this visit
  }

  get #engine(): EngineClient {
    this.#worker ??= new Engine();
    return this.#worker;
  }

  async #transfer(source: ModelSource): Promise<void> {
    const { name } = source;
    if (this.#cancels.has(name)) return;
    const controller = new AbortController();
    this.#cancels.set(name, controller);
    this.#show(name, { progress: null, error: null });
    try {
      void navigator.storage?.persist?.().catch(() => {}); // asks the browser not to evict it
      const notKept = await this.#engine.download(
        source,
        (progress) => this.#show(name, { progress, error: null }),
        controller.signal
      );
      this.#show(name, null);
      if (notKept !== null) this.#chosen.set(name, source); // it opens all the same, read anew
      this.#say = () =>
        notKept === null ? messages.kept(name) : messages.notKept(name, reasonText(notKept));
    } catch (error) {
      this.#show(name, isCancelled(error) ? null : { progress: null, error: problemText(error) });
    } finally {
      this.#cancels.delete(name);
      await this.refresh();
    }
  }

  #show(name: string, transfer: Transfer | null): void {
    if (transfer) this.transfers.set(name, transfer);
    else this.transfers.delete(name);
  }

  /** The name of the folder that the files lie in, where the browser tells it; never one that is taken. */
  #freeName(files: readonly File[]): string {
    const folder = files[0].webkitRelativePath
      .split('/')[0]
      .replaceAll(/[^\w.-]/g, '-')
      .replace(/^\.+/, '');
    const wanted = MODEL_NAME.test(folder) ? folder : 'my-model';
    const taken = this.rows.map((row) => row.name);
    let name = wanted;
    for (let i = 2; taken.includes(name); i++) name = `${wanted}-${i}`;
    return name;
  }
}

/** What a folder lacks of what every model has; the reader of the files says what else. */
function missingFiles(names: readonly string[]): string[] {
  const hasWeights = names.some((name) => isWeights(name) || OTHER_WEIGHTS.test(name));
  const hasTokenizer =
    names.includes('tokenizer.json') || ['vocab.json', 'merges.txt'].every((name) => names.includes(name));
  return [
    ...(names.includes(CONFIG) ? [] : [CONFIG]),
    ...(hasWeights ? [] : [WEIGHTS_FILE]),
    ...(hasTokenizer ? [] : [modelFactWords.tokenizerFiles])
  ];
}

/** The page's models, given once by its layout. */
export const [getModels, setModels] = createContext<Models>();
