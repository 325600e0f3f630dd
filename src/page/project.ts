/** The page of one project: its rooms beside the widget. */
import type { ProjectChatElement } from "../widget/mod.ts";
import { openAccount } from "./account.ts";
import {
  addressOf,
  messageInAddress,
  projectInAddress,
  roomInAddress,
} from "./address.ts";
import { isQuiet, offerBell } from "./bell.ts";
import { pick } from "./dom.ts";
import { offerManaging } from "./managing.ts";
import { notify } from "./notifications.ts";
import {
  applyPreferences,
  offerPreferences,
  onPreferences,
  readPreferences,
} from "./preferences.ts";
import { RoomList, titleOf } from "./rooms.ts";
import { offerSharing } from "./share.ts";
import { toast } from "./toast.ts";
import { say } from "./words.ts";

const project = projectInAddress();
const chat = pick<ProjectChatElement>("project-chat");
const drawer = pick("#rooms");
const rooms = new RoomList({ project, open, onChange: drawTitle });
/** The room that is drawn, which the address may have left already. */
let shown = roomInAddress();

for (const name of document.querySelectorAll(".project-name"))
  name.textContent = project;
for (const tile of document.querySelectorAll(".tile"))
  tile.textContent = project.slice(0, 1).toUpperCase();

offerPreferences();
offerSharing(project, chat);
offerBell();
notify({ project, chat, show });
onPreferences(draw);
applyPreferences();
openAccount({ project, chat, onRole: offerManaging({ project, chat, show }) });
chat.setAttribute("project", project);

chat.addEventListener("unreadchange", drawTitle);
chat.addEventListener("ready", ({ detail }) => {
  rooms.follow(detail.client);
  void showLinkedMessage();
});
chat.addEventListener("open-room", (event) => {
  event.preventDefault();
  show(event.detail.room, event.detail.seq);
});
window.addEventListener("hashchange", () => void showLinkedMessage());
window.addEventListener("popstate", draw);
window.addEventListener("pagehide", () => rooms.end(shown, chat.lastRead));
// A drawer left open would float over the wide page, where the list has its own place.
matchMedia("(min-width: 800px)").addEventListener("change", closeDrawer);

/** Draws what depends on the address and on preferences. */
function draw(): void {
  const room = roomInAddress();
  const { lang, sound } = readPreferences();
  if (room !== shown) rooms.leave(shown, chat.lastRead);
  shown = room;
  // The tag watches its own attributes, not those of the page.
  for (const [name, value] of Object.entries({
    room,
    lang,
    heading: titleOf(room),
  })) {
    if (chat.getAttribute(name) !== value) chat.setAttribute(name, value);
  }
  chat.toggleAttribute("sound", sound === "on" && !isQuiet());
  rooms.draw();
  drawTitle();
}

function drawTitle(): void {
  const unread = (chat.unread ?? 0) + rooms.mentions;
  const count = unread > 0 ? `(${unread}) ` : "";
  document.title = `${count}${titleOf(roomInAddress())} · ${project}`;
}

function open(room: string): void {
  closeDrawer();
  if (room !== roomInAddress()) {
    history.pushState(null, "", addressOf(room));
    draw();
  }
  // On a phone the keyboard would cover what one came to read.
  if (matchMedia("(pointer: fine)").matches) chat.focusComposer();
}

/** Shows a message, in whatever room it is. */
function show(room: string, seq: number): void {
  closeDrawer();
  const isHere = room === roomInAddress();
  const url = addressOf(room);
  url.hash = `m=${seq}`;
  history.pushState(null, "", url);
  draw();
  // A room that is entered shows it when it is there.
  if (isHere) void showLinkedMessage();
}

function closeDrawer(): void {
  if (drawer.matches(":popover-open")) drawer.hidePopover();
}

async function showLinkedMessage(): Promise<void> {
  const seq = messageInAddress();
  if (seq === undefined) return;
  if (!(await chat.scrollToMessage(seq))) toast(say("gone"));
}
