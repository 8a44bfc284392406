import type * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import type { BlockActivations } from '../model/block.ts';
import { passKey, type Pass } from '../model/pass.ts';
import type { AddedNorms, TraceParts } from './parts.ts';

/** What an edited run takes over from the unedited one. */
export type SharedBelow = Pick<TraceParts, 'resid' | 'blocks'> & { norms: Map<number, AddedNorms> };

/** `Trace.shareBelow`, of a trace's parts.  Memory, throws: as there. */
export function shareBelow(
  { pass: own, resid, blocks, norms }: TraceParts,
  pass: Pass,
  firstLayer: number
): SharedBelow {
  if (own.edits || own.key !== passKey(pass.model, pass.ids)) {
    const advice = 'Run the prompt without edits first.';
    throw new InputError(mustBe('runTrace: base', 'the unedited run of the same ids', 'another run', advice));
  }
  const isShared = ([layer]: [number, unknown]) => layer < firstLayer;
  const cloned = (block: BlockActivations) =>
    Object.fromEntries(Object.entries(block).map(([name, tensor]) => [name, (tensor as tf.Tensor).clone()]));
  const shared = [...blocks].filter(isShared);
  return {
    resid: resid.slice(0, firstLayer + 1).map((tensor) => tensor.clone()),
    blocks: new Map(shared.map(([layer, block]) => [layer, cloned(block) as unknown as BlockActivations])),
    norms: new Map([...norms].filter(isShared))
  };
}
