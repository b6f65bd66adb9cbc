import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Held } from '../_contract.ts';
import { EventsFile } from '../../metrics/tfevents/part.ts';
import { isEventsFile } from '../../metrics/tfevents/members.ts';

export interface HeldEvents {
  held: Held;
  /** Tags that hold no scalars. */
  tags: Set<string>;
  /** The newest file was begun then. */
  lastSecond: number;
}

/** What the event files of a folder hold, restarts applied; the cut tail of a file that was being written counts as nothing. */
export async function readHeld(folder: string, listing: readonly string[]): Promise<HeldEvents> {
  const names = listing.filter(isEventsFile).sort();
  const tags = new Set<string>();
  const order: string[] = [];
  let held = new Map<string, { step: number; value: number }[]>();
  for (const name of names) {
    const file = new EventsFile(
      { path: join(folder, name), name },
      { warn: () => {} },
      {
        tag: (tag) => {
          const known = order.indexOf(tag);
          return known >= 0 ? known : order.push(tag) - 1;
        },
        put(tag, step, value) {
          const series = order[tag] as string;
          const values = held.get(series);
          if (values) values.push({ step, value });
          else held.set(series, [{ step, value }]);
        },
        restart(from) {
          const kept = Array.from(
            held,
            ([tag, values]) => [tag, values.filter(({ step }) => step < from)] as const,
          );
          held = new Map(kept.filter(([, values]) => values.length > 0));
        },
        other: (tag) => void tags.add(tag),
      },
    );
    for await (const bytes of createReadStream(join(folder, name)) as AsyncIterable<Buffer>) file.push(bytes);
    file.end();
  }
  const lastSecond = Math.max(0, ...names.map((name) => Number(/tfevents\.(\d+)/.exec(name)?.[1] ?? 0)));
  return { held, tags, lastSecond };
}
