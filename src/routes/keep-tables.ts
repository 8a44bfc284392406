import type { Explorer } from '$lib/state';
import { giveToggledTables } from '$lib/viz';

/** Keeps which tables are open in the page's view, and so in its link. Call it while the page is set up. */
export function keepTables(explorer: Explorer): void {
  giveToggledTables({
    get names() {
      return explorer.selection.view.tables;
    },
    toggle(name) {
      const { tables } = explorer.selection.view;
      explorer.selection.show({
        tables: tables.includes(name) ? tables.filter((other) => other !== name) : [...tables, name]
      });
    }
  });
}
