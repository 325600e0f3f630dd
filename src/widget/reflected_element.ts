import type { ProjectChatEventMap } from "./element_events.ts";

// So that a page rendered on a server may import this module there.
const Base =
  globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** What of `<project-chat>` is nothing but its attributes, and the names of its events. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface below only names the events of addEventListener.
export class ReflectedElement extends Base {
  /** Id of the project. */
  declare project: string;
  /** Origin of the chat server; the module's own by default. */
  declare server: string;
  /** Room in the project; `lobby` by default. */
  declare room: string;
  /** Nickname of the reader; asked for at the first send by default. */
  declare nickname: string;
  /** `inline` or `bubble`. */
  declare mode: string;
  /** Corner of the launcher: `end` or `start`. */
  declare position: string;
  /** `auto`, `light`, `dark`, or `inherit` for the page's color-scheme. */
  declare theme: string;
  /** `local`, `session` or `none`. */
  declare storage: string;
  /** Title of the panel. */
  declare heading: string;
  /** Whether the panel of a bubble is open. */
  declare open: boolean;
  /** Whether to connect before the bubble is opened. */
  declare preconnect: boolean;
  /** Whether the composer is left out. */
  declare readOnly: boolean;
  /** Whether a message makes a sound. */
  declare sound: boolean;
  /** Whether the pictures of members are loaded, from wherever they are. */
  declare avatars: boolean;
  /** Whether the page shows its rooms, so that one can go to another and back. */
  declare rooms: boolean;
  /** Whether the page brings its own launcher. */
  declare hideLauncher: boolean;

  /** Sends properties that were set before the element was defined through their setters. */
  protected upgradeProperties(): void {
    for (const [name, value] of Object.entries(this)) {
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}

/** Its events, by name. */
export interface ReflectedElement {
  addEventListener<Name extends keyof ProjectChatEventMap>(
    type: Name,
    listener: (event: ProjectChatEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

const FLAGS = [
  "open",
  "preconnect",
  "readOnly",
  "sound",
  "avatars",
  "rooms",
  "hideLauncher",
];
const PROPERTIES = [
  "project",
  "server",
  "room",
  "nickname",
  "mode",
  "position",
  "theme",
  "storage",
  "heading",
  ...FLAGS,
];

/** Attributes that are watched. */
export const ATTRIBUTES = ["lang", ...PROPERTIES.map(attributeOf)];

for (const property of PROPERTIES) {
  const name = attributeOf(property);
  const isFlag = FLAGS.includes(property);
  Object.defineProperty(ReflectedElement.prototype, property, {
    get(this: Element) {
      const text = this.getAttribute(name);
      return isFlag ? text !== null : (text ?? "");
    },
    set(this: Element, value: unknown) {
      if (isFlag ? !value : value == null) this.removeAttribute(name);
      else this.setAttribute(name, isFlag ? "" : String(value));
    },
  });
}

function attributeOf(property: string): string {
  return property === "hideLauncher" ? "hide-launcher" : property.toLowerCase();
}
