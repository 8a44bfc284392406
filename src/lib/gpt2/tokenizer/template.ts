/**
 * The tokens that a tokenizer puts around a text.
 *
 * Source: huggingface/tokenizers 0.23, processors.
 */
import { isRecord, refuse } from './refuse.ts';

/** Ids in front of a text and at its end. */
export interface Frame {
  readonly front: readonly number[];
  readonly back: readonly number[];
}

const NONE: Frame = { front: [], back: [] };

export function frame(
  front: number | null | false | undefined,
  back: number | null | false | undefined
): Frame {
  const ids = (id: typeof front) => (typeof id === 'number' ? [id] : []);
  return { front: ids(front), back: ids(back) };
}

/**
 * What a tokenizer.json's post_processor puts around a single text.
 *
 * Throws: TokenizerError that names a type it does not know.
 */
export function frontAndBack(json: unknown): Frame {
  if (json === null || json === undefined) return NONE;
  if (!isRecord(json)) refuse('tokenizerJson.post_processor', 'an object or null', typeof json);
  switch (json.type) {
    case 'ByteLevel':
      return NONE;
    case 'BertProcessing':
    case 'RobertaProcessing':
      return { front: [pairId(json.cls)], back: [pairId(json.sep)] };
    case 'TemplateProcessing':
      return template(json);
    case 'Sequence': {
      const parts = (Array.isArray(json.processors) ? json.processors : []).map(frontAndBack);
      return {
        front: parts.reduceRight<number[]>((ids, { front }) => [...ids, ...front], []),
        back: parts.flatMap(({ back }) => back)
      };
    }
    default:
      return refuse(
        'tokenizerJson.post_processor.type',
        'one of ByteLevel, TemplateProcessing, RobertaProcessing, BertProcessing, Sequence',
        String(json.type)
      );
  }
}

/** ["</s>", 2] */
function pairId(pair: unknown): number {
  const id: unknown = Array.isArray(pair) ? pair[1] : undefined;
  if (typeof id !== 'number') refuse('tokenizerJson.post_processor', 'one with ids', JSON.stringify(pair));
  return id;
}

function template({ single, special_tokens }: Record<string, unknown>): Frame {
  const parts = Array.isArray(single) ? (single as unknown[]) : [];
  const at = parts.findIndex((part) => isRecord(part) && 'Sequence' in part);
  const ids = (list: unknown[]) => list.flatMap((part) => idsOf(part, special_tokens));
  if (at < 0)
    refuse('tokenizerJson.post_processor.single', 'one with the text in it', JSON.stringify(single));
  return { front: ids(parts.slice(0, at)), back: ids(parts.slice(at + 1)) };
}

function idsOf(part: unknown, specials: unknown): number[] {
  const name = isRecord(part) && isRecord(part.SpecialToken) ? part.SpecialToken.id : undefined;
  const entry = isRecord(specials) ? specials[String(name)] : undefined;
  const ids = isRecord(entry) ? entry.ids : undefined;
  if (Array.isArray(ids) && ids.every((id) => Number.isInteger(id))) return ids as number[];
  return refuse(
    'tokenizerJson.post_processor.special_tokens',
    `one with ids for ${String(name)}`,
    typeof ids
  );
}
