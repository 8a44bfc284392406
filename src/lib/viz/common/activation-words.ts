/** How the activation of an MLP is named and written, whichever a checkpoint has. */
import { activationKind, activationScalar, type ActivationKind, type MlpActivation } from '$lib/gpt2';

/** GPT-2's own. */
export const GELU_NEW: MlpActivation = { name: 'gelu_new', parameters: {} };

const NAMES: Readonly<Record<ActivationKind, string>> = {
  gelu_tanh: 'GELU',
  gelu_erf: 'GELU',
  gelu_erf_clipped: 'GELU10',
  quick_gelu: 'QuickGELU',
  relu: 'ReLU',
  relu2: 'ReLU²',
  relu6: 'ReLU6',
  leaky_relu: 'LeakyReLU',
  prelu: 'PReLU',
  silu: 'SiLU',
  hardswish: 'Hardswish',
  mish: 'Mish',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  sqrtsoftplus: '√softplus',
  laplace: 'Laplace',
  linear: 'identity',
  xielu: 'xIELU'
};

const FORMULAS: Readonly<Record<ActivationKind, string>> = {
  gelu_tanh: '0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³)))',
  gelu_erf: '0.5 x (1 + erf(x / √2))',
  gelu_erf_clipped: 'min(max(0.5 x (1 + erf(x / √2)), −10), 10)',
  quick_gelu: 'x · sigmoid(1.702 x)',
  relu: 'max(0, x)',
  relu2: 'max(0, x)²',
  relu6: 'min(max(0, x), 6)',
  leaky_relu: 'max(0, x) + 0.01 min(0, x)',
  prelu: 'max(0, x) + weight · min(0, x)',
  silu: 'x · sigmoid(x)',
  hardswish: 'x · min(max(x + 3, 0), 6) / 6',
  mish: 'x · tanh(ln(1 + eˣ))',
  sigmoid: '1 / (1 + e⁻ˣ)',
  tanh: 'tanh(x)',
  sqrtsoftplus: '√ln(1 + eˣ)',
  laplace: '0.5 (1 + erf((x − 0.707107) / (0.282095 √2)))',
  linear: 'x',
  xielu: '[x > 0] αₚ x² + [x ≤ 0] αₙ (e^min(x, ε) − 1 − x) + β x'
};

/** Of which a neuron with pre below zero gives less than `ON_THRESHOLD` in size. */
const SILENT_BELOW: readonly ActivationKind[] = [
  'gelu_tanh',
  'gelu_erf',
  'gelu_erf_clipped',
  'quick_gelu',
  'relu',
  'relu2',
  'relu6'
];

/** `GELU`, `ReLU`: as it is called in formulas. */
export const activationName = ({ name }: MlpActivation): string => NAMES[activationKind(name)];

/** `GELU(x) = …` */
export function activationFormula(activation: MlpActivation): string {
  return `${activationName(activation)}(x) = ${FORMULAS[activationKind(activation.name)]}`;
}

/** True where what is well below zero is silenced, so that a neuron is on or off. */
export function isSilentBelow({ name }: MlpActivation): boolean {
  return SILENT_BELOW.includes(activationKind(name));
}

export function activationCurve({ name, parameters }: MlpActivation): (x: number) => number {
  return (x) => activationScalar(name, x, parameters);
}
