import type { LiveEvent } from './events.ts';

/** Where a study's progress goes. One of: live view, line printer, silence. */
export interface LiveOutput {
  /** Takes an event; drawing happens in its own time. */
  emit(event: LiveEvent): void;
  /** A text that stays, above whatever moves. */
  print(text: string): void;
  /** Ends the view; further events are ignored. May be called twice. */
  close(): void;
}

export interface LiveStream {
  write(text: string): unknown;
  columns?: number | undefined;
  rows?: number | undefined;
  isTTY?: boolean | undefined;
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}

export interface LiveOptions {
  stream: LiveStream;
  /** A terminal that can be drawn on. */
  isLive: boolean;
  isQuiet: boolean;
  color: boolean;
  now: () => number;
}

/** The output that fits the stream; the library that draws is loaded only where it is used. */
export async function openLive(options: LiveOptions): Promise<LiveOutput> {
  if (options.isQuiet) {
    const { createSilence } = await import('./silence.ts');
    return createSilence(options);
  }
  if (options.isLive) {
    const { createLiveView } = await import('./live-view.ts');
    return createLiveView(options);
  }
  const { createLinePrinter } = await import('./line-printer.ts');
  return createLinePrinter(options);
}
