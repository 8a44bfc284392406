import { inLanguage } from '../spoken.svelte';

/** The presenter's view of the explorer. */
export const presentingWords = inLanguage('presentingWords', {
  name: 'Presenter’s view',
  keys: '← → step through the depth · Home: all blocks · Page Up, Page Down: next tab · F: Flow · P: pointer · Esc: end',
  pointer: 'Pointer',
  pointerSays: 'A large ring around the pointer, for a room (key P)',
  seedSays: 'for the whole class: all draw the same tokens',
  end: 'End presenting'
});
