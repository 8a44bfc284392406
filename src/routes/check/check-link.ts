import { BACKENDS } from '$lib/state';
import type { BackendName } from '$lib/engine';

/** Which backends are checked, beside the fields of a view: `backends=wasm.cpu`. */
const PARAMETER = 'backends';
const SEPARATOR = '.';

/** The backends that a link asks for; null where it names none that there is. */
export function backendsInLink(link: string): readonly BackendName[] | null {
  const names = new URLSearchParams(link).get(PARAMETER)?.split(SEPARATOR) ?? [];
  const known = BACKENDS.filter((backend) => names.includes(backend));
  return known.length === 0 ? null : known;
}

/** A link with the backends in it. */
export function withBackends(link: string, backends: readonly BackendName[]): string {
  const fields = new URLSearchParams(link);
  if (backends.length > 0) fields.set(PARAMETER, backends.join(SEPARATOR));
  return fields.toString();
}
