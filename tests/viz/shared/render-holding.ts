import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';

/**
 * Renders a view as the page does: what the view says by a callback becomes the prop that holds it.
 *
 * @param holds which prop each callback changes: `{ onlocked: 'locked' }`
 */
export function renderHolding<Props extends object>(
  View: Component<Props>,
  props: Props,
  holds: Readonly<Record<string, string>>
) {
  const callbacks = Object.entries(holds).map(([name, prop]) => [
    name,
    (value: unknown) => void rendered.rerender({ [prop]: value })
  ]);
  const rendered = render(View as Component, { ...props, ...Object.fromEntries(callbacks) });
  return rendered;
}
