import { contributions } from '../explain/contributions.ts';
import { resultNorms } from '../explain/result-norms.ts';
import { readLayerNorm } from '../model/norm-parameters.ts';
import { summariseLogits } from '../numbers/distribution.ts';
import { lensRow } from '../trace/lens-row.ts';
import type { Trace } from '../trace/trace.ts';
import type { RecordingSource } from './write.ts';

/** A trace as what a recording is made from.  Memory: as its reads. */
export function traceSource(trace: Trace): RecordingSource {
  const { config, weights } = trace.model;
  return {
    read: async (name, layer) => (await trace.read(name, layer)).data,
    lens: (depth, top) => lensRow(trace, depth, { top, track: null }),
    flow: async (position) => {
      const logits = await trace.logits(position);
      const [token] = summariseLogits(logits, 1, logits.length, { top: 1 }).topIds;
      return contributions(trace, position, { token });
    },
    values: (layer, head) => trace.valueNorms(layer, head),
    results: async (position) => {
      const norms = new Float32Array(config.n_layer * config.n_head);
      for (let layer = 0; layer < config.n_layer; layer++)
        norms.set(await resultNorms(trace, layer, position), layer * config.n_head);
      return norms;
    },
    layerNorm: (name, layer) => readLayerNorm(weights, name, layer)
  };
}
