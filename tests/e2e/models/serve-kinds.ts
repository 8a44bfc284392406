/** Small checkpoints of every kind beside the page. */
import type { BrowserContext } from 'playwright-core';
import { FIXTURE, kindFiles } from '../../gpt2/checkpoint-kinds.ts';
import { serveModels } from './serve-models.ts';

/** Adds kinds to the models of the page's host; the context is one without service workers. */
export const serveKinds = (context: BrowserContext, names: readonly string[]): Promise<void> =>
  serveModels(
    context,
    names.map((name) => ({ name, files: kindFiles(FIXTURE.cases[name]), n_ctx: 32 }))
  );
