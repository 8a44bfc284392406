import { inLanguage } from '../spoken.svelte';

/** A view inside another site's page. */
export const embedWords = inLanguage('embedWords', {
  title: 'Embedded view',
  open: 'Open in GPT-2 Lens',
  ask: (model: string, size: string) =>
    `This picture needs ${model}: ${size} are fetched, and nothing of it is kept. Your text and the picture stay on your device.`,
  load: (size: string) => `Load ${size}`,
  instead: (model: string) => `Show it with ${model}`,
  failed: 'This view cannot be shown here.',
  lacking: 'Some of what this view shows is not in the recording. Open it in GPT-2 Lens to compute it.',
  /** In a picture of the package, whose page has no explorer to open. */
  notThere: 'Some of what this picture shows is not among the numbers that it was given.',
  again: 'Try again',
  /** In a sandboxed frame without `allow-same-origin`. */
  noOrigin: 'This frame has no allow-same-origin: one thread computes, and nothing is kept.'
});
