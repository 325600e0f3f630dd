/** The panel of owners and moderators. Loaded when it is asked for first. */
import type { Role } from "../client/mod.ts";
import { may } from "../protocol/permissions.ts";
import { openDialog } from "./dialog.ts";
import { create } from "./dom.ts";
import { createAudit } from "./manage/audit.ts";
import { createDesk } from "./manage/desk.ts";
import { createReports } from "./manage/reports.ts";
import { createSanctions } from "./manage/sanctions.ts";
import type { Section } from "./manage/section.ts";
import { createSettings } from "./manage/settings.ts";
import { createTabs } from "./manage/tabs.ts";
import { tell } from "./manage/words.ts";
import { spoken } from "./words.ts";

/** What the panel is about. */
export interface ManageOptions {
  readonly project: string;
  readonly role: Role;
  /** Shows a message where it was said. */
  readonly show: (room: string, seq: number) => void;
}

const CLOSE_SIGN = "M6 6l12 12M18 6L6 18";
let styled: Promise<void> | undefined;

/** Opens the panel with what `role` may see. Rejects when its style cannot be loaded. */
export async function openManage(options: ManageOptions): Promise<void> {
  styled ??= loadStyle();
  await styled;
  const { role } = options;
  const desk = createDesk(options);
  const sections: Section[] = [
    createReports(desk),
    createSanctions(desk),
    createSettings(desk),
    createAudit(desk),
  ];
  const title = create("h2", {
    id: "manage-title",
    children: [tell("manage")],
  });
  const dialog = create("dialog", {
    id: "manage",
    children: [
      create("div", {
        className: "sheet",
        children: [
          closeForm(),
          title,
          ...createTabs(sections.filter(({ needs }) => may(role, needs))),
        ],
      }),
    ],
  });
  dialog.setAttribute("aria-labelledby", title.id);
  desk.onLeave(() => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  openDialog(dialog);
  dialog.querySelector<HTMLElement>("[role=tab]")?.focus();
}

/** The style comes with the panel, not with the page. */
async function loadStyle(): Promise<void> {
  const sheet = create("link", { rel: "stylesheet", href: "/manage.css" });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  sheet.addEventListener("load", () => resolve());
  sheet.addEventListener("error", () => {
    sheet.remove();
    styled = undefined;
    reject(new Error("Cannot load /manage.css"));
  });
  document.head.append(sheet);
  return promise;
}

function closeForm(): HTMLFormElement {
  const sign = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(sign.namespaceURI, "path");
  path.setAttribute("d", CLOSE_SIGN);
  sign.setAttribute("viewBox", "0 0 24 24");
  sign.setAttribute("aria-hidden", "true");
  sign.append(path);
  const words = create("span", {
    className: "unseen",
    children: [spoken(["닫기", "Close"])],
  });
  const button = create("button", { className: "icon", type: "submit" });
  button.append(sign, words);
  const form = create("form", { className: "close", method: "dialog" });
  form.append(button);
  return form;
}
