import { sumLanes } from './simd';

/**
 * One row of a LayerNorm: scale = sqrt(mean((x - mean)^2) + epsilon), out = (x - mean) / scale * weight + bias.
 * All arguments but width and epsilon are addresses.
 */
export function layerNormRow(
  width: i32,
  x: usize,
  weight: usize,
  bias: usize,
  epsilon: f32,
  scale: usize,
  out: usize
): void {
  const whole = (<usize>(width & ~3)) << 2;
  const end = (<usize>width) << 2;
  let sums = f32x4.splat(0);
  for (let i: usize = 0; i < whole; i += 16) sums = f32x4.add(sums, v128.load(x + i));
  let sum = sumLanes(sums);
  for (let i = whole; i < end; i += 4) sum += f32.load(x + i);
  const mean = sum / <f32>width;

  const means = f32x4.splat(mean);
  let squares = f32x4.splat(0);
  for (let i: usize = 0; i < whole; i += 16) {
    const centred = f32x4.sub(v128.load(x + i), means);
    squares = f32x4.add(squares, f32x4.mul(centred, centred));
  }
  let square = sumLanes(squares);
  for (let i = whole; i < end; i += 4) {
    const centred = f32.load(x + i) - mean;
    square += centred * centred;
  }
  const deviation = sqrt<f32>(square / <f32>width + epsilon);
  f32.store(scale, deviation);

  const deviations = f32x4.splat(deviation);
  for (let i: usize = 0; i < whole; i += 16) {
    const standard = f32x4.div(f32x4.sub(v128.load(x + i), means), deviations);
    v128.store(out + i, f32x4.add(f32x4.mul(standard, v128.load(weight + i)), v128.load(bias + i)));
  }
  for (let i = whole; i < end; i += 4) {
    const standard = (f32.load(x + i) - mean) / deviation;
    f32.store(out + i, standard * f32.load(weight + i) + f32.load(bias + i));
  }
}
