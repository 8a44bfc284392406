import type { ActivationName, GenerateOptions, PrintModelOptions } from '../../gpt2/index.ts';

/** A size of an axis as a source prints it: a number, or what it stands for in this model and prompt. */
export type Axis = number | 'T' | 'n_embd' | 'n_head' | 'd_head' | 'vocab_size';

type Print = { readonly print: 'tensor' | 'size' };
type OfBatch = { readonly prompts: readonly string[] };
type RowOfBatch = OfBatch & { readonly row: number };

/** How a value that a source printed is computed by our library: the name of a check and its arguments. */
export type CheckSpec =
  | {
      readonly name: 'activation';
      readonly prompt: string;
      readonly of: ActivationName;
      readonly layer?: number | 'last';
      /** Axes as the source has them; the batch axis is 1. */
      readonly axes: readonly Axis[];
      readonly print: 'tensor' | 'size' | 'list';
    }
  | ({ readonly name: 'c_attn'; readonly prompt: string; readonly layer: number } & Print)
  | ({ readonly name: 'by_hand'; readonly prompt: string } & Print)
  | { readonly name: 'by_hand_equals_output' | 'tied'; readonly prompt: string }
  | {
      readonly name: 'hidden_row';
      readonly prompt: string;
      readonly depth: number;
      readonly position: number;
    }
  | { readonly name: 'hidden_states'; readonly prompt: string; readonly print: 'count' | 'size' }
  | ({ readonly name: 'encoded' } & OfBatch)
  | ({ readonly name: 'ids'; readonly print: 'tensor' | 'list'; readonly row?: number } & OfBatch)
  | ({ readonly name: 'mask'; readonly print: 'tensor'; readonly row?: number } & OfBatch)
  | ({ readonly name: 'pieces' } & RowOfBatch)
  | ({
      readonly name: 'padded_text';
      /** Letters that a table has room for, as pandas cuts a text; all, if left out. */
      readonly widest?: number;
    } & RowOfBatch)
  | ({ readonly name: 'batch_size'; readonly print: 'hidden' | 'past' } & OfBatch)
  | ({ readonly name: 'top_token_padded'; readonly rank: number } & RowOfBatch)
  | { readonly name: 'first_word'; readonly prompt: string }
  | { readonly name: 'token_line'; readonly prompt: string; readonly position: number }
  | {
      readonly name: 'top_token';
      readonly prompt: string;
      /** Greedy steps before. */
      readonly after: number;
      readonly rank: number;
      readonly write: 'index' | 'rounded' | 'argmax' | 'quoted';
    }
  | {
      readonly name: 'greedy';
      readonly prompt: string;
      readonly steps: number;
      readonly print: 'text' | 'size';
    }
  | { readonly name: 'generated'; readonly prompt: string; readonly options: GenerateOptions }
  | {
      readonly name: 'beams_by_hand';
      readonly prompt: string;
      readonly steps: number;
      readonly num_beams: number;
    }
  | { readonly name: 'softmax'; readonly logits: readonly number[]; readonly temperature: number }
  | { readonly name: 'module'; readonly of: ModulePart }
  | { readonly name: 'printed_part'; readonly of: 'blocks' | 'block' | 'c_attn' }
  | {
      readonly name: 'filled_right';
      readonly prompt: string;
      /** Tokens in all. */
      readonly T: number;
      readonly filler: number;
    }
  | ({ readonly name: 'padded_by_hand' } & OfBatch)
  | { readonly name: 'printed_model'; readonly print: PrintModelOptions }
  | { readonly name: 'parameter'; readonly of: string }
  | { readonly name: 'config'; readonly field: string }
  | {
      readonly name: 'sizes';
      readonly model: string;
      readonly n_embd: number;
      readonly n_head: number;
      readonly n_layer: number;
    }
  | { readonly name: 'vocabulary'; readonly print: 'line' | 'number' }
  | { readonly name: 'special'; readonly of: 'bos' | 'eos' | 'unk' };

export type ModulePart = 'embedding' | 'blocks' | 'ln_1' | 'ln_2';

/** One value that a source printed. The sources ran GPT-2 small. */
export interface SourceValue {
  /** `deep-dive/input_embeds`: lesson and value. */
  readonly id: string;
  /** File name of the source. */
  readonly source: string;
  /** Where in it: `In [27]`, or a section. */
  readonly cell: string;
  readonly what: string;
  /** As printed, whitespace included. */
  readonly printed: string;
  readonly check?: CheckSpec;
  /** Only the beginning was kept. */
  readonly cut?: boolean;
  /** Drawn with PyTorch's random numbers, so nobody else's program can give it. */
  readonly random?: boolean;
  /** What it says of the source's own run, and nothing of the model. */
  readonly run?: string;
}
