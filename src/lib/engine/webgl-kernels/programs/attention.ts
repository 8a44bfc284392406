import { cut, float, packedProgram, pairOf, type Program } from '../program';

/** Sizes of attention: `runs` of T rows below one another, each attending to itself alone. */
export interface AttentionSizes {
  readonly runs: number;
  readonly T: number;
  readonly n_head: number;
  readonly n_embd: number;
}

const widthOf = ({ n_embd, n_head }: AttentionSizes) => n_embd / n_head;
const squares = ({ runs, n_head, T }: AttentionSizes) => [runs * n_head, T, T];

/** True if a head's columns and a run's rows begin where texels do. */
const isAligned = (sizes: AttentionSizes) =>
  widthOf(sizes) % 2 === 0 && (sizes.T % 2 === 0 || sizes.runs === 1);

/** GLSL: q·k of two queries and two keys, from the head's first column on. */
function products(sizes: AttentionSizes): string {
  const d_head = widthOf(sizes);
  if (isAligned(sizes)) {
    return `
    vec4 products(int query, int key, int first) {
      vec4 sums = vec4(0.);
      for (int column = 0; column < ${d_head}; column += 2) {
        vec4 q = getQ(query, first + column);
        vec4 k = getK(key, first + column);
        sums += q.xxzz * k.xzxz + q.yyww * k.ywyw;
      }
      return sums;
    }`;
  }
  return `
    ${pairOf('Q')}
    ${pairOf('K')}
    vec4 products(int query, int key, int first) {
      vec4 sums = vec4(0.);
      for (int column = 0; column < ${d_head}; column++) {
        sums += pairQ(query, first + column).xxyy * pairK(key, first + column).xyxy;
      }
      return sums;
    }`;
}

/**
 * q·k / sqrt(d_head), keys after the query masked.
 *
 * Shapes: q, k [runs·T, n_embd] → [runs·n_head, T, T].
 */
export function attentionScores(sizes: AttentionSizes, masked: number): Program {
  const { T, n_head } = sizes;
  const d_head = widthOf(sizes);
  return packedProgram(
    ['q', 'k'],
    squares(sizes),
    `
    ${products(sizes)}
    ${cut(T, T)}

    void main() {
      ivec3 at = getOutputCoords(); // head of a run, query, key
      int run = at.x / ${n_head};
      int first = (at.x - run * ${n_head}) * ${d_head};
      vec4 scores = vec4(0.);
      if (at.z <= at.y + 1) scores = products(run * ${T} + at.y, run * ${T} + at.z, first) * ${float(1 / Math.sqrt(d_head))};
      ivec4 queries = ivec4(at.y, at.y, at.y + 1, at.y + 1);
      ivec4 keys = ivec4(at.z, at.z + 1, at.z, at.z + 1);
      for (int i = 0; i < 4; i++) if (keys[i] > queries[i]) scores[i] = ${float(masked)};
      setOutput(cut(scores, at.y, at.z));
    }`
  );
}

/** GLSL: a query's score of one key; row 0 or 1 of the texel's rows. */
const EACH_KEY = (body: string) => `
      for (int key = 0; key <= query + 1; key += 2) {
        vec4 s = getScores(at.x, query, key);
        ${body}
      }`;

/**
 * Of each query: its highest score, and the sum of exp(score - highest) over the keys up to it.
 *
 * Shapes: scores [heads, T, T] → [heads, T, 2].
 */
export function softmaxStatistics(heads: number, T: number): Program {
  return packedProgram(
    ['scores'],
    [heads, T, 2],
    `
    ${cut(T, 2)}

    void main() {
      ivec3 at = getOutputCoords();
      int query = at.y;
      vec2 highest = vec2(getScores(at.x, query, 0).xz);
      ${EACH_KEY(`
        highest.x = max(highest.x, s.x);
        if (key + 1 <= query) highest.x = max(highest.x, s.y);
        highest.y = max(highest.y, s.z);
        if (key + 1 <= query + 1) highest.y = max(highest.y, s.w);`)}
      vec2 sums = vec2(0.);
      ${EACH_KEY(`
        vec4 e = exp(s - highest.xxyy);
        if (key <= query) sums.x += e.x;
        if (key + 1 <= query) sums.x += e.y;
        sums.y += e.z;
        if (key + 1 <= query + 1) sums.y += e.w;`)}
      setOutput(cut(vec4(highest.x, sums.x, highest.y, sums.y), at.y, 0));
    }`
  );
}

/** Shapes: scores [heads, T, T], statistics [heads, T, 2] → probabilities [heads, T, T]. */
export function attentionPattern(heads: number, T: number): Program {
  return packedProgram(
    ['scores', 'statistics'],
    [heads, T, T],
    `
    ${cut(T, T)}

    void main() {
      ivec3 at = getOutputCoords();
      vec4 row = getStatistics(at.x, at.y, 0);
      vec4 pattern = vec4(0.);
      if (at.z <= at.y + 1) pattern = exp(getScores(at.x, at.y, at.z) - row.xxzz) / row.yyww;
      if (at.z > at.y) pattern.x = 0.;
      if (at.z + 1 > at.y) pattern.y = 0.;
      if (at.z > at.y + 1) pattern.z = 0.;
      if (at.z + 1 > at.y + 1) pattern.w = 0.;
      setOutput(cut(pattern, at.y, at.z));
    }`
  );
}

/** GLSL: values weighed by two queries' probabilities, in two columns of one head or of two neighbours. */
function weighed(sizes: AttentionSizes): string {
  const { T, n_head } = sizes;
  const d_head = widthOf(sizes);
  if (isAligned(sizes)) {
    return `
    vec4 weighed(int row, int column) {
      int run = row / ${T};
      int query = row - run * ${T};
      int head = run * ${n_head} + column / ${d_head};
      vec4 sums = vec4(0.);
      for (int key = 0; key <= query + 1 && key < ${T}; key += 2) {
        vec4 p = getPattern(head, query, key);
        vec4 v = getV(run * ${T} + key, column);
        sums += p.xxzz * v.xyxy;
        if (key + 1 < ${T}) sums += p.yyww * v.zwzw;
      }
      return sums;
    }`;
  }
  return `
    float one(int row, int column) {
      int run = row / ${T};
      int query = row - run * ${T};
      int head = run * ${n_head} + column / ${d_head};
      float sum = 0.;
      for (int key = 0; key <= query; key++) {
        float p = getChannel(getPattern(head, query, key), vec2(query, key));
        sum += p * getChannel(getV(run * ${T} + key, column), vec2(run * ${T} + key, column));
      }
      return sum;
    }

    vec4 weighed(int row, int column) {
      return vec4(one(row, column), one(row, column + 1), one(row + 1, column), one(row + 1, column + 1));
    }`;
}

/** Shapes: pattern [runs·n_head, T, T], v [runs·T, n_embd] → z [runs·T, n_embd]. */
export function attentionValues(sizes: AttentionSizes): Program {
  const rows = sizes.runs * sizes.T;
  return packedProgram(
    ['pattern', 'v'],
    [rows, sizes.n_embd],
    `
    ${weighed(sizes)}
    ${cut(rows, sizes.n_embd)}

    void main() {
      ivec2 at = getOutputCoords();
      setOutput(cut(weighed(at.x, at.y), at.x, at.y));
    }`
  );
}
