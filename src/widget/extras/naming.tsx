import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** What the form was opened for. */
interface Occasion {
  /** What waits in the composer; undefined where the nickname is changed at will. */
  readonly draft?: string;
}

/** What the room calls those who have not said what they are called. */
const MADE_UP = /^User-[0-9a-f]{4}$/;

/** Names the requests of this page, of which each is another one. */
let attempts = 0;

/** Asks for a nickname, in place; and the kit of those who have it asked for. */
export function createNaming(
  conversation: Conversation,
  kit: Kit,
): readonly [Extension, Kit] {
  const { client, element, redraw } = conversation;
  let occasion: Occasion | undefined;
  let field: HTMLInputElement | undefined;
  let problem = "";
  /** The request that is under way. */
  let ref: string | undefined;

  const open = (next: Occasion) => {
    problem = "";
    occasion = next;
    redraw();
    // If it was open already.
    field?.focus();
  };

  const close = () => {
    // A wish that was withdrawn must not come true later.
    if (ref) client.discard(ref);
    ref = occasion = field = undefined;
    kit.panel.focus();
    redraw();
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    if (ref || !field) return;
    const own = `rename-${++attempts}`;
    ref = own;
    problem = "";
    redraw();
    // Nothing written: the nickname the room gave is good enough.
    const nickname = field.value.trim() || (client.you?.nickname ?? "");
    try {
      const wish = { type: "rename", nickname, ref } as const;
      await client.ask(wish);
      if (ref !== own) return;
      conversation.nickname = client.you?.nickname ?? nickname;
      const { draft } = occasion ?? {};
      ref = undefined;
      close();
      // What was written since then is not finished.
      if (draft === conversation.written) kit.panel.submit();
    } catch (error) {
      if (ref !== own) return;
      ref = undefined;
      // Refusals are ChatErrors; whatever else fails has no code.
      const { code, suggestion } = Object(error) as Record<string, string>;
      if (suggestion) field.value = suggestion;
      field.select();
      const { strings } = conversation;
      problem = kit.errorText(strings, code) ?? strings.unreachable;
      redraw();
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!kit.isCloseKey(event)) return;
    event.stopPropagation();
    close();
  };

  /** Whether the reader is a member whom nobody has given a nickname, neither here nor now. */
  const isUnnamed = () => {
    const { isNamed } = conversation;
    const { guest = true, nickname = "" } = client.you ?? {};
    return !guest && !isNamed && !element.nickname && MADE_UP.test(nickname);
  };

  // Who was not known yet when they came in is called what they chose before.
  if (isUnnamed() && conversation.nickname)
    client.rename(conversation.nickname).catch(() => {});

  const extension: Extension = {
    holds() {
      const isMember = isUnnamed() && !conversation.nickname;
      if (!isMember && !conversation.isNameless()) return false;
      open({ draft: conversation.written });
      return true;
    },
    aboveComposer() {
      if (!occasion) return undefined;
      const { strings } = conversation;
      const isFirst = occasion.draft !== undefined;
      const nickname = client.you?.nickname;
      const isOffline = ref !== undefined && client.status !== "online";
      return (
        <form
          key="naming"
          class="naming"
          onsubmit={submit}
          onkeydown={onKeyDown}
        >
          <label for="nickname">
            {isFirst ? strings.nicknameAsk : strings.nicknameChange}
          </label>
          <input
            id="nickname"
            mount={(element) => {
              field = element;
              field.select();
            }}
            value={!isFirst && nickname}
            placeholder={nickname}
            autocomplete="nickname"
            aria-describedby="problem"
            maxlength={64}
            part="input"
          />
          <button type="submit" class="primary" disabled={ref !== undefined}>
            {isFirst ? strings.nicknameOk : strings.nicknameSave}
          </button>
          <button type="button" onclick={close}>
            {strings.cancel}
          </button>
          <p id="problem" class="problem" role="alert">
            {problem}
          </p>
          {isOffline && <p role="status">{strings.nicknameWaits}</p>}
        </form>
      );
    },
    end() {
      if (ref) client.discard(ref);
    },
  };
  return [extension, { ...kit, changeNickname: () => open({}) }];
}
