/** Typed listeners. */

/** Listeners by event type. */
export interface Emitter<Events> {
  /** Calls `listener` on each event of `type` until the returned function is called. */
  on<Type extends keyof Events & string>(
    type: Type,
    listener: (value: Events[Type]) => void,
  ): () => void;
  /** Calls the listeners of `type`; one that throws does not stop the others. */
  emit<Type extends keyof Events & string>(
    type: Type,
    value: Events[Type],
  ): void;
}

/** An emitter without listeners. */
export function createEmitter<Events>(): Emitter<Events> {
  // The platform's own reports what a listener throws and goes on.
  const target = new EventTarget();
  return {
    on(type, listener) {
      // Only emit() dispatches, and it ties each type to its value.
      const call = (event: Event) => listener((event as CustomEvent).detail);
      target.addEventListener(type, call);
      return () => target.removeEventListener(type, call);
    },
    emit(type, detail) {
      target.dispatchEvent(new CustomEvent(type, { detail }));
    },
  };
}
