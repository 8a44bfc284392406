import { createVocabulary, type Gpt2Config } from '../../../src/lib/gpt2';
import type { DecodeHost } from '../../../src/lib/state/decode/host';
import { Run } from '../../../src/lib/state/run';
import { DEFAULT_VIEW, type ViewState } from '../../../src/lib/state/view-state';
import { MODEL } from '../fake-engine';
import { EOS, FakeEngine } from './fake-engine';

const config = { n_ctx: 8, eos_token_id: [EOS], bos_token_id: EOS, vocab_size: 5 } as unknown as Gpt2Config;
const PIECES = ['a', 'b', 'c', 'd', '<|endoftext|>'];
const LETTERS = { pieces: PIECES, names: [EOS], specials: [EOS], byteLevel: true };

/** A page whose prompt "ab" has been run. */
export class TestHost implements DecodeHost {
  view = $state<ViewState>({ ...DEFAULT_VIEW });
  run = $state.raw<Run | null>(null);
  running = $state(false);
  readonly fake = new FakeEngine();
  readonly engine = this.fake.asEngine();
  readonly vocabulary = createVocabulary(LETTERS);
  readonly model = { ...MODEL, config, pieces: LETTERS };
  readonly failures: unknown[] = [];
  opened: { ids: number[]; position: number | null } | null = null;

  async open(ids: readonly number[], change: Partial<ViewState> = {}): Promise<void> {
    const handle = await this.engine.run(ids);
    const tokens = ids.map((id) => this.vocabulary.token(id));
    this.run = new Run(this.engine, handle, tokens, config, (error) => this.failures.push(error));
    Object.assign(this.view, { generated: null, step: null, ...change });
  }

  show(change: Partial<ViewState>): void {
    Object.assign(this.view, change);
  }

  readonly prompts = {
    openTokens: async (tokens: readonly { id: number }[], position: number | null) => {
      this.opened = { ids: tokens.map(({ id }) => id), position };
    }
  };

  reportFailure(error: unknown): void {
    this.failures.push(error);
  }
}
