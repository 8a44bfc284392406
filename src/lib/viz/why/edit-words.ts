import type { Edit, Vocabulary } from '$lib/gpt2';
import { whyWords as words } from '$lib/words/en/views/why';
import { formatNumber, tokenLabel, formatFixed } from '../common';

/** A place in words: "z of head 8.2". */
export function placeSays({
  name,
  layer,
  head,
  neuron
}: Pick<Edit, 'name' | 'layer' | 'head' | 'neuron'>): string {
  if (layer === undefined) return words.places.whole(name);
  if (head !== undefined) return words.places.head(name, layer, head);
  if (neuron !== undefined) return words.places.neuron(name, layer, neuron);
  return words.places.block(name, layer);
}

/** A share of the way between two runs: "65 %", "0.4 %". */
export function shareSays(share: number): string {
  return `${formatFixed(100 * share, Math.abs(share) < 0.1 ? 1 : 0)} %`;
}

/** Positions as they are typed: "3, 5-7". */
export function positionsSay(positions: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < positions.length;) {
    let end = start;
    while (positions[end + 1] === positions[end] + 1) end++;
    parts.push(end - start > 1 ? `${positions[start]}-${positions[end]}` : String(positions[start]));
    start = end - start > 1 ? end + 1 : start + 1;
  }
  return parts.join(', ');
}

/** What was typed as positions; null if it cannot be read, undefined if it is empty: all. */
export function readPositions(text: string): number[] | null | undefined {
  if (text.trim() === '') return undefined;
  const found: number[] = [];
  for (const part of text.split(',')) {
    const [, first, last = first] = /^\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first)) return null;
    for (let position = Number(first); position <= Number(last); position++) found.push(position);
  }
  return [...new Set(found)].sort((a, b) => a - b);
}

const whereSays = ({ positions }: Pick<Edit, 'positions'>): string => {
  if (!positions) return words.at.all;
  const text = positionsSay(positions);
  return positions.length === 1 ? words.at.one(text) : words.at.some(text);
};

/** An edit in one sentence that names its convention. */
export function editSays(edit: Edit, vocabulary: Vocabulary): string {
  const says = changeSays(edit, vocabulary);
  const note = edit.kind === 'zero' ? words.notes[edit.name] : undefined;
  return note ? words.withNote(says, note) : words.withoutNote(says);
}

function changeSays(edit: Edit, vocabulary: Vocabulary): string {
  const { changes } = words;
  const [place, at] = [placeSays(edit), whereSays(edit)];
  switch (edit.kind) {
    case 'scale':
      return changes.scale(place, at, formatNumber(edit.by));
    case 'mean':
      return edit.over === 'positions'
        ? changes.meanOfPositions(place, at)
        : changes.meanOfReferences(place, at);
    case 'patch':
      return edit.from ? changes.patchFrom(place, at, positionsSay(edit.from)) : changes.patch(place, at);
    case 'add': {
      const { direction } = edit;
      const times = formatNumber(edit.times);
      return 'token' in direction
        ? changes.addToken(place, at, times, tokenLabel(vocabulary.token(direction.token)))
        : changes.addDifference(place, at, times, direction.difference);
    }
    default:
      return changes[edit.kind](place, at);
  }
}

/** How the sentence on the effect begins: "Without head 8.2". */
export function editsSay(edits: readonly Edit[]): string {
  if (edits.length !== 1) return words.withEdits(edits.length);
  const [edit] = edits;
  const { kind, name, layer, head, positions } = edit;
  const short = words.places_short;
  if (kind !== 'zero' || layer === undefined) {
    return kind === 'zero' && name === 'embed' && positions
      ? words.without(short.embed(positionsSay(positions)))
      : words.withEdit(placeSays(edit));
  }
  if (positions) return words.withEdit(placeSays(edit));
  if (name === 'z' && head !== undefined) return words.without(short.head(layer, head));
  if (name === 'mlp_out') return words.without(short.mlp(layer));
  if (name === 'attn_out') return words.without(short.attention(layer));
  return words.without(placeSays(edit));
}
