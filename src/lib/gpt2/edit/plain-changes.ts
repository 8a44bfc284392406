import type * as core from '@tensorflow/tfjs-core';

/** What changes compute with. They are named one by one: the whole library would come into every script that plans edits. */
export type ChangeOperations = Pick<typeof core, 'zerosLike' | 'add' | 'mul' | 'mean'>;

/** A change that needs nothing but the value. */
interface PlainChange {
  /** What takes the place of a value, which it leaves alone; called in a `tf.tidy`. */
  readonly of: (value: core.Tensor, tf: ChangeOperations) => core.Tensor;
  /** The same in Python, from the text of a value. */
  readonly python: (value: string) => string;
}

/** By the name that stands in links and on the command line. */
export const PLAIN_CHANGES = {
  /** Becomes 0. Of z the head's value bias goes and c_proj's bias stays; zero v or result are other edits. */
  zero: {
    of: (value, tf) => tf.zerosLike(value),
    python: (value) => `torch.zeros_like(${value})`
  }
} as const satisfies Record<string, PlainChange>;

export type PlainChangeName = keyof typeof PLAIN_CHANGES;

export const plainChangeNames = Object.keys(PLAIN_CHANGES) as PlainChangeName[];
