import { isCancelled, type Asked, type Engine, type Given, type SurveyName } from '$lib/engine';
import type { Progress } from '$lib/gpt2';
import { ReadCache } from './read-cache';

/** What surveys need of the page. */
export interface SurveyHost {
  readonly engine: Engine | null;
  /** Address of static/texts, ending in `/`. */
  readonly textsUrl: string;
  reportFailure(error: unknown): void;
}

/** What the open model's weights say, without a prompt: each survey is made once, when a picture asks for it. */
export class Surveys {
  readonly #host: SurveyHost;
  #cache: ReadCache;
  /** Long ones: made when the reader says so. */
  readonly text: TextSurvey;
  readonly composition: LongSurvey<'composition'>;

  constructor(host: SurveyHost) {
    this.#host = host;
    this.#cache = this.#empty();
    this.text = new TextSurvey(host);
    this.composition = new LongSurvey(host, 'composition');
  }

  /** A survey, or undefined until it has arrived. */
  get<Name extends SurveyName>(name: Name, asked: Asked<Name>): Given<Name> | undefined {
    const { engine } = this.#host;
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
    this.composition.reset();
  }

  #empty(): ReadCache {
    return new ReadCache((error) => this.#host.reportFailure(error));
  }
}

/** A survey that takes seconds to minutes: begun by the reader, with its progress, and cancelled by the reader. */
export class LongSurvey<Name extends SurveyName> {
  progress = $state.raw<Progress | null>(null);
  result = $state.raw<{ asked: Asked<Name>; given: Given<Name> } | null>(null);
  /** What is being computed. */
  asked = $state.raw<Asked<Name> | null>(null);
  readonly running = $derived.by(() => this.asked !== null);
  readonly #host: SurveyHost;
  readonly #name: Name;
  #controller: AbortController | null = null;

  constructor(host: SurveyHost, name: Name) {
    this.#host = host;
    this.#name = name;
  }

  /** Computes it anew; what is under way is cancelled, the last result stays until the new one is there. */
  async start(asked: Asked<Name>): Promise<void> {
    const { engine } = this.#host;
    this.cancel();
    if (!engine) return;
    const controller = new AbortController();
    const { signal } = controller;
    this.#controller = controller;
    this.asked = asked;
    try {
      const heard = (progress: Progress) => void (signal.aborted || (this.progress = progress));
      const given = await engine.survey(this.#name, asked, heard, signal);
      if (!signal.aborted) this.result = { asked, given };
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) this.#host.reportFailure(error);
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

/** Heads over a text: the built-in stories, which are fetched then, or the reader's own. */
export class TextSurvey extends LongSurvey<'headsOnText'> {
  /** The reader's own text. It is in no link. */
  own = $state('');
  /** What `result` is of. */
  counted = $state<'stories' | 'own' | null>(null);
  /** Why the stories cannot be had. */
  problem = $state<string | null>(null);
  readonly #textsUrl: () => string;

  constructor(host: SurveyHost) {
    super(host, 'headsOnText');
    this.#textsUrl = () => host.textsUrl;
  }

  async count(source: 'stories' | 'own'): Promise<void> {
    this.problem = null;
    const text = source === 'own' ? this.own : await this.#stories();
    if (text === null) return;
    const before = this.result;
    await this.start({ text, ...TEXT });
    if (this.result !== before) this.counted = source;
  }

  async #stories(): Promise<string | null> {
    try {
      const response = await fetch(`${this.#textsUrl()}${STORIES}`);
      if (!response.ok) throw new Error(String(response.status));
      return await response.text();
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return null;
    }
  }
}
