/** What a checkpoint is, in lines: its sizes, each departure from GPT-2 small, its tokenizer, what follows a text. */
import {
  parameterCount,
  parseConfig,
  type Gpt2Config,
  type Gpt2Model,
  type Token
} from '../../src/lib/gpt2/index.ts';
import { shownToken } from '../command/shown-token.ts';
import type { nextTokens } from '../trace/report.ts';

/** A field that is not as in GPT-2 small. */
export interface Departure {
  readonly field: string;
  readonly value: string;
  readonly small: string;
}

export interface CheckReport {
  readonly folder: string;
  readonly parameters: number;
  readonly config: Gpt2Config;
  readonly departures: readonly Departure[];
  /** Sentences about files and tokenizer that no field says. */
  readonly notes: readonly string[];
  readonly prompt: string;
  readonly tokens: readonly Token[];
  readonly next: ReturnType<typeof nextTokens>;
}

const SMALL = parseConfig({});
const SMALL_TOKENS = 50_257;
const SHOWN = 6; // of a list of names

/** What is known of a model without running it. */
export function describeModel(
  model: Gpt2Model
): Pick<CheckReport, 'parameters' | 'config' | 'departures' | 'notes'> {
  const { config } = model;
  return {
    parameters: parameterCount(config),
    config,
    departures: [...departures(config), ...tokenizerDepartures(model)],
    notes: notes(model)
  };
}

function departures(config: Gpt2Config): Departure[] {
  const fields = Object.keys(SMALL) as (keyof Gpt2Config)[];
  return fields.flatMap((field) => {
    const [value, small] = [config[field], SMALL[field]].map((one) => JSON.stringify(one) ?? 'none');
    return value === small ? [] : [{ field, value, small }];
  });
}

function tokenizerDepartures({ tokenizer }: Gpt2Model): Departure[] {
  const { pieces } = tokenizer.pieces();
  const count = pieces.filter((piece) => piece !== null).length;
  const name = (id: number) => JSON.stringify(tokenizer.token(id).text);
  const { front, back } = tokenizer.frame;
  const around = [...front.map(name), 'text', ...back.map(name)].join(' ');
  return [
    ...(count === SMALL_TOKENS
      ? []
      : [{ field: 'tokens', value: String(count), small: String(SMALL_TOKENS) }]),
    ...(around === 'text' ? [] : [{ field: 'tokenizer puts', value: around, small: 'text' }])
  ];
}

function notes({ config, tokenizer, leftOut, generationConfig }: Gpt2Model): string[] {
  const { pieces, specials } = tokenizer.pieces();
  const without = Array.from({ length: config.vocab_size }, (_, id) => id).filter(
    (id) => (pieces[id] ?? null) === null
  );
  const beyond = pieces.flatMap((piece, id) =>
    piece !== null && id >= config.vocab_size ? [`${piece} (${id})`] : []
  );
  const named = specials.map((id) => `${tokenizer.token(id).text} (${id})`);
  const offered = Object.entries(generationConfig ?? {}).map(([field, value]) => `${field} ${String(value)}`);
  return [
    named.length === 0 ? 'No special tokens.' : `Special tokens: ${shortened(named)}.`,
    ...(without.length === 0 ? [] : [`Rows of wte without a token: ids ${shortened(without.map(String))}.`]),
    ...(beyond.length === 0
      ? []
      : [`Tokens without a row of wte, which cannot be run: ${shortened(beyond)}.`]),
    ...(leftOut.length === 0 ? [] : [`Tensors that are left out: ${shortened(leftOut)}.`]),
    ...(offered.length === 0 ? [] : [`generation_config.json proposes: ${offered.join(', ')}.`])
  ];
}

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}

const grouped = (count: number) => count.toLocaleString('en-US');

export function reportLines(report: CheckReport): string[] {
  const { config, departures: found, notes: said, tokens, next } = report;
  const { n_layer, n_head, n_embd, n_ctx, vocab_size } = config;
  const rows = found.map(({ field, value, small }) => `  ${field}: ${value} (GPT-2 small: ${small})`);
  return [
    `${report.folder}: a GPT-2 of ${grouped(report.parameters)} parameters; ` +
      `${n_layer} blocks, ${n_head} heads, n_embd ${n_embd}, n_ctx ${n_ctx}, vocab_size ${grouped(vocab_size)}.`,
    ...(rows.length === 0
      ? ['Departures from GPT-2 small: none.']
      : ['Departures from GPT-2 small:', ...rows]),
    ...said,
    `Text ${JSON.stringify(report.prompt)}: ids ${tokens.map(({ id }) => id).join(', ')}`,
    'Best next tokens, with logit and probability:',
    ...next.map(({ id, text, logit, probability }, i) => {
      return `  ${String(i + 1).padStart(2)}  ${logit.toFixed(5).padStart(10)}  ${(100 * probability).toFixed(2).padStart(6)} %  id ${id}  ${shownToken(id, text)}`;
    })
  ];
}
