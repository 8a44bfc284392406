/** Reads what a person writes for a model: a repository of the hub, or an address on the web. */

export interface ModelAddress {
  /** Label for links, and the folder it is kept in; no two addresses have the same. */
  readonly name: string;
  /** Address of the folder, ending in `/`. */
  readonly url: string;
  /** The repository on the hub; null elsewhere. */
  readonly id: string | null;
  /** A revision or a folder inside the repository was named: not the newest state of its top. */
  readonly isPart: boolean;
}

/** Neither half may begin with a dot: `owner/..` would be another folder. */
const HUB_ID = /^(?!\.)[\w.-]+\/(?!\.)[\w.-]+$/;
/** `owner/model` or an old name, also with `@revision` after it, and what people put before it. */
const WRITTEN_ID = /^(?:hf:\/\/|hf:)?([^\s/@]+(?:\/[^\s/@]+)?)(?:@(\S+?))?\/?$/i;
/** The hub's own addresses, which a mirror stands in for. */
const HUB_HOSTS = ['huggingface.co', 'www.huggingface.co', 'hf.co', 'www.hf.co'];
const BARE_HUB_ADDRESS = new RegExp(`^(?:${HUB_HOSTS.join('|').replaceAll('.', '\\.')})/`, 'i');
/** Pages of the hub that name a revision, and perhaps a folder or a file after it. */
const PAGES_WITH_REVISION = ['tree', 'blob', 'resolve', 'raw', 'commit', 'commits', 'edit', 'blame'];
/** What stands where a repository's owner would, on the hub's other pages. */
const NO_OWNERS = [
  'api',
  'blog',
  'collections',
  'datasets',
  'docs',
  'organizations',
  'papers',
  'spaces',
  'tasks'
];
/** Names from before the hub had owners; it still answers to them. */
const OLD_NAMES = new Map([
  ['gpt2', 'openai-community/gpt2'],
  ['gpt2-medium', 'openai-community/gpt2-medium'],
  ['gpt2-large', 'openai-community/gpt2-large'],
  ['gpt2-xl', 'openai-community/gpt2-xl'],
  ['distilgpt2', 'distilbert/distilgpt2']
]);
const MAIN = 'main';
const LONGEST_LABEL = 80;
const FILE = /\.(safetensors|json|txt|bin|md)$/i;

/** A place in a repository of the hub. */
interface HubPlace {
  readonly id: string;
  readonly revision: string;
  /** Folder inside the repository, without slashes at its ends; '' for its top. */
  readonly folder: string;
}

/**
 * `owner/model` or `owner/model@revision` is a repository of the hub; `https://...` is a page or a file of one, or a
 * folder of files elsewhere, or one of the files in it; anything else is null.
 *
 * @param hub address of the hub or a mirror, without a slash at its end: what the hub's own addresses are replaced by
 */
