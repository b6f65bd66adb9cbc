/** A line of the input; `text` is null where it was too long to be kept. */
export interface InputLine {
  number: number;
  text: string | null;
}

const LONGEST = 1024 * 1024;

/** Cuts a byte stream into lines; an endless one costs no more than the longest that is allowed. */
export async function* linesOf(input: AsyncIterable<Buffer | string>): AsyncGenerator<InputLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 0;
  const take = (): InputLine => {
    number += 1;
    const text = length > LONGEST ? null : Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    parts = [];
    length = 0;
    return { number, text };
  };
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    let from = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      keep(bytes.subarray(from, at));
      from = at + 1;
      yield take();
    }
    keep(bytes.subarray(from));
  }
  if (length > 0) yield take();

  function keep(bytes: Buffer): void {
    length += bytes.length;
    if (length > LONGEST) parts = [];
    else parts.push(bytes);
  }
}
