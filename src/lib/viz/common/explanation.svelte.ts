import { optionalContext } from './optional-context';

/** Tells the pictures of a page whether they are explained from the start. Call it while a component is set up. */
const [isExplainedFirst, explainFirst] = optionalContext<() => boolean>();
export { explainFirst };

/** Whether a picture's explanation is open: as the page has it, until the reader says otherwise. */
export function explanation(): { open: boolean } {
  const first = isExplainedFirst();
  let chosen = $state<boolean | null>(null);
  return {
    get open() {
      return chosen ?? first?.() ?? false;
    },
    set open(open) {
      chosen = open;
    }
  };
}
