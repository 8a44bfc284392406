/** The largest seed: 32 bits. Apart from the generator, so that a control's range needs none of it. */
export const MAX_SEED = 0xffffffff;
