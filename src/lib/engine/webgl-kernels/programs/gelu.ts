import { CUBIC, TWICE_SQRT_2_OVER_PI } from '../../../gpt2/ops/gelu-scalar';
import { float, packedProgram, type Program } from '../program';

/** Beyond this sigmoid is 0 or 1, and exp still far from infinity. */
const FLAT = 80;

/** GELU in the tanh form, as x sigmoid(2 sqrt(2/π) (x + 0.044715 x³)). Shapes: x of any shape → the same. */
export function gelu(shape: number[]): Program {
  return packedProgram(
    ['x'],
    shape,
    `
    void main() {
      vec4 x = getXAtOutCoords();
      vec4 inner = ${float(TWICE_SQRT_2_OVER_PI)} * (x + ${float(CUBIC)} * x * x * x);
      setOutput(x / (1. + exp(-clamp(inner, ${float(-FLAT)}, ${float(FLAT)}))));
    }`
  );
}
