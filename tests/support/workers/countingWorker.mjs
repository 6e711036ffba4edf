// A worker that says "counting" and then is in native code for hours, which nothing but the end of the process interrupts.
import { parentPort } from "node:worker_threads";
import { DatabaseSync } from "@photostructure/sqlite";

parentPort?.postMessage("counting");
const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000000)";
new DatabaseSync(":memory:").prepare(`${numbers} SELECT count(*) FROM n`).get();
