import { cut, packedProgram, type Program } from '../program';

/**
 * Some rows of a matrix. The backend's own program wants the matrix unpacked, and products want it packed: wte would be
 * packed anew for every product.
 *
 * Shapes: x [any, width], indices [count] → [count, width].
 */
export function gatherRows(count: number, width: number): Program {
  return packedProgram(
    ['x', 'indices'],
    [count, width],
    `
    ${cut(count, width)}

    vec2 rowOf(float index, int column) {
      int row = int(index + 0.5);
      vec4 texel = getX(row, column);
      return imod(row, 2) == 0 ? texel.xy : texel.zw;
    }

    void main() {
      ivec2 at = getOutputCoords();
      vec2 rows = getIndices(at.x).xy;
      setOutput(cut(vec4(rowOf(rows.x, at.y), rowOf(rows.y, at.y)), at.x, at.y));
    }`
  );
}
