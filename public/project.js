/** The chat page: header, banner, composer, and what ties them together. */
import { Connection } from "./project_connection.js";
import { lang, say } from "./project_texts.js";
import { paintAvatar, Timeline } from "./project_timeline.js";

const MAX_TEXT_LENGTH = 4_000;
const COUNTER_FROM = 3_500;
const NEAR_END_PX = 80;
const NEAR_TOP_PX = 400;
const BANNER_AFTER_MS = 2_000;
const ANNOUNCE_AFTER_MS = 500;
const ANNOUNCED_MS = 10_000;
const MAX_ANNOUNCED = 3;

const find = (selector) => document.querySelector(selector);
const project = decodeURIComponent(location.pathname.split("/")[2]);
const room = new URLSearchParams(location.search).get("room");
const [log, nameForm, composer] = [".log", ".introduce", ".composer"].map(find);
const [nameInput, textInput, banner] = ["#nickname", "#text", ".banner"].map(
  find,
);
const [jump, note, older] = [".jump", ".note", ".older"].map(find);

const timeline = new Timeline(find(".messages"));
const base = new URL(`/project/${project}/chat`, location.origin);
if (room !== null) base.searchParams.set("room", room);
const connection = new Connection(base, { onEvent, onState });
const saved = recall(`pc:${project}`) ?? {};
let you;
let oldestKept = 1;
let hasMore = false;
let isLoading = false;
let isAtEnd = true;
let isComposing = false;
let unseen = 0;
let reason;
let bannerTimer;
let announcements = [];

start();

function start() {
  document.documentElement.lang = lang;
  document.documentElement.dataset.theme = recall("pc:theme") ?? "auto";
  for (const node of document.querySelectorAll("[data-text]"))
    node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]"))
    node.ariaLabel = say(node.dataset.label);
  textInput.placeholder = say("message");
  find(".title").textContent =
    say("title", project) + (room ? ` · ${room}` : "");
  find(".tile").textContent = project[0].toUpperCase();
  showTitle();
  connection.token = saved.token;
  connection.nickname = saved.nickname;
  if (saved.nickname === undefined) {
    note.textContent = say("before");
    showNameForm();
  } else {
    composer.hidden = false;
    connection.open();
  }
}

function onEvent(event) {
  if (event.online !== undefined) showPeople(event.online);
  if (event.you !== undefined) showYou(event.you);
  switch (event.type) {
    case "welcome":
      if (!event.resumed) timeline.clear();
      oldestKept = event.oldest;
      break;
    case "live":
      hasMore = !timeline.isEmpty && timeline.oldest > oldestKept;
      showEdge();
      if (isAtEnd) scrollToEnd();
      break;
    case "message":
      receive(event);
      break;
    case "history":
      showHistory(event);
      break;
    case "error":
      explain(event);
      break;
    case "renamed":
      if (event.member.id === you.id) showYou({ ...you, ...event.member });
      break;
    default:
      if (event.target !== undefined) timeline.change(event);
  }
}

function onState(state, { code, problem }) {
  find(".dot").dataset.state = state;
  isLoading = false;
  const sentence = problem && say(problem.code);
  if (state === "connecting" || state === "waiting") {
    reason = sentence ?? say(reasonForWaiting());
    if (!banner.hidden) showBanner(reason);
    bannerTimer ??= setTimeout(() => showBanner(reason), BANNER_AFTER_MS);
    return;
  }
  clearTimeout(bannerTimer);
  bannerTimer = undefined;
  if (state === "live") banner.hidden = true;
  else if (problem?.code.startsWith("nickname")) showNameForm(sentence);
  else showBanner(sentence ?? say(code));
}

function reasonForWaiting() {
  if (!navigator.onLine) return "offline";
  return you === undefined ? "connecting" : "reconnecting";
}

function showBanner(sentence) {
  const status = banner.firstElementChild;
  // Written anew, the same sentence would be spoken again.
  if (status.textContent !== sentence) status.textContent = sentence;
  banner.hidden = false;
}

function showPeople(count) {
  find(".people").hidden = false;
  find(".count").textContent = say("people", count);
}

function showYou(next) {
  you = next;
  timeline.yourId = you.id;
  connection.nickname ||= you.nickname;
  const { nickname, token } = connection;
  // Nothing is stored before somebody acted: this comes after a name was given.
  remember(`pc:${project}`, { nickname, token });
  const button = find(".you");
  button.hidden = false;
  button.title = say("rename");
  button.lastElementChild.textContent = you.nickname;
  paintAvatar(button.firstElementChild, you);
}

function showNameForm(sentence) {
  const isRename = you !== undefined && connection.state === "live";
  find("label").textContent = say(isRename ? "rename" : "introduce");
  find(".introduce .primary").textContent = say(isRename ? "save" : "join");
  find(".cancel").hidden = !isRename;
  nameInput.value = you?.nickname ?? connection.nickname ?? "";
  find(".hint").textContent = sentence ?? (isRename ? "" : say("hint"));
  composer.hidden = true;
  nameForm.hidden = false;
  nameInput.focus();
  nameInput.select();
}

function hideNameForm() {
  nameForm.hidden = true;
  composer.hidden = false;
  textInput.focus();
}

function receive(message) {
  const isLive = connection.state === "live";
  const isOwn = message.author.id === you.id;
  // The answer to a late retry may belong to a page that is not loaded yet.
  if (isLive && message.seq < timeline.oldest && hasMore)
    return timeline.forget(message.nonce);
  timeline.add(message);
  if (!isLive) return;
  showEdge();
  if (isAtEnd) scrollToEnd();
  if (isOwn) return;
  if (!isAtEnd || document.hidden) showUnseen(unseen + 1);
  if (announcements.push(message) > 1) return;
  setTimeout(announce, ANNOUNCE_AFTER_MS);
}

