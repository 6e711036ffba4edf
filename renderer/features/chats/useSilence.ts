import { useEffect, useState } from "react";

/**
 * Returns true once the value has not changed for `limitMs`, and false again when it changes. The window's clock is
 * used only to notice silence; no figure is computed from it.
 */
export function useSilence(value: object | null, limitMs: number): boolean {
  const [silent, setSilent] = useState<object | null>(null);
  useEffect(() => {
    if (value === null) return;
    const timer = setTimeout(() => setSilent(value), limitMs);
    return () => clearTimeout(timer);
  }, [value, limitMs]);
  return value !== null && silent === value;
}
