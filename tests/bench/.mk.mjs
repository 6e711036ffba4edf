import { makeLargeStore } from "/work/wt/rest22/tests/bench/makeLargeStore.mjs";
import { writeFileSync, mkdirSync } from "node:fs";
const home = "/tmp/rest22/large";
mkdirSync(home, { recursive: true });
const size = { chats: 10000, messages: 200000, largest: 5000, documents: 2000 };
const t = performance.now();
const largestId = await makeLargeStore({ home, ...size });
writeFileSync(
  home + "/large-store.json",
  JSON.stringify({ ...size, largestId, seconds: Math.round((performance.now() - t) / 1000) }),
);
