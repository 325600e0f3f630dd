import type { Child } from "./render.ts";

/** A part of the widget that remembers something between two drawings. */
export interface Part {
  /** What is to be seen now. */
  draw(): Child;
}
