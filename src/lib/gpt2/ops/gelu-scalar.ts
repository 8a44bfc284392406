/** The tanh GELU of one number; apart from `geluTanh`, so that a page can draw its curve without TensorFlow.js. */

export const CUBIC = 0.044715; // Hendrycks and Gimpel (2016)
export const TWICE_SQRT_2_OVER_PI = 2 * Math.sqrt(2 / Math.PI);

/** x sigmoid(2 sqrt(2/π) (x + 0.044715 x³)), as `geluTanh`. */
export function geluTanhScalar(x: number): number {
  return x / (1 + Math.exp(-TWICE_SQRT_2_OVER_PI * (x + CUBIC * x * x * x)));
}
