import { softmax, topTokens, type Vocabulary } from '$lib/gpt2';
import { bestForm, tokensNamed } from '$lib/lesson';
import {
  formatAnswers,
  numberOf,
  parseAnswers,
  type Answer,
  type Explorer,
  type Task,
  type Worksheet
} from '$lib/state';
import { tokenLabel } from '$lib/viz';

const KEPT = 'gpt2-lens:worksheet:';
const NONE: Answer = { given: '' };

/** What a pupil has answered. It stays in this tab: a reload brings it back, another tab does not see it. */
export class PupilAnswers {
  name = $state('');
  answers = $state.raw<readonly Answer[]>([]);
  readonly #sheet: Worksheet;
  readonly #key: string;

  constructor(sheet: Worksheet) {
    this.#sheet = sheet;
    this.#key = KEPT + JSON.stringify(sheet);
    this.answers = sheet.tasks.map(() => NONE);
    this.#restore(this.#recall());
  }

  answer(at: number): Answer {
    return this.answers[at];
  }

  /** Keeps an answer; false if it cannot be one. */
  give(at: number, text: string, explorer: Explorer): boolean {
    const answer = answerTo(this.#sheet.tasks[at], text.trim(), explorer);
    if (answer) this.#put(at, answer);
    return answer !== null;
  }

  clear(at: number): void {
    this.#put(at, NONE);
  }

  file(explorer: Explorer): string {
    return formatAnswers({
      name: this.name.trim(),
      model: explorer.selection.view.model,
      prompt: explorer.selection.view.prompt,
      sheet: this.#sheet,
      answers: [...this.answers]
    });
  }

  /** Takes over a saved file; false if it is none, or of another worksheet. */
  open(text: string): boolean {
    const isOpened = this.#restore(text);
    if (isOpened) this.keep();
    return isOpened;
  }

  /** The tab's own copy, so that a reload loses nothing. */
  keep(): void {
    const { name, answers } = this;
    const file = { name, model: '', prompt: '', sheet: this.#sheet, answers: [...answers] };
    try {
      sessionStorage.setItem(this.#key, formatAnswers(file));
    } catch {
      // no room, or no storage in a frame: the answers hold until the tab is closed
    }
  }

  #put(at: number, answer: Answer): void {
    this.answers = this.answers.map((each, i) => (i === at ? answer : each));
    this.keep();
  }

  #restore(text: string | null): boolean {
    const file = text === null ? null : parseAnswers(text);
    if (!file || JSON.stringify(file.sheet) !== JSON.stringify(this.#sheet)) return false;
    this.name = file.name;
    this.answers = file.answers;
    return true;
  }

  #recall(): string | null {
    try {
      return sessionStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }
}

/** The position after which a task's token comes. */
export function positionOf(task: Task, T: number): number {
  return Math.min(task.at ?? T - 1, T - 1);
}

/** An answer as it is kept; null if the text cannot be one. */
function answerTo(task: Task, text: string, explorer: Explorer): Answer | null {
  const config = explorer.model.info?.config;
  const T = explorer.prompt.run?.T ?? 0;
  switch (task.kind) {
    case 'token':
      return tokenAnswer(task, text, explorer);
    case 'head': {
      const [, layer, head] = /^(\d{1,4})\.(\d{1,4})$/.exec(text) ?? [];
      const isThere = config && Number(layer) < config.n_layer && Number(head) < config.n_head;
      return isThere ? { given: `${Number(layer)}.${Number(head)}` } : null;
    }
    case 'position':
      return /^\d{1,4}$/.test(text) && Number(text) < T ? { given: String(Number(text)) } : null;
    case 'number':
      return Number.isFinite(numberOf(text)) ? { given: text } : null;
    case 'text':
      return text === '' ? null : { given: text };
  }
}

/** A token beside the model's own best one; with a space in front or without, what the model finds likelier. */
function tokenAnswer(task: Task, text: string, explorer: Explorer): Answer | null {
  const { run } = explorer.prompt;
  const { vocabulary } = explorer.model;
  const logits = run?.logits(positionOf(task, run.T));
  if (!run || !vocabulary || !logits || text === '') return null;
  const forms = tokensNamed(vocabulary, text);
  if (forms.length === 0) return null;
  const scores = softmax(logits);
  const [top] = topTokens(logits, 1);
  const { id, label } = bestForm(forms, { answer: String(top), scores });
  return { given: label, model: { token: labelOf(vocabulary, top), best: scores[top], given: scores[id] } };
}

const labelOf = (vocabulary: Vocabulary, id: number): string => tokenLabel(vocabulary.token(id));
