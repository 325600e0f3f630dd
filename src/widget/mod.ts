/** The widget, unregistered: import `define.ts` to have the tag. */
export type {
  ProjectChatDetails,
  ProjectChatEventMap,
} from "./element_events.ts";
export { ProjectChatElement } from "./project_chat_element.tsx";
export type { Strings } from "./strings.ts";
export type { ProjectChatAttributes } from "./tag_types.ts";
