export interface SnapshotThenEvents<Value> {
  /** Reads the value as it is now. */
  snapshot: () => Promise<Value>;
  /** Subscribes to the values that follow; each is the whole value. */
  events: (tell: (value: Value) => void) => unknown;
  apply: (value: Value) => void;
  /** The snapshot could not be read. Left out: the events alone tell. */
  fail?: (error: unknown) => void;
}

/** Applies the snapshot, then each event. A snapshot that arrives after an event is older, and is left aside. */
export function snapshotThenEvents<Value>({
  snapshot,
  events,
  apply,
  fail = () => undefined,
}: SnapshotThenEvents<Value>): void {
  let told = false;
  events((value) => {
    told = true;
    apply(value);
  });
  snapshot().then((value) => {
    if (!told) apply(value);
  }, fail);
}
