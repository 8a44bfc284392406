import { isCancelled, type SurveyRequest, type SurveyResult, type SurveyName } from '$lib/engine';
import type { Progress } from '$lib/gpt2';
import { reasonText, type Reason } from '$lib/words';
import type { EngineSession } from './engine-session.svelte';
import { ReadCache } from './read-cache';

/** What surveys need of the page. */
export interface SurveyNeeds {
  readonly session: Pick<EngineSession, 'engine'>;
  /** Address of static/texts, ending in `/`. */
  readonly textsUrl: string;
  readonly readFailed: (error: unknown) => void;
}

/** What the open model's weights say, without a prompt: each survey is made once, when a picture asks for it. */
export class Surveys {
  readonly #needs: SurveyNeeds;
  #cache: ReadCache;
  /** Long ones: made when the reader says so. */
  readonly texts: ReadersTexts;
  readonly text: TextSurvey<'headsOnText'>;
  readonly neurons: TextSurvey<'neuronsOnText'>;
  readonly composition: LongSurvey<'composition'>;

  constructor(needs: SurveyNeeds) {
    this.#needs = needs;
    this.#cache = this.#empty();
    this.texts = new ReadersTexts(needs);
    this.text = new TextSurvey(needs, 'headsOnText', this.texts);
    this.neurons = new TextSurvey(needs, 'neuronsOnText', this.texts);
    this.composition = new LongSurvey(needs, 'composition');
  }

  /** A survey, or undefined until it has arrived. */
  get<Name extends SurveyName>(name: Name, asked: SurveyRequest<Name>): SurveyResult<Name> | undefined {
    const { engine } = this.#needs.session;
    if (!engine) return undefined;
    return this.#cache.get({
      key: `${name}/${JSON.stringify(asked)}`,
      load: (signal) => engine.survey(name, asked, () => {}, signal)
    });
  }

  /** Forgets everything: before another model. */
  reset(): void {
    this.#cache.dispose();
    this.#cache = this.#empty();
    this.text.reset();
    this.neurons.reset();
    this.composition.reset();
  }

  #empty(): ReadCache {
    return new ReadCache(this.#needs.readFailed);
  }
}

/**
 * A survey that takes seconds to minutes: begun by the reader, with its progress, and cancelled by the reader. What it
 * knows on its way is the result until more is known, and stays where it is cancelled.
 */
export class LongSurvey<Name extends SurveyName> {
  progress = $state.raw<Progress | null>(null);
  result = $state.raw<{ asked: SurveyRequest<Name>; given: SurveyResult<Name> } | null>(null);
  /** What is being computed. */
  asked = $state.raw<SurveyRequest<Name> | null>(null);
  readonly running = $derived.by(() => this.asked !== null);
  readonly #needs: SurveyNeeds;
  readonly #name: Name;
  #controller: AbortController | null = null;

  constructor(needs: SurveyNeeds, name: Name) {
    this.#needs = needs;
    this.#name = name;
  }

  /** Computes it anew; what is under way is cancelled, the last result stays until there is something of the new one. */
  async start(asked: SurveyRequest<Name>): Promise<void> {
    const { engine } = this.#needs.session;
    this.cancel();
    if (!engine) return;
    const controller = new AbortController();
    const { signal } = controller;
    this.#controller = controller;
    this.asked = asked;
    try {
      const heard = (progress: Progress, partial?: SurveyResult<Name>) => {
        if (signal.aborted) return;
        this.progress = progress;
        if (partial !== undefined) this.result = { asked, given: partial };
      };
      const given = await engine.survey(this.#name, asked, heard, signal);
      if (!signal.aborted) this.result = { asked, given };
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) this.#needs.readFailed(error);
    } finally {
      if (this.#controller === controller) this.#rest();
    }
  }

  cancel(): void {
    this.#controller?.abort();
    this.#rest();
  }

  reset(): void {
    this.cancel();
    this.result = null;
  }

  #rest(): void {
    this.#controller = null;
    this.asked = this.progress = null;
  }
}

/** Tokens of a row, and rows at most. */
const TEXT = { rows: 64, length: 128 } as const;
const STORIES = 'stories.txt';
/** For some kB. */
const STORIES_MS = 60_000;

export type TextSource = 'stories' | 'own';

/** The texts that are counted: the built-in stories, which are fetched when they are wanted, or the reader's own. */
export class ReadersTexts {
  /** The reader's own text. It is in no link. */
  own = $state('');
  #reason = $state.raw<Reason | null>(null);
  /** Why the stories cannot be had. */
  readonly problem = $derived(this.#reason && reasonText(this.#reason));
  readonly #needs: SurveyNeeds;

  constructor(needs: SurveyNeeds) {
    this.#needs = needs;
  }

  /** A text, or null where it cannot be had; `problem` says why. */
  async read(source: TextSource): Promise<string | null> {
    this.#reason = null;
    return source === 'own' ? this.own : this.#stories();
  }

  async #stories(): Promise<string | null> {
    try {
      const response = await fetch(`${this.#needs.textsUrl}${STORIES}`, {
        signal: AbortSignal.timeout(STORIES_MS)
      });
      if (response.ok) return await response.text();
      this.#reason = { code: 'answered', detail: String(response.status) };
    } catch {
      this.#reason = { code: 'noAnswer' };
    }
    return null;
  }
}

/** A survey of a text. */
export class TextSurvey<Name extends 'headsOnText' | 'neuronsOnText'> extends LongSurvey<Name> {
  readonly #texts: ReadersTexts;
  readonly #sources = new WeakMap<object, TextSource>();
  /** What `result` is of. */
  readonly counted = $derived.by(() => (this.result && this.#sources.get(this.result.asked)) ?? null);

  constructor(needs: SurveyNeeds, name: Name, texts: ReadersTexts) {
    super(needs, name);
    this.#texts = texts;
  }

  /** @param more what is asked beside the text */
  async count(
    source: TextSource,
    more: Omit<SurveyRequest<Name>, 'text' | 'rows' | 'length'>
  ): Promise<void> {
    const text = await this.#texts.read(source);
    if (text === null) return;
    const asked = { ...more, ...TEXT, text } as SurveyRequest<Name>;
    this.#sources.set(asked, source);
    await this.start(asked);
  }
}
