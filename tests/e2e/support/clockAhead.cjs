// Preloaded before the app: its clock goes ahead by so many milliseconds as `globalThis.clockAheadMs` says.
globalThis.clockAheadMs = 0;
const { now } = Date;
Date.now = () => now() + globalThis.clockAheadMs;
