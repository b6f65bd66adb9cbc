// Makes the README's pictures from a real run of examples/digits: the live view and the final screen as they stand in a
// terminal (tmux), and the plot. Usage: npm run build && node scripts/make-pictures.mjs
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const images = join(root, 'docs', 'images');
const folder = join(mkdtempSync(join(tmpdir(), 'pawl-pictures-')), 'digits');
cpSync(join(root, 'examples', 'digits'), folder, {
  recursive: true,
  filter: (path) => !/(\.pawl|optimization|checkpoints)/.test(path.slice(root.length)),
});
const columns = 100;
const tmux = (...args) => execFileSync('tmux', ['-L', 'pawl-pictures', ...args], { encoding: 'utf8' });
const screen = (...more) => tmux('capture-pane', '-p', '-e', '-t', 'pawl', ...more);

tmux('new-session', '-d', '-s', 'pawl', '-x', String(columns), '-y', '34', '-c', folder, 'bash', '--norc');
tmux(
  'send-keys',
  '-t',
  'pawl',
  `PS1='$ '; clear; node ${join(root, 'bin', 'pawl')} optimize --slots 2; echo READY`,
  'Enter',
);
let live = '';
let all = '';
for (let i = 0; i < 600; i++) {
  await sleep(200);
  const now = screen();
  // The frame with most on it: two trainings under way and long curves.
  if (richness(now) >= richness(live)) live = now;
  all = screen('-S', '-200');
  if (/^READY/m.test(strip(all))) break;
}
tmux('kill-server');
const lines = all.split('\n');
const plain = lines.map(strip);
const from = plain.findIndex((line) => line.startsWith('✓ Optimization config'));
const to = plain.findIndex((line) => line.startsWith('READY'));
if (from < 0 || to < 0) throw new Error(`the run did not end as expected:\n${plain.join('\n')}`);
writeFileSync(join(images, 'terminal-live.svg'), toSvg(trim(live.split('\n'))));
writeFileSync(
  join(images, 'terminal-result.svg'),
  toSvg(['$ pawl optimize --project examples/digits', ...trim(lines.slice(from, to))]),
);
copyFileSync(join(folder, 'results/optimization/comparison.png'), join(images, 'comparison.png'));
rmSync(dirname(folder), { recursive: true, force: true });

/** Long curves, and trainings under way that are ahead or behind: the more of both, the better. */
function richness(frame) {
  const running = (strip(frame).match(/[▲▼] .*(?:ahead|behind)/g) ?? []).length;
  return (frame.match(/[\u2801-\u28FF]/g) ?? []).length * (0.1 + running);
}

function strip(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001B\[[0-9;]*m/g, '');
}

function trim(rows) {
  const used = rows.map((row) => strip(row).trim() !== '');
  return rows.slice(used.indexOf(true), used.lastIndexOf(true) + 1);
}

/** A terminal as SVG: one <text> a row, one <tspan> a run of one style. */
function toSvg(rows) {
  const colours = ['#3b4252', '#bf616a', '#a3be8c', '#ebcb8b', '#81a1c1', '#b48ead', '#88c0d0', '#e5e9f0'];
  const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const body = rows.map((row, y) => {
    let style = { fill: '#d8dee9', bold: false, dim: false };
    let spans = '';
    for (const part of row.split(/(?=\u001B\[)/)) {
      const match = /^\u001B\[([0-9;]*)m/.exec(part);
      let text = part;
      if (match) {
        text = part.slice(match[0].length);
        const codes = (match[1] || '0').split(';').map(Number);
        for (let i = 0; i < codes.length; i++) {
          const code = codes[i];
          if (code === 0) style = { fill: '#d8dee9', bold: false, dim: false };
          else if (code === 1) style = { ...style, bold: true };
          else if (code === 2) style = { ...style, dim: true };
          else if (code === 22) style = { ...style, bold: false, dim: false };
          else if (code === 39) style = { ...style, fill: '#d8dee9' };
          else if (code >= 30 && code <= 37) style = { ...style, fill: colours[code - 30] };
          else if (code >= 90 && code <= 97) style = { ...style, fill: colours[code - 90] };
          else if (code === 38 && codes[i + 1] === 2)
            style = { ...style, fill: `rgb(${codes.slice(i + 2, i + 5).join(',')})` };
          if (code === 38) i += codes[i + 1] === 2 ? 4 : 2;
        }
      }
      if (text === '') continue;
      const weight = style.bold ? ' font-weight="bold"' : '';
      spans += `<tspan fill="${style.fill}"${weight}${style.dim ? ' opacity="0.6"' : ''}>${escape(text)}</tspan>`;
    }
    return `<text x="16" y="${44 + y * 19}" xml:space="preserve" textLength="${(strip(row).length * 8.43).toFixed(1)}">${spans}</text>`;
  });
  const width = 32 + Math.max(...rows.map((row) => strip(row).length)) * 8.43;
  const height = 56 + rows.length * 19;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
<rect width="100%" height="100%" rx="8" fill="#2e3440"/>
<circle cx="18" cy="16" r="5" fill="#bf616a"/><circle cx="36" cy="16" r="5" fill="#ebcb8b"/><circle cx="54" cy="16" r="5" fill="#a3be8c"/>
${body.join('\n')}
</svg>
`;
}
