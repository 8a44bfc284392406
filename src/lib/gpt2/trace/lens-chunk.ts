/** Positions whose logits are computed at once: [64, 50257] floats are 13 MB. */
export const LENS_CHUNK = 64;

/** What stands for an id or a rank at positions of a lens row that have not been read. */
export const NOT_READ = -1;
