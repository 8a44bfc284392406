import { untrack } from 'svelte';
import { pushState, replaceState } from '$app/navigation';
import { isCompressed, readAddress, withView, type Address, type Explorer } from '$lib/state';
import { expandedHash, writeHash } from './compressed-address';

const LINK_PAUSE_MS = 150; // browsers refuse to rewrite the address many times a second

/**
 * Keeps the address bar equal to the view while a page is open. A choice of what runs or which view is open makes an
 * entry in the history; everything else rewrites the entry. Back and Forward open what the address then holds.
 *
 * Call it while a component is set up.
 *
 * @param link the page's whole link: its fields, as a query without `?`
 * @param onopen opens what another address of this page asks for
 */
export function keepAddress(
  explorer: Explorer,
  link: () => string,
  onopen: (address: Address) => void
): void {
  const { pathname } = location;
  /** Choices that have their entry in the history. */
  let entered = 0;
  /** What the bar is to show in a moment; null if it shows it. */
  let next: { text: string; choices: number } | null = null;

  function write() {
    if (!next || location.pathname !== pathname) return;
    const address = withView(pathname, next.text);
    if (next.choices > entered) pushState(address, {});
    else if (withView(pathname, location.hash.slice(1)) !== address || location.search !== '')
      replaceState(address, {});
    entered = next.choices;
    next = null;
  }

  $effect(() => {
    const now = { text: link(), choices: explorer.selection.choices.count };
    if (explorer.session.phase === 'starting') return;
    if (next && next.choices < now.choices) write(); // what was selected last belongs to the entry before
    next = now;
    const timer = setTimeout(write, LINK_PAUSE_MS);
    return () => clearTimeout(timer);
  });

  $effect(() => {
    function reopen() {
      if (location.pathname !== pathname) return;
      const address = readAddress(location);
      next = null;
      entered = explorer.selection.choices.count;
      onopen(address);
      // A link to a place on the page opens no view: the bar shows the one that is open again.
      if (isPlaceOnly(address)) replaceState(withView(pathname, untrack(link)), {});
    }
    const expand = () =>
      isCompressed(location.hash) ? void expandedHash(location.hash).then(writeHash).then(reopen) : reopen();
    window.addEventListener('popstate', expand);
    return () => window.removeEventListener('popstate', expand);
  });
}

/** An address without a view leads to a place on the page: nothing else is opened. */
export function isPlaceOnly({ text, anchor }: Address): boolean {
  return text === '' && anchor !== null;
}
