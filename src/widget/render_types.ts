/** What tags take, for TypeScript. Types only. */

/** What may stand between tags. */
export type Child =
  | Drawing
  | string
  | number
  | false
  | null
  | undefined
  | readonly Child[];

/** An element or a text as it is wanted. */
export interface Drawing extends Ours<Element> {
  /** Name of the element; empty for a text. */
  readonly tag: string;
  /** Listeners, attributes and custom properties of the style, by name. */
  readonly props: Readonly<Record<string, unknown>>;
  /** What it is in the page, once it was drawn. */
  node?: Element | Text;
}

/** What the renderer keeps for itself; all other props go to the element. */
interface Ours<Node> {
  /** Recognises an element among its siblings. */
  readonly key?: string | number | undefined;
  /** As long as these are the same values, the element is left as it is. */
  readonly memo?: readonly unknown[] | undefined;
  /** Told once the new element is in the page. */
  readonly mount?: ((element: Node) => void) | undefined;
  /** With `memo` a function, which is called only when needed. */
  readonly children?: Child | (() => Child);
}

type Listeners = {
  readonly ontoggle?: (event: ToggleEvent) => void;
  readonly onfocusin?: (event: FocusEvent) => void;
  readonly onfocusout?: (event: FocusEvent) => void;
} & {
  readonly [Name in keyof HTMLElementEventMap as `on${Name}`]?: (
    event: HTMLElementEventMap[Name],
  ) => void;
};

/** `false` and `undefined` leave an attribute out, `true` writes it without a value. */
type Attributes = {
  readonly [Name in AttributeName]?: string | number | boolean | undefined;
};

type AttributeName =
  | "class"
  | "id"
  | "name"
  | "part"
  | "role"
  | "title"
  | "type"
  | "value"
  | "selected"
  | "hidden"
  | "inert"
  | "accept"
  | "width"
  | "height"
  | "rows"
  | "dir"
  | "for"
  | "href"
  | "src"
  | "alt"
  | "loading"
  | "referrerpolicy"
  | "open"
  | "checked"
  | "readonly"
  | "rel"
  | "target"
  | "datetime"
  | "disabled"
  | "placeholder"
  | "maxlength"
  | "autocomplete"
  | "enterkeyhint"
  | "tabindex"
  | "popover"
  | "popovertarget"
  | `aria-${string}`
  | `data-${string}`
  | `--${string}`;

/** Where TypeScript looks for what a tag takes. */
export declare namespace JSX {
  type Element = Child;
  interface IntrinsicAttributes {
    readonly key?: string | number;
  }
  type IntrinsicElements = {
    readonly [Tag in keyof HTMLElementTagNameMap]: Ours<
      HTMLElementTagNameMap[Tag]
    > &
      Listeners &
      Attributes;
  };
  interface ElementChildrenAttribute {
    children: unknown;
  }
}
