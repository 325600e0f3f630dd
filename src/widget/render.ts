/**
 * The renderer: JSX describes what is wanted, `draw()` changes the page where it differs
 * from what was drawn last. Nothing here parses HTML or writes a style attribute, so it
 * works under any policy of the host page.
 */
import type { Child, Drawing } from "./render_types.ts";

export type { Child, JSX } from "./render_types.ts";

/** What was drawn last into each parent, by key. */
const drawn = new WeakMap<Node, Map<unknown, Drawing>>();

/** What JSX is compiled to. A component is a function of its props, called at once. */
export function jsx<P extends object>(
  tag: string | ((props: P) => Child),
  props: P,
  key?: string | number,
): Child {
  if (typeof tag === "string") {
    const { memo, mount, children, ...rest }: Partial<Drawing> = props;
    return { tag, key, memo, mount, children, props: rest };
  }
  const child = tag(props);
  return key === undefined ? child : { ...(child as Drawing), key };
}

export { jsx as jsxs };

/**
 * Makes `wanted` the content of `parent`. Siblings are recognised by their `key`, those
 * without one by their place in the list that they are in, however long lists before it
 * are. What is recognised keeps its node, and with it focus, selection and scroll position.
 */
export function draw(parent: Node, wanted: unknown): void {
  const before = drawn.get(parent) ?? new Map<unknown, Drawing>();
  const after = new Map<unknown, Drawing>();
  drawn.set(parent, after);
  collect(wanted, "", after);
  // What goes, goes first, so that nothing that stays is moved around it.
  for (const [key, { tag, node }] of before)
    if (after.get(key)?.tag !== tag) {
      before.delete(key);
      node?.remove();
    }
  let next = parent.firstChild;
  for (const [key, drawing] of after) {
    const node = realize(drawing, before.get(key));
    if (node === next) next = node.nextSibling;
    else parent.insertBefore(node, next);
  }
}

/** Puts every drawing of `child`, a list of lists, into `after` by its key. */
function collect(
  child: unknown,
  place: string,
  after: Map<unknown, Drawing>,
): void {
  if (Array.isArray(child)) {
    for (const [index, item] of child.entries())
      collect(item, `${place}.${index}`, after);
    return;
  }
  const drawing = toDrawing(child);
  // A place begins with a dot or is empty, and so is never the key of a sibling.
  if (drawing) after.set(drawing.key ?? place, drawing);
}

function toDrawing(child: unknown): Drawing | undefined {
  if (child == null || child === false || child === "") return undefined;
  if (typeof child === "object") return child as Drawing;
  return { tag: "", props: {}, children: String(child) };
}

/** The node of `drawing`: that of `old`, brought up to date, or a new one. */
function realize(drawing: Drawing, old: Drawing | undefined): Element | Text {
  const { tag, memo, props, children } = drawing;
  const node = old?.node ?? (tag ? document.createElement(tag) : new Text());
  drawing.node = node;
  if (node instanceof Text) {
    // Writing what is there would undo a selection.
    if (node.data !== children) node.data = String(children);
    return node;
  }
  if (old?.memo && memo?.every((value, index) => value === old.memo?.[index]))
    return node;
  for (const name of Object.keys({ ...old?.props, ...props }))
    if (props[name] !== old?.props[name])
      set(node, name, { value: props[name], old: old?.props[name] });
  draw(node, typeof children === "function" ? children() : children);
  // Later, because what it is in may not be in the page yet.
  if (!old) queueMicrotask(() => drawing.mount?.(node));
  return node;
}

/** Sets a listener, a custom property of the style, or an attribute. */
function set(
  element: Element,
  name: string,
  { value, old }: { value: unknown; old: unknown },
): void {
  if (name.startsWith("on")) {
    const type = name.slice(2);
    if (old) element.removeEventListener(type, old as EventListener);
    if (value) element.addEventListener(type, value as EventListener);
  } else if (name.startsWith("--")) {
    (element as HTMLElement).style.setProperty(name, String(value));
  } else if (value == null || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? "" : String(value));
  }
}
