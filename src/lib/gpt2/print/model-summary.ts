import type { Gpt2Config } from '../model/config.ts';
import type { ActivationFunction } from '../ops/activation-scalar.ts';
import { pythonFloat } from './python-float.ts';

const DEFAULT_PDROP = 0.1; // Hugging Face's, where config.json has none

/** How a model is printed, which differs between versions of Python's libraries. */
export interface PrintModelOptions {
  /** With the language-model head around the body: GPT2LMHeadModel, else GPT2Model. */
  readonly lm_head?: boolean;
  /** The widths of a Conv1D: older versions of transformers left them out. */
  readonly conv1dSizes?: boolean;
  /** That a LayerNorm has a bias: older versions of PyTorch did not say so. */
  readonly normBias?: boolean;
  /** Class of the attention; some versions of transformers say GPT2SdpaAttention. */
  readonly attention?: string;
}

const NEWEST: Required<PrintModelOptions> = {
  lm_head: true,
  conv1dSizes: true,
  normBias: true,
  attention: 'GPT2Attention'
};

/** The module of each activation function. */
const ACTIVATION_MODULES: Readonly<Record<ActivationFunction, string>> = {
  gelu: 'GELUActivation()',
  gelu_10: 'ClippedGELUActivation()',
  gelu_fast: 'FastGELUActivation()',
  gelu_new: 'NewGELUActivation()',
  gelu_python: 'GELUActivation()',
  gelu_pytorch_tanh: 'GELUTanh()',
  gelu_python_tanh: 'GELUTanh()',
  gelu_accurate: 'AccurateGELUActivation()',
  hardswish: 'Hardswish()',
  laplace: 'LaplaceActivation()',
  leaky_relu: 'LeakyReLU(negative_slope=0.01)',
  linear: 'LinearActivation()',
  mish: 'MishActivation()',
  quick_gelu: 'QuickGELUActivation()',
  relu: 'ReLU()',
  relu2: 'ReLUSquaredActivation()',
  relu6: 'ReLU6()',
  sigmoid: 'Sigmoid()',
  silu: 'SiLUActivation()',
  sqrtsoftplus: 'SqrtSoftplusActivation()',
  swish: 'SiLU()',
  tanh: 'Tanh()',
  prelu: 'PReLU(num_parameters=1)',
  xielu: 'XIELUActivation()'
};

/** One module: its name in its parent, its class with arguments, and what is inside. */
interface Module {
  readonly name: string;
  readonly text: string;
  readonly inside?: readonly Module[];
}

/**
 * The model as PyTorch's `print(model)` shows Hugging Face's GPT2LMHeadModel, to hold beside a notebook; unless told
 * otherwise, as transformers 5 and PyTorch 2.15 print it.
 *
 * Source: torch.nn.Module.__repr__; transformers, models/gpt2/modeling_gpt2.py.
 */
export function printModel(config: Gpt2Config, options: PrintModelOptions = {}): string {
  const print = { ...NEWEST, ...options };
  const { n_layer, n_embd, n_ctx, vocab_size, layer_norm_epsilon, embd_pdrop = DEFAULT_PDROP } = config;
  const epsilon = pythonFloat(layer_norm_epsilon);
  const layerNorm = (name: string): Module => ({
    name,
    text: `LayerNorm((${n_embd},), eps=${epsilon}, elementwise_affine=True${print.normBias ? ', bias=True' : ''})`
  });
  const blocks = n_layer === 1 ? '0' : `0-${n_layer - 1}`;
  const block = { name: blocks, text: 'GPT2Block', inside: blockModules(config, print, layerNorm) };
  const transformer = [
    { name: 'wte', text: `Embedding(${vocab_size}, ${n_embd})` },
    { name: 'wpe', text: `Embedding(${n_ctx}, ${n_embd})` },
    dropout('drop', embd_pdrop),
    {
      name: 'h',
      text: 'ModuleList',
      inside: [n_layer === 1 ? block : { ...block, text: `${n_layer} x GPT2Block` }]
    },
    layerNorm('ln_f')
  ];
  if (!print.lm_head) return printModule('GPT2Model', transformer).join('\n');
  const head = `Linear(in_features=${n_embd}, out_features=${vocab_size}, bias=False)`;
  return printModule('GPT2LMHeadModel', [
    { name: 'transformer', text: 'GPT2Model', inside: transformer },
    { name: 'lm_head', text: head }
  ]).join('\n');
}

function blockModules(
  config: Gpt2Config,
  { conv1dSizes, attention }: Required<PrintModelOptions>,
  layerNorm: (name: string) => Module
): Module[] {
  const { n_embd, n_inner, attn_pdrop = DEFAULT_PDROP, resid_pdrop = DEFAULT_PDROP } = config;
  const conv1d = (name: string, nx: number, nf: number) => ({
    name,
    text: conv1dSizes ? `Conv1D(nf=${nf}, nx=${nx})` : 'Conv1D()'
  });
  return [
    layerNorm('ln_1'),
    {
      name: 'attn',
      text: attention,
      inside: [
        conv1d('c_attn', n_embd, 3 * n_embd),
        conv1d('c_proj', n_embd, n_embd),
        dropout('attn_dropout', attn_pdrop),
        dropout('resid_dropout', resid_pdrop)
      ]
    },
    layerNorm('ln_2'),
    {
      name: 'mlp',
      text: 'GPT2MLP',
      inside: [
        conv1d('c_fc', n_embd, n_inner),
        conv1d('c_proj', n_inner, n_embd),
        { name: 'act', text: ACTIVATION_MODULES[config.activation_function] },
        dropout('dropout', resid_pdrop)
      ]
    }
  ];
}

function dropout(name: string, p: number): Module {
  return { name, text: `Dropout(p=${pythonFloat(p)}, inplace=False)` };
}

function printModule(text: string, inside: readonly Module[] | undefined): string[] {
  if (!inside) return [text];
  const lines = inside.flatMap(({ name, text: own, inside: below }) => {
    const [first, ...rest] = printModule(own, below);
    return [`  (${name}): ${first}`, ...rest.map((line) => `  ${line}`)];
  });
  return [`${text}(`, ...lines, ')'];
}
