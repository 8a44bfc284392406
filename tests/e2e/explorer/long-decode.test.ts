/** The decode view where the model's context is full, or nearly. */
import { describe, expect, it } from 'vitest';
import { useExplorer } from '../session.ts';
import { eventually } from '../page.ts';
import { decodeQuery, DecodePage } from './decode-page.ts';
import { overflow, violations } from './page-checks.ts';

const N_CTX = 512; // of gpt2-nano
const ROOM = 2;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 }
];
/** "Once upon a time there was a little girl," again and again. */
const SENTENCE = [7454, 2402, 257, 640, 612, 373, 257, 1310, 2576, 11];
const ids = (length: number) => Array.from({ length }, (_, i) => SENTENCE[i % SENTENCE.length]);
/** More than there is room for. */
const ASKED = { max_new_tokens: 30 };

const session = useExplorer();

async function openDecode(
  length: number,
  more: Readonly<Record<string, string | number>>
): Promise<DecodePage> {
  const query = decodeQuery(ids(length), { ...ASKED, ...more });
  const decode = new DecodePage(await session.open({ query, viewport: SIZES[0] }));
  await eventually(() => decode.explorer.count()).toBe(`${length} of ${N_CTX} tokens`);
  return decode;
}

/** Looks at the page at each size. */
async function expectUsable({ page }: DecodePage): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    expect(await overflow(page), `${size.width} px`).toBeLessThanOrEqual(0);
    expect(await violations(page), `${size.width} px`).toEqual([]);
  }
  await page.setViewportSize(SIZES[0]);
}

const tokensField = ({ page }: DecodePage) => page.getByRole('spinbutton', { name: 'tokens', exact: true });

describe(`a prompt of n_ctx - ${ROOM} tokens`, () => {
  it('steps until the context is full, says so, and takes a step back', async () => {
    const decode = await openDecode(N_CTX - ROOM, { do_sample: 0 });
    expect(await tokensField(decode).inputValue()).toBe(String(ROOM));
    await decode.step.click();
    await decode.settled(1);
    await decode.run.click();
    await decode.settled(ROOM);
    await decode.page.getByText(/^The model’s context is full\. Undo/).waitFor();
    expect(await decode.step.isDisabled()).toBe(true);
    await expectUsable(decode);
    await decode.button('Undo').click();
    await decode.settled(1);
    expect(await decode.step.isEnabled()).toBe(true);
    expect(decode.explorer.link().get('max_new_tokens')).toBe(String(ASKED.max_new_tokens));
  });

  it('searches as far as there is room, and opens what it found', async () => {
    const decode = await openDecode(N_CTX - ROOM, { decode: 'beams' });
    await eventually(async () => (await decode.beamRows())[0]?.state).toBe('winner');
    const [winner] = await decode.beamRows();
    expect(winner.ids).toHaveLength(ROOM);
    await expectUsable(decode);
    await decode.button('Open the best as prompt').click();
    await eventually(() => decode.explorer.count()).toBe(`${N_CTX} of ${N_CTX} tokens`);
    await decode.page.getByText(/there is no room for a new one/).waitFor();
    const ends = async () => (await decode.explorer.chips()).slice(-ROOM).map(({ id }) => id);
    await eventually(ends).toEqual(winner.ids);
  });

  it('compares as far as there is room', async () => {
    const decode = await openDecode(N_CTX - ROOM, { decode: 'compare', columns: 'best_sample-s3' });
    await eventually(() => decode.page.getByText('full length').count()).toBe(2);
    const outputs = await decode.page.getByTestId('column-output').all();
    for (const output of outputs)
      expect((await output.getAttribute('data-ids'))!.split(' ')).toHaveLength(ROOM);
    await expectUsable(decode);
  });
});

describe('a prompt of n_ctx tokens', () => {
  it.each(['steps', 'beams', 'compare'])(
    'says in %s that there is no room, and keeps the settings',
    async (part) => {
      const decode = await openDecode(N_CTX, { decode: part, columns: 'best_sample-s3' });
      await decode.page
        .getByText(`The prompt has ${N_CTX} tokens, all that this model reads at once: there is no room`)
        .waitFor();
      expect(await tokensField(decode).isDisabled()).toBe(true);
      await expectUsable(decode);
      const link = decode.explorer.link();
      expect(link.get('max_new_tokens')).toBe(String(ASKED.max_new_tokens));
      expect(link.get('columns')).toBe('best_sample-s3');
      expect(link.get('ids')!.split('.')).toHaveLength(N_CTX);
    }
  );

  it('goes on when the prompt is made shorter', async () => {
    const decode = await openDecode(N_CTX, { decode: 'beams', max_new_tokens: 3 });
    await decode.page.getByText(/there is no room for a new one/).waitFor();
    await decode.explorer.write('Once upon a time');
    await eventually(async () => (await decode.beamRows())[0]?.ids).toHaveLength(3);
  });
});
