import { linkWords as words } from '$lib/words';
import type { Say } from './reports.svelte';

/**
 * The part of a page's address that holds the view. It stands after the `#`, which no server is ever sent; links of
 * version 1 had it after the `?`, and keep working.
 */

/** Raised when an old link would be read wrongly; a line in MIGRATIONS then turns it into a new one. */
export const LINK_VERSION = 2;

/** Mail and chat programs begin to cut or break links at about this many letters. */
export const LONG_LINK = 2000;

/** True for a fragment whose fields are compressed: `expandFragment` reads it. */
export const isCompressed = (fragment: string): boolean => /^#?z:/.test(fragment);

/** Changes the fields of a link of one version into those of the next, in place; the first is of version 1. */
const MIGRATIONS: readonly ((fields: URLSearchParams) => void)[] = [toVersion2];

/** Left out of links of version 1, where they were the usual ones. */
const FIRST_DEFAULTS = { view: 'attention', layer: '6', head: '4' };

/**
 * `step` was a number in the explorer and a name in a lesson, and a lesson's link could hold both. The usual view
 * and head were others; a link that names no version was written by hand, and means those that are the usual ones now.
 */
function toVersion2(fields: URLSearchParams): void {
  const steps = fields.getAll('step');
  fields.delete('step');
  for (const step of steps) fields.set(/^\d/.test(step) ? 'step' : 'lesson_step', step);
  if (!fields.has('v')) return;
  for (const [name, usual] of Object.entries(FIRST_DEFAULTS)) {
    if (!fields.has(name)) fields.set(name, usual);
  }
}

export interface Address {
  /** Fields of the newest version, as a query without `?`; empty where the address holds none. */
  readonly text: string;
  /** Name of an element of the page after a bare `#`; null where there is none. */
  readonly anchor: string | null;
  readonly problems: readonly Say[];
}

/** Fields of one version, brought to the newest. */
function migrated(text: string, assumed: number): { text: string; problems: Say[] } {
  const fields = new URLSearchParams(text);
  const given = fields.get('v');
  const version = given === null ? assumed : /^\d{1,4}$/.test(given) ? Number(given) : NaN;
  const isKnown = version >= 1 && version <= LINK_VERSION;
  for (const migrate of isKnown ? MIGRATIONS.slice(version - 1) : []) migrate(fields);
  fields.delete('v');
  if (isKnown) return { text: fields.toString(), problems: [] };
  return { text: fields.toString(), problems: [() => words.version(given ?? '', LINK_VERSION)] };
}

/** Reads an address of any version. Never throws; parseView and parseLessonLink read what it gives. */
export function readAddress({ hash, search }: Pick<Location, 'hash' | 'search'>): Address {
  const fragment = hash.replace(/^#/, '');
  // the page has tried to write it out before
  if (isCompressed(fragment)) return { text: '', anchor: null, problems: [() => words.damaged] };
  // A program that passes a link on may add its own ?fields: the whole view is in the fragment where there is one.
  if (fragment.includes('=')) return { ...migrated(fragment, LINK_VERSION), anchor: null };
  return { ...migrated(search, 1), anchor: fragment === '' ? null : decoded(fragment) };
}

/** An address of this site with a view in it. */
export function withView(path: string, text: string): string {
  return text === '' ? path : `${path}#${text}`;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // a lone %
  }
}
