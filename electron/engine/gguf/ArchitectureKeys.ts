import { damagedHeader } from "./damagedHeader.ts";
import type { MetadataValue } from "./metadata.ts";

/** Reads the keys under one architecture's name, such as `qwen2.block_count`, and rejects impossible values. */
export class ArchitectureKeys {
  readonly #values: ReadonlyMap<string, MetadataValue>;
  readonly #architecture: string;

  constructor(values: ReadonlyMap<string, MetadataValue>, architecture: string) {
    this.#values = values;
    this.#architecture = architecture;
  }

  get(key: string): MetadataValue | undefined {
    return this.#values.get(`${this.#architecture}.${key}`);
  }

  /** Without a fallback, the key is required. */
  whole(key: string, least: number, most: number, fallback?: number): number {
    const value = this.get(key) ?? fallback;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    throw this.refusal(key);
  }

  /**
   * Returns a value for each layer, from a number for all of them or a list. `least` is the minimum for every layer, or
   * for the largest.
   */
  perLayer(key: string, layers: number, range: LayerRange): number[] {
    const value = this.get(key);
    if (value === undefined && range.fallback !== undefined) return range.fallback;
    if (typeof value !== "object" || !("count" in value)) {
      const same = this.whole(key, range.least, range.most);
      return Array.from({ length: layers }, () => same);
    }
    const { numbers } = value;
    if (numbers?.length !== layers) throw damagedHeader(`"${this.#architecture}.${key}" does not fit its layers`);
    const within = numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= range.most);
    const smallest = range.everyLayer ? Math.min(...numbers) : Math.max(...numbers);
    if (!within || smallest < range.least) throw this.refusal(key);
    return numbers;
  }

  refusal(key: string): Error {
    return damagedHeader(`"${this.#architecture}.${key}" ${describe(this.get(key))}`);
  }
}

export interface LayerRange {
  least: number;
  most: number;
  everyLayer: boolean;
  fallback?: number[];
}

function describe(value: MetadataValue | undefined): string {
  if (value === undefined) return "is missing";
  if (typeof value === "number") return `is ${value.toLocaleString("en")}`;
  return typeof value === "string" ? `is "${value.slice(0, 40)}"` : "is not a number that it may be";
}
