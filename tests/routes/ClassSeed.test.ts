// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ClassSeed from '../../src/routes/ClassSeed.svelte';

afterEach(cleanup);

describe('ClassSeed', () => {
  it('gives on a seed that is typed, and says what a wrong one must be', async () => {
    const onseed = vi.fn();
    render(ClassSeed, { seed: 42, onseed });
    const field = screen.getByRole('textbox', {
      name: 'seed',
      description: /all draw the same tokens/
    });
    expect((field as HTMLInputElement).value).toBe('42');
    await fireEvent.input(field, { target: { value: '7' } });
    expect(onseed.mock.calls).toEqual([[7]]);
    await fireEvent.input(field, { target: { value: 'seven' } });
    expect(onseed.mock.calls).toEqual([[7]]);
    screen.getByRole('textbox', { name: 'seed', description: /4294967295|4,294,967,295/ });
  });
});
