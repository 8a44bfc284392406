import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MAKE_ONNX, REQUIREMENTS } from './places.ts';

const PYTHON = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];

function run(program: string, args: string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', process.stderr, 'inherit'] });
  if (status === 0) return;
  const reason = error?.message ?? `exit code ${status}`;
  throw new Error(
    `bench: ${program} must succeed, got ${reason}. Python 3.11 with venv and the PyPI registry are needed.`
  );
}

/** A Python that has the `onnx` package, in a virtual environment of its own. */
function ensurePython(environment: string): string {
  const python = join(environment, ...PYTHON);
  if (existsSync(join(environment, 'ready'))) return python;
  process.stderr.write('Installing the onnx package for Python …\n');
  run('python3', ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]);
  run(python, ['-c', `open(${JSON.stringify(join(environment, 'ready'))}, 'w').close()`]);
  return python;
}

/**
 * Writes forward.onnx and decode.onnx, which read the folder's own model.safetensors, unless they are there and newer
 * than the program that writes them.
 *
 * Throws: Error if Python or the package cannot be had.
 */
export function ensureOnnxTwin(folder: string, environment: string): void {
  const written = join(folder, 'decode.onnx'); // the last of the two
  if (existsSync(written) && statSync(written).mtimeMs > statSync(MAKE_ONNX).mtimeMs) return;
  run(ensurePython(environment), [MAKE_ONNX, folder]);
}
