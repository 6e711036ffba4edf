import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

/** A list to choose from. It is the system's, so that it works as people are used to. */
export function Select({ className = "", ...props }: ComponentProps<"select">) {
  return (
    <span className={`select ${className}`}>
      <select {...props} />
      <ChevronDown size={16} aria-hidden />
    </span>
  );
}
