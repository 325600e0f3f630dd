/** The fields of the settings form: each reads and writes one setting. */
import type {
  SettingName,
  Settings,
  SettingsChange,
} from "../../protocol/settings.ts";
import { create } from "../dom.ts";
import { spoken, type Words } from "../words.ts";

/** What each setting is called. */
export const LABELS: Readonly<Record<SettingName, Words>> = {
  mode: ["들어올 수 있는 사람", "Who may come in"],
  origins: ["채팅을 넣을 수 있는 사이트", "Sites that may embed the chat"],
  blockedWords: ["쓸 수 없는 말", "Blocked words"],
  links: ["링크를 올릴 수 있는 사람", "Who may post links"],
  hook: ["외부 검사", "Check by the platform"],
  readReceipts: ["어디까지 읽었는지 서로 보이기", "Show who has read how far"],
};

/** One field. */
export interface Field {
  readonly name: SettingName;
  readonly element: HTMLElement;
  /** The setting as it stands in the form. */
  read(): unknown;
  write(settings: Settings): void;
  /** Says what is wrong and goes there; `index` is the entry of a list it is about. */
  fault(text: string, index?: number): void;
  /** Says where the server has decided otherwise than was asked. */
  settled(change: SettingsChange, settings: Settings): void;
}

interface Texts {
  readonly hint?: Words;
  /** What an entry should look like. */
  readonly rule?: Words;
}

type Control = HTMLSelectElement | HTMLTextAreaElement | HTMLInputElement;

/** All fields, in their order. */
export function createFields(): Field[] {
  return [
    choice("mode", {
      hint: [
        "멤버만 들어오게 바꾸면 지금 있는 손님은 바로 나가게 됩니다.",
        "With members only, guests who are here leave at once.",
      ],
      rule: [
        "이 서버는 더 느슨하게 열 수 없게 되어 있습니다.",
        "The operator of this server lets in no more than this.",
      ],
      options: {
        open: ["손님과 멤버, 내려받기 공개", "Guests and members, open export"],
        mixed: ["손님과 멤버", "Guests and members"],
        members: ["멤버만", "Members only"],
      },
    }),
    lines("origins", {
      hint: [
        "한 줄에 하나씩. 비워 두면 모든 사이트입니다. 이 페이지는 언제나 됩니다.",
        "One a line; empty for all. This page always may.",
      ],
      rule: [
        "https://example.com 처럼 주소만 씁니다. 100개까지.",
        "Only the origin, such as https://example.com; up to 100.",
      ],
    }),
    lines("blockedWords", {
      hint: [
        "한 줄에 하나씩. 대소문자, 띄어쓰기, 기호로 숨겨도 막습니다.",
        "One a line. Case, spaces and signs do not hide them.",
      ],
      rule: ["1~64자, 500개까지.", "1 to 64 characters each; up to 500."],
    }),
    choice("links", {
      options: {
        everyone: ["누구나", "Everyone"],
        members: ["멤버만", "Members"],
        nobody: ["운영진만", "Moderators only"],
      },
    }),
    choice("hook", {
      hint: [
        "서버 운영자가 HOOK_URL을 정해 두었을 때, 글을 올리기 전에 물어봅니다.",
        "Where the operator has set HOOK_URL, it is asked before a message is posted.",
      ],
      options: {
        off: ["쓰지 않음", "Off"],
        "fail-open": ["답이 없으면 올림", "Post when it does not answer"],
        "fail-closed": ["답이 없으면 막음", "Refuse when it does not answer"],
      },
    }),
    toggle("readReceipts", {}),
  ];
}

function choice<Name extends "mode" | "links" | "hook">(
  name: Name,
  texts: Texts & { readonly options: Readonly<Record<Settings[Name], Words>> },
): Field {
  const options = Object.entries<Words>(texts.options);
  const select = create("select", {
    children: options.map(([value, words]) =>
      create("option", { value, children: [spoken(words)] }),
    ),
  });
  return field(name, {
    control: select,
    texts,
    read: () => select.value,
    write(settings) {
      select.value = settings[name];
    },
  });
}

function lines(name: "origins" | "blockedWords", texts: Texts): Field {
  const area = create("textarea", {
    rows: 3,
    spellcheck: false,
    autocapitalize: "off",
  });
  return field(name, {
    control: area,
    texts,
    read: () => area.value.split("\n").flatMap((line) => line.trim() || []),
    write(settings) {
      area.value = settings[name].join("\n");
    },
  });
}

function toggle(name: "readReceipts", texts: Texts): Field {
  const box = create("input", { type: "checkbox" });
  return field(name, {
    control: box,
    texts,
    read: () => box.checked,
    write(settings) {
      box.checked = settings[name];
    },
  });
}

function field(
  name: SettingName,
  options: {
    readonly control: Control;
    readonly texts: Texts;
    readonly read: () => unknown;
    readonly write: (settings: Settings) => void;
  },
): Field {
  const { control, texts, read, write } = options;
  const id = `setting-${name}`;
  const label = create("label", {
    htmlFor: id,
    children: [spoken(LABELS[name])],
  });
  const hint = create("p", { id: `${id}-hint`, className: "hint" });
  const wrong = create("p", { id: `${id}-fault`, className: "fault" });
  control.id = id;
  control.name = name;
  if (texts.hint) hint.append(spoken(texts.hint));
  const isBox = control.type === "checkbox";
  const element = create("div", {
    className: isBox ? "field check" : "field",
    children: isBox ? [control, label] : [label, control],
  });
  if (texts.hint) element.append(hint);
  control.setAttribute("aria-describedby", `${hint.id} ${wrong.id}`);
  // Referred to, so there even while it says nothing.
  element.append(wrong);

  function fault(text: string, index?: number): void {
    const value = read();
    const entry = Array.isArray(value) ? value[index ?? -1] : undefined;
    const rule = text && texts.rule ? ` ${spoken(texts.rule)}` : "";
    wrong.textContent = `${entry ? `“${entry}”: ` : ""}${text}${rule}`;
    control.ariaInvalid = text ? "true" : null;
    if (text) control.focus();
  }

  return {
    name,
    element,
    read,
    write,
    fault,
    settled(change, settings) {
      const asked = change[name];
      const isKept = asked === undefined || typeof asked === "object";
      if (!isKept && asked !== settings[name] && texts.rule)
        wrong.textContent = spoken(texts.rule);
    },
  };
}
