export interface SnapshotThenEvents<Value> {
  /** Reads the current value. */
  snapshot: () => Promise<Value>;
  /** Subscribes to later values. Each event holds the whole value. */
  events: (tell: (value: Value) => void) => unknown;
  apply: (value: Value) => void;
  /** Called if the snapshot could not be read. If omitted, only events set the value. */
  fail?: (error: unknown) => void;
}

/** Applies the snapshot, then each event. A snapshot that arrives after an event is older and is ignored. */
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
