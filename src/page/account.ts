/** Who the reader is, as the room knows them, and the way out of it. */
import type { ChatClient, Role } from "../client/mod.ts";
import type { ProjectChatElement } from "../widget/mod.ts";
import { pick } from "./dom.ts";
import { onPreferences } from "./preferences.ts";
import { forgetToken, takeToken, tokenOf } from "./token.ts";
import { say } from "./words.ts";

interface AccountOptions {
  readonly project: string;
  readonly chat: ProjectChatElement;
  /** The room says what the reader is; undefined while it says nothing. */
  readonly onRole: (role: Role | undefined) => void;
}

/** Lets the reader in as whom their token names, says so, and says what is wrong with it. */
export function openAccount({ project, chat, onRole }: AccountOptions): void {
  const line = pick("#account");
  const notice = pick("#refused");
  let known: ChatClient | undefined;
  let role: Role | undefined;
  let fault: "unauthorized" | "token_expired" | undefined;

  function enter(): void {
    takeToken(project);
    chat.token = tokenOf(project);
  }

  function leave(): void {
    forgetToken(project);
    fault = known = undefined;
    enter();
    draw();
    chat.focusComposer();
  }

  function draw(): void {
    // Between two rooms one is who one was.
    const you = known?.you;
    const signed = you?.guest ? undefined : you;
    line.hidden = !signed;
    pick("#account bdi").textContent = signed?.nickname ?? "";
    pick("#account .hint").textContent = signed ? say(signed.role) : "";
    notice.hidden = fault === undefined;
    pick("#refused span").textContent = fault ? say(fault) : "";
    if (role === you?.role) return;
    role = you?.role;
    onRole(role);
  }

  chat.addEventListener("ready", ({ detail: { client } }) => {
    known = client;
    client.on("event", ({ type }) => {
      if (type === "welcome" || type === "you" || type === "renamed") draw();
    });
    draw();
  });
  chat.addEventListener("statechange", ({ detail }) => {
    const { status, closeReason } = detail;
    const { error } = closeReason ?? {};
    if (status === "online") fault = undefined;
    const isFault = error === "unauthorized" || error === "token_expired";
    if (isFault && tokenOf(project)) fault = error;
    draw();
  });
  for (const button of document.querySelectorAll("[data-leave]"))
    button.addEventListener("click", leave);
  // Another link for this page, opened in its tab, loads nothing anew.
  window.addEventListener("hashchange", enter);
  onPreferences(draw);
  enter();
}
