import { cut, float, packedProgram, type Program } from '../program';

/**
 * Each row's scale, and in the numbers of a texel that a single column leaves free, its mean: so that the program after
 * it needs no third one. Whoever reads the scale never sees them.
 *
 * Shapes: x [rows, width] → [rows, 1].
 */
export function layerNormScale(rows: number, width: number, epsilon: number): Program {
  return packedProgram(
    ['x'],
    [rows, 1],
    `
    vec4 centred(int row, int column, vec2 means) {
      vec4 texel = getX(row, column) - means.xxyy;
      if (column + 1 >= ${width}) texel.yw = vec2(0.);
      return texel;
    }

    void main() {
      int row = getOutputCoords().x;
      vec4 sums = vec4(0.);
      for (int column = 0; column < ${width}; column += 2) sums += centred(row, column, vec2(0.));
      vec2 means = (sums.xz + sums.yw) / ${float(width)};
      vec4 squares = vec4(0.);
      for (int column = 0; column < ${width}; column += 2) {
        vec4 texel = centred(row, column, means);
        squares += texel * texel;
      }
      vec2 scales = sqrt((squares.xz + squares.yw) / ${float(width)} + ${float(epsilon)});
      setOutput(vec4(scales.x, means.x, scales.y, means.y));
    }`
  );
}

/** Shapes: x [rows, width], scale as `layerNormScale` gives it, weight and bias [width] → [rows, width]. */
export function layerNormApply(rows: number, width: number): Program {
  return packedProgram(
    ['x', 'scale', 'weight', 'bias'],
    [rows, width],
    `
    ${cut(rows, width)}

    void main() {
      ivec2 at = getOutputCoords();
      vec4 scale = getScale(at.x, 0);
      vec4 normalized = (getX(at.x, at.y) - scale.yyww) / scale.xxzz;
      setOutput(cut(normalized * getWeightAtOutCoords() + getBiasAtOutCoords(), at.x, at.y));
    }`
  );
}
