import { z } from "zod";

interface Column {
  schema: z.ZodType;
  standIn: unknown;
}
type Values<Columns extends Record<string, Column>> = { [Name in keyof Columns]: z.output<Columns[Name]["schema"]> };

/** Defines a column: which values are valid, and what replaces an invalid one. */
export const column = <Schema extends z.ZodType, StandIn extends z.output<Schema>>(
  schema: Schema,
  standIn: StandIn,
): { schema: Schema; standIn: StandIn } => ({ schema, standIn });

/** An integer. The store returns bigints, because a damaged value can be too large for a number. */
export const integer = z.bigint().refine(isSafe).transform(Number);

/** Text that contains a JSON value. */
export const json = <Schema extends z.ZodType>(schema: Schema): z.ZodPipe<z.ZodTransform<unknown, unknown>, Schema> =>
  z.transform(parseJson).pipe(schema);

/** Returns a value as such text, or null for nothing. */
export const jsonOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

/** The columns of a stored row. Each value is checked, because anything may have changed it on the disk. */
export class RowSchema<Columns extends Record<string, Column>> {
  readonly #columns: [name: string, column: Column][];

  constructor(columns: Columns) {
    this.#columns = Object.entries(columns);
  }

  /** Returns the row, with a replacement for each invalid value, and whether it is damaged. Never throws. */
  read(row: Readonly<Record<string, unknown>>): { values: Values<Columns>; damaged: boolean } {
    let damaged = false;
    const values = this.#columns.map(([name, { schema, standIn }]) => {
      const parsed = schema.safeParse(row[name]);
      damaged ||= !parsed.success;
      return [name, parsed.success ? parsed.data : standIn] as const;
    });
    return { values: Object.fromEntries(values) as Values<Columns>, damaged };
  }
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
}

function parseJson(value: unknown, { issues }: z.core.ParsePayload): unknown {
  if (typeof value === "string") {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      // The issue added below reports it.
    }
  }
  issues.push({ code: "custom", message: "Not JSON", input: value });
  return z.NEVER;
}
