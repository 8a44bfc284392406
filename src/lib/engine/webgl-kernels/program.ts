import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';

/** A program as the backend compiles it, once for each shape of its inputs and output. */
export type Program = Parameters<MathBackendWebGL['compileAndRun']>[0];

/**
 * A program whose inputs and output are packed: a texel holds rows r and r + 1 of columns c and c + 1, as
 * (r c, r c + 1, r + 1 c, r + 1 c + 1). `getName(row, column)` gives the texel that an input's number is in.
 *
 * @param variableNames inputs, in order: `x` is read by `getX`
 */
export function packedProgram(variableNames: string[], outputShape: number[], userCode: string): Program {
  return { variableNames, outputShape, userCode, packedInputs: true, packedOutput: true };
}

/** A number as GLSL reads it: never without a point or an exponent. */
export const float = (value: number) => value.toExponential();

/** GLSL: leaves 0 where a texel reaches beyond the last row or column. */
export const cut = (rows: number, columns: number) => `
  vec4 cut(vec4 texel, int row, int column) {
    if (column + 1 >= ${columns}) texel.yw = vec2(0.);
    if (row + 1 >= ${rows}) texel.zw = vec2(0.);
    return texel;
  }`;

/** GLSL: two numbers of one column of an input, in rows `row` and `row + 1`, wherever its texels begin. */
export const pairOf = (name: string) => `
  vec2 pair${name}(int row, int column) {
    return vec2(
      getChannel(get${name}(row, column), vec2(row, column)),
      getChannel(get${name}(row + 1, column), vec2(row + 1, column))
    );
  }`;
