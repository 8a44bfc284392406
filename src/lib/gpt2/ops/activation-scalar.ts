/**
 * Every activation that a GPT-2's MLP may have, of one number: apart from the tensors' `activate`, so that a page can draw
 * a curve without TensorFlow.js.
 *
 * Source: transformers 5.23, activations.py, ACT2CLS.
 */
import { geluTanhScalar } from './gelu-scalar.ts';

/** The names in transformers' table. */
export const ACTIVATION_FUNCTIONS = [
  'gelu',
  'gelu_10',
  'gelu_fast',
  'gelu_new',
  'gelu_python',
  'gelu_pytorch_tanh',
  'gelu_python_tanh',
  'gelu_accurate',
  'hardswish',
  'laplace',
  'leaky_relu',
  'linear',
  'mish',
  'quick_gelu',
  'relu',
  'relu2',
  'relu6',
  'sigmoid',
  'silu',
  'sqrtsoftplus',
  'swish',
  'tanh',
  'prelu',
  'xielu'
] as const;

export type ActivationFunction = (typeof ACTIVATION_FUNCTIONS)[number];

/** What a name computes; several names are one function. */
export type ActivationKind =
  | 'gelu_tanh'
  | 'gelu_erf'
  | 'gelu_erf_clipped'
  | 'quick_gelu'
  | 'relu'
  | 'relu2'
  | 'relu6'
  | 'leaky_relu'
  | 'prelu'
  | 'silu'
  | 'hardswish'
  | 'mish'
  | 'sigmoid'
  | 'tanh'
  | 'sqrtsoftplus'
  | 'laplace'
  | 'linear'
  | 'xielu';

const KINDS: Readonly<Record<ActivationFunction, ActivationKind>> = {
  gelu: 'gelu_erf',
  gelu_10: 'gelu_erf_clipped',
  gelu_fast: 'gelu_tanh',
  gelu_new: 'gelu_tanh',
  gelu_python: 'gelu_erf',
  gelu_pytorch_tanh: 'gelu_tanh',
  gelu_python_tanh: 'gelu_tanh',
  gelu_accurate: 'gelu_tanh',
  hardswish: 'hardswish',
  laplace: 'laplace',
  leaky_relu: 'leaky_relu',
  linear: 'linear',
  mish: 'mish',
  quick_gelu: 'quick_gelu',
  relu: 'relu',
  relu2: 'relu2',
  relu6: 'relu6',
  sigmoid: 'sigmoid',
  silu: 'silu',
  sqrtsoftplus: 'sqrtsoftplus',
  swish: 'silu',
  tanh: 'tanh',
  prelu: 'prelu',
  xielu: 'xielu'
};

export function isActivationFunction(name: unknown): name is ActivationFunction {
  return typeof name === 'string' && Object.hasOwn(KINDS, name);
}

export function activationKind(name: ActivationFunction): ActivationKind {
  return KINDS[name];
}

/** The numbers that an activation learned, by their names in the checkpoint under h.L.mlp.act; shape [1], or [] for a constant. */
export const ACTIVATION_PARAMETERS: Readonly<
  Partial<Record<ActivationKind, Readonly<Record<string, readonly number[]>>>>
> = {
  prelu: { weight: [1] },
  xielu: { alpha_p: [1], alpha_n: [1], beta: [], eps: [] }
};

export const QUICK_GELU = 1.702; // Hendrycks and Gimpel (2016)
export const CLIP = 10; // gelu_10
export const LEAK = 0.01; // torch.nn.LeakyReLU's negative_slope
export const LAPLACE = { mu: 0.707107, sigma: 0.282095 }; // Ma et al. (2022), "Mega"

/** What xielu computes with, from its parameters in the checkpoint. */
export interface XieluSlopes {
  readonly alpha_p: number;
  readonly alpha_n: number;
  readonly beta: number;
  readonly eps: number;
}

/** The two slopes as transformers makes them, which keeps these parameters, and sums of them, in bfloat16. */
export function xieluSlopes(parameters: Readonly<Record<string, number>>): XieluSlopes {
  const [raw_p, raw_n, beta, eps] = ['alpha_p', 'alpha_n', 'beta', 'eps'].map((name) =>
    toBfloat16(parameters[name])
  );
  const alpha_n = toBfloat16(beta + toBfloat16(softplus(raw_n)));
  return { alpha_p: toBfloat16(softplus(raw_p)), alpha_n, beta, eps };
}

/** One number through the activation; `parameters` are those of ACTIVATION_PARAMETERS. */
export function activationScalar(
  name: ActivationFunction,
  x: number,
  parameters: Readonly<Record<string, number>> = {}
): number {
  const kind = KINDS[name];
  switch (kind) {
    case 'prelu':
      return x > 0 ? x : parameters.weight * x;
    case 'xielu': {
      const { alpha_p, alpha_n, beta, eps } = xieluSlopes(parameters);
      return x > 0 ? alpha_p * x * x + beta * x : (Math.expm1(Math.min(x, eps)) - x) * alpha_n + beta * x;
    }
    default:
      return SCALARS[kind](x);
  }
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const geluErf = (x: number) => 0.5 * x * (1 + erf(x / Math.SQRT2));

const SCALARS: Readonly<Record<Exclude<ActivationKind, 'prelu' | 'xielu'>, (x: number) => number>> = {
  gelu_tanh: geluTanhScalar,
  gelu_erf: geluErf,
  gelu_erf_clipped: (x) => Math.min(Math.max(geluErf(x), -CLIP), CLIP),
  quick_gelu: (x) => x * sigmoid(QUICK_GELU * x),
  relu: (x) => Math.max(x, 0),
  relu2: (x) => Math.max(x, 0) ** 2,
  relu6: (x) => Math.min(Math.max(x, 0), 6),
  leaky_relu: (x) => (x > 0 ? x : LEAK * x),
  silu: (x) => x * sigmoid(x),
  hardswish: (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
  mish: (x) => x * Math.tanh(softplus(x)),
  sigmoid,
  tanh: Math.tanh,
  sqrtsoftplus: (x) => Math.sqrt(softplus(x)),
  laplace: (x) => 0.5 * (1 + erf((x - LAPLACE.mu) / (LAPLACE.sigma * Math.SQRT2))),
  linear: (x) => x
};

/** ln(1 + e^x), without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

const ERF_TERMS = 300; // of the series, which has converged long before for |x| < ERF_ONE
const ERF_ONE = 6; // from here on erf is 1 in float64

/** The error function, to 1e-15: 2/sqrt(π) e^(-x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)). */
export function erf(x: number): number {
  if (Math.abs(x) >= ERF_ONE) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < ERF_TERMS && Math.abs(term) > Number.EPSILON * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** Rounds to the nearest bfloat16, ties to even, as torch does. */
function toBfloat16(value: number): number {
  const bits = new Uint32Array(new Float32Array([value]).buffer);
  bits[0] = ((bits[0] + 0x7fff + ((bits[0] >>> 16) & 1)) >>> 16) << 16;
  return new Float32Array(bits.buffer)[0];
}
