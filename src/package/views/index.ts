/**
 * The pictures as custom elements: `import 'gpt2-lens/views'` defines them.
 *
 * @module
 */
import { LensElement } from './lens-element';

/** Where a head reads: matrix, arcs or text, and small maps of all heads. */
export class LensAttention extends LensElement {
  protected override readonly view = 'attention';
}

/** What each depth would say next. */
export class LensLogitLens extends LensElement {
  protected override readonly view = 'lens';
}

/** The next token's probabilities. */
export class LensNextToken extends LensElement {
  protected override readonly view = 'next-token';
}

/** Norms of the residual stream, and what each sublayer adds. */
export class LensResidual extends LensElement {
  protected override readonly view = 'residual';
}

/** The whole model in one picture. */
export class LensFlow extends LensElement {
  protected override readonly view = 'flow';
}

/** Every element by its tag. */
export const LENS_ELEMENTS = {
  'lens-attention': LensAttention,
  'lens-logit-lens': LensLogitLens,
  'lens-next-token': LensNextToken,
  'lens-residual': LensResidual,
  'lens-flow': LensFlow
} as const;

if (globalThis.customElements) {
  for (const [tag, element] of Object.entries(LENS_ELEMENTS))
    if (!customElements.get(tag)) customElements.define(tag, element);
}

declare global {
  interface HTMLElementTagNameMap {
    'lens-attention': LensAttention;
    'lens-logit-lens': LensLogitLens;
    'lens-next-token': LensNextToken;
    'lens-residual': LensResidual;
    'lens-flow': LensFlow;
  }
}

export { LensElement };
export type { GivenArray, LensSelection, RunArrays } from './types';
