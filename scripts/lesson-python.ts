/**
 * Prints the Python of every lesson that has some, as the cells of its saved notebook, as one JSON object by lesson: what
 * python/tests/test_lessons.py runs.
 *
 *     node scripts/run-ts.mjs scripts/lesson-python.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import { runCommand } from './command/run-command.ts';
import { parseLesson } from './lesson-markdown/parse.ts';

const FOLDER = new URL('../src/lessons/', import.meta.url);
const ORIGINAL = /^([\w-]+)\.md$/; // a translation has the Python of the first file

async function main(): Promise<void> {
  const found: Record<string, string[]> = {};
  for (const file of readdirSync(FOLDER)) {
    const name = ORIGINAL.exec(file)?.[1];
    if (!name) continue;
    const { steps, pythonSetup } = await parseLesson(name, readFileSync(new URL(file, FOLDER), 'utf8'));
    const cells = steps.flatMap(({ cell }) => cell?.python?.text ?? []);
    if (cells.length > 0) found[name] = [...(pythonSetup === null ? [] : [pythonSetup]), ...cells];
  }
  console.log(JSON.stringify(found));
}

await runCommand(main);
