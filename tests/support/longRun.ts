/** How often a test of chance tries: `R1_ROUNDS`, for long runs by hand, or a few times. */
export const rounds = (usual: number): number => Number(process.env["R1_ROUNDS"] ?? usual);

/** The seed of a test of chance: `R1_SEED`, or always the same. */
export const seed = (usual: number): number => Number(process.env["R1_SEED"] ?? usual);

/** Prints a line of figures, in long runs. */
export function report(line: string): void {
  if (process.env["R1_ROUNDS"] !== undefined) process.stdout.write(`${line}\n`);
}
