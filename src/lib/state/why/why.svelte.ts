import type { Edit } from '$lib/gpt2';
import type { PromptChoice } from '../prompt-choice.svelte';
import type { Run } from '../run';
import { formatEditList, parseEditList, withEdit, type ListedEdit } from './edit-list';
import { OtherModel, type OtherModelHost } from './other-model.svelte';
import { Questions, type QuestionHost } from './questions.svelte';
import { SecondRun, type SecondRunHost } from './second-run.svelte';
import { alwaysShowsA } from './shows-a';
import type { PairSet } from './prompt-pairs';
import type { Shown } from '../selection.svelte';

/** What the Why view needs of the page. */
export interface WhyHost extends SecondRunHost, QuestionHost, OtherModelHost {
  show(change: Shown): void;
  /** Runs another prompt as A at once. */
  readonly prompts: Pick<PromptChoice, 'open'>;
}

/** Run B beside run A: what it is, and which of them is shown. */
export class Why {
  readonly second: SecondRun;
  /** Another model, in which B may be the prompt's run. */
  readonly model: OtherModel;
  /** What causal measures ask, and what has come of it. */
  readonly questions: Questions;
  readonly #host: WhyHost;

  constructor(host: WhyHost) {
    this.#host = host;
    this.model = new OtherModel(host);
    this.second = new SecondRun(host, this.model);
    this.questions = new Questions(host, this);
  }

  /** The run whose numbers are shown, and in which layer, head and position are chosen: A, until B is chosen and there. */
  readonly shownRun = $derived.by<Run | null>(() => {
    const { run, view } = this.#host;
    return view.shown === 'b' && !alwaysShowsA(view) ? (this.second.b ?? run) : run;
  });

  /** Run B where B − A is shown and it is there. */
  readonly beside = $derived.by<Run | null>(() => {
    const { view } = this.#host;
    return view.shown === 'diff' && !alwaysShowsA(view) ? this.second.b : null;
  });

  /** The list of edits; empty where the link's is none, which `second.problem` then says. */
  readonly edits = $derived.by<readonly ListedEdit[]>(() => {
    try {
      return parseEditList(this.#host.view.edits);
    } catch {
      return [];
    }
  });

  /** Adds an edit, switched on, and shows what it does. */
  addEdit(edit: Edit): void {
    this.setEdits(withEdit(this.edits, edit), { view: 'why', why: 'edit' });
  }

  setEdits(edits: readonly ListedEdit[], also: Shown = {}): void {
    this.#host.show({ edits: formatEditList(edits), versus: 'edits', ...also });
    void this.second.update();
  }

  /** The prompts that `mean` is over. */
  setReferences(references: PairSet): void {
    this.#host.show({ references });
    void this.second.update();
  }

  setOther(other: string): void {
    this.#host.show({ other });
    void this.second.update();
  }

  /** Another model as B; null gives it back. */
  setModel(other_model: string | null): void {
    this.#host.show({ other_model, versus: other_model === null ? 'edits' : 'model' });
    void this.second.update();
  }

  /** The other prompt becomes this one, and this one the other. */
  swap(): void {
    const { prompt, other } = this.#host.view;
    if (other === '') return;
    this.#host.show({ other: prompt });
    this.#host.prompts.open(other);
  }

  /** Gives up everything that belongs to a model or an engine that goes. */
  reset(): void {
    this.second.drop();
    this.model.drop();
  }
}
