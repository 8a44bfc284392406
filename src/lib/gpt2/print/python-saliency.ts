import type { SaliencyMethod } from '../explain/saliency.ts';

/** How much each token of the prompt matters for a logit, or for a difference of two, by gradients: [T]. */
export interface SaliencyPlace {
  readonly name: 'saliency';
  readonly library: 'transformers';
  readonly method: SaliencyMethod;
  readonly position: number;
  readonly token: number;
  readonly minus: number | null;
  /** Of integrated gradients; 1 for the other method. */
  readonly steps: number;
}

/** The lines after the model is loaded: the gradient at the rows of wte, times the rows; position embeddings stay. */
export function saliencyLines({ method, position, token, minus, steps }: SaliencyPlace): string[] {
  const less = minus === null ? '' : ` - logits[${minus}]`;
  const scales =
    method === 'integrated_gradients' ? `[(step + 0.5) / ${steps} for step in range(${steps})]` : '[1.0]';
  return [
    'embed = model.transformer.wte(ids).detach()',
    `scales = ${scales}`,
    'array = torch.zeros(ids.shape[1])',
    'for scale in scales:',
    '    scaled = (embed * scale).requires_grad_()',
    `    logits = model(inputs_embeds=scaled, use_cache=False).logits[0, ${position}]`,
    `    (gradient,) = torch.autograd.grad(logits[${token}]${less}, scaled)`,
    '    array += (gradient * embed)[0].sum(-1) / len(scales)'
  ];
}
