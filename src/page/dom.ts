/** The first element that `selector` finds. Throws where the page lacks it. */
export function pick<Name extends keyof HTMLElementTagNameMap>(
  selector: Name,
): HTMLElementTagNameMap[Name];
export function pick<Kind extends HTMLElement = HTMLElement>(
  selector: string,
): Kind;
export function pick(selector: string): Element {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`Page has no "${selector}"`);
  return element;
}

/** An element with its text or children, and whatever properties it needs. */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  {
    className = "",
    children = [],
    ...properties
  }: Partial<Omit<HTMLElementTagNameMap[Name], "children">> & {
    className?: string;
    children?: (string | Node)[];
  } = {},
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return Object.assign(element, properties);
}
