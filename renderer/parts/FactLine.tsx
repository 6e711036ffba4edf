import { Fragment } from "react";

/** A fact; null: it is not known and left out. */
export type LineFact = string | { tight: string } | null;

/** Quiet facts in one line, those that slow a model down in amber. */
export function FactLine({ facts }: { facts: readonly LineFact[] }) {
  const known = facts.filter((fact) => fact !== null);
  if (known.length === 0) return null;
  return (
    <p className="fact-line">
      {known.map((fact, index) => (
        // The order of the facts never changes.
        <Fragment key={index}>
          {index > 0 && " · "}
          {typeof fact === "string" ? <bdi>{fact}</bdi> : <bdi className="tight">{fact.tight}</bdi>}
        </Fragment>
      ))}
    </p>
  );
}
