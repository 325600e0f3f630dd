/** Emoji by the names that people type between colons: a small set. Pure. */
const CODES: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  100: "💯",
  bow: "🙇",
  bulb: "💡",
  cat: "🐱",
  check: "✅",
  clap: "👏",
  coffee: "☕",
  confused: "😕",
  cry: "😢",
  dizzy: "💫",
  eyes: "👀",
  fire: "🔥",
  grin: "😁",
  heart: "❤️",
  joy: "😂",
  laughing: "😆",
  muscle: "💪",
  ok: "👌",
  party: "🥳",
  pray: "🙏",
  question: "❓",
  rocket: "🚀",
  scream: "😱",
  skull: "💀",
  smile: "😄",
  sob: "😭",
  star: "⭐",
  sunglasses: "😎",
  sweat: "😅",
  tada: "🎉",
  thinking: "🤔",
  thumbsup: "👍",
  wave: "👋",
  warning: "⚠️",
  wink: "😉",
  x: "❌",
};

/** The names that begin with `begin`, each with its emoji. */
export function emojiNamed(begin: string): [name: string, emoji: string][] {
  return Object.entries(CODES).filter(([name]) => name.startsWith(begin));
}

/** `text` with the names that are known replaced; code stays as it is. */
export function replaceCodes(text: string): string {
  return text.replace(
    /```[\s\S]*?(?:```|$)|`[^`]*`|:([a-z0-9_+-]+):/g,
    (whole, name: string | undefined) =>
      name !== undefined && Object.hasOwn(CODES, name)
        ? (CODES[name] ?? whole)
        : whole,
  );
}
