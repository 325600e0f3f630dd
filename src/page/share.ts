/** The dialog that invites others and gives the code for one's own page. */
import { DEFAULT_ROOM } from "../protocol/limits.ts";
import type { ProjectChatElement } from "../widget/mod.ts";
import { addressOf, roomInAddress } from "./address.ts";
import { showCode } from "./code_view.ts";
import { makeCopyButton } from "./copy.ts";
import { openDialog } from "./dialog.ts";
import { pick } from "./dom.ts";
import { frameCode, tagCode } from "./embed_code.ts";
import { PREFERENCES } from "./preferences.ts";

/** Lets the buttons of the page open the dialog. */
export function offerSharing(project: string, chat: ProjectChatElement): void {
  const dialog = pick<HTMLDialogElement>("#share");
  const address = pick<HTMLInputElement>("#invite");
  const modes = pick("#embed-mode");
  const code = pick("#embed-code");

  function draw(): void {
    const isClosed = chat.client?.timeline.settings?.mode === "members";
    pick("#share [data-for=anyone]").hidden = isClosed;
    pick("#share [data-for=members]").hidden = !isClosed;
    address.value = invitation().href;
    showCode(code, codeFor(project));
  }

  for (const button of document.querySelectorAll<HTMLElement>("[data-share]")) {
    button.addEventListener("click", () => {
      draw();
      openDialog(dialog);
      pick(`#copy-${button.dataset["share"]}`).focus();
    });
  }
  address.addEventListener("focus", () => address.select());
  modes.addEventListener("change", draw);
  makeCopyButton(pick("#copy-invite"), () => address.value);
  makeCopyButton(pick("#copy-code"), () => codeFor(project));
}

/** The address to hand on: the room, and nothing of one's own taste. */
function invitation(): URL {
  const url = addressOf(roomInAddress());
  for (const name of PREFERENCES) url.searchParams.delete(name);
  return url;
}

function codeFor(project: string): string {
  const { origin } = location;
  const room = roomInAddress();
  const named = room === DEFAULT_ROOM ? {} : { room };
  const mode = pick<HTMLInputElement>("#embed-mode :checked").value;
  if (mode === "iframe")
    return frameCode({ origin, project, attributes: named });
  const attributes = mode === "bubble" ? { ...named, mode } : named;
  return tagCode({ origin, project, attributes });
}
