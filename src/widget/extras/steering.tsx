/** How a room is run: slow mode, lock and topic, for whoever may. */
import {
  isAllowed,
  type ModerationRequest,
  moderate,
} from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";
import { spanText } from "./time_span.ts";

/** Times between two messages that one can choose, in seconds. */
const PAUSES = [0, 5, 10, 30, 60, 300];
const MAX_TOPIC = 200;

/** The controls of the room of `conversation`. */
export function createSteering(
  conversation: Conversation,
  { report }: ExtrasKit,
): Extension {
  const { client } = conversation;
  let input: HTMLInputElement | undefined;

  const act = (what: ModerationRequest) => report(moderate(client, what));

  const drawSlow = (slowMode: number) => {
    const { strings } = conversation;
    return (
      <fieldset>
        <legend>{strings.slow}</legend>
        <div class="chips">
          {[...new Set([...PAUSES, slowMode])]
            .sort((one, other) => one - other)
            .map((seconds) => (
              <button
                key={seconds}
                type="button"
                class="chip"
                aria-pressed={`${seconds === slowMode}`}
                onclick={() => act({ action: "slow", seconds })}
              >
                {seconds === 0
                  ? strings.off
                  : spanText(strings.locale, seconds * 1_000)}
              </button>
            ))}
        </div>
        <small>{strings.slowHint}</small>
      </fieldset>
    );
  };

  const drawTopic = (topic: string) => {
    const { strings } = conversation;
    return (
      // Another topic is another form: what was there before is out of date.
      <form
        key={`topic ${topic}`}
        class="topic"
        onsubmit={(event) => {
          event.preventDefault();
          act({ action: "topic", text: input?.value ?? "" });
        }}
      >
        <label for="topic">{strings.topic}</label>
        <div>
          <input
            id="topic"
            mount={(element) => {
              input = element;
            }}
            value={topic}
            maxlength={MAX_TOPIC}
            autocomplete="off"
          />
          <button type="submit">{strings.topicSave}</button>
        </div>
      </form>
    );
  };

  return {
    header() {
      if (!isAllowed(client, "steer")) return undefined;
      const { strings } = conversation;
      const {
        slowMode = 0,
        locked = false,
        topic = "",
      } = client.timeline.settings ?? {};
      return [
        <button
          key="steer"
          type="button"
          class="steer"
          aria-label={strings.steer}
          title={strings.steer}
          popovertarget="steer"
        />,
        <section
          key="steering"
          id="steer"
          class="popup"
          popover="auto"
          aria-label={strings.steer}
        >
          {drawTopic(topic)}
          {drawSlow(slowMode)}
          <button
            key="lock"
            type="button"
            class="lock"
            aria-pressed={`${locked}`}
            onclick={() => act({ action: locked ? "unlock" : "lock" })}
          >
            {strings.lock}
          </button>
          <small>{strings.lockHint}</small>
        </section>,
      ];
    },
  };
}
