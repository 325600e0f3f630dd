/** What the panel says, in Korean and in English. */
import { spoken, type Words } from "../words.ts";
import { Refusal } from "./desk.ts";

const WORDS = {
  manage: ["관리", "Manage"],
  loading: ["불러오는 중…", "Loading…"],
  reports: ["신고", "Reports"],
  sanctions: ["제한한 사람", "Sanctions"],
  settings: ["설정", "Settings"],
  audit: ["기록", "Audit"],

  noReports: ["들어온 신고가 없습니다.", "Nothing has been reported."],
  reportedBy: ["신고한 사람", "Reported by"],
  showMessage: ["대화에서 보기", "Show in conversation"],
  deleteMessage: ["메시지 삭제", "Delete message"],
  reallyDelete: [
    "모두에게서 사라지고 되살릴 수 없습니다.",
    "It goes for everybody and cannot be brought back.",
  ],
  dismissReport: ["신고 처리 완료", "Dismiss report"],
  dismissed: ["신고를 처리했습니다.", "The report is dismissed."],
  yesDelete: ["삭제", "Delete"],
  no: ["그대로 두기", "Keep"],
  deleted: ["메시지를 삭제했습니다.", "The message is deleted."],
  image: ["사진", "Image"],
  gone: ["삭제된 메시지입니다.", "This message was deleted."],
  trimmed: [
    "오래되어 더는 보관하지 않는 메시지입니다.",
    "This message is too old to be kept.",
  ],

  noSanctions: ["제한한 사람이 없습니다.", "Nobody is muted or banned."],
  mute: ["글쓰기 금지", "Muted"],
  ban: ["차단", "Banned"],
  forGood: ["기한 없음", "for good"],
  until: ["{at}까지", "until {at}"],
  address: ["같은 주소의 손님도", "guests of the same address, too"],
  lift: ["풀기", "Lift"],
  liftOf: ["{whom} 님의 제한 풀기", "Lift for {whom}"],
  lifted: ["{whom} 님의 제한을 풀었습니다.", "Lifted for {whom}."],
  notYours: [
    "권한이 더 높은 사람이 정한 것이라 풀 수 없습니다.",
    "Somebody above you has decided this.",
  ],

  noActs: ["아직 기록이 없습니다.", "Nothing has been done yet."],
  more: ["이전 기록 더 보기", "Show earlier"],
  reason: ["이유", "Reason"],

  save: ["저장", "Save"],
  saved: ["저장했습니다. 바로 적용됩니다.", "Saved. It holds from now on."],
  unsaved: [
    "저장하지 않은 변경 사항이 있습니다.",
    "There are changes that you have not saved.",
  ],
  discard: ["되돌리기", "Discard"],
  discarded: [
    "저장된 값으로 되돌렸습니다.",
    "These are the saved values again.",
  ],
  unchanged: ["바뀐 것이 없습니다.", "Nothing has changed."],

  forbidden: ["이 일을 할 권한이 없습니다.", "You may not do this."],
  unauthorized: [
    "로그인이 끝났습니다. 들어왔던 사이트에서 다시 열어 주세요.",
    "Your sign-in has ended. Open this page again from the site you came from.",
  ],
  not_found: ["이미 없어졌거나 바뀌었습니다.", "It is not there any more."],
  too_large: ["너무 깁니다.", "That is too long."],
  bad_request: ["쓸 수 없는 값입니다.", "That value cannot be used."],
  rate_limited: ["잠시 뒤에 다시 해 주세요.", "Please try again in a moment."],
  unreachable: [
    "서버에 닿지 못했습니다. 쓰던 것은 그대로 있습니다.",
    "The server cannot be reached. What you wrote is kept.",
  ],
  internal: [
    "서버에 문제가 생겼습니다. 다시 해 주세요.",
    "Something went wrong. Please try again.",
  ],
} as const satisfies Record<string, Words>;

/** What stands for the braces of a sentence. */
export type Filling = Readonly<Record<string, string | Node>>;

/** The sentence called `key`; `{name}` stands for what `filling` has under that name. */
export function tell(
  key: keyof typeof WORDS,
  filling: Readonly<Record<string, string>> = {},
): string {
  return spoken(WORDS[key]).replace(
    /\{(\w+)\}/g,
    (_, name: string) => filling[name] ?? "",
  );
}

/** A sentence with elements in it, such as names that must not mix with what is around them. */
export function compose(words: Words, filling: Filling): (string | Node)[] {
  return spoken(words)
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : (filling[part] ?? "")));
}

/** What went wrong, in a sentence for who reads it. */
export function explain(fault: unknown): string {
  const code = fault instanceof Refusal ? fault.code : "internal";
  if (code === "token_expired") return tell("unauthorized");
  return isKnown(code) ? tell(code) : tell("internal");
}

/** A point in time as people of the page's language write it. */
export function timeOf(at: number): string {
  const format = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang, format).format(
    at,
  );
}

function isKnown(code: string): code is keyof typeof WORDS {
  return Object.hasOwn(WORDS, code);
}
