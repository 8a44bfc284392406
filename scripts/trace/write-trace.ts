import { everyActivation, type Gpt2Config, type Trace } from '../../src/lib/gpt2/index.ts';
import { NpzWriter } from '../npz.ts';
import { activationShapes } from './report.ts';
import { UsageError } from '../command/usage-error.ts';
import type { OutFile } from '../command/whole-file.ts';

const MAX_FILE_BYTES = 2 ** 32 - 1; // zip without its 64-bit extension, which the writer does not have
const FLOAT_BYTES = 4;

/**
 * Writes every activation under its full name, with logits [T, vocab_size] and input_ids [T], as an .npz file.
 *
 * Memory: one activation at a time.
 * Throws: UsageError if the trace does not fit in a file.
 */
export async function writeTrace(trace: Trace, config: Gpt2Config, file: OutFile): Promise<void> {
  expectFits(config, trace.ids.length);
  const writer = new NpzWriter((chunk) => file.write(chunk));
  writer.add('input_ids', { dtype: 'int32', shape: [trace.ids.length], data: Int32Array.from(trace.ids) });
  for (const { name, layer } of everyActivation(config)) {
    const { fullName, shape, data } = await trace.read(name, layer);
    writer.add(fullName, { dtype: 'float32', shape, data });
  }
  writer.end();
}

function expectFits(config: Gpt2Config, T: number): void {
  const sizes = Object.values(activationShapes(config, T)).map((shape) =>
    shape.reduce((a, b) => a * b, FLOAT_BYTES)
  );
  const bytes = sizes.reduce((a, b) => a + b, 0);
  if (bytes < MAX_FILE_BYTES) return;
  throw new UsageError(
    `trace: --out must be under 4 GiB, got ${bytes} bytes for ${T} tokens. Run a shorter prompt.`
  );
}
