/** Reads what a person writes for a model: a repository of the hub, or an address on the web. */

export interface ModelAddress {
  /** For links and for the folder it is kept in. */
  readonly name: string;
  /** Address of the folder, ending in `/`. */
  readonly url: string;
}

/** Neither half may begin with a dot: `owner/..` would be another folder. */
const HUB_ID = /^(?!\.)[\w.-]+\/(?!\.)[\w.-]+$/;
const LONGEST_NAME = 100;

/**
 * `owner/model` is a repository of the hub, `https://...` a folder of files, or one of the files in it, or the page of
 * a repository on the hub; anything else is null.
 *
 * @param hub address of the hub or a mirror, without a slash at its end
 */
export function parseAddress(text: string, hub: string): ModelAddress | null {
  const trimmed = text.trim();
  if (HUB_ID.test(trimmed)) return { name: safeName(trimmed), url: hubFolder(hub, trimmed) };
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const id = parts.slice(0, 2).join('/');
  if (url.origin === originOf(hub) && HUB_ID.test(id) && parts[2] !== 'resolve') {
    return { name: safeName(id), url: hubFolder(hub, id, parts[2] === 'tree' ? parts[3] : undefined) };
  }
  if (/\.(safetensors|json|txt)$/.test(parts.at(-1) ?? '')) parts.pop();
  const isHubFolder = parts[2] === 'resolve';
  const name = safeName(isHubFolder ? id : (parts.at(-1) ?? url.hostname));
  return { name, url: `${url.origin}/${parts.map((part) => `${part}/`).join('')}` };
}

/** Address of a repository's files on a hub. */
export function hubFolder(hub: string, id: string, revision = 'main'): string {
  return `${hub}/${id}/resolve/${revision}/`;
}

/** `owner/model` as one name: letters, digits, `.`, `_` and `-`. */
function safeName(text: string): string {
  return text
    .replaceAll('/', '--')
    .replaceAll(/[^\w.-]/g, '-')
    .slice(0, LONGEST_NAME);
}

function originOf(hub: string): string | null {
  return URL.canParse(hub) ? new URL(hub).origin : null;
}
