import { ACTIVATIONS, activationNames, everyActivation, exportName } from '../trace/activations.ts';
import type { Gpt2Config } from '../model/config.ts';
import { expectFits } from './expect-fits.ts';
import { NpzWriter } from './npz.ts';
import type { RecordingSource } from './write.ts';

/**
 * Writes every activation of a run under its full name, with logits [T, vocab_size] and input_ids [T], as an .npz file.
 *
 * @param source reads one activation, of the shape of `ACTIVATIONS`
 * Memory: one activation at a time, beside what `onchunk` keeps.
 * Throws: InputError if the run does not fit in a file.
 */
export async function writeTrace(
  source: Pick<RecordingSource, 'read'>,
  config: Gpt2Config,
  ids: readonly number[],
  onchunk: (chunk: Uint8Array) => void
): Promise<void> {
  const T = ids.length;
  expectFits('trace: file', config, T, activationNames, 'F32');
  const writer = new NpzWriter(onchunk);
  writer.add('input_ids', { dtype: 'int32', shape: [T], data: Int32Array.from(ids) });
  for (const { name, layer } of everyActivation(config)) {
    const shape = ACTIVATIONS[name].shape(config, T);
    writer.add(exportName(name, layer), { dtype: 'float32', shape, data: await source.read(name, layer) });
  }
  writer.end();
}
