import type { ReactNode } from "react";

/** One fact, with what follows from it in quiet words. */
export function Fact({ name, why = "", children }: { name: string; why?: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {children}
        {why !== "" && <p className="quiet small">{why}</p>}
      </dd>
    </>
  );
}
