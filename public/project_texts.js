/** What the page says, in Korean and English; `{}` stands for a value. */

const PAIRS = {
  title: ["프로젝트 {}", "Project {}"],
  log: ["대화", "Conversation"],
  people: ["참여자 {}명", "{} here"],
  theme: ["밝은 화면, 어두운 화면 바꾸기", "Switch between light and dark"],
  introduce: ["어떤 이름으로 들어갈까요?", "What should people call you?"],
  rename: ["이름 바꾸기", "Change your name"],
  hint: [
    "비워 두면 User-1a2b 같은 이름이 됩니다.",
    "Leave it empty to be called something like User-1a2b.",
  ],
  join: ["들어가기", "Join"],
  save: ["바꾸기", "Change"],
  cancel: ["취소", "Cancel"],
  message: ["메시지 입력", "Message"],
  send: ["보내기", "Send"],
  older: ["이전 메시지 더 보기", "Show earlier messages"],
  beginning: ["대화의 시작입니다.", "This is where the conversation begins."],
  empty: [
    "아직 메시지가 없습니다. 첫 메시지를 남겨 보세요.",
    "Nothing here yet. Write the first message.",
  ],
  before: [
    "이름을 정하면 대화가 보입니다.",
    "Say who you are to see the conversation.",
  ],
  fresh: ["새 메시지 {}개", "New messages: {}"],
  connecting: ["연결하는 중…", "Connecting…"],
  reconnecting: [
    "다시 연결하는 중… 쓴 글은 연결되면 전송됩니다.",
    "Reconnecting… What you write is sent once connected.",
  ],
  offline: [
    "오프라인입니다. 쓴 글은 연결되면 전송됩니다.",
    "You are offline. What you write is sent once connected.",
  ],
  reconnect: ["지금 다시 연결", "Reconnect now"],
  sending: ["보내는 중", "Sending"],
  failed: ["전송하지 못했습니다.", "Not sent."],
  resend: ["다시 보내기", "Send again"],
  discard: ["지우기", "Discard"],
  edited: ["(수정됨)", "(edited)"],
  deleted: ["삭제된 메시지입니다.", "This message was deleted."],
  left: ["{}자 남음", "{} characters left"],
  over: [
    "{}자 넘었습니다. 줄이면 보낼 수 있습니다.",
    "{} characters too many. Shorten it to send.",
  ],
  // Error codes and close codes.
  nickname_invalid: [
    "쓸 수 없는 이름입니다. 다른 이름을 입력하세요.",
    "That name cannot be used. Try another.",
  ],
  nickname_taken: [
    "이미 쓰는 이름입니다. 이런 이름은 어떨까요?",
    "That name is taken. How about this one?",
  ],
  rate_limited: [
    "너무 빨리 보내고 있습니다. 잠시 뒤 다시 보내세요.",
    "You are sending too fast. Try again in a moment.",
  ],
  muted: ["지금은 글을 쓸 수 없습니다.", "You cannot write at the moment."],
  room_locked: ["잠긴 대화방입니다.", "This room is locked."],
  room_full: [
    "가득 찼습니다. 자리가 나면 연결됩니다.",
    "This is full. You join as soon as there is space.",
  ],
  storage_full: [
    "저장 공간이 가득 찼습니다.",
    "There is no space left for messages.",
  ],
  1000: ["연결을 끝냈습니다.", "The connection was ended."],
  1003: [
    "주고받은 내용이 잘못되어 연결이 끝났습니다.",
    "The connection ended because of malformed data.",
  ],
  1009: [
    "너무 큰 내용을 보내 연결이 끝났습니다.",
    "The connection ended because something sent was too large.",
  ],
  4400: [
    "대화방 주소나 페이지 버전이 맞지 않습니다. 새로 고쳐 보세요.",
    "The room's address or this page's version does not fit. Reload it.",
  ],
  4401: [
    "로그인이 필요하거나 만료되었습니다.",
    "You need to sign in, or to sign in again.",
  ],
  4403: ["이 대화에 들어갈 수 없습니다.", "You cannot join this conversation."],
};

const asked = new URLSearchParams(location.search).get("lang");

/** Language of the page: `?lang=` or the reader's own. */
export const lang = (asked ?? navigator.language).startsWith("ko")
  ? "ko"
  : "en";
const column = lang === "ko" ? 0 : 1;
const number = new Intl.NumberFormat(lang);

/** The sentence called `key`, or `undefined` if there is none. */
export function say(key, value = "") {
  const shown = typeof value === "number" ? number.format(value) : value;
  return PAIRS[key]?.[column].replace("{}", () => shown);
}
