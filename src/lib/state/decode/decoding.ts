import { BeamSearch } from './beam-search.svelte';
import { Comparison } from './comparison.svelte';
import type { DecodeHost } from './host';
import { StepDecoder } from './step-decoder.svelte';

/** From logits to text: the parts of the decode view that compute. */
export class Decoding {
  readonly steps: StepDecoder;
  readonly beams: BeamSearch;
  readonly comparison: Comparison;

  constructor(host: DecodeHost) {
    this.steps = new StepDecoder(host);
    this.beams = new BeamSearch(host);
    this.comparison = new Comparison(host);
  }

  /** Drops everything computed: before another model or backend. */
  reset(): void {
    this.steps.reset();
    this.beams.reset();
    this.comparison.reset();
  }
}
