import { useEffect, useState } from "react";

/**
 * True once the same value has stood for `limitMs`; false again with the next one. The window's clock only notices
 * that nothing came: no figure is computed from it.
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
