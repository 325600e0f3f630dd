/** The first page: the widget beside the code that made it, and the way into a project. */
import { isProjectId } from "../protocol/ids.ts";
import type { ProjectChatElement } from "../widget/mod.ts";
import { showCode } from "./code_view.ts";
import { makeCopyButton } from "./copy.ts";
import { pick } from "./dom.ts";
import { tagCode } from "./embed_code.ts";
import {
  applyPreferences,
  offerPreferences,
  onPreferences,
  readPreferences,
} from "./preferences.ts";
import { say } from "./words.ts";

const ID_BYTES = 8;
/** What the tag does by itself needs no attribute. */
const DEFAULTS: Readonly<Record<string, string>> = {
  mode: "inline",
  theme: "auto",
};

const chat = pick<ProjectChatElement>("project-chat");
const controls = pick<HTMLFormElement>("#controls");
const form = pick<HTMLFormElement>("#open");
const field = pick<HTMLInputElement>("#project");

for (const place of document.querySelectorAll(".origin"))
  place.textContent = location.origin;
offerPreferences();
onPreferences(draw);
applyPreferences();
controls.addEventListener("change", draw);
makeCopyButton(pick("#copy-code"), code);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const id = field.value.trim();
  if (isProjectId(id)) return enter(id);
  field.setCustomValidity(say("badProject"));
  field.reportValidity();
});
field.addEventListener("input", () => field.setCustomValidity(""));
pick("#create").addEventListener("click", () => enter(newId()));

void showWeight();

/** Says what the widget weighs: exactly the one that this server hands out. */
async function showWeight(): Promise<void> {
  const rows = document.querySelectorAll<HTMLElement>(".ours");
  const answer = await fetch("/versions.json").catch(() => undefined);
  if (!answer?.ok) {
    for (const row of rows) row.remove();
    return;
  }
  const versions: Record<string, { gzipped: number }> = await answer.json();
  for (const row of rows) {
    const files = row.dataset["files"]?.split(" ") ?? [];
    const sizes = files.map((file) => versions[file]?.gzipped ?? 0);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const meter = row.querySelector("meter");
    if (meter) meter.value = bytes;
    row.querySelector("td span")?.append(`${(bytes / 1_000).toFixed(1)} kB`);
  }
}

/** Shows the tag as the controls say, and the code for exactly that. */
function draw(): void {
  const { mode, theme, accent } = chosen();
  chat.setAttribute("lang", readPreferences().lang);
  // Without a choice of its own it goes with the page, whose theme has its own switch.
  chat.setAttribute("theme", theme === "auto" ? "inherit" : theme);
  if (chat.getAttribute("mode") !== mode) chat.setAttribute("mode", mode);
  if (mode === "inline") chat.removeAttribute("open");
  if (accent) chat.style.setProperty("--pc-accent", accent);
  else chat.style.removeProperty("--pc-accent");
  pick("#stage").dataset["mode"] = mode;
  showCode(pick("#code"), code());
}

function code(): string {
  const { accent, ...rest } = chosen();
  const attributes = Object.fromEntries(
    Object.entries(rest).filter(([name, value]) => value !== DEFAULTS[name]),
  );
  return tagCode({
    origin: location.origin,
    project: chat.getAttribute("project") ?? "",
    attributes,
    accent,
  });
}

function chosen() {
  const data = new FormData(controls);
  const text = (name: string) => String(data.get(name) ?? "");
  return {
    mode: text("mode"),
    theme: text("theme"),
    accent: text("accent") || undefined,
  };
}

function enter(id: string): void {
  location.assign(`/project/${id}`);
}

/** An id that nobody guesses: whoever knows it may come in. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join(
    "",
  );
}
