import { BASE } from "./styles_base.ts";
import { BUBBLE } from "./styles_bubble.ts";
import { COMPOSER } from "./styles_composer.ts";
import { LOG } from "./styles_log.ts";

let sheet: CSSStyleSheet | undefined;

/** The one style sheet of all widgets on the page; strict pages allow no style element. */
export function styleSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(BASE + LOG + COMPOSER + BUBBLE);
  }
  return sheet;
}

/** Adds the rules of the extras for all widgets on the page. */
export function addStyles(rules: string): void {
  styleSheet().replaceSync(BASE + LOG + COMPOSER + BUBBLE + rules);
}
