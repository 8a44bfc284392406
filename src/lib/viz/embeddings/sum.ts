import { formatFixed } from '../common/format';
import { embeddingWords as words } from '$lib/words';

/** What two vectors and their sum say about each other, in numbers. */
export interface SumFacts {
  wteNorm: number;
  wpeNorm: number;
  sumNorm: number;
  /** Cosine of the angle between the wte row and the wpe row. */
  cosine: number;
  /** Largest |wte + wpe - resid_pre| over the components: 0 where the addition is exact. */
  largestError: number;
}

/** √(Σ x²), summed in double precision. */
export function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return Math.sqrt(sum);
}

/**
 * Measures wte + wpe = resid_pre at one position.
 * Shapes: all three [n_embd].
 * Throws: RangeError if they are not equally long.
 */
export function sumFacts(embed: Float32Array, pos_embed: Float32Array, resid_pre: Float32Array): SumFacts {
  if (embed.length !== pos_embed.length || embed.length !== resid_pre.length) {
    throw new RangeError(
      `sumFacts: embed, pos_embed and resid_pre must be equally long, got ${embed.length}, ${pos_embed.length} and ` +
        `${resid_pre.length}. Pass the rows of one position.`
    );
  }
  let dot = 0;
  let largestError = 0;
  for (let i = 0; i < embed.length; i++) {
    dot += embed[i] * pos_embed[i];
    largestError = Math.max(largestError, Math.abs(Math.fround(embed[i] + pos_embed[i]) - resid_pre[i]));
  }
  const wteNorm = norm(embed);
  const wpeNorm = norm(pos_embed);
  return { wteNorm, wpeNorm, sumNorm: norm(resid_pre), cosine: dot / (wteNorm * wpeNorm), largestError };
}

/** Cosines this near to 0 are called a right angle. */
const NEAR_RIGHT_ANGLE = 0.1;

/** A cosine in words. */
export function angleInWords(cosine: number): string {
  if (Number.isNaN(cosine)) return words.noAngle;
  if (Math.abs(cosine) < NEAR_RIGHT_ANGLE) return words.rightAngle;
  return cosine > 0 ? words.sameWay : words.against;
}

/** How many of the values lie beyond ±extent, where the colour no longer tells them apart. */
export function countBeyond(values: ArrayLike<number>, extent: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]) > extent) count += 1;
  return count;
}

/** How much longer the one is than the other, in words. */
export function lengthInWords(wteNorm: number, wpeNorm: number): string {
  const tokenLonger = wteNorm >= wpeNorm;
  const ratio = tokenLonger ? wteNorm / wpeNorm : wpeNorm / wteNorm;
  if (!Number.isFinite(ratio)) return words.zeroRow;
  return tokenLonger ? words.tokenLonger(formatFixed(ratio, 1)) : words.positionLonger(formatFixed(ratio, 1));
}
