/** out = a + b, `count` numbers each. */
export function add(count: i32, a: usize, b: usize, out: usize): void {
  const whole = (<usize>(count & ~3)) << 2;
  const end = (<usize>count) << 2;
  for (let i: usize = 0; i < whole; i += 16) {
    v128.store(out + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
  }
  for (let i = whole; i < end; i += 4) f32.store(out + i, f32.load(a + i) + f32.load(b + i));
}
