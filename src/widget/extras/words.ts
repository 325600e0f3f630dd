/** What the extras say, in English and in Korean; `{n}` and the like are filled in. */
export const EXTRA_WORDS = {
  actions: ["Message actions", "메시지 메뉴"],
  copy: ["Copy text", "텍스트 복사"],
  copied: ["Copied", "복사했습니다"],
  copyLink: ["Copy link", "링크 복사"],
  copyFailed: [
    "Could not copy. Select the text instead.",
    "복사하지 못했습니다. 직접 골라 복사해 주세요.",
  ],
} as const satisfies Record<string, readonly [english: string, korean: string]>;
