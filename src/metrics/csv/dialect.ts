/** How a table is written. */
export interface Dialect {
  /** One character, or a space for columns parted by any amount of white space. */
  delimiter: string;
  /** `0,83` is a number (tables of locales that write it so, delimited by semicolons or tabs). */
  decimalComma: boolean;
}

const DELIMITERS = [',', '\t', ';', '|', ' '];

/** The delimiter that parts header and first row into the same, largest number of cells; in doubt the more usual one. */
export function chooseDialect(header: string, row: string | undefined): Dialect {
  let best = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const columns = splitRow(header, delimiter).length;
    if (columns < 2) continue;
    const cells = row === undefined ? columns : splitRow(row, delimiter).length;
    const agreement = cells === columns ? 1 : cells > 1 ? 0.3 : 0;
    // A delimiter that stands in names too (`val loss`) or between thousands loses to one that parts evenly.
    const score = agreement * (delimiter === ' ' ? 0.5 : 1) * (1 + columns / 1000);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  const decimalComma =
    best !== ',' &&
    row !== undefined &&
    /(?:^|[\t;|"\s])[-+]?\d+,\d+(?:[eE][-+]?\d+)?(?:$|[\t;|"\s])/.test(row) &&
    !/\d\.\d/.test(row);
  return { delimiter: best, decimalComma };
}

/** Cells of a row, trimmed and without quotes. */
export function splitRow(line: string, delimiter: string): string[] {
  if (delimiter === ' ') return line.trim().split(/\s+/).map(unquote);
  const body = delimiter === '|' ? line.trim().replace(/^\|/, '').replace(/\|$/, '') : line;
  if (!body.includes('"')) return body.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < body.length; i++) {
    const char = body.charAt(i);
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (body[i + 1] === '"') {
        cell += '"';
        i++;
      } else isQuoted = false;
    } else if (char === '"' && cell.trim() === '') {
      isQuoted = true;
      cell = '';
    } else if (char === delimiter) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  cells.push(cell.trim());
  return cells;
}

/** Whether a quoted cell goes on after the end of the line. */
export function isOpen(line: string): boolean {
  let quotes = 0;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) quotes++;
  return quotes % 2 === 1;
}

function unquote(cell: string): string {
  return cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell;
}
