/** How the reader wants our pages to look and speak; kept only once they have chosen. */

export type Theme = "auto" | "light" | "dark";
export type Language = "ko" | "en";

interface Preferences {
  theme: Theme;
  lang: Language;
  sound: "on" | "off";
}

const KEY = "pc:page";
const listeners: (() => void)[] = [];

/** What is chosen, or else what the address and the browser say. */
export function readPreferences(): Preferences {
  const query = new URLSearchParams(location.search);
  const { theme, lang, sound } = load();
  const spoken = query.get("lang") ?? lang ?? navigator.language;
  return {
    theme: themeOf(query.get("theme") ?? theme),
    lang: /^ko\b/i.test(spoken) ? "ko" : "en",
    sound: sound === "on" ? "on" : "off",
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
    const name = fieldset.dataset["choice"] as keyof Preferences;
    const inputs = fieldset.querySelectorAll("input");
    for (const input of inputs)
      input.checked = input.value === readPreferences()[name];
    fieldset.addEventListener("change", () => {
      const chosen = [...inputs].find(({ checked }) => checked);
      choose(name, chosen?.value ?? "off");
    });
  }
}

function choose(name: keyof Preferences, value: string): void {
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
