import type { BackendName } from '$lib/engine';
import { parseEdits } from '$lib/gpt2';
import { excess, tolerance } from '../../tolerance';
import { open } from './engines';
import causalUrl from '../../fixtures/causal/expected.json?url';
import editsUrl from '../../fixtures/causal/edits.json?url';

/** What TransformerLens and PyTorch compute of edited runs: make_causal_fixture.py and make_edits_fixture.py. */
interface Expected {
  readonly clean: number[];
  readonly corrupt: number[];
  /** Ids whose logits are stored. */
  readonly kept: number[];
  readonly edits: readonly { readonly edit: string; readonly logits: number[] }[];
}

/** The rarer edits, of the same ids, and the prompts that means over references are over. */
type More = Pick<Expected, 'edits'> & { readonly references: readonly number[][] };

const fetchNano = async <T>(url: string) => ((await (await fetch(url)).json()) as { nano: T }).nano;

export interface EditReport {
  readonly backend: string;
  readonly threads: number;
  /** Edited runs that were compared, and those whose logits are beyond the tolerance. */
  readonly compared: number;
  readonly wrong: string[];
}

/**
 * Runs gpt2-nano with edits of every kind and holds the last position's logits beside the stored ones.
 *
 * @param every compares one edit of so many: a GPU in software takes long
 */
export async function compareEdits(backend: BackendName, every: number): Promise<EditReport> {
  const { engine, report } = await open(backend);
  const nano = await fetchNano<Expected>(causalUrl);
  const more = await fetchNano<More>(editsUrl);
  const other = await engine.runBeside(nano.corrupt);
  const references: number[] = [];
  for (const ids of more.references) references.push((await engine.runBeside(ids)).trace);
  const allowed = tolerance(report.name, 'logits');
  const chosen = [...nano.edits, ...more.edits].filter((_, index) => index % every === 0);
  const wrong: string[] = [];
  for (const { edit, logits } of chosen) {
    const sent = { edits: parseEdits(edit), other: other.trace, references };
    const run = await engine.runEdited(nano.clean, sent);
    const isOff = logits.some((value, i) => excess(run.lastLogits[nano.kept[i]], value, allowed) > 0);
    if (isOff) wrong.push(edit);
    engine.release(run.trace);
  }
  for (const trace of [other.trace, ...references]) engine.release(trace);
  return { backend: report.name, threads: report.threads, compared: chosen.length, wrong };
}
