type Listener<Value> = (value: Value) => void;

/** An event that code can subscribe to. Listeners are called synchronously, in the order in which they were added. */
export class Signal<Value> {
  readonly #listeners = new Set<Listener<Value>>();

  /** Subscribes a listener. Returns a function that unsubscribes it. */
  on(listener: Listener<Value>): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(value: Value): void {
    for (const listener of this.#listeners) listener(value);
  }
}
