/** The page in somebody else's frame: nothing but the widget. */
import type { ProjectChatElement } from "../widget/mod.ts";
import { projectInAddress, roomInAddress } from "./address.ts";
import { pick } from "./dom.ts";
import { readPreferences } from "./preferences.ts";
import { takeToken, tokenOf } from "./token.ts";

/** What the address may say to the tag. */
const HANDED_ON = ["nickname", "heading", "storage"];

const chat = pick<ProjectChatElement>("project-chat");
const query = new URLSearchParams(location.search);
for (const name of HANDED_ON) {
  const value = query.get(name);
  if (value) chat.setAttribute(name, value);
}
chat.setAttribute("lang", readPreferences().lang);
chat.setAttribute("room", roomInAddress());
const project = projectInAddress();
const enter = () => {
  takeToken(project);
  chat.token = tokenOf(project);
};
enter();
// The site around the frame may bring a newer one by the frame's address.
window.addEventListener("hashchange", enter);
chat.setAttribute("project", project);
