/**
 * Reads Hugging Face's generation_config.json: where generation ends, and the settings that the model's authors propose.
 * The first is part of the model; the others are offered to the reader, never applied unasked.
 *
 * Source: transformers 5.23, generation/configuration_utils.py.
 */
import { ConfigError, mustBe } from '../errors.ts';
import type { Gpt2Config } from './config.ts';

/** The settings that generate() also has, as far as the file sets them. */
export interface GenerationConfig {
  readonly do_sample?: boolean;
  readonly temperature?: number;
  readonly top_k?: number;
  readonly top_p?: number;
  readonly min_p?: number;
  readonly typical_p?: number;
  readonly repetition_penalty?: number;
  readonly no_repeat_ngram_size?: number;
  readonly num_beams?: number;
  readonly length_penalty?: number;
  readonly max_new_tokens?: number;
}

const NUMBERS = [
  'temperature',
  'top_k',
  'top_p',
  'min_p',
  'typical_p',
  'repetition_penalty',
  'no_repeat_ngram_size',
  'num_beams',
  'length_penalty',
  'max_new_tokens'
] as const;

/**
 * A model's config with the end ids that generation_config.json names, which win over config.json's, and its settings.
 *
 * Throws: ConfigError if the file is not an object, or an end id is not an id.
 */
export function withGenerationConfig(
  config: Gpt2Config,
  json: unknown
): { config: Gpt2Config; generationConfig: GenerationConfig | null } {
  if (json === null || json === undefined) return { config, generationConfig: null };
  if (typeof json !== 'object' || Array.isArray(json)) {
    const advice = 'Remove the file, or use the one that came with the weights.';
    throw new ConfigError(mustBe('generation_config.json', 'a JSON object', typeof json, advice));
  }
  const fields = json as Record<string, unknown>;
  const ends = endIds(fields.eos_token_id);
  return { config: ends ? { ...config, eos_token_id: ends } : config, generationConfig: settingsOf(fields) };
}

function endIds(field: unknown): number[] | null {
  if (field === undefined || field === null) return null;
  const ids: unknown[] = Array.isArray(field) ? field : [field];
  if (ids.every((id): id is number => Number.isSafeInteger(id))) return ids.filter((id) => id >= 0);
  const advice = 'Correct the file, or remove it.';
  const actual = JSON.stringify(field);
  throw new ConfigError(
    mustBe('generation_config.json: eos_token_id', 'an id or a list of ids', actual, advice)
  );
}

function settingsOf(fields: Record<string, unknown>): GenerationConfig {
  const numbers = NUMBERS.filter((name) => typeof fields[name] === 'number' && Number.isFinite(fields[name]));
  const settings: Record<string, unknown> = Object.fromEntries(numbers.map((name) => [name, fields[name]]));
  if (typeof fields.do_sample === 'boolean') settings.do_sample = fields.do_sample;
  return settings;
}
