import { mapNumbers } from '../../../gpt2/numbers/attention-maps';
import type { Program } from '../program';

/**
 * Every head's probabilities as a small map, then their means on position 0, on the token before and on the query; see
 * `mapNumbers`.
 *
 * Shapes: scores [n_head, padded, padded], statistics [n_head, padded, 2] → [n_head, mapNumbers(T, block)], unpacked.
 */
export function headMaps(n_head: number, T: number, block: number): Program {
  const side = Math.ceil(T / block);
  const cells = side * side;
  return {
    variableNames: ['scores', 'statistics'],
    outputShape: [n_head, mapNumbers(T, block)],
    packedInputs: true,
    packedOutput: false,
    userCode: `
    float probability(int head, int query, int key) {
      vec4 rows = getStatistics(head, query, 0);
      vec2 row = imod(query, 2) == 0 ? rows.xy : rows.zw;
      return exp(getChannel(getScores(head, query, key), vec2(query, key)) - row.x) / row.y;
    }

    float largest(int head, int cell) {
      int firstQuery = (cell / ${side}) * ${block};
      int firstKey = imod(cell, ${side}) * ${block};
      float most = 0.;
      for (int query = firstQuery; query < min(firstQuery + ${block}, ${T}); query++) {
        for (int key = firstKey; key < min(firstKey + ${block}, query + 1); key++) {
          float p = probability(head, query, key);
          if (isnan(p)) return p;
          most = max(most, p);
        }
      }
      return most;
    }

    float mean(int head, int fact) {
      float sum = 0.;
      for (int query = 2; query < ${T}; query++) {
        sum += probability(head, query, fact == 0 ? 0 : fact == 1 ? query - 1 : query);
      }
      return sum / float(${Math.max(1, T - 2)});
    }

    void main() {
      ivec2 at = getOutputCoords();
      setOutput(at.y < ${cells} ? largest(at.x, at.y) : mean(at.x, at.y - ${cells}));
    }`
  };
}
