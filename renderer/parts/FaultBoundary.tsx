import { Component, type ErrorInfo, type ReactNode } from "react";

export interface FaultBoundaryProps {
  /** Replaces children that cannot be rendered; it must render less than they did. */
  fallback: (faultId: string, tryAgain: () => void) => ReactNode;
  /** Sends the error to the log. Returns its id in the log. */
  logFault: (text: string) => string;
  /** When it changes, the children are rendered again. */
  triedWith?: unknown;
  children: ReactNode;
}

interface State {
  failed: { error: unknown } | null;
  faultId: string;
  triedWith: unknown;
}

/** Contains an error in rendering one part, so that the rest of the window stays usable. */
export class FaultBoundary extends Component<FaultBoundaryProps, State> {
  override state: State = { failed: null, faultId: "", triedWith: this.props.triedWith };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failed: { error } };
  }

  static getDerivedStateFromProps({ triedWith }: FaultBoundaryProps, state: State): Partial<State> | null {
    return triedWith === state.triedWith ? null : { failed: null, triedWith };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.setState({ faultId: this.props.logFault(`${stack}\nDrawn in:${componentStack ?? " ?"}`) });
  }

  override render(): ReactNode {
    const { failed, faultId } = this.state;
    if (failed === null) return this.props.children;
    return this.props.fallback(faultId, () => this.setState({ failed: null }));
  }
}
