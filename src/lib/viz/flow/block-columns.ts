import { flowWords as words } from '$lib/words';
import { formatNumber, formatWeight } from '../common';
import type { FlowNorms } from './facts';
import type { BlockPart, BlockReads } from './types';

/** One value for each row of an opened block, beside the tokens that it belongs to. */
export interface BlockColumn {
  readonly label: string;
  /** [T]; NaN where the row has none. */
  readonly values: ArrayLike<number>;
  text(value: number, position: number): string;
}

/**
 * What stands on the token rows of an opened block: for Q · K · V the selected head's scores and weights of the selected
 * query, for LayerNorm the two scales, for MLP what it adds and the neuron that is most active.
 *
 * @returns only columns whose numbers have arrived
 */
export function blockColumns(
  part: BlockPart,
  reads: BlockReads,
  { T, layer, position, norms }: { T: number; layer: number; position: number; norms?: FlowNorms }
): BlockColumn[] {
  const column = (
    label: string,
    values: ArrayLike<number> | undefined,
    text: BlockColumn['text'] = formatNumber
  ): BlockColumn[] => (values ? [{ label, values, text }] : []);
  const named = words.blockColumns;
  const ofQuery = (matrix: Float32Array | undefined) => matrix && rowOf(matrix, T, position);
  if (part === 'qkv') {
    return [
      ...column(named.score, ofQuery(reads.scores)),
      ...column(named.weight, ofQuery(reads.pattern), formatWeight)
    ];
  }
  if (part === 'layernorm') return [...column('ln_1 scale', reads.ln1), ...column('ln_2 scale', reads.ln2)];
  if (part !== 'mlp') return [];
  const strongest = reads.post && strongestNeurons(reads.post, T);
  return [
    ...column('‖mlp_out‖', norms?.mlp_out.subarray(layer * T, (layer + 1) * T)),
    ...column(
      named.neuron,
      strongest?.values,
      (value, at) => `${strongest!.neurons[at]}: ${formatNumber(value)}`
    )
  ];
}

/** One query's row; keys after it have no score. */
function rowOf(matrix: Float32Array, T: number, query: number): Float64Array {
  return Float64Array.from({ length: T }, (_, key) => (key <= query ? matrix[query * T + key] : NaN));
}

/** Of each position the neuron with the largest value after the activation function. */
function strongestNeurons(post: Float32Array, T: number): { values: Float64Array; neurons: Int32Array } {
  const n_inner = post.length / T;
  const values = new Float64Array(T).fill(-Infinity);
  const neurons = new Int32Array(T);
  for (let index = 0; index < post.length; index++) {
    const position = Math.floor(index / n_inner);
    if (!(post[index] > values[position])) continue;
    values[position] = post[index];
    neurons[position] = index % n_inner;
  }
  return { values, neurons };
}
