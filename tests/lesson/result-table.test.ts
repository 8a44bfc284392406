// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import ResultTable from '../../src/lib/lesson/ResultTable.svelte';

afterEach(cleanup);

const table = (count: number) => ({
  columns: ['depth', 'token'],
  rows: Array.from({ length: count }, (_, depth) => [depth, ' the']),
  label: 'Result of lens'
});
const bodyRows = () => screen.getAllByRole('row').length - 1;

describe('ResultTable', () => {
  it('shows the 13 depths of 12 blocks whole', () => {
    render(ResultTable, table(13));
    expect(bodyRows()).toBe(13);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says how many rows a longer table has, and shows them on request', async () => {
    render(ResultTable, table(26));
    expect(bodyRows()).toBe(16);
    const button = screen.getByRole('button', { name: 'Show all 26 rows' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    await fireEvent.click(button);
    expect(bodyRows()).toBe(26);
    await fireEvent.click(screen.getByRole('button', { name: 'Show less' }));
    expect(bodyRows()).toBe(16);
  });
});
