/** The files of a model folder that hold weights: those that are read, and those that are refused with a way out. */
import { ModelFileError, mustBe } from '../errors.ts';

export const WEIGHTS = 'model.safetensors';
/** Lists the shards of weights that are too many for one file. */
export const WEIGHTS_INDEX = 'model.safetensors.index.json';

/** A file of this folder and no other: nothing that leads out of it. */
const SHARD = /^[\w-][\w.-]*\.safetensors$/;

/**
 * The files that an index lists, each once, in the order of their names.
 *
 * Throws: ModelFileError if it is not an index.
 */
export function shardsOf(index: unknown): string[] {
  const map = (index as { weight_map?: unknown } | null)?.weight_map;
  const names = typeof map === 'object' && map !== null ? [...new Set(Object.values(map))] : [];
  const wrong = names.find((name) => typeof name !== 'string' || !SHARD.test(name));
  if (names.length > 0 && wrong === undefined) return (names as string[]).sort();
  const actual = names.length === 0 ? 'none' : JSON.stringify(wrong);
  const expected = 'a list of tensors with the .safetensors file of each';
  const advice = 'Download the file again.';
  throw new ModelFileError(
    mustBe(`readModelFolder: weight_map of ${WEIGHTS_INDEX}`, expected, actual, advice)
  );
}

const SAVE = "from transformers import GPT2LMHeadModel as M; M.from_pretrained('DIR').save_pretrained('OUT')";

/** Weights in other formats, and the one command that makes a model.safetensors of them. */
export const OTHER_WEIGHTS: readonly {
  readonly file: RegExp;
  readonly name: string;
  readonly command: string;
}[] = [
  {
    file: /^pytorch_model(-\d+-of-\d+)?\.bin(\.index\.json)?$/,
    name: 'pytorch_model.bin',
    command: `Convert it: python -c "${SAVE}"`
  },
  {
    file: /^tf_model\.h5$/,
    name: 'tf_model.h5',
    command: `Convert it with transformers 4: python -c "${SAVE.replace("'DIR'", "'DIR', from_tf=True")}"`
  },
  {
    file: /^flax_model\.msgpack$/,
    name: 'flax_model.msgpack',
    command: `Convert it with transformers 4: python -c "${SAVE.replace("'DIR'", "'DIR', from_flax=True")}"`
  },
  {
    file: /\.gguf$/,
    name: 'a .gguf file',
    command: `Convert it: python -c "${SAVE.replace("'DIR'", "'DIR', gguf_file='FILE.gguf'")}"`
  },
  {
    file: /\.ckpt(\.index)?$|^model\.ckpt/,
    name: 'a TensorFlow checkpoint',
    command:
      'Convert it: transformers convert --model_type gpt2 --tf_checkpoint DIR --pytorch_dump_output OUT'
  },
  {
    file: /\.(pt|pth)$/,
    name: 'a .pt file',
    command:
      'Write its tensors with the names of Hugging Face: python -c "import torch; ' +
      "from safetensors.torch import save_file as s; c = torch.load('ckpt.pt', map_location='cpu'); " +
      "c = c.get('model', c); t = ('c_attn.weight', 'c_proj.weight', 'c_fc.weight'); " +
      "s({k.removeprefix('_orig_mod.'): v.t().contiguous() if k.endswith(t) else v.clone() " +
      "for k, v in c.items()}, 'model.safetensors', {'format': 'pt'})\""
  }
];
