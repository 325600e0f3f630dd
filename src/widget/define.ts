/** Registers `<project-chat>`: the only module here with a side effect. */
import { ProjectChatElement } from "./project_chat_element.tsx";

export * from "./mod.ts";

// Two copies of the script on a page must not fight over the name.
if (globalThis.customElements && !customElements.get("project-chat"))
  customElements.define("project-chat", ProjectChatElement);
