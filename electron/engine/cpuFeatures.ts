/** Build options that llama.cpp lists together with the instruction sets. */
const buildOptions = /^(LLAMAFILE|REPACK|OPENMP|ACCELERATE|KLEIDIAI)$/;

/** Returns the instruction sets in llama.cpp's system info, such as "CPU : SSE3 = 1 | AVX2 = 1 | REPACK = 1 | ". */
export function cpuFeatures(systemInfo: string): string[] {
  const [, ofCpu = ""] = /(?:^|\|\s*)CPU : ([^:]*)/.exec(systemInfo) ?? [];
  const names = ofCpu.matchAll(/(\w+) = 1/g);
  return [...names].flatMap(([, name = ""]) => (buildOptions.test(name) ? [] : [name]));
}
