import { Component, type ReactNode } from 'react';

interface ErrorBoundaryProps {
  /** What stands there instead after an error. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** Keeps an error in one screen from leaving a white page. Notes are in storage, not in here. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
