/**
 * OpenAI's GPT-2 sizes and the distilled one on Hugging Face's hub. A size or hash stands here only where it is known
 * from the publisher; for the others the download is checked by its length, ETag and header.
 */

export interface HubModel {
  readonly name: string;
  /** Repository on the hub. */
  readonly id: string;
  /** Commit of that repository; left out, the newest is fetched. */
  readonly revision?: string;
  readonly n_layer: number;
  readonly n_head: number;
  readonly n_embd: number;
  /** SPDX identifier, from the hub's card. */
  readonly licence: string;
  readonly summary: string;
  /** Of model.safetensors. */
  readonly weights?: { readonly bytes: number; readonly sha256: string };
}

/** The branch that the hub serves where no commit is fixed. */
export const HUB_REVISION = 'main';
export const HUB = 'https://huggingface.co';
export const HUB_FILES = ['config.json', 'merges.txt', 'model.safetensors', 'vocab.json'];
export const GPT2_N_CTX = 1024;
export const GPT2_VOCAB_SIZE = 50_257;

export const HUB_MODELS: readonly HubModel[] = [
  {
    name: 'gpt2',
    id: 'openai-community/gpt2',
    revision: '607a30d783dfa663caf39e06633721c8d4cfcd7e',
    n_layer: 12,
    n_head: 12,
    n_embd: 768,
    licence: 'MIT',
    summary: 'GPT-2 small as OpenAI published it in 2019: the model that most papers look into.',
    weights: {
      bytes: 548_105_171,
      sha256: '248dfc3911869ec493c76e65bf2fcf7f615828b0254c12b473182f0f81d3a707'
    }
  },
  {
    name: 'distilgpt2',
    id: 'distilbert/distilgpt2',
    n_layer: 6,
    n_head: 12,
    n_embd: 768,
    licence: 'Apache-2.0',
    summary: 'Half the blocks of GPT-2 small, trained by Hugging Face to imitate it.'
  },
  {
    name: 'gpt2-medium',
    id: 'openai-community/gpt2-medium',
    n_layer: 24,
    n_head: 16,
    n_embd: 1024,
    licence: 'MIT',
    summary: "OpenAI's second size: 24 blocks of 16 heads."
  },
  {
    name: 'gpt2-large',
    id: 'openai-community/gpt2-large',
    n_layer: 36,
    n_head: 20,
    n_embd: 1280,
    licence: 'MIT',
    summary: "OpenAI's third size: 36 blocks of 20 heads."
  },
  {
    name: 'gpt2-xl',
    id: 'openai-community/gpt2-xl',
    n_layer: 48,
    n_head: 25,
    n_embd: 1600,
    licence: 'MIT',
    summary: "OpenAI's largest size: 48 blocks of 25 heads."
  }
];
