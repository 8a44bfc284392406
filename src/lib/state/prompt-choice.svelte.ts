import type { Token } from '$lib/gpt2';
import { textOf, withoutFrame } from './append';
import type { EngineSession } from './engine-session.svelte';
import { EXAMPLE_PROMPTS, TELLING_HEADS, type ExampleName } from './example-prompts';
import { exampleOnHead, headOf, promptOfNext } from './examples';
import type { OpenModel } from './open-model.svelte';
import type { PromptRun } from './prompt-run.svelte';
import type { Prompt, Selection } from './selection.svelte';
import { withPlainLines } from './view-state';

/** A pause in typing after which the model runs. */
const TYPING_PAUSE_MS = 250;

/** What another prompt needs of the page. */
export interface PromptChoiceNeeds {
  readonly selection: Selection;
  readonly session: Pick<EngineSession, 'engine'>;
  readonly model: Pick<OpenModel, 'info'>;
  readonly prompt: Pick<PromptRun, 'run' | 'update'>;
  /** The reader has chosen what runs. */
  readonly onchoose: () => void;
}

/** Another prompt, chosen by the reader: it goes into the view, and the model runs it. */
export class PromptChoice {
  readonly #needs: PromptChoiceNeeds;

  constructor(needs: PromptChoiceNeeds) {
    this.#needs = needs;
  }

  /** The example that opened on this head and the position that the head reads from; null once anything else is chosen. */
  get exampleStory(): { readonly name: ExampleName; readonly key: number } | null {
    const { run } = this.#needs.prompt;
    const { view, position, layer, head } = this.#needs.selection;
    if (!run || position !== run.T - 1 || textOf(run.tokens) !== view.prompt) return null;
    const name = exampleOnHead(view, layer, head);
    return name && { name, key: TELLING_HEADS[name].key };
  }

  /** The prompt as it is typed. */
  type(text: string): void {
    this.#needs.onchoose();
    this.#needs.selection.type(text);
    void this.#needs.prompt.update(TYPING_PAUSE_MS);
  }

  /** Runs another prompt at once. */
  open(text: string): void {
    this.#needs.onchoose();
    void this.#choose({ prompt: text, ids: null, position: null, key: null });
  }

  /** Runs an example at once, on the head that tells its story. */
  openExample(name: ExampleName): void {
    this.open(EXAMPLE_PROMPTS[name]);
    this.#needs.selection.show(headOf(name, this.#needs.selection.view.model) ?? {});
  }

  /** Makes tokens the prompt, the beginning in front included if it is on, and runs it at once. */
  async openTokens(all: readonly Token[], position: number | null): Promise<void> {
    const { engine } = this.#needs.session;
    const model = this.#needs.model.info;
    if (!engine) return;
    const tokens = this.#needs.selection.view.bos && model?.beginning !== null ? all.slice(1) : all;
    const prompt = withPlainLines(textOf(withoutFrame(tokens, model?.frame)));
    const again = await engine.tokenize(prompt);
    const same = again.length === tokens.length && again.every((token, i) => token.id === tokens[i].id);
    const ids = same ? null : tokens.map((token) => token.id);
    await this.#choose({ prompt, ids, position, key: null });
  }

  /** Runs the prompt on the model that was just opened, or what that model has for its first one. */
  runOnNext(before: readonly string[] | undefined, after: readonly string[] | undefined): Promise<void> {
    const { prompt } = this.#needs.selection.view;
    const next = promptOfNext(prompt, before, after);
    if (next !== prompt) return this.#choose({ prompt: next, ids: null, position: null, key: null });
    this.#needs.selection.choices.add();
    return this.#needs.prompt.update(0);
  }

  /** Puts a prompt back as it was. */
  restore(whole: Prompt): void {
    void this.#choose(whole);
  }

  /** Puts `<|endoftext|>` in front or takes it away; the selection stays on the same tokens. */
  setBos(bos: boolean): void {
    if (bos === this.#needs.selection.view.bos) return;
    this.#needs.selection.setBos(bos);
    void this.#needs.prompt.update(0);
  }

  #choose(prompt: Partial<Prompt>): Promise<void> {
    this.#needs.selection.choose(prompt);
    return this.#needs.prompt.update(0);
  }
}
