import type { EngineSession } from './engine-session.svelte';
import type { ModelSwitch } from './model-switch.svelte';
import type { OpenModel } from './open-model.svelte';
import type { OpenRecording } from './open-recording.svelte';
import type { PromptRun } from './prompt-run.svelte';
import type { Reports, Say } from './reports.svelte';
import type { Selection } from './selection.svelte';
import { parseView } from './url';

/** What the opening of a link needs of the page. */
export interface LinkNeeds {
  readonly reports: Reports;
  readonly selection: Pick<Selection, 'view' | 'choices'>;
  readonly session: Pick<EngineSession, 'engine' | 'phase' | 'restart'>;
  readonly model: Pick<OpenModel, 'info'>;
  readonly modelSwitch: Pick<ModelSwitch, 'to' | 'cancel'>;
  readonly prompt: Pick<PromptRun, 'update'>;
  readonly recording: Pick<OpenRecording, 'open' | 'close'>;
  /** Runs B anew where there is one. */
  readonly updateSecond: () => Promise<void>;
}

/** What decides which tokens run. */
const RUN_FIELDS = ['prompt', 'ids', 'bos'] as const;

/** Links: the one that the page starts with, and those that are opened on it later. */
export class LinkOpening {
  readonly #needs: LinkNeeds;

  constructor(needs: LinkNeeds) {
    this.#needs = needs;
  }

  /**
   * Opens the view of the page's own link: backend, model, prompt.
   *
   * @param text the fields, as readAddress gives them
   * @param said what was wrong with the link before its fields were read
   */
  async start(text: string, said: readonly Say[] = []): Promise<void> {
    const { reports, selection, session, recording } = this.#needs;
    const { state, problems } = parseView(text);
    selection.view = state;
    reports.dismiss();
    reports.note(...said, ...problems);
    if (state.recording === '' || !(await recording.open(state.recording))) await session.restart();
  }

  /** Opens another link while the page is open: Back, Forward, or an address put into the bar. Makes no new choice. */
  async reopen(text: string): Promise<void> {
    const { reports, selection, session, model, modelSwitch, prompt, recording, updateSecond } = this.#needs;
    const { state, problems } = parseView(text);
    const before = selection.view;
    reports.note(...problems);
    selection.choices.endSpell();
    modelSwitch.cancel(); // it was chosen after the view that comes back
    const isOther = RUN_FIELDS.some((field) => String(state[field]) !== String(before[field]));
    const isSameModel = state.model === before.model;
    if (state.recording !== before.recording) {
      selection.view = state;
      if (state.recording === '') return recording.close();
      if (await recording.open(state.recording)) return;
    }
    const startsAnew =
      !session.engine || !model.info || session.phase !== 'ready' || state.backend !== before.backend;
    // until the other model is here, the one that is open stays
    selection.view = isSameModel || startsAnew ? state : { ...state, model: before.model, ids: null };
    if (startsAnew) return session.restart();
    if (isSameModel) return isOther ? prompt.update(0) : updateSecond();
    const isOpen = await modelSwitch.to(state.model, () => true);
    if (isOpen) selection.view.ids = state.ids; // they are that model's
    await prompt.update(0);
  }
}
