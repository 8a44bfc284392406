/**
 * What the reader chose on this device, by name. A browser may deny a page its storage (blocked cookies, a frame that a
 * learning platform has sandboxed) or have no room left: choices then hold until the page is closed.
 */
const unsaved = new Map<string, string | null>();

/** What was chosen under a name; null if nothing was. */
export function recall(name: string): string | null {
  const held = unsaved.get(name);
  if (held !== undefined) return held;
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a choice; null forgets it. False if it holds only until the page is closed. */
export function remember(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
    unsaved.delete(name);
    return true;
  } catch {
    unsaved.set(name, value);
    return false;
  }
}
