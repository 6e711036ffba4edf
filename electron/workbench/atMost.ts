/** Returns a function that runs tasks, at most `limit` at a time. The others wait in order. */
export function atMost(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The slot goes to the next waiting task, or becomes free.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
