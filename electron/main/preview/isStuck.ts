/** Who answers nothing for this long is stuck if it was busy meanwhile; on a machine that is, only later. */
const busyMs = 5000;
const silentMs = 20_000;
const busyShare = 0.5;

/** Returns whether something that has not answered for `forMs`, and used `processorMs` meanwhile, no longer will. */
export function isStuck(forMs: number, processorMs: number): boolean {
  return forMs > silentMs || (forMs > busyMs && processorMs > busyMs * busyShare);
}
