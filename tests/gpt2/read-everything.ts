import { everyActivation, exportName } from '../../src/lib/gpt2/trace/activations.ts';
import type { Activation } from '../../src/lib/gpt2/trace/parts.ts';
import type { Trace } from '../../src/lib/gpt2/trace/trace.ts';
import { TINY_CONFIG } from './tiny-model.ts';

/** Activations by full name. */
export type Readings = Map<string, Activation>;

/** Every activation of a tiny model's trace. */
export async function readEverything(trace: Trace, n_layer = TINY_CONFIG.n_layer): Promise<Readings> {
  const readings: Readings = new Map();
  for (const { name, layer } of everyActivation({ ...TINY_CONFIG, n_layer })) {
    readings.set(exportName(name, layer), await trace.read(name, layer));
  }
  return readings;
}
