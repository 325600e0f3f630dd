/** What people say in the pictures, and the page that embeds the chat. */

/** One line of a conversation. */
interface Line {
  readonly nickname: string;
  /** `lobby` by default. */
  readonly room?: string;
  readonly text: string;
  /** How the message begins that this one answers. */
  readonly answers?: string;
  /** Who reacts to it, with which emoji; they have spoken before. */
  readonly reactions?: Readonly<Record<string, string>>;
}

/** What is said in one project. */
export interface Conversation {
  readonly project: string;
  readonly lines: readonly Line[];
}

const KOREAN: readonly Line[] = [
  { nickname: "민준", room: "디자인", text: "새 아이콘 올렸습니다" },
  { nickname: "서연", room: "발표-준비", text: "발표 자료 초안입니다" },
  { nickname: "철수", text: "안녕하세요! 내일 데모 순서 정리했어요 🙌" },
  {
    nickname: "철수",
    text: "로그인, 프로젝트 만들기, 그리고 **채팅** 순서입니다.",
  },
  { nickname: "영희", text: "좋아요. 채팅은 제가 보여 드릴게요." },
  {
    nickname: "영희",
    text: "와이파이를 끊었다가 다시 붙는 장면도 넣을까요? 😄",
  },
  {
    nickname: "민준",
    answers: "와이파이를",
    text: "오, 그거 좋네요. 끊긴 동안 보낸 글도 순서대로 한 번씩만 도착하니까요.",
    reactions: { 철수: "👍", 영희: "👍" },
  },
  {
    nickname: "철수",
    text: "그럼 그걸 마지막에 넣죠! 대본은 https://example.com/demo 에 있습니다.",
  },
  { nickname: "서연", text: "시작할 때 `npm start` 한 번이면 되죠?" },
  { nickname: "민준", text: "네, 그게 전부예요." },
  {
    nickname: "서연",
    text: "@철수 님, 리허설은 3시에 회의실에서 봬요.",
    reactions: { 철수: "🎉", 민준: "🎉" },
  },
];
const ENGLISH: readonly Line[] = [
  { nickname: "Ines", room: "design", text: "New icons are up" },
  { nickname: "Sam", room: "launch", text: "Checklist for Thursday" },
  { nickname: "Dana", text: "Morning! The new build is on staging." },
  {
    nickname: "Dana",
    text: "It has the **offline outbox**, please try to break it.",
  },
  { nickname: "Sam", text: "Trying it on my phone right now 📱" },
  {
    nickname: "Sam",
    text: "Lost the train's Wi-Fi for a minute, and nothing is missing.",
  },
  {
    nickname: "Ines",
    answers: "Lost the train",
    text: "Same here. It even sent what I wrote in the tunnel.",
    reactions: { Dana: "🎉", Sam: "🎉" },
  },
  {
    nickname: "Dana",
    text: "Notes are at https://example.com/notes if you find anything.",
  },
  {
    nickname: "Kofi",
    text: "`npm start`, and two windows side by side: works.",
  },
  {
    nickname: "Ines",
    text: "@Dana shipping it at noon then? 🚀",
    reactions: { Dana: "👍" },
  },
];

const BOOKS_KOREAN: readonly Line[] = [
  {
    nickname: "느티나무",
    text: "이번 달은 *데미안*을 읽습니다. 책방에 열 권 들여놨어요 📚",
  },
  { nickname: "지우", text: "처음인데 그냥 가도 되나요?" },
  { nickname: "느티나무", text: "그럼요. 다 읽지 못하고 오셔도 괜찮습니다." },
  { nickname: "하준", text: "저도 지난번에 반만 읽고 갔어요 ㅎㅎ" },
  { nickname: "지우", text: "목요일에 뵐게요!" },
];
const BOOKS_ENGLISH: readonly Line[] = [
  {
    nickname: "Elm Street",
    text: "This month it is *Piranesi*. Ten copies are on the front table 📚",
  },
  { nickname: "Ada", text: "First time for me. Can I just turn up?" },
  {
    nickname: "Elm Street",
    text: "Of course. Nobody minds if you have not finished it.",
  },
  {
    nickname: "Tom",
    text: "I came with half a book last month and had a lovely evening.",
  },
  { nickname: "Ada", text: "See you on Thursday!" },
];

