/** The bell: asks the browser for permission when it is pressed, and offers what to be told of. */
import { pick } from "./dom.ts";
import {
  applyPreferences,
  choose,
  onPreferences,
  readPreferences,
} from "./preferences.ts";
import { toast } from "./toast.ts";
import { say } from "./words.ts";

const QUIET_MS = 3_600_000;

/** Whether neither sounds nor notifications are wanted right now. */
export function isQuiet(): boolean {
  return readPreferences().quietUntil > Date.now();
}

/** Offers the bell where the browser has notifications. */
export function offerBell(): void {
  const bell = pick("#bell");
  const choices = pick("#alerts");
  const levels = pick<HTMLFieldSetElement>("#alerts fieldset");
  const quiet = pick<HTMLInputElement>("#quiet");
  let timer: ReturnType<typeof setTimeout> | undefined;
  if (!("Notification" in window)) return;
  bell.hidden = false;
  onPreferences(draw);
  draw();

  bell.addEventListener("click", () => {
    const isOpening = choices.hidden;
    choices.hidden = !isOpening;
    bell.ariaExpanded = `${isOpening}`;
    if (Notification.permission === "default") void ask();
  });
  quiet.addEventListener("change", () => {
    choose("quietUntil", `${quiet.checked ? Date.now() + QUIET_MS : 0}`);
  });

  async function ask(): Promise<void> {
    if (!isAble()) {
      bell.hidden = choices.hidden = true;
      toast(say("notifyUnable"));
      return;
    }
    choices.hidden = false;
    bell.ariaExpanded = "true";
    const answer = await Notification.requestPermission();
    if (answer === "granted") choose("notify", "mentions");
    draw();
  }

  function draw(): void {
    const { quietUntil } = readPreferences();
    const level = levelNow();
    bell.classList.toggle("on", level !== "off" && !isQuiet());
    pick("#bell span").textContent = say(`bell_${level}`);
    levels.disabled = Notification.permission !== "granted";
    quiet.checked = isQuiet();
    pick("#alerts .hint").textContent = hint(quietUntil);
    clearTimeout(timer);
    // Everything speaks up again when the time is over.
    if (isQuiet())
      timer = setTimeout(applyPreferences, quietUntil - Date.now());
  }
}

/** Which messages are worth a notification, as far as the browser allows any. */
export function levelNow(): "off" | "mentions" | "all" {
  const isAllowed =
    "Notification" in window && Notification.permission === "granted";
  return isAllowed ? readPreferences().notify : "off";
}

function hint(quietUntil: number): string {
  if (Notification.permission === "denied") return say("notifyBlocked");
  if (Notification.permission === "default") return say("notifyAsk");
  if (!isQuiet()) return "";
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    timeStyle: "short",
  });
  return say("quietUntil", format.format(quietUntil));
}

/** On Android a page may ask for permission but not show anything: its constructor throws. */
function isAble(): boolean {
  try {
    // Without permission it shows nothing.
    new Notification("");
    return true;
  } catch {
    return false;
  }
}
