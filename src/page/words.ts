/** What our pages say from code; what stands in HTML is there in both languages. */
const WORDS = {
  lobby: ["로비", "Lobby"],
  online: ["지금 {}명", "{} here now"],
  fresh: ["새 글 {}개", "{} unread"],
  meant: ["나를 부른 글 {}개", "{} mentioning you"],
  copied: ["복사했습니다", "Copied"],
  notCopied: [
    "복사하지 못했습니다. 직접 골라 복사해 주세요.",
    "Could not copy. Please select and copy it yourself.",
  ],
  image: ["사진", "Image"],
  gone: [
    "그 메시지는 더 이상 없습니다.",
    "That message is not there any more.",
  ],
  badRoom: [
    "글자와 숫자로 시작하고, 글자, 숫자, _, - 만 64자까지 쓸 수 있습니다.",
    "Begin with a letter or digit; letters, digits, _ and - up to 64.",
  ],
  badProject: [
    "영문자나 숫자로 시작하고, 영문자, 숫자, _, - 만 64자까지 쓸 수 있습니다.",
    "Begin with a letter or digit; A–Z, a–z, 0–9, _ and - up to 64.",
  ],
  bell_off: ["알림 꺼짐", "Notifications off"],
  bell_mentions: ["알림: 나를 부를 때", "Notifications: mentions"],
  bell_all: ["알림: 모두", "Notifications: everything"],
  quietUntil: [
    "{}까지 소리도 알림도 없습니다.",
    "No sound and no notification until {}.",
  ],
  notifyBlocked: [
    "브라우저가 알림을 막고 있습니다. 주소창 옆의 사이트 설정에서 허용할 수 있습니다.",
    "The browser blocks notifications. The site settings beside the address allow them.",
  ],
  notifyAsk: [
    "종을 다시 누르면 브라우저가 허용할지 묻습니다.",
    "Press the bell again, and the browser asks whether to allow them.",
  ],
  notifyUnable: [
    "이 브라우저는 페이지 알림을 지원하지 않습니다.",
    "This browser has no notifications for pages.",
  ],
  reports: ["새 신고 {}건", "New reports: {}"],
  notLoaded: [
    "불러오지 못했습니다. 다시 해 주세요.",
    "Could not load it. Please try again.",
  ],
  owner: ["소유자", "Owner"],
  moderator: ["운영진", "Moderator"],
  member: ["멤버", "Member"],
  reader: ["읽기 전용", "Reader"],
  guest: ["손님", "Guest"],
  token_expired: [
    "로그인 시간이 끝났습니다. 들어왔던 사이트에서 다시 열거나, 손님으로 계속할 수 있습니다.",
    "Your sign-in has expired. Open this page again from the site you came from, or go on as a guest.",
  ],
  unauthorized: [
    "이 로그인 링크는 여기서 쓸 수 없습니다. 들어왔던 사이트에서 다시 열거나, 손님으로 계속할 수 있습니다.",
    "This sign-in link is not valid here. Open this page again from the site you came from, or go on as a guest.",
  ],
} as const satisfies Record<string, Words>;

/** A sentence in both languages. */
export type Words = readonly [ko: string, en: string];

/** The sentence called `key` in the page's language; `{}` stands for `value`. */
export function say(
  key: keyof typeof WORDS,
  value: number | string = "",
): string {
  return spoken(WORDS[key]).replace("{}", () => String(value));
}

/** What is said in the page's language. */
export function spoken([ko, en]: Words): string {
  return document.documentElement.lang === "ko" ? ko : en;
}
