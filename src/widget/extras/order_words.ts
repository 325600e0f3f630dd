/** What the extras say about order in a room, in English and in Korean. */
export const ORDER_WORDS = {
  /** For units and numbers, which the browser knows how to write. */
  locale: ["en", "ko"],

  mute: ["Mute…", "글쓰기 막기…"],
  muteAsk: [
    "Keep {nickname} from writing?",
    "{nickname} 님의 글쓰기를 막을까요?",
  ],
  muteOk: ["Mute", "막기"],
  unmute: ["Let write again", "글쓰기 다시 허용"],
  ban: ["Ban…", "차단…"],
  banAsk: [
    "Ban {nickname}? They are put out and cannot come back.",
    "{nickname} 님을 차단할까요? 바로 나가게 되고 다시 들어올 수 없습니다.",
  ],
  banOk: ["Ban", "차단"],
  banAddress: [
    "Also other guests from the same network",
    "같은 네트워크의 다른 손님도 함께",
  ],
  unban: ["Lift the ban", "차단 풀기"],
  kick: ["Put out…", "내보내기…"],
  kickAsk: [
    "Put {nickname} out? They may come back.",
    "{nickname} 님을 내보낼까요? 다시 들어올 수는 있습니다.",
  ],
  kickOk: ["Put out", "내보내기"],
  purge: ["Delete everything of theirs…", "쓴 글 모두 삭제…"],
  purgeAsk: [
    "Delete what {nickname} wrote in this room? It will be gone for everybody.",
    "{nickname} 님이 이 방에 쓴 글을 삭제할까요? 모두에게서 사라집니다.",
  ],
  purgeOk: ["Delete", "삭제"],
  purgeHour: ["Of the last hour", "최근 1시간"],
  purgeAll: ["Everything", "전부"],
  howLong: ["For how long", "기간"],
  howMuch: ["How much", "범위"],
  forGood: ["For good", "기한 없이"],
  actsOn: ["What to do about {nickname}", "{nickname} 님 관리"],
  pin: ["Pin", "고정"],
  unpin: ["Unpin", "고정 풀기"],

  steer: ["Room", "방 관리"],
  slow: ["Slow mode", "슬로 모드"],
  slowHint: [
    "How long everybody waits between two messages",
    "다음 메시지를 보낼 때까지 기다리는 시간",
  ],
  off: ["Off", "끔"],
  lock: ["Lock the room", "방 잠그기"],
  lockHint: [
    "While it is locked only moderators write",
    "잠겨 있는 동안은 운영진만 쓸 수 있습니다",
  ],
  topic: ["Topic", "주제"],
  topicSave: ["Set", "정하기"],

  notices: ["About this room", "이 방의 안내"],
  pinned: ["Pinned", "고정된 메시지"],

  locked: [
    "This room is locked. Only moderators can write.",
    "잠긴 방입니다. 지금은 운영진만 쓸 수 있습니다.",
  ],
  slowIs: [
    "Slow mode: one message every {time}",
    "슬로 모드: {time}에 한 번 쓸 수 있습니다",
  ],
  slowWait: [
    "Slow mode: you can send in {time}",
    "슬로 모드: {time} 뒤에 보낼 수 있습니다",
  ],
  slow_mode: [
    "Slow mode: please wait a little.",
    "슬로 모드입니다. 잠시 기다려 주세요.",
  ],
  mutedUntil: [
    "You cannot write until {time}. Your text is kept.",
    "{time}까지 글을 쓸 수 없습니다. 쓰던 글은 그대로 있습니다.",
  ],
  mutedForGood: [
    "You cannot write here any more. Your text is kept.",
    "운영진이 글쓰기를 막았습니다. 쓰던 글은 그대로 있습니다.",
  ],
  banned: ["You were banned from this chat.", "이 채팅에서 차단되었습니다."],
  bannedUntil: [
    "You were banned from this chat until {time}.",
    "{time}까지 이 채팅에서 차단되었습니다.",
  ],
  kicked: ["A moderator has put you out.", "운영진이 채팅에서 내보냈습니다."],
  muted: [
    "You may not write at the moment.",
    "지금은 메시지를 보낼 수 없습니다.",
  ],
  room_locked: ["This room is locked.", "잠긴 방입니다."],
  rejected: [
    "This text is not allowed here.",
    "이곳에서 쓸 수 없는 내용입니다.",
  ],
  challenge: [
    "Please show that you are a person, then go on.",
    "사람인지 확인한 뒤 계속해 주세요.",
  ],
  unsent: ["What you wrote", "쓰던 글"],

  moderator: ["Moderator", "운영진"],
  owner: ["Owner", "소유자"],
  member: ["Signed-in member", "로그인한 멤버"],
  goneByModerator: ["Deleted by a moderator.", "운영진이 삭제한 메시지입니다."],

  reportHeard: [
    "{nickname} reported a message: {reason}",
    "{nickname} 님이 메시지를 신고했습니다: {reason}",
  ],
  reportsHeard: ["{n} report|{n} reports", "신고 {n}건"],
  reportShow: ["Show", "보기"],
  reportClose: ["Put aside", "닫기"],

  did_mute: [
    "{who} muted {whom}",
    "{who} 님이 {whom} 님의 글쓰기를 막았습니다",
  ],
  did_mute_for: [
    "{who} muted {whom} for {time}",
    "{who} 님이 {whom} 님의 글쓰기를 {time} 동안 막았습니다",
  ],
  did_unmute: [
    "{who} let {whom} write again",
    "{who} 님이 {whom} 님의 글쓰기를 다시 허용했습니다",
  ],
  did_ban: ["{who} banned {whom}", "{who} 님이 {whom} 님을 차단했습니다"],
  did_ban_for: [
    "{who} banned {whom} for {time}",
    "{who} 님이 {whom} 님을 {time} 동안 차단했습니다",
  ],
  did_unban: [
    "{who} lifted the ban of {whom}",
    "{who} 님이 {whom} 님의 차단을 풀었습니다",
  ],
  did_kick: ["{who} put {whom} out", "{who} 님이 {whom} 님을 내보냈습니다"],
  did_purge: [
    "{who} deleted what {whom} wrote",
    "{who} 님이 {whom} 님의 글을 삭제했습니다",
  ],
  did_slow_for: [
    "{who} set slow mode to {time}",
    "{who} 님이 슬로 모드를 {time} 간격으로 정했습니다",
  ],
  did_slow: ["{who} ended slow mode", "{who} 님이 슬로 모드를 껐습니다"],
  did_lock: ["{who} locked the room", "{who} 님이 방을 잠갔습니다"],
  did_unlock: [
    "{who} opened the room again",
    "{who} 님이 방을 다시 열었습니다",
  ],
  did_topic: [
    "{who} set the topic: {text}",
    "{who} 님이 주제를 정했습니다: {text}",
  ],
  did_topic_off: ["{who} removed the topic", "{who} 님이 주제를 삭제했습니다"],
  did_pin: ["{who} pinned a message", "{who} 님이 메시지를 고정했습니다"],
  did_unpin: ["{who} unpinned the message", "{who} 님이 고정을 풀었습니다"],
} as const satisfies Record<string, readonly [english: string, korean: string]>;
