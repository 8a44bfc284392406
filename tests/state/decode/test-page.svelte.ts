import { createVocabulary, type Gpt2Config } from '../../../src/lib/gpt2';
import type { DecodeNeeds } from '../../../src/lib/state/decode/needs';
import { Run } from '../../../src/lib/state/run';
import { DEFAULT_VIEW, type ViewState } from '../../../src/lib/state/view-state';
import { MODEL } from '../fake-engine';
import { EOS, FakeEngine } from './fake-engine';

const config = { n_ctx: 8, eos_token_id: [EOS], bos_token_id: EOS, vocab_size: 5 } as unknown as Gpt2Config;
const PIECES = ['a', 'b', 'c', 'd', '<|endoftext|>'];
const LETTERS = { pieces: PIECES, names: [EOS], specials: [EOS], byteLevel: true };

class TestSelection {
  view = $state<ViewState>({ ...DEFAULT_VIEW });

  show(change: Partial<ViewState>): void {
    Object.assign(this.view, change);
  }
}

class TestPrompt {
  run = $state.raw<Run | null>(null);
  running = $state(false);
}

/** A page whose prompt "ab" has been run. */
export class TestPage implements DecodeNeeds {
  readonly selection = new TestSelection();
  readonly prompt = new TestPrompt();
  readonly fake = new FakeEngine();
  readonly session = { engine: this.fake.asEngine() };
  readonly model = {
    info: { ...MODEL, config, pieces: LETTERS },
    vocabulary: createVocabulary(LETTERS)
  };
  readonly failures: unknown[] = [];
  opened: { ids: number[]; position: number | null } | null = null;

  async open(ids: readonly number[], change: Partial<ViewState> = {}): Promise<void> {
    const { engine } = this.session;
    const handle = await engine.run(ids);
    const tokens = ids.map((id) => this.model.vocabulary.token(id));
    this.prompt.run = new Run(engine, handle, tokens, config, this.readFailed);
    this.selection.show({ generated: null, step: null, ...change });
  }

  readonly prompts = {
    openTokens: async (tokens: readonly { id: number }[], position: number | null) => {
      this.opened = { ids: tokens.map(({ id }) => id), position };
    }
  };

  readonly readFailed = (error: unknown): void => {
    this.failures.push(error);
  };
}
