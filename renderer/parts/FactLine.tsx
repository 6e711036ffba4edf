import { Fragment } from "react";

/** A fact; null: it is not known and left out. */
export type LineFact = string | { tight: string } | null;

export interface FactLineProps {
  facts: readonly LineFact[];
  /** The first fact is a name, which is not given a capital. */
  startsWithName?: boolean;
}

/** Quiet facts in one line, those that slow a model down in amber. */
export function FactLine({ facts, startsWithName = false }: FactLineProps) {
  const known = facts.filter((fact) => fact !== null);
  if (known.length === 0) return null;
  return (
    <p className={startsWithName ? "fact-line" : "fact-line has-capital"}>
      {known.map((fact, index) => (
        // The order of the facts never changes.
        <Fragment key={index}>
          {index > 0 && " "}
          <span className="fact">
            {typeof fact === "string" ? <bdi>{fact}</bdi> : <bdi className="tight">{fact.tight}</bdi>}
            {index < known.length - 1 && "\u00a0·"}
          </span>
        </Fragment>
      ))}
    </p>
  );
}
