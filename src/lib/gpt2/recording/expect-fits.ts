import { elementCount } from '../checkpoint/weight-spec.ts';
import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Config } from '../model/config.ts';
import { ACTIVATIONS, everyActivation } from '../trace/activations.ts';

const MAX_FILE_BYTES = 2 ** 32 - 1; // zip without its 64-bit extension, which the writer does not have
const BYTES = { F32: 4, F16: 2 };

/** Throws: InputError if the activations that are named do not fit in one file. */
export function expectFits(
  where: string,
  config: Gpt2Config,
  T: number,
  names: readonly string[],
  dtype: keyof typeof BYTES
): void {
  let bytes = 0;
  for (const { name } of everyActivation(config)) {
    if (names.includes(name)) bytes += elementCount(ACTIVATIONS[name].shape(config, T)) * BYTES[dtype];
  }
  if (bytes < MAX_FILE_BYTES) return;
  throw new InputError(
    mustBe(where, 'under 4 GiB', `${bytes} bytes for ${T} tokens`, 'Run a shorter prompt.'),
    { code: 'fileRoom', values: [bytes, T] }
  );
}
