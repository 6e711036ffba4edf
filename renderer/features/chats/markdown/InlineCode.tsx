import type { ReactNode } from "react";
import { Formula } from "./Formula.tsx";

export interface InlineCodeProps {
  className?: string | undefined;
  children?: ReactNode;
}

/** Code within a line; remark-math marks its formulas as code of the language "math". */
export function InlineCode({ className, children }: InlineCodeProps) {
  if (className?.includes("math-inline") === true && typeof children === "string") {
    return <Formula tex={children} isDisplay={false} />;
  }
  return <code>{children}</code>;
}
