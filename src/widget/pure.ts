import { Component, type ComponentChildren } from "preact";

/** A component that is drawn again only when a prop or its state is another value. */
export abstract class Pure<
  Props extends object,
  State extends object = object,
> extends Component<Props, State> {
  override shouldComponentUpdate(props: Props, state: State): boolean {
    return differs(this.props, props) || differs(this.state, state);
  }

  abstract override render(): ComponentChildren;
}

function differs(before: object, after: object): boolean {
  const known = new Map(Object.entries(before));
  return Object.entries(after).some(([key, value]) => known.get(key) !== value);
}
