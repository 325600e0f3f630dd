/** One tab of the panel, and what all of them show while they wait. */
import type { Action } from "../../protocol/permissions.ts";
import { create } from "../dom.ts";
import { Refusal } from "./desk.ts";
import { explain, tell } from "./words.ts";

/** One tab. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What somebody must be allowed to do to see it. */
  readonly needs: Action;
  /** Fetches what there is now; `say` tells how it went, to eyes and to screen readers. */
  readonly load: (say: (text: string) => void) => Promise<Node>;
}

/** Shows a section in `panel`; what cannot be loaded is said, with a way to try again. */
export async function showSection(
  { load }: Section,
  panel: HTMLElement,
): Promise<void> {
  const status = create("p", { className: "status", role: "status" });
  const say = (text: string) => {
    status.textContent = text;
  };
  panel.replaceChildren(status);
  say(tell("loading"));
  const content = await load(say).catch((fault: unknown) => {
    say(explain(fault));
    return undefined;
  });
  // Another tab was chosen meanwhile.
  if (!status.isConnected || !content) return;
  if (status.textContent === tell("loading")) say("");
  panel.append(content);
}

/** Does what a button asks, once; says what the server has against it. */
export async function attempt(
  button: HTMLButtonElement,
  { say, act }: { say: (text: string) => void; act: () => Promise<void> },
): Promise<void> {
  if (button.ariaDisabled === "true") return;
  // Disabled for real, it would lose the focus.
  button.ariaDisabled = "true";
  try {
    await act();
  } catch (fault) {
    say(explain(fault));
    if (!(fault instanceof Refusal)) throw fault;
  } finally {
    button.ariaDisabled = null;
  }
}

/** A button of the panel. */
export function action(
  text: string,
  {
    className = "soft",
    onClick,
  }: { className?: string; onClick: (button: HTMLButtonElement) => void },
): HTMLButtonElement {
  const button = create("button", {
    className,
    type: "button",
    children: [text],
  });
  button.addEventListener("click", () => onClick(button));
  return button;
}
