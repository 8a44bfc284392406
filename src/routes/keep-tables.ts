import type { Selection } from '$lib/state';
import { giveToggledTables } from '$lib/viz';

/** Keeps which tables are open in the page's view, and so in its link. Call it while the page is set up. */
export function keepTables(selection: Selection): void {
  giveToggledTables({
    get names() {
      return selection.view.tables;
    },
    toggle(name) {
      const { tables } = selection.view;
      selection.show({
        tables: tables.includes(name) ? tables.filter((other) => other !== name) : [...tables, name]
      });
    }
  });
}
