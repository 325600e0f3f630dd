/**
 * A guest shows to be a person, where the server asks for that: only then anything of a
 * third party is loaded. What was written waits and is sent afterwards.
 */
import { challengeOf, isAllowed, passChallenge } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

const SCRIPT =
  "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";

/** What is used of the third party's script. */
interface Turnstile {
  render(
    place: HTMLElement,
    options: {
      readonly sitekey: string;
      readonly callback: (response: string) => void;
    },
  ): void;
}

let loading: Promise<Turnstile> | undefined;

/** The challenge in `conversation`, if there is one. */
export function createChallenge(
  conversation: Conversation,
  { report }: ExtrasKit,
): Extension {
  const { client, element, redraw } = conversation;
  /** Beside the shadow root, which the script does not look into. */
  let place: HTMLElement | undefined;
  let isAsked = false;

  const clear = () => {
    place?.remove();
    place = undefined;
    isAsked = false;
    redraw();
  };

  const show = async () => {
    isAsked = true;
    const sitekey = await challengeOf(client);
    if (!sitekey) return clear();
    const turnstile = await loadScript();
    place = document.createElement("div");
    place.slot = "challenge";
    element.append(place);
    redraw();
    turnstile.render(place, {
      sitekey,
      async callback(response) {
        // A response counts once: whoever tries again gets another challenge.
        if (!(await report(passChallenge(client, response)))) clear();
      },
    });
  };

  /** The guest has passed: what had to wait goes on. */
  const goOn = () => {
    clear();
    for (const { nonce, error } of client.timeline.pending)
      if (error?.code === "forbidden") client.retry(nonce).catch(() => {});
  };

  const off = client.on("event", (event) => {
    // It may be about the right to speak, which guests have as such.
    const isRefused = event.type === "error" && event.code === "forbidden";
    const isMeant = client.you?.guest && isAllowed(client, "send");
    // What did not load is tried again when something is refused again.
    if (isRefused && isMeant && !isAsked) show().catch(clear);
    if (event.type === "you" && place) goOn();
  });

  return {
    end() {
      off();
      place?.remove();
    },
    aboveComposer: () =>
      place && (
        <div key="challenge" class="challenge">
          <p role="status">{conversation.strings.challenge}</p>
          <slot name="challenge" />
        </div>
      ),
  };
}

/** Loads the script once for all widgets of the page; what failed is tried again. */
function loadScript(): Promise<Turnstile> {
  loading ??= new Promise<Turnstile>((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", () =>
      // The script puts what is described above there.
      resolve(Reflect.get(window, "turnstile") as Turnstile),
    );
    script.addEventListener("error", reject);
    script.src = SCRIPT;
    document.head.append(script);
  }).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
