/** What the reference programs say about a prompt, cut to what a picture shows. */
import {
  loadFixture,
  manifest,
  type ReferenceFixture,
  type ReferencePrompt
} from '../../reference/fixture.ts';

export function promptOf(slug: string): ReferencePrompt {
  const prompt = manifest.prompts.find((candidate) => candidate.slug === slug);
  if (!prompt) throw new Error(`promptOf: slug must be in the manifest, got ${slug}.`);
  return prompt;
}

/** One prompt's numbers from TransformerLens, by full export name. */
export class Reference {
  readonly fixture: ReferenceFixture;

  constructor(slug: string) {
    this.fixture = loadFixture(slug, 'tl');
  }

  get T(): number {
    return this.fixture.ids.length;
  }

  /** A position's values: [width] of a [T, width] activation, [n_head, d_head] flat of q, k, v, z. */
  row(name: string, position: number): number[] {
    const { data, shape } = this.fixture.rows[name];
    const place = this.#place(name, position);
    const width = data.length / shape[0];
    return Array.from(data.slice(place * width, (place + 1) * width), Number);
  }

  /** A head's part of a row of q, k, v or z: [d_head]. */
  headRow(name: string, position: number, head: number): number[] {
    const d_head = this.fixture.rows[name].shape[2];
    return this.row(name, position).slice(head * d_head, (head + 1) * d_head);
  }

  /** A query's row of one head's pattern or scores: [T]. */
  keys(name: string, query: number, head: number): number[] {
    const { data, shape } = this.fixture.rows[name];
    const [, queries, T] = shape;
    const start = (head * queries + this.#place(name, query)) * T;
    return Array.from(data.slice(start, start + T), Number);
  }

  /** The last position's logits, [vocab_size]. */
  lastLogits(): number[] {
    return this.row('logits', this.T - 1);
  }

  #place(name: string, position: number): number {
    const place = this.fixture.positionsOf(name).indexOf(position);
    if (place < 0) throw new Error(`Reference: ${name} must keep position ${position}, got none.`);
    return place;
  }
}

export const norm = (values: readonly number[]): number => Math.hypot(...values);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Population standard deviation, as LayerNorm takes it. */
export const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Softmax in float64, at a temperature. */
export function softmax(logits: readonly number[], temperature = 1): number[] {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const powers = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Ids from the most probable on. */
export const idsByRank = (values: readonly number[]): number[] =>
  Array.from(values, (_, id) => id).sort((a, b) => values[b] - values[a] || a - b);
