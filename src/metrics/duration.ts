const CLOCK = /^(?:(\d+) days?, ?)?(?:(\d+):)?(\d{1,2}):(\d{2}(?:\.\d+)?)$/;
const PARTS =
  /^(?:\d+(?:\.\d+)?\s*(?:days?|d|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s|ms|us|µs|ns)\s*)+$/;
const PART = /(\d+(?:\.\d+)?)\s*([a-zµ]+)/g;
const SECONDS: Record<string, number> = { d: 86_400, h: 3600, m: 60, s: 1 };
/** Units of a second that divide, so that `45.12ms` is 0.04512 and not 0.045120000000000004. */
const PER_SECOND: Record<string, number> = { ms: 1e3, us: 1e6, µs: 1e6, ns: 1e9 };

/** Seconds of `12s`, `1m 20s`, `45.12ms`, `00:12`, `1:02:03`, `1 day, 2:03:04`; undefined where it is no duration. */
export function readDuration(text: string): number | undefined {
  const trimmed = text.trim();
  const clock = CLOCK.exec(trimmed);
  if (clock) {
    const [days, hours, minutes, seconds] = [clock[1], clock[2], clock[3], clock[4]].map((part) =>
      Number(part ?? 0),
    );
    return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  }
  const lower = trimmed.toLowerCase();
  if (!PARTS.test(lower)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of lower.matchAll(PART)) {
    const name = unit as string;
    const divisor = PER_SECOND[name];
    sum += divisor === undefined ? Number(amount) * (SECONDS[name.charAt(0)] ?? 0) : Number(amount) / divisor;
  }
  return sum;
}

/** Whether a metric of this name is a time span, so that its values may be written as durations. */
export function isDurationName(name: string): boolean {
  return /(?:^|[^a-z])(?:time|elapsed|duration|dur|runtime|took|seconds|secs?|wall)(?:$|[^a-z])/i.test(
    name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'),
  );
}
