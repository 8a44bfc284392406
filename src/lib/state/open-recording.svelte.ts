import { fetchRecordings, type RecordedEngine } from '$lib/engine';
import type { DecodeOpening } from './decode-opening.svelte';
import type { EngineSession } from './engine-session.svelte';
import { messages, problemText } from './messages';
import type { Reports } from './reports.svelte';
import type { Selection } from './selection.svelte';

/** What showing a recorded run needs of the page. */
export interface RecordingNeeds {
  readonly reports: Reports;
  readonly selection: Pick<Selection, 'view'>;
  /** Address of static/recordings, ending in `/`. */
  readonly recordingsUrl: string;
  /** Decode must not put its story in the recorded prompt's place. */
  readonly opening: Pick<DecodeOpening, 'choose'>;
  readonly session: Pick<EngineSession, 'restart'>;
}

const NAME_LETTERS = 100; // as in a link

/** A recorded run in place of an engine that computes; none as a rule. */
export class OpenRecording {
  /** Answers what an engine is asked; null: none is open. */
  engine = $state.raw<RecordedEngine | null>(null);
  readonly #needs: RecordingNeeds;
  /** Views that have asked for what needs weights. */
  #lacking = $state.raw<readonly string[]>([]);

  constructor(needs: RecordingNeeds) {
    this.#needs = needs;
  }

  /** The recorded model's name, as a link has it. */
  get name(): string {
    const given = this.engine?.about.model.name ?? '';
    return given.replaceAll(/[^\w.-]/g, '-').slice(0, NAME_LETTERS) || 'model';
  }

  /** The view on screen has asked for what the file does not hold. */
  get isLacking(): boolean {
    return this.#lacking.includes(this.#needs.selection.view.view);
  }

  /**
   * Opens a recorded run by its name or address, or a file that the reader has chosen; what it cannot open is said, and what
   * was shown stays.
   *
   * @returns true if it is shown now
   */
  async open(from: string | Blob): Promise<boolean> {
    const { reports, selection, recordingsUrl } = this.#needs;
    try {
      const { openRecording } = await fetchRecordings();
      this.engine = await openRecording(from, recordingsUrl, () => this.#lack());
    } catch (error) {
      if (typeof from === 'string' && !this.engine) selection.view.recording = '';
      reports.note(() => messages.recordingFailed(problemText(error)));
      return false;
    }
    await this.#show(this.engine, typeof from === 'string' ? from : '');
    return true;
  }

  /**
   * Shows a run that is made elsewhere.
   *
   * @param make gets what to call where something needs weights
   * Throws: what `make` throws; what was shown stays.
   */
  async show(make: (onneed: () => void) => Promise<RecordedEngine>): Promise<void> {
    this.engine = await make(() => this.#lack());
    await this.#show(this.engine, '');
  }

  /** Computes again: the view's prompt on the view's model. */
  async close(): Promise<void> {
    this.engine = null;
    this.#lacking = [];
    this.#needs.selection.view.recording = '';
    await this.#needs.session.restart();
  }

  /** Computes the recorded prompt, on a model that is here. */
  async leaveFor(model: string): Promise<void> {
    this.#needs.selection.view.model = model;
    await this.close();
  }

  async #show({ text }: RecordedEngine, recording: string): Promise<void> {
    const { opening, selection, session } = this.#needs;
    this.#lacking = [];
    opening.choose();
    const alone = { edits: '', other: '', other_model: null };
    Object.assign(selection.view, { recording, prompt: text, ids: null, bos: false, ...alone });
    await session.restart();
  }

  /** The view on screen has asked for what needs weights. */
  #lack(): void {
    if (!this.isLacking) this.#lacking = [...this.#lacking, this.#needs.selection.view.view];
  }

  /** The prompt in the box is not the recorded one. */
  get isOtherPrompt(): boolean {
    return this.engine !== null && this.#needs.selection.view.prompt !== this.engine.text;
  }
}
