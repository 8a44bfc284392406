import type { Program } from '../program';

/** GLSL: the number at a place of one input, row by row. */
function numberOf(index: number, shape: readonly number[]): string {
  const [columns, rows] = [shape.at(-1)!, shape.at(-2)!];
  const texel = shape.length === 3 ? `int square = row / ${rows}; row -= square * ${rows};` : '';
  const place = shape.length === 3 ? 'square, row, column' : 'row, column';
  return `
    float number${index}(int at) {
      int row = at / ${columns};
      int column = at - row * ${columns};
      ${texel}
      return getChannel(getT${index}(${place}), vec2(row, column));
    }`;
}

/**
 * The numbers of several tensors one after another, so that they are one transfer.
 *
 * Shapes: inputs t0, t1 … of two or three axes each → [their numbers together], unpacked.
 */
export function join(shapes: readonly (readonly number[])[]): Program {
  let end = 0;
  const branches = shapes.map((shape, index) => {
    const first = end;
    end += shape.reduce((product, length) => product * length, 1);
    return `if (at < ${end}) { setOutput(number${index}(at - ${first})); return; }`;
  });
  return {
    variableNames: shapes.map((_, index) => `t${index}`),
    outputShape: [end],
    packedInputs: true,
    packedOutput: false,
    userCode: `
    ${shapes.map((shape, index) => numberOf(index, shape)).join('\n')}

    void main() {
      int at = getOutputCoords();
      ${branches.join('\n      ')}
    }`
  };
}
