/** Where the benchmark keeps what it makes: all of it ignored by git, and made again if it is deleted. */
import { fileURLToPath } from 'node:url';

const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const CACHE = inRepository('node_modules/.cache/bench');
export const NANO = inRepository('static/models/gpt2-nano');
export const ORT_DIST = inRepository('node_modules/onnxruntime-web/dist');
export const BUILT_EXPLORER = inRepository('build');
export const PAGE_CONFIG = inRepository('tests/bench/vite.config.ts');
export const MAKE_ONNX = inRepository('scripts/bench/make_onnx.py');
export const REQUIREMENTS = inRepository('scripts/bench/requirements.txt');

/** Folders inside the cache, which are also their addresses on the bench's server. */
export const SITE = 'site';
export const SMALL = 'gpt2-small-seeded';
export const SMALLEST = 'gpt2-nano-seeded';
