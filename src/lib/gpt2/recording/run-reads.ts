import { contributions } from '../explain/contributions.ts';
import { lensColumn, type LensColumn } from '../explain/lens-column.ts';
import { resultNorms } from '../explain/result-norms.ts';
import { readLayerNorm, type LayerNormName, type LayerNormParameters } from '../model/norm-parameters.ts';
import { lensRow } from '../trace/lens-row.ts';
import type { Trace } from '../trace/trace.ts';
import type { RecordedTrace } from './recorded-trace.ts';

type OrSoon<T> = T | Promise<T>;

/** What pictures read of one run, whether it is recorded or a trace. */
export interface RunReads extends Pick<
  RecordedTrace,
  | 'ids'
  | 'model'
  | 'n_layer'
  | 'read'
  | 'row'
  | 'logits'
  | 'lookAtLens'
  | 'lens'
  | 'headMaps'
  | 'valueNorms'
  | 'addedNorms'
  | 'contributions'
> {
  resultNorms(layer: number, position: number): OrSoon<Float32Array>;
  lensColumn(position: number): OrSoon<LensColumn>;
  layerNorm(name: LayerNormName, layer: number): OrSoon<LayerNormParameters>;
}

/** A trace, read as a recorded run is.  Memory: as its reads; the trace stays the caller's. */
export function traceReads(trace: Trace): RunReads {
  return {
    ids: trace.ids,
    model: trace.model,
    n_layer: trace.n_layer,
    read: (...place) => trace.read(...place),
    row: (...place) => trace.row(...place),
    logits: (position) => trace.logits(position),
    lookAtLens: (...chunk) => trace.lookAtLens(...chunk),
    lens: (depth, options) => lensRow(trace, depth, options),
    headMaps: (layer) => trace.headMaps(layer),
    valueNorms: (layer, head) => trace.valueNorms(layer, head),
    addedNorms: (layer) => trace.addedNorms(layer),
    contributions: async (position) => {
      const { ids } = await lensColumn(trace, position);
      return contributions(trace, position, { token: ids[trace.n_layer] });
    },
    resultNorms: (layer, position) => resultNorms(trace, layer, position),
    lensColumn: (position) => lensColumn(trace, position),
    layerNorm: (name, layer) => readLayerNorm(trace.model.weights, name, layer)
  };
}
