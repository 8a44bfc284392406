import { BeamSearch } from './beam-search.svelte';
import { Comparison } from './comparison.svelte';
import type { DecodeNeeds } from './needs';
import { StepDecoder } from './step-decoder.svelte';

/** From logits to text: the parts of the decode view that compute. */
export class Decoding {
  readonly steps: StepDecoder;
  readonly beams: BeamSearch;
  readonly comparison: Comparison;

  constructor(needs: DecodeNeeds) {
    this.steps = new StepDecoder(needs);
    this.beams = new BeamSearch(needs);
    this.comparison = new Comparison(needs);
  }

  /** Drops everything computed: before another model or backend. */
  reset(): void {
    this.steps.reset();
    this.beams.reset();
    this.comparison.reset();
  }
}
