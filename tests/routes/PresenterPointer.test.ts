// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import PresenterPointer from '../../src/routes/PresenterPointer.svelte';

afterEach(cleanup);

const ring = (): HTMLElement | null => document.querySelector('.ring');

describe('PresenterPointer', () => {
  it('draws a ring around the pointer after its button or P, and takes it away again', async () => {
    render(PresenterPointer);
    await fireEvent.pointerMove(window, { clientX: 30, clientY: 40 });
    expect(ring()).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Pointer', pressed: false }));
    expect(ring()?.style.left).toBe('30px');
    expect(ring()?.style.top).toBe('40px');
    await fireEvent.keyDown(window, { key: 'p' });
    expect(ring()).toBeNull();
  });

  it('leaves a P that is typed into a field, or has Ctrl with it, alone', async () => {
    render(PresenterPointer);
    await fireEvent.pointerMove(window, { clientX: 1, clientY: 1 });
    const field = document.body.appendChild(document.createElement('textarea'));
    await fireEvent.keyDown(field, { key: 'p' });
    await fireEvent.keyDown(window, { key: 'p', ctrlKey: true });
    field.remove();
    expect(ring()).toBeNull();
  });

  it('is gone once the pointer leaves the page', async () => {
    render(PresenterPointer);
    await fireEvent.pointerMove(window, { clientX: 1, clientY: 1 });
    await fireEvent.keyDown(window, { key: 'P' });
    expect(ring()).not.toBeNull();
    await fireEvent.pointerLeave(document);
    expect(ring()).toBeNull();
  });
});
