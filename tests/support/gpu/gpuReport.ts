import { appendFileSync } from "node:fs";

/** Adds a line to the report of `npm run test:gpu`, or does nothing in other runs. */
export function gpuReport(backend: string, text: string): void {
  const file = process.env["R1_GPU_REPORT"];
  if (file !== undefined) appendFileSync(file, `${backend}: ${text}\n`);
}
