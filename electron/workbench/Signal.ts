type Listener<Value> = (value: Value) => void;

/** Something that changes, for whoever wants to be told. Listeners are called at once, in the order they came. */
export class Signal<Value> {
  readonly #listeners = new Set<Listener<Value>>();

  /** Returns a function that stops telling the listener. */
  on(listener: Listener<Value>): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(value: Value): void {
    for (const listener of this.#listeners) listener(value);
  }
}
