/** What somebody did, as a sentence. */
import type { AuditEntry } from "../../protocol/oversight.ts";
import { spoken, type Words } from "../words.ts";
import { name } from "./list.ts";
import { LABELS } from "./settings_fields.ts";
import { compose } from "./words.ts";

const SENTENCES: Readonly<Record<string, Words>> = {
  mute: ["{who} 님이 {whom} 님의 글쓰기를 막았습니다", "{who} muted {whom}"],
  unmute: [
    "{who} 님이 {whom} 님의 글쓰기 제한을 풀었습니다",
    "{who} let {whom} write again",
  ],
  ban: ["{who} 님이 {whom} 님을 차단했습니다", "{who} banned {whom}"],
  unban: [
    "{who} 님이 {whom} 님의 차단을 풀었습니다",
    "{who} lifted the ban of {whom}",
  ],
  kick: ["{who} 님이 {whom} 님을 내보냈습니다", "{who} kicked {whom}"],
  purge: [
    "{who} 님이 {whom} 님의 메시지를 모두 삭제했습니다",
    "{who} deleted the messages of {whom}",
  ],
  slow: [
    "{who} 님이 슬로 모드를 {what}초 간격으로 정했습니다",
    "{who} set slow mode to {what} s",
  ],
  slow_off: ["{who} 님이 슬로 모드를 껐습니다", "{who} ended slow mode"],
  lock: ["{who} 님이 방을 잠갔습니다", "{who} locked the room"],
  unlock: ["{who} 님이 방을 열었습니다", "{who} unlocked the room"],
  topic: [
    "{who} 님이 주제를 정했습니다: {what}",
    "{who} set the topic: {what}",
  ],
  topic_off: ["{who} 님이 주제를 삭제했습니다", "{who} removed the topic"],
  pin: [
    "{who} 님이 메시지 {what}번을 고정했습니다",
    "{who} pinned message {what}",
  ],
  unpin: ["{who} 님이 고정을 풀었습니다", "{who} unpinned the message"],
  edit: [
    "{who} 님이 다른 사람의 메시지 {what}번을 수정했습니다",
    "{who} edited somebody's message {what}",
  ],
  delete: [
    "{who} 님이 다른 사람의 메시지 {what}번을 삭제했습니다",
    "{who} deleted somebody's message {what}",
  ],
  dismiss: [
    "{who} 님이 메시지 {what}번의 신고를 처리했습니다",
    "{who} dismissed a report of message {what}",
  ],
  settings: [
    "{who} 님이 설정을 바꿨습니다: {what}",
    "{who} changed settings: {what}",
  ],
  revoke: [
    "{who} 님이 로그인을 무효로 했습니다: {what}",
    "{who} revoked sign-ins: {what}",
  ],
};
/** An act that this page does not know yet is told by its name. */
const UNKNOWN: Words = ["{who} · {action}", "{who} · {action}"];

/** The sentence about `act`. */
export function describe({
  action,
  by,
  details = {},
}: AuditEntry): (string | Node)[] {
  const isOff = details["seconds"] === 0 || details["text"] === "";
  const key = isOff ? `${action}_off` : action;
  const words = Object.hasOwn(SENTENCES, key) ? SENTENCES[key] : undefined;
  return compose(words ?? UNKNOWN, {
    who: name(by.nickname),
    whom: name(nicknameIn(details["member"])),
    what: name(objectOf(details)),
    action: name(action),
  });
}

function nicknameIn(member: unknown): string {
  if (typeof member !== "object" || member === null) return "";
  return "nickname" in member ? String(member.nickname) : "";
}

/** What it was about: the one fact that a sentence has room for. */
function objectOf(details: Readonly<Record<string, unknown>>): string {
  for (const key of ["seconds", "target", "text", "sub", "jti"]) {
    const value = details[key];
    if (typeof value === "string" || typeof value === "number")
      return String(value);
  }
  return Object.keys(details).map(calledSetting).join(", ");
}

function calledSetting(key: string): string {
  const labels: Readonly<Record<string, Words>> = LABELS;
  const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return label ? spoken(label) : key;
}