export function parseAddress(text: string, hub: string): ModelAddress | null {
  const trimmed = text.trim();
  const [, first, revision = MAIN] = BARE_HUB_ADDRESS.test(trimmed) ? [] : (WRITTEN_ID.exec(trimmed) ?? []);
  const id = repository((first ?? '').split('/'));
  if (id !== null) return hubAddress({ id, revision, folder: '' }, hub);
  const written = BARE_HUB_ADDRESS.test(trimmed) ? `https://${trimmed}` : trimmed;
  if (!/^https?:\/\//i.test(written) || !URL.canParse(written)) return null;
  const url = new URL(written);
  const parts = url.pathname.split('/').filter((part) => part !== '');
  if (isHub(url, hub)) {
    const place = hubPlace(partsAfter(hub, url, parts));
    return place && hubAddress(place, hub);
  }
  return webAddress(url, parts);
}

/** Address of a repository's files on a hub. */
export function hubFolder(hub: string, id: string, revision = MAIN, folder = ''): string {
  const inside = folder === '' ? '' : `${folder}/`;
  return `${hub}/${id}/resolve/${encodeURIComponent(decoded(revision))}/${inside}`;
}

/** The repository and revision that an address of a hub's layout names, wherever it is served; null for others. */
export function hubTail(url: string): string | null {
  return /\/[^/]+\/[^/]+\/resolve\/.*$/.exec(url)?.[0] ?? null;
}

/**
 * Whether two addresses are one model's: the same, or the same repository, revision and folder on the hub and on a
 * mirror of it.
 */
export function isSameAddress(a: string, b: string): boolean {
  return a === b || (hubTail(a) !== null && hubTail(a) === hubTail(b));
}

function hubAddress({ id, revision, folder }: HubPlace, hub: string): ModelAddress {
  const url = hubFolder(hub, id, revision, folder);
  const isPart = decoded(revision) !== MAIN || folder !== '';
  const parts = isPart ? [id, decoded(revision), folder].filter((part) => part !== '') : [id];
  const isPlain = !isPart && !id.includes('--') && id.length <= LONGEST_LABEL; // no other id reads like it
  return { name: isPlain ? label(id) : labelWithHash(parts.join('/'), hubTail(url)!), url, id, isPart };
}

function webAddress(url: URL, parts: readonly string[]): ModelAddress {
  const folders = FILE.test(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts;
  const address = `${url.origin}/${folders.map((part) => `${part}/`).join('')}`;
  const readable =
    folders[2] === 'resolve' ? folders.slice(0, 2).join('/') : (folders.at(-1) ?? url.hostname);
  return { name: labelWithHash(readable, address), url: address, id: null, isPart: false };
}

/** What the parts of an address after the hub's own say; null if they name no repository. */
function hubPlace(parts: readonly string[]): HubPlace | null {
  const named = parts.slice(0, OLD_NAMES.has(parts[0]) ? 1 : 2);
  const id = repository(named);
  if (id === null) return null;
  const [page, ...rest] = parts.slice(named.length);
  if (!PAGES_WITH_REVISION.includes(page) || rest.length === 0) return { id, revision: MAIN, folder: '' };
  const revisionParts = rest[0] === 'refs' ? 3 : 1; // refs/pr/1 is one revision
  const inside = rest.slice(revisionParts);
  if (FILE.test(inside.at(-1) ?? '')) inside.pop();
  return { id, revision: rest.slice(0, revisionParts).join('/'), folder: inside.join('/') };
}

/** `owner/model` from its halves or from an old name; null if they are neither. */
function repository(parts: readonly string[]): string | null {
  const id = (parts.length === 1 ? OLD_NAMES.get(parts[0]) : undefined) ?? parts.join('/');
  return HUB_ID.test(id) && !NO_OWNERS.includes(parts[0]) ? id : null;
}

function isHub(url: URL, hub: string): boolean {
  if (HUB_HOSTS.includes(url.hostname)) return true;
  return (
    URL.canParse(hub) && `${url.origin}${url.pathname}`.startsWith(`${new URL(hub).origin}${pathOf(hub)}/`)
  );
}

/** The parts of a path without those of the hub's own address, if it has any. */
function partsAfter(hub: string, url: URL, parts: readonly string[]): readonly string[] {
  if (HUB_HOSTS.includes(url.hostname)) return parts;
  return parts.slice(pathOf(hub).split('/').length - 1);
}

const pathOf = (address: string): string => new URL(address).pathname.replace(/\/+$/, '');

/** Percent signs resolved where they are right: `refs%2Fpr%2F1` is `refs/pr/1`. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `owner/model` as one name: letters, digits, `.`, `_` and `-`, and no dot at its front. */
function label(text: string): string {
  return decoded(text)
    .replaceAll('/', '--')
    .replaceAll(/[^\w.-]/g, '-')
    .replace(/^\.+/, '')
    .slice(0, LONGEST_LABEL);
}

/** A readable name, told apart from every other by a hash of the whole address. */
const labelWithHash = (readable: string, address: string): string =>
  `${label(readable)}-${shortHash(address)}`;

/** FNV-1a of the text's UTF-8 bytes: 32 bits in hexadecimal. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
