import { activationKind, type Gpt2Config } from '$lib/gpt2';
import { activationFormula } from '$lib/viz';
import { lessonWords } from '$lib/words';

const GPT2_EPSILON = 1e-5; // layer_norm_epsilon of OpenAI's checkpoints

/** In what a model computes otherwise than the GPT-2 that the lessons describe: a sentence each, none for GPT-2. */
export function differences(config: Gpt2Config): string[] {
  const words = lessonWords.differences;
  const activation = { name: config.activation_function, parameters: {} };
  return [
    ...(activationKind(config.activation_function) === 'gelu_tanh'
      ? []
      : [words.activation(activationFormula(activation))]),
    ...(config.scale_attn_weights ? [] : [words.unscaled]),
    ...(config.scale_attn_by_inverse_layer_idx ? [words.inverseLayer] : []),
    ...(config.tie_word_embeddings ? [] : [words.ownHead]),
    ...(config.layer_norm_epsilon === GPT2_EPSILON ? [] : [words.epsilon(config.layer_norm_epsilon)])
  ];
}
