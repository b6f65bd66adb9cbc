// Collects measured figures against expected ones, prints them as a table and tells whether all were within tolerance.

/** Reads `--name value` and `--name=value` from the command line. */
export function option(name, fallback) {
  const { argv } = process;
  for (const [i, word] of argv.entries()) {
    if (word === `--${name}`) return argv[i + 1];
    if (word.startsWith(`--${name}=`)) return word.slice(name.length + 3);
  }
  return fallback;
}

export class Scoreboard {
  #lines = [];
  #misses = 0;
  #checked = 0;

  heading(text) {
    this.#lines.push('', text, '');
  }

  text(line) {
    this.#lines.push(line);
  }

  /** A cell `measured (expected ± tolerance)`, marked where it misses. */
  check(measured, expected, tolerance, digits = 1) {
    this.#checked++;
    const isHit = Math.abs(measured - expected) <= tolerance + 1e-9;
    if (!isHit) this.#misses++;
    return `${measured.toFixed(digits)} (${expected.toFixed(digits)})${isHit ? '' : ' MISS'}`;
  }

  /** A cell that must not exceed a bound. */
  atMost(measured, bound, digits = 1, unit = '') {
    this.#checked++;
    const isHit = measured <= bound;
    if (!isHit) this.#misses++;
    return `${measured.toFixed(digits)}${unit} (≤ ${bound}${unit})${isHit ? '' : ' MISS'}`;
  }

  table(header, rows) {
    const all = [header, ...rows];
    const widths = header.map((_, column) => Math.max(...all.map((row) => String(row[column]).length)));
    const line = (row) => `| ${row.map((cell, column) => String(cell).padEnd(widths[column])).join(' | ')} |`;
    this.#lines.push(
      line(header),
      `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
      ...rows.map(line),
    );
  }

  /** Prints everything; the process fails when a figure missed. */
  finish(startedAt) {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const score = `${this.#checked - this.#misses} of ${this.#checked} figures within tolerance; `;
    this.#lines.push('', `${this.#checked > 0 ? score : ''}${seconds} s`, '');
    process.stdout.write(this.#lines.join('\n'));
    if (this.#misses > 0) process.exitCode = 1;
  }
}
