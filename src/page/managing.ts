/** The button of the panel for those who may see it; the panel is loaded when it is pressed. */
import type { Role } from "../client/mod.ts";
import { may } from "../protocol/permissions.ts";
import type { ProjectChatElement } from "../widget/mod.ts";
import { pick } from "./dom.ts";
import type * as Manage from "./manage.ts";
import { onPreferences } from "./preferences.ts";
import { toast } from "./toast.ts";
import { say } from "./words.ts";

/** Where the build puts it. */
const PANEL = "/manage.js";

type ManagingOptions = Omit<Manage.ManageOptions, "role"> & {
  readonly chat: ProjectChatElement;
};

/** Offers the panel; the answer is told of each new role of the reader. */
export function offerManaging(
  options: ManagingOptions,
): (role: Role | undefined) => void {
  const { chat } = options;
  const button = pick<HTMLButtonElement>("#open-manage");
  const news = pick("#open-manage .news");
  let role: Role | undefined;
  /** Reports that came while the panel was closed. */
  let reports = 0;

  async function open(): Promise<void> {
    if (!role) return;
    reports = 0;
    draw();
    try {
      const panel: typeof Manage = await import(PANEL);
      await panel.openManage({ ...options, role });
    } catch {
      toast(say("notLoaded"));
    }
  }

  function draw(): void {
    button.hidden = !(role && may(role, "oversee"));
    news.textContent = reports > 0 ? say("reports", reports) : "";
  }

  chat.addEventListener("ready", ({ detail: { client } }) => {
    client.on("reported", (event) => {
      // Who reports is answered by the same type of event, without a number.
      if ("id" in event) reports++;
      draw();
    });
  });
  onPreferences(draw);
  button.addEventListener("click", () => void open());
  return (next) => {
    role = next;
    draw();
  };
}
