import { parseLiteral } from '../claims/literal.ts';
import type { SourceLine } from '../text/lines.ts';
import { entry, readComment, type Entry } from './entry.ts';
import { splitKey } from './line-syntax.ts';

/** Flags that say where and how to run rather than what to train. */
const PLUMBING =
  /^(?:config|cfg|config[_-]?(?:file|name|path|dir)|conf|output|out|output[_-]?dir|out[_-]?dir|save[_-]?dir|log[_-]?dir|results?(?:[_-]?dir)?|resume|checkpoint|ckpt|name|run[_-]?name|exp(?:eriment)?(?:[_-]?name)?|project|data|data[_-]?(?:dir|path|root)|dataset|device|gpus?|num[_-]?gpus|nproc.*|workers|seed|help|verbose|quiet|debug|diagnostic|iteration|strategy|baseline|tag|notes|wandb.*|port|file|m|c|multirun)$/iu;
const WORD = /"(?:[^"\\]|\\.){0,300}"|'[^']{0,300}'|\S{1,300}/gu;

function unquoted(text: string): string {
  return /^(["']).*\1$/su.test(text) ? text.slice(1, -1) : text;
}

/** Settings given on a command line: `--dropout 0.5`, `--weight-decay=1e-4`, `optimizer.lr=3e-4`, `--use-amp`. */
export function readShellEntries(lines: readonly SourceLine[]): Entry[] {
  const entries: Entry[] = [];
  let continues = false;
  for (const { text, line } of lines) {
    const command = text.replace(/^\s*[$>%]\s+/u, '').trim();
    const comment = /\s#(.*)$/u.exec(command)?.[1];
    const noted = comment === undefined ? null : readComment(comment);
    if (command === '' || command.startsWith('#')) continue;
    const words = [
      ...command
        .replace(/\\\s*$/u, '')
        .replace(/\s#.*$/u, '')
        .matchAll(WORD),
    ].map((match) => match[0]);
    const isCommand: boolean =
      continues ||
      /^(?:python3?|torchrun|accelerate|deepspeed|uv|poetry|srun|sbatch|bash|sh|\.\/|make|yolo|pawl|CUDA_|[A-Z_]+=|nohup|time|--|\+|[\w.]+=)/u.test(
        command,
      );
    continues = isCommand && /\\\s*$/u.test(text);
    if (!isCommand) continue;
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] as string;
      const flag = /^--?([A-Za-z][\w.-]{0,80})(?:=(.*))?$/su.exec(word);
      if (flag && word.startsWith('--')) {
        const name = (flag[1] as string).replaceAll('-', '_');
        const next = words[at + 1];
        const value =
          flag[2] ??
          (next !== undefined && !/^-{1,2}[A-Za-z]/u.test(next) && !/^[\w.]+=/u.test(next)
            ? next
            : undefined);
        if (flag[2] === undefined && value !== undefined) at += 1;
        if (PLUMBING.test(name)) continue;
        if (value === undefined) {
          const isOff = /^(?:no|disable|without)_/iu.test(name);
          const key = name.replace(/^(?:no|disable|without|enable|use)_/iu, '');
          entries.push(entry(splitKey(key), { kind: 'toggle', on: !isOff }, line, noted, { call: 'flag' }));
          continue;
        }
        const literal = parseLiteral(unquoted(value));
        if (literal)
          entries.push(
            entry(splitKey(name), { kind: 'set', to: literal, from: null }, line, noted, { call: 'flag' }),
          );
        continue;
      }
      const pair = /^\+{0,2}([a-z_][\w.]{0,120})=(.+)$/su.exec(word);
      if (pair && !PLUMBING.test(pair[1] as string)) {
        const literal = parseLiteral(unquoted(pair[2] as string));
        if (literal)
          entries.push(
            entry(splitKey(pair[1] as string), { kind: 'set', to: literal, from: null }, line, null, {
              call: 'flag',
            }),
          );
      }
    }
  }
  return entries;
}
