import type { EngineClient, ModelInfo } from '$lib/engine';
import type { Token } from '$lib/gpt2';
import { textOf, withoutFrame } from './append';
import type { DecodeOpening } from './decode-opening.svelte';
import { EXAMPLE_PROMPTS, TELLING_HEADS, type ExampleName } from './example-prompts';
import { exampleOnHead, headOf, promptOfNext } from './examples';
import type { PromptRun } from './prompt-run.svelte';
import type { Prompt, Selection } from './selection.svelte';
import { withPlainLines } from './view-state';

/** A pause in typing after which the model runs. */
const TYPING_PAUSE_MS = 250;

/** What another prompt needs of the page. */
export interface PromptChoiceHost {
  readonly engine: EngineClient | null;
  readonly model: ModelInfo | null;
  readonly opening: DecodeOpening;
}

/** Another prompt, chosen by the reader: it goes into the view, and the model runs it. */
export class PromptChoice {
  readonly #host: PromptChoiceHost;
  readonly #selection: Selection;
  readonly #prompt: PromptRun;

  constructor(host: PromptChoiceHost, selection: Selection, prompt: PromptRun) {
    this.#host = host;
    this.#selection = selection;
    this.#prompt = prompt;
  }

  /** The example that opened on this head and the position that the head reads from; null once anything else is chosen. */
  get exampleStory(): { readonly name: ExampleName; readonly key: number } | null {
    const { run } = this.#prompt;
    const { view, position, layer, head } = this.#selection;
    if (!run || position !== run.T - 1 || textOf(run.tokens) !== view.prompt) return null;
    const name = exampleOnHead(view, layer, head);
    return name && { name, key: TELLING_HEADS[name].key };
  }

  /** The prompt as it is typed. */
  type(text: string): void {
    this.#host.opening.choose();
    this.#selection.type(text);
    void this.#prompt.update(TYPING_PAUSE_MS);
  }

  /** Runs another prompt at once. */
  open(text: string): void {
    this.#host.opening.choose();
    void this.#choose({ prompt: text, ids: null, position: null, key: null });
  }

  /** Runs an example at once, on the head that tells its story. */
  openExample(name: ExampleName): void {
    this.open(EXAMPLE_PROMPTS[name]);
    this.#selection.show(headOf(name, this.#selection.view.model) ?? {});
  }

  /** Makes tokens the prompt, the beginning in front included if it is on, and runs it at once. */
  async openTokens(all: readonly Token[], position: number | null): Promise<void> {
    const { engine, model } = this.#host;
    if (!engine) return;
    const tokens = this.#selection.view.bos && model?.beginning !== null ? all.slice(1) : all;
    const prompt = withPlainLines(textOf(withoutFrame(tokens, model?.frame)));
    const again = await engine.tokenize(prompt);
    const same = again.length === tokens.length && again.every((token, i) => token.id === tokens[i].id);
    const ids = same ? null : tokens.map((token) => token.id);
    await this.#choose({ prompt, ids, position, key: null });
  }

  /** Runs the prompt on the model that was just opened, or what that model has for its first one. */
  runOnNext(before: readonly string[] | undefined, after: readonly string[] | undefined): Promise<void> {
    const { prompt } = this.#selection.view;
    const next = promptOfNext(prompt, before, after);
    if (next !== prompt) return this.#choose({ prompt: next, ids: null, position: null, key: null });
    this.#selection.choices.add();
    return this.#prompt.update(0);
  }

  /** Puts a prompt back as it was. */
  restore(whole: Prompt): void {
    void this.#choose(whole);
  }

  /** Puts `<|endoftext|>` in front or takes it away; the selection stays on the same tokens. */
  setBos(bos: boolean): void {
    if (bos === this.#selection.view.bos) return;
    this.#selection.setBos(bos);
    void this.#prompt.update(0);
  }

  #choose(prompt: Partial<Prompt>): Promise<void> {
    this.#selection.choose(prompt);
    return this.#prompt.update(0);
  }
}
