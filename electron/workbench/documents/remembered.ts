/** Returns the same function, which resolves with the same result when it is called again. */
export function remembered<Result>(work: (count: number) => Promise<Result>): (count: number) => Promise<Result> {
  const known = new Map<number, Promise<Result>>();
  return (count) => {
    const result = known.get(count) ?? work(count);
    known.set(count, result);
    return result;
  };
}
