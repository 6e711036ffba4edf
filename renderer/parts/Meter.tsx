export interface MeterProps {
  /** One to three parts of the whole, each from 0 to 1. What goes beyond the whole is cut off. */
  parts: readonly number[];
  /** Tight: nearly full, stalled. Off: paused, or does not fit. */
  tone?: "plain" | "tight" | "off";
  /** What it shows. Without one, it is hidden from screen readers, because the words beside it say the same. */
  label?: string | undefined;
  className?: string;
}

/** A bar of up to three parts. What is under way is a `Progress` instead. */
export function Meter({ parts, tone = "plain", label, className = "" }: MeterProps) {
  const classes = `meter ${tone === "plain" ? "" : `is-${tone}`} ${className}`;
  return (
    <span
      className={classes}
      aria-hidden={label === undefined}
      role={label === undefined ? undefined : "img"}
      aria-label={label}
    >
      {parts.map((part, index) => (
        // A part has no other identity than its place.
        <i key={index} style={{ width: `${Math.min(Math.max(part, 0), 1) * 100}%` }} />
      ))}
    </span>
  );
}
