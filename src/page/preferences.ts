/** How the reader wants our pages to look and speak; kept only once they have chosen. */

export type Theme = "auto" | "light" | "dark";
export type Language = "ko" | "en";

/** Which messages are worth a notification. */
export type Notify = "off" | "mentions" | "all";

interface Preferences {
  theme: Theme;
  lang: Language;
  sound: "on" | "off";
  notify: Notify;
  /** No sound and no notification before this time, in ms since 1970. */
  quietUntil: number;
}

const KEY = "pc:page";
const listeners: (() => void)[] = [];

/** Names of all of them, as they stand in addresses where storage is blocked. */
export const PREFERENCES = [
  "theme",
  "lang",
  "sound",
  "notify",
  "quietUntil",
] as const satisfies readonly (keyof Preferences)[];

/** What is chosen, or else what the address and the browser say. */
export function readPreferences(): Preferences {
  const query = new URLSearchParams(location.search);
  const kept = load();
  const said = (name: keyof Preferences) => query.get(name) ?? kept[name];
  const notify = said("notify");
  return {
    theme: themeOf(said("theme")),
    lang: /^ko\b/i.test(said("lang") ?? navigator.language) ? "ko" : "en",
    sound: said("sound") === "on" ? "on" : "off",
    notify: notify === "mentions" || notify === "all" ? notify : "off",
    quietUntil: Number(said("quietUntil")) || 0,
  };
}

/** Puts theme and language on the page. */
export function applyPreferences(): void {
  const { theme, lang } = readPreferences();
  const { documentElement: root } = document;
  root.lang = lang;
  root.dataset["theme"] = theme;
  for (const listener of listeners) listener();
}

/** Calls `listener` whenever the reader has chosen something else. */
export function onPreferences(listener: () => void): void {
  listeners.push(listener);
}

/** Lets the reader choose: each fieldset with `data-choice` is one preference. */
export function offerPreferences(): void {
  for (const fieldset of document.querySelectorAll<HTMLFieldSetElement>(
    "[data-choice]",
  )) {
    // Our pages name these, and nothing else.
    const name = fieldset.dataset["choice"] as keyof Preferences;
    const inputs = fieldset.querySelectorAll("input");
    const draw = () => {
      for (const input of inputs)
        input.checked = input.value === readPreferences()[name];
    };
    draw();
    onPreferences(draw);
    fieldset.addEventListener("change", () => {
      const chosen = [...inputs].find(({ checked }) => checked);
      choose(name, chosen?.value ?? "off");
    });
  }
}

/** Keeps a choice, and has everybody who asked follow it. */
export function choose(name: keyof Preferences, value: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...load(), [name]: value }));
  } catch {
    // Blocked storage: the address below has it.
  }
  const url = new URL(location.href);
  // What the address says would win over what was just chosen.
  if (load()[name] === value) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  history.replaceState(history.state, "", url);
  applyPreferences();
}

function themeOf(written: string | null | undefined): Theme {
  return written === "light" || written === "dark" ? written : "auto";
}

function load(): Partial<Record<keyof Preferences, string>> {
  try {
    return { ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return {};
  }
}
