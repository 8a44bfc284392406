/** The matrix that turns the stream into logits, as formulas name it: GPT-2's own embedding, or a head of its own. */
export const unembedding = (tied = true): string => (tied ? 'wteᵀ' : 'lm_headᵀ');
