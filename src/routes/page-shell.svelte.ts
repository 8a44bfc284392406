import { onMount } from 'svelte';
import { Explorer, getModels, getOfflineCopy, setExplorer, ThemeChoice } from '$lib/state';
import { modelsFolder } from './page-links';

/** What every page that runs a model stands on: the explorer's own, a lesson, a worksheet. */
export interface PageShell {
  readonly explorer: Explorer;
  readonly theme: ThemeChoice;
}

/**
 * The page's state, which all its components get, in the theme that its reader chose; gone when the page is. What fails may
 * be part of another version, so the copy that works offline looks for one. Call it while a component is set up.
 *
 * @param failure what else of the page may have stopped; null while it has not
 */
export function openShell(failure: () => unknown = () => null): PageShell {
  const models = getModels();
  const offline = getOfflineCopy();
  const explorer = new Explorer({ modelsUrl: modelsFolder(), models });
  setExplorer(explorer);
  const theme = new ThemeChoice(explorer.selection);

  $effect(() => {
    document.documentElement.dataset.theme = theme.current;
  });
  $effect(() => {
    if ((explorer.reports.failure ?? failure()) !== null) void offline.look();
  });
  onMount(() => () => explorer.dispose());
  return { explorer, theme };
}
