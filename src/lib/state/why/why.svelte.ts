import type { Edit } from '$lib/gpt2';
import type { Run } from '../run';
import { formatEditList, parseEditList, withEdit, type ListedEdit } from './edit-list';
import { OtherModel, type OtherModelNeeds } from './other-model.svelte';
import { Questions, type QuestionNeeds } from './questions.svelte';
import { SecondRun, type SecondRunNeeds } from './second-run.svelte';
import { alwaysShowsA } from './shows-a';
import type { PairSet } from './prompt-pairs';
import type { Shown } from '../selection.svelte';

/** What the Why view needs of the page. */
export type WhyNeeds = SecondRunNeeds & QuestionNeeds & OtherModelNeeds;

/** Run B beside run A: what it is, and which of them is shown. */
export class Why {
  readonly second: SecondRun;
  /** Another model, in which B may be the prompt's run. */
  readonly model: OtherModel;
  /** What causal measures ask, and what has come of it. */
  readonly questions: Questions;
  readonly #needs: WhyNeeds;

  constructor(needs: WhyNeeds) {
    this.#needs = needs;
    this.model = new OtherModel(needs);
    this.second = new SecondRun(needs, this.model);
    this.questions = new Questions(needs, this);
  }

  /** The run whose numbers are shown, and in which layer, head and position are chosen: A, until B is chosen and there. */
  readonly shownRun = $derived.by<Run | null>(() => {
    const { view } = this.#needs.selection;
    const { run } = this.#needs.prompt;
    return view.shown === 'b' && !alwaysShowsA(view) ? (this.second.b ?? run) : run;
  });

  /** Run B where B − A is shown and it is there. */
  readonly beside = $derived.by<Run | null>(() => {
    const { view } = this.#needs.selection;
    return view.shown === 'diff' && !alwaysShowsA(view) ? this.second.b : null;
  });

  /** The list of edits; empty where the link's is none, which `second.problem` then says. */
  readonly edits = $derived.by<readonly ListedEdit[]>(() => {
    try {
      return parseEditList(this.#needs.selection.view.edits);
    } catch {
      return [];
    }
  });

  /** Adds an edit, switched on, and shows what it does. */
  addEdit(edit: Edit): void {
    this.setEdits(withEdit(this.edits, edit), { view: 'why', why: 'edit' });
  }

  setEdits(edits: readonly ListedEdit[], also: Shown = {}): void {
    this.#needs.selection.show({ edits: formatEditList(edits), versus: 'edits', ...also });
    void this.second.update();
  }

  /** The prompts that `mean` is over. */
  setReferences(references: PairSet): void {
    this.#needs.selection.show({ references });
    void this.second.update();
  }

  setOther(other: string): void {
    this.#needs.selection.show({ other });
    void this.second.update();
  }

  /** Another model as B; null gives it back. */
  setModel(other_model: string | null): void {
    this.#needs.selection.show({ other_model, versus: other_model === null ? 'edits' : 'model' });
    void this.second.update();
  }

  /** The other prompt becomes this one, and this one the other. */
  swap(): void {
    const { prompt, other } = this.#needs.selection.view;
    if (other === '') return;
    this.#needs.selection.show({ other: prompt });
    this.#needs.prompts.open(other);
  }

  /** Gives up everything that belongs to a model or an engine that goes. */
  reset(): void {
    this.second.drop();
    this.model.drop();
  }
}
