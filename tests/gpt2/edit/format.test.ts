import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEdits, parseEdit, parseEdits } from '../../../src/lib/gpt2/edit/format.ts';
import { editableKind, editNames } from '../../../src/lib/gpt2/edit/places.ts';
import type { Edit } from '../../../src/lib/gpt2/edit/types.ts';

const index = fc.nat(200);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x)); // no -0
const direction = fc.oneof(fc.record({ token: index }), fc.record({ difference: index }));

/** Any edit that has a text. */
const edits: fc.Arbitrary<Edit> = fc
  .record({
    name: fc.constantFrom(...editNames),
    index,
    positions: fc.array(index, { minLength: 1, maxLength: 5 })
  })
  .chain(({ name, index: layer, positions }) => {
    const { inBlock, part } = editableKind(name);
    const place = { name, ...(inBlock && { layer }) };
    const withPart = fc.option(index).map((at) => (part && at !== null ? { ...place, [part]: at } : place));
    const withPositions = withPart.chain((one) => fc.constantFrom(one, { ...one, positions }));
    return fc
      .tuple(
        withPositions,
        fc.oneof(
          fc.constantFrom({ kind: 'zero' }, { kind: 'freeze' }, { kind: 'patch' }),
          fc.constantFrom({ kind: 'mean', over: 'positions' }, { kind: 'mean', over: 'references' }),
          number.map((by) => ({ kind: 'scale', by })),
          fc.record({ kind: fc.constant('add'), times: number, direction })
        ),
        fc.boolean()
      )
      .map(([at, change, elsewhere]) => {
        const from =
          elsewhere && change.kind === 'patch' && 'positions' in at
            ? { from: positions.map((p) => p + 1) }
            : {};
        return { ...at, ...change, ...from } as Edit;
      });
  });

describe('parseEdits(formatEdits(edits))', () => {
  it('gives the same edits back, whatever they are', () => {
    fc.assert(fc.property(fc.array(edits, { maxLength: 4 }), (list) => {
      expect(parseEdits(formatEdits(list))).toEqual(list);
    })); // prettier-ignore
  });

  it('writes what a person would', () => {
    const list: Edit[] = [
      { kind: 'zero', name: 'z', layer: 8, head: 2 },
      { kind: 'scale', by: 0.5, name: 'attn_out', layer: 3, positions: [4, 7, 8, 9] },
      { kind: 'add', times: 2, direction: { token: 464 }, name: 'resid_post', layer: 3 },
      { kind: 'patch', name: 'mlp.post', layer: 1, neuron: 17, positions: [3], from: [4] },
      { kind: 'freeze', name: 'ln_final.scale' }
    ];
    expect(formatEdits(list)).toBe(
      'zero:z.8.2;scale=0.5:attn_out.3@4,7-9;add=2*token(464):resid_post.3;patch:mlp.post.1.17@3<4;freeze:ln_final.scale'
    );
  });

  it.each([
    ['zero', 'a change and a place with a colon between'],
    ['zap:z.8.2', 'scale=, mean, patch, add= or freeze, got "zap:z.8.2"'],
    ['zero:zz.8', 'the place must be one of embed,'],
    ['zero:z', 'z.layer, with .head after it for one head'],
    ['zero:resid_mid.1.2', 'the place must be resid_mid.layer'],
    ['zero:embed.1', 'the place must be embed,'],
    ['zero:z.8.2@', 'positions must be such as 3, 3-5 or 3<4'],
    ['zero:z.8.2@3<4', 'positions must be without <'],
    ['patch:z.8.2@3<4,5', 'positions must be all with < or none'],
    ['zero:z.8@5-3', 'ranges from the lower to the higher'],
    ['scale=x:z.8', 'the number must be a finite number'],
    ['add=1*token(x):embed', 'the change must be']
  ])('refuses %s', (text, reason) => expect(() => parseEdit(text)).toThrow(reason));
});
