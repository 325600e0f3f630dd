/** React binding: the room as state, and the tag in JSX. */
export type { ChatSnapshot } from "./chat_store.ts";
export type { ProjectChatProps } from "./jsx_types.ts";
export {
  type ProjectChat,
  type ProjectChatOptions,
  useProjectChat,
} from "./use_project_chat.ts";
