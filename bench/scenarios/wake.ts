/** The first word after a silence. */
import { newPlaces } from "../stage.ts";
import { TEXT_BYTES } from "./saturated.ts";
import { byTurns, type Scenario } from "./scenario.ts";

export const wake: Scenario = {
  id: "wake",
  title: "Wake after hibernation",
  about:
    "5 projects of 100 members talk, are silent for 22 s, and somebody speaks: from the send until the sender has its message back. An object that is awake holds its database open; workerd was seen to close them 10 to 20 s after the last message, so the last column must be 0.",
  metrics: [
    { key: "warm_ms", title: "warm, ms" },
    { key: "wake_ms", title: "after 22 s, ms" },
    { key: "wake_max_ms", title: "longest, ms" },
    { key: "awake", title: "objects awake after 22 s" },
  ],
  goals: [
    {
      title: "first message after hibernation, above warm",
      value: { peer: "project_chat", metric: "above_ms" },
      unit: "ms",
      atMost: 50,
    },
    {
      title: "objects awake 22 s after the last message",
      value: { peer: "project_chat", metric: "awake" },
      unit: "objects",
      atMost: 0,
    },
  ],
  round: (stage) => {
    const projects = stage.quick ? 2 : 5;
    return byTurns(stage, {
      peers: ["project_chat"],
      measure: (peer) =>
        stage.run(peer, {
          places: Array.from({ length: projects }, () => newPlaces()).flat(),
          members: stage.quick ? 2 : 100,
          senders: 1,
          textBytes: TEXT_BYTES,
          task: { type: "wake", idleMs: 22_000 },
        }),
    });
  },
};