function announce() {
  const lines =
    announcements.length > MAX_ANNOUNCED
      ? [say("fresh", announcements.length)]
      : announcements.map(({ author, text }) => `${author.nickname}: ${text}`);
  announcements = [];
  for (const line of lines) {
    const spoken = document.createElement("p");
    spoken.textContent = line;
    find(".announcer").append(spoken);
    setTimeout(() => spoken.remove(), ANNOUNCED_MS);
  }
}

function explain(problem) {
  const sentence = say(problem.code) ?? "";
  if (problem.nonce !== undefined)
    timeline.fail(problem.nonce, {
      sentence,
      onResend: () => connection.resend(problem.nonce),
      onDiscard: () => connection.discard(problem.nonce),
    });
  else if (problem.code.startsWith("nickname") && connection.state === "live") {
    connection.nickname = you.nickname;
    showNameForm(sentence);
    if (problem.suggestion) nameInput.value = problem.suggestion;
  }
}

function loadOlder() {
  if (!hasMore || isLoading) return;
  isLoading = connection.ask({
    type: "history",
    before: timeline.oldest,
    ref: "older",
  });
}

function showHistory({ messages, more }) {
  const fromEnd = log.scrollHeight - log.scrollTop;
  for (const message of messages.toReversed()) timeline.add(message);
  isLoading = false;
  hasMore = more;
  showEdge();
  log.scrollTop = log.scrollHeight - fromEnd;
}

function showEdge() {
  older.hidden = !hasMore;
  note.textContent = say(timeline.isEmpty ? "empty" : "beginning");
  note.hidden = hasMore;
}

function scrollToEnd() {
  log.scrollTop = log.scrollHeight;
  isAtEnd = true;
  if (!document.hidden) showUnseen(0);
}

function showUnseen(count) {
  unseen = count;
  jump.hidden = count === 0 || isAtEnd;
  jump.textContent = say("fresh", count);
  showTitle();
}

function showTitle() {
  const count = unseen > 0 ? `(${unseen}) ` : "";
  document.title = `${count}${find(".title").textContent} – project-chat`;
}

function submit() {
  if (isComposing) {
    // Clearing the box under an input method would bring its last syllable back.
    const again = () => setTimeout(submit);
    textInput.addEventListener("compositionend", again, { once: true });
    textInput.blur();
    textInput.focus();
    return;
  }
  // Read now: some input methods end a syllable after the Enter that sends it.
  const text = textInput.value;
  const isTooLong = [...text].length > MAX_TEXT_LENGTH;
  if (text.trim() === "" || isTooLong || connection.state === "over") return;
  const author = you ?? { id: "", nickname: connection.nickname || "…" };
  const nonce = connection.send(text);
  timeline.addPending({ nonce, text, at: Date.now(), author });
  textInput.value = "";
  fitComposer();
  showEdge();
  scrollToEnd();
}

function fitComposer() {
  textInput.style.height = "auto";
  textInput.style.height = `${textInput.scrollHeight}px`;
  const count = [...textInput.value].length;
  const left = MAX_TEXT_LENGTH - count;
  find(".counter").textContent =
    count < COUNTER_FROM
      ? ""
      : left < 0
        ? say("over", -left)
        : say("left", left);
  if (isAtEnd) scrollToEnd();
}

function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the page works, it just forgets.
  }
}

textInput.addEventListener("compositionstart", () => {
  isComposing = true;
});
textInput.addEventListener("compositionend", () => {
  isComposing = false;
});
textInput.addEventListener("input", fitComposer);
textInput.addEventListener("keydown", (event) => {
  // Safari ends a composition before this event and leaves only code 229.
  if (event.isComposing || event.keyCode === 229) return;
  const isTouch = matchMedia("(hover: none) and (pointer: coarse)").matches;
  if (event.key !== "Enter" || event.shiftKey || isTouch) return;
  event.preventDefault();
  submit();
});
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
nameForm.addEventListener("submit", (event) => {
  event.preventDefault();
  connection.nickname = nameInput.value.trim();
  const isLive = connection.ask({
    type: "rename",
    nickname: connection.nickname,
  });
  if (!isLive) connection.open();
  hideNameForm();
});
find(".cancel").addEventListener("click", hideNameForm);
find(".you").addEventListener("click", () => showNameForm());
find(".banner button").addEventListener("click", () => connection.open());
find(".theme").addEventListener("click", () => {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const { dataset } = document.documentElement;
  const shown = dataset.theme === "auto" && isDark ? "dark" : dataset.theme;
  dataset.theme = shown === "dark" ? "light" : "dark";
  remember("pc:theme", dataset.theme);
});
older.addEventListener("click", loadOlder);
jump.addEventListener("click", scrollToEnd);
log.addEventListener("scroll", () => {
  const below = log.scrollHeight - log.scrollTop - log.clientHeight;
  isAtEnd = below < NEAR_END_PX;
  if (isAtEnd && unseen > 0 && !document.hidden) showUnseen(0);
  if (log.scrollTop < NEAR_TOP_PX) loadOlder();
});
addEventListener("resize", () => {
  if (isAtEnd) scrollToEnd();
});
document.addEventListener("visibilitychange", () => {
  if (isAtEnd && !document.hidden) showUnseen(0);
});
addEventListener("beforeunload", (event) => {
  if (connection.unsent > 0) event.preventDefault();
});
