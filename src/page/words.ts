/** What our pages say from code; what stands in HTML is there in both languages. */
const WORDS = {
  lobby: ["로비", "Lobby"],
  online: ["지금 {}명", "{} here now"],
  fresh: ["새 글 있음", "New messages"],
  copied: ["복사했습니다", "Copied"],
  notCopied: [
    "복사하지 못했습니다. 직접 골라 복사해 주세요.",
    "Could not copy. Please select and copy it yourself.",
  ],
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
} as const satisfies Record<string, readonly [ko: string, en: string]>;

/** The sentence called `key` in the page's language; `{}` stands for `value`. */
export function say(
  key: keyof typeof WORDS,
  value: number | string = "",
): string {
  const [ko, en] = WORDS[key];
  const sentence = document.documentElement.lang === "ko" ? ko : en;
  return sentence.replace("{}", String(value));
}
