import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync, appendFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Curve, MetricFormat, Point } from './_contract.ts';
import { CurveBuilder } from './curve-builder.ts';
import { detectFormat } from './detect.ts';
import { followCurve } from './follow.ts';
import { readCurve } from './read.ts';
import { takeSample } from './sample.ts';

/** A log and the curve it holds. */
export interface Specimen {
  label: string;
  /** File name, by which the format may recognize it. */
  file: string;
  content: string | Buffer;
  points: Point[];
  /** Not to be recognized without being named (a header and nothing else, say). */
  isHidden?: boolean;
  /** A warning that must be given contains this. */
  warning?: string;
}

export interface Conformance {
  format: MetricFormat;
  specimens: readonly Specimen[];
  /** Holds NaN, Infinity and −Infinity in the format's spellings. */
  nonFinite: Specimen;
  /** Holds an epoch twice, as after a resume; `points` has the later values. */
  resumed: Specimen;
  /** Text formats: lines that are none of the format, and whether each must be warned of. */
  garbage?: { lines: readonly string[]; isWarned: boolean };
}

/** What every format must do. Run it in the format's own test. */
export function testFormat({ format, specimens, nonFinite, resumed, garbage }: Conformance): void {
  const all = [...specimens, nonFinite, resumed];
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'pawl-format-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const place = (specimen: Specimen, folder: string): string => {
    const path = join(root, folder, specimen.file);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };

  describe.each(all)(`${format.name}: $label`, (specimen) => {
    const bytes = Buffer.from(specimen.content);

    it('is read whole and recognized', async () => {
      const path = place(specimen, 'whole');
      writeFileSync(path, bytes);
      const curve = await readCurve(path, { format: format.name });
      expect(curve.points).toEqual(specimen.points);
      expect(curve.format).toBe(format.name);
      expect(curve.metrics).toEqual([...new Set(curve.metrics)]);
      if (specimen.warning !== undefined) expect(curve.warnings.join('\n')).toContain(specimen.warning);
      if (specimen.isHidden !== true)
        expect((await detectFormat(await takeSample(path)))?.format.name).toBe(format.name);
    });

    it('is the same curve however the bytes arrive', () => {
      const cuts = fc.array(fc.nat(Math.max(0, bytes.length - 1)), { maxLength: 12 });
      fc.assert(
        fc.property(cuts, (at) => {
          const { points, warnings } = readParts(
            format,
            specimen,
            bytes,
            [...at].sort((a, b) => a - b),
          );
          const whole = readParts(format, specimen, bytes, []);
          expect(points).toEqual(specimen.points);
          expect(warnings).toEqual(whole.warnings);
        }),
        { numRuns: 20 },
      );
    });

    it('is followed to the same curve while it grows', async () => {
      const path = place(specimen, 'grown');
      const seen: Point[] = [];
      const follower = followCurve({
        path,
        format: format.name,
        pollMs: 20,
        onPoints: (points, isReplaced) => {
          if (isReplaced) seen.length = 0;
          for (const { index, point } of points) seen[index] = point;
        },
      });
      const step = Math.max(1, Math.ceil(bytes.length / 3));
      writeFileSync(path, '');
      for (let at = 0; at < bytes.length; at += step) {
        appendFileSync(path, bytes.subarray(at, at + step));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const curve = await follower.finish();
      expect(curve?.points).toEqual(specimen.points);
      expect(seen).toEqual(specimen.points);
    });
  });

  describe(`${format.name}: rules`, () => {
    it('leaves the unfinished end alone until it is finished', () => {
      for (const specimen of all) {
        // Binary formats have no lines; each tests its cuts itself.
        if (typeof specimen.content !== 'string') continue;
        const bytes = Buffer.from(specimen.content);
        const whole = Math.max(bytes.lastIndexOf('\n', -2), bytes.lastIndexOf('\r', -3)) + 1;
        if (whole === 0 || format.open(member(specimen), new CurveBuilder()).kind !== 'stream') continue;
        const settled = pushed(format, specimen, bytes.subarray(0, whole + 1));
        const cut = pushed(format, specimen, bytes.subarray(0, Math.floor((whole + bytes.length) / 2)));
        expect(cut).toEqual(settled);
      }
    });

    it('reads Windows line ends, byte order marks and UTF-16 alike', () => {
      for (const specimen of all) {
        const text = specimen.content;
        if (typeof text !== 'string') continue;
        const windows = text.replaceAll('\n', '\r\n');
        const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(windows, 'utf16le')]);
        for (const variant of [Buffer.from(windows), Buffer.from(`\uFEFF${text}`), utf16]) {
          expect(readParts(format, specimen, variant, [1, 2, 3]).points).toEqual(specimen.points);
        }
      }
    });

    it('reads anew what was written anew', async () => {
      const path = place(nonFinite, 'anew');
      writeFileSync(path, nonFinite.content);
      const follower = followCurve({ path, format: format.name, pollMs: 20, onPoints: () => undefined });
      await new Promise((resolve) => setTimeout(resolve, 60));
      writeFileSync(path, resumed.content);
      expect((await follower.finish())?.points).toEqual(resumed.points);
    });

    it('makes an empty curve with a warning of an empty file', async () => {
      const path = place(nonFinite, 'empty');
      writeFileSync(path, '');
      const curve: Curve = await readCurve(path, { format: format.name });
      expect(curve.points).toEqual([]);
      expect(curve.warnings).toHaveLength(1);
    });

    it('passes over lines of 10 MB', () => {
      const [specimen] = specimens;
      if (!specimen || typeof specimen.content !== 'string' || garbage === undefined) return;
      const bytes = Buffer.from(`${specimen.content.replace(/\n?$/, '\n')}${'x'.repeat(10_000_000)}\n`);
      const { points } = readParts(format, specimen, bytes, [1000, 5_000_000]);
      expect(points).toEqual(specimen.points);
    });

    it('survives garbage between its lines', () => {
      const [specimen] = specimens;
      if (!specimen || typeof specimen.content !== 'string' || garbage === undefined) return;
      for (const line of garbage.lines) {
        const { points, warnings } = readParts(
          format,
          specimen,
          Buffer.from(`${specimen.content.replace(/\n?$/, '\n')}${line}\n`),
          [],
        );
        expect(points).toEqual(specimen.points);
        if (garbage.isWarned) expect(warnings.length).toBeGreaterThan(0);
      }
    });
  });
}

function member(specimen: Specimen): { path: string; name: string } {
  return { path: specimen.file, name: basename(specimen.file) };
}

function readParts(format: MetricFormat, specimen: Specimen, bytes: Buffer, cuts: readonly number[]): Curve {
  const builder = new CurveBuilder();
  const reader = format.open(member(specimen), builder);
  if (reader.kind === 'polled') throw new Error('polled sources are tested by their own format');
  if (reader.kind === 'document') {
    reader.read(bytes, true);
    return builder.build(format.name, specimen.file);
  }
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    if (cut < from) continue;
    // Readers must not keep the buffer they are given.
    const lent = Buffer.from(bytes.subarray(from, cut));
    reader.push(lent);
    lent.fill(0x21);
    from = cut;
  }
  reader.end();
  return builder.build(format.name, specimen.file);
}

function pushed(format: MetricFormat, specimen: Specimen, bytes: Buffer): Point[] {
  const builder = new CurveBuilder();
  const reader = format.open(member(specimen), builder);
  if (reader.kind === 'stream') reader.push(bytes);
  return builder.build(format.name, specimen.file).points;
}
