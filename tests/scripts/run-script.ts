import { execFile } from 'node:child_process';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `npm run -s <name> -- <args>` runs. */
export function runScript(name: string, args: readonly string[]): Promise<Run> {
  return new Promise((done) => {
    const command = ['scripts/run-ts.mjs', `scripts/${name}.ts`, ...args];
    execFile(process.execPath, command, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
