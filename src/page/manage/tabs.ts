import { create } from "../dom.ts";
import { type Section, showSection } from "./section.ts";
import { tell } from "./words.ts";

/**
 * Tabs as the ARIA practices have them: one stop for Tab, arrows between them. What is
 * behind one has to be fetched, so it is the Enter key that opens it.
 */
export function createTabs(sections: readonly Section[]): HTMLElement[] {
  const panel = create("section", {
    id: "manage-panel",
    role: "tabpanel",
    tabIndex: 0,
  });
  const tabs = sections.map(({ id, title }) => {
    const tab = create("button", {
      id: `manage-${id}`,
      type: "button",
      role: "tab",
      children: [title],
    });
    tab.setAttribute("aria-controls", panel.id);
    return tab;
  });
  const list = create("div", {
    className: "tabs",
    role: "tablist",
    ariaLabel: tell("manage"),
    children: tabs,
  });

  const indexOf = (target: unknown) =>
    target instanceof HTMLButtonElement ? tabs.indexOf(target) : -1;

  /** The index of the tab that is open. */
  let selected = 0;

  /** Makes a tab the one stop. */
  function stopAt(index: number): void {
    for (const [at, tab] of tabs.entries())
      tab.tabIndex = at === index ? 0 : -1;
  }

  function select(index: number): void {
    selected = index;
    stopAt(index);
    for (const [at, tab] of tabs.entries())
      tab.ariaSelected = String(at === index);
    const section = sections[index];
    if (!section) return;
    panel.setAttribute("aria-labelledby", `manage-${section.id}`);
    void showSection(section, panel);
  }

  list.addEventListener("click", ({ target }) => {
    const index = indexOf(target);
    if (index >= 0) select(index);
  });
  list.addEventListener("keydown", (event) => {
    const at = indexOf(document.activeElement);
    const next = nextOf(event.key, { at, count: tabs.length });
    if (next === undefined) return;
    event.preventDefault();
    tabs[next]?.focus();
  });
  list.addEventListener("focusin", ({ target }) => stopAt(indexOf(target)));
  list.addEventListener("focusout", ({ relatedTarget }) => {
    // Whoever comes back comes to the tab that is open.
    if (indexOf(relatedTarget) < 0) stopAt(selected);
  });
  select(0);
  return [list, panel];
}

function nextOf(
  key: string,
  { at, count }: { readonly at: number; readonly count: number },
): number | undefined {
  switch (key) {
    case "ArrowRight":
      return (at + 1) % count;
    case "ArrowLeft":
      return (at + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