/** Everything that is said before the pictures are taken. */
export const CONVERSATIONS: readonly Conversation[] = [
  { project: "demo-day", lines: KOREAN },
  { project: "apollo", lines: ENGLISH },
  { project: "neutinamu", lines: BOOKS_KOREAN },
  { project: "elm-street", lines: BOOKS_ENGLISH },
  {
    project: "demo",
    lines: [
      { nickname: "하늘", text: "오, 진짜 되네요 👀" },
      { nickname: "Mira", text: "Hello from Lisbon 👋" },
      { nickname: "하늘", text: "반가워요! 색도 바꿔 보세요." },
      { nickname: "Mira", text: "Green suits it." },
    ],
  },
];

/** The project whose own page is shown, and who looks at it, by language. */
export const VISITS = {
  ko: { project: "demo-day", nickname: "철수" },
  en: { project: "apollo", nickname: "Dana" },
};

/** What is reported, by language. */
export const REPORTS = {
  ko: {
    room: "디자인",
    owner: "서연",
    author: "대박할인",
    reporter: "민준",
    text: "오늘만 90% 할인!! 지금 바로 https://example.com/sale",
    reason: "광고입니다",
  },
  en: {
    room: "design",
    owner: "Dana",
    author: "deals4u",
    reporter: "Sam",
    text: "90 % off, today only!! https://example.com/sale",
    reason: "Spam",
  },
};

/** A page of somebody who embeds the chat, by language. */
export const HOST_PAGES = {
  ko: (mode: "inline" | "bubble", server: string) =>
    hostPage({
      server,
      mode,
      lang: "ko",
      project: "neutinamu",
      title: "동네 책방 느티나무",
      words: [
        "이번 달 독서 모임",
        "한 권을 정해 두고 천천히 읽습니다. 처음 오시는 분도 편하게 들러 주세요. 모임은 매주 목요일 저녁 7시, 책방 2층에서 엽니다.",
        "모임 이야기",
      ],
    }),
  en: (mode: "inline" | "bubble", server: string) =>
    hostPage({
      server,
      mode,
      lang: "en",
      project: "elm-street",
      title: "Elm Street Books",
      words: [
        "This month's reading group",
        "We pick one book and take our time with it. Newcomers are welcome. We meet every Thursday at seven, upstairs in the shop.",
        "Talk about it",
      ],
    }),
};

interface HostOptions {
  readonly server: string;
  readonly mode: "inline" | "bubble";
  readonly lang: "ko" | "en";
  readonly project: string;
  readonly title: string;
  readonly words: readonly [heading: string, text: string, chat: string];
}

function hostPage({
  server,
  mode,
  lang,
  project,
  title,
  words,
}: HostOptions): string {
  const [heading, text, chat] = words;
  const shape = mode === "bubble" ? ` mode="bubble"` : ` theme="inherit"`;
  return `<!doctype html>
<html lang="${lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; font: 17px/1.7 system-ui, NanumGothic, sans-serif; word-break: keep-all }
  body { max-width: 720px; margin: 0 auto; padding: 32px 20px; background: light-dark(#fbf8f2, #1b1a17); color: light-dark(#2b2620, #e9e4da) }
  h1 { font-size: 30px; margin: 0 0 6px } h2 { margin: 0 0 10px }
  p { margin: 0 0 24px; color: light-dark(#5d5548, #b5ad9f) }
  project-chat { --pc-accent: #2f6b4f; border: 1px solid light-dark(#e3dccf, #38352e); border-radius: 14px; overflow: clip; height: 480px }
</style>
<script type="module" src="${server}/widget.js"></script>
<h1>${title}</h1>
<h2>${heading}</h2>
<p>${text}</p>
<project-chat project="${project}"${shape} heading="${chat}"></project-chat>
</html>`;
}
