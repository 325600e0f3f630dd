/** Loads the extras once for all widgets of the page. */
import type { ExtrasModule } from "./extras_module.ts";
import { fetchExtras } from "./extras_source.ts";
import { addWords } from "./strings.ts";
import { addStyles } from "./styles.ts";

let loading: Promise<ExtrasModule> | undefined;
let attempt = 0;

/** The extras; where they cannot be loaded, the next call tries again. */
export function loadExtras(): Promise<ExtrasModule> {
  loading ??= fetchExtras(attempt++).then(
    (extras) => {
      addWords(extras.WORDS);
      addStyles(extras.STYLES);
      return extras;
    },
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
