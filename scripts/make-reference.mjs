// Writes docs/reference/{cli,configuration,errors}.md from the tables that the program itself uses: the option table,
// the schema of pawl.yaml and the errors of every room; and into the other pages the files that they show
// (`<!-- path -->` before a fence). Needs `npm run build` first.
//   node scripts/make-reference.mjs [--check]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { capabilities } from '../dist/cli/capabilities.js';
import { projectJsonSchema } from '../dist/init/json-schema.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const made = (from) => `<!-- Made from ${from} by scripts/make-reference.mjs; do not edit. -->\n`;
const cell = (text) =>
  String(text)
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
    .replaceAll(/<(?=\w)/g, '&lt;');
const code = (text) => `\`${String(text).replaceAll('|', '\\|')}\``;
const table = (head, rows) =>
  [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');

async function cli() {
  const { commands, exitCodes, decisionCodes } = await capabilities();
  const parts = commands.map(({ name, description, arguments: args, options, examples }) =>
    [
      `## pawl ${name}`,
      cell(description),
      `\`\`\`text\npawl ${name}${options.length > 0 ? ' [options]' : ''}${args.map((arg) => ` ${arg.name}`).join('')}\n\`\`\``,
      args.length > 0 &&
        table(
          ['argument', 'is'],
          args.map((arg) => [
            code(arg.name),
            cell(arg.about) + (arg.choices ? ` (${arg.choices.map(code).join(', ')})` : ''),
          ]),
        ),
      options.length > 0 &&
        table(
          ['option', 'does'],
          options.map((option) => [
            code(option.flags),
            (option.group?.startsWith('With ')
              ? `${option.group.replace(/^With (.*)$/, 'With `$1`')}: `
              : '') +
              cell(option.about) +
              (option.choices ? ` (${option.choices.map(code).join(', ')})` : '') +
              (option.default === null ? '' : ` (default: ${code(option.default)})`),
          ]),
        ),
      ...examples.map(({ command, about }) => `\`\`\`sh\n${command}   # ${about}\n\`\`\``),
    ]
      .filter(Boolean)
      .join('\n\n'),
  );
  return `${made('the option table')}
# Commands

Data goes to stdout, progress and messages to stderr. With \`--json\` a command prints one JSON document, on failure too.

## Exit codes

${table(
  ['code', 'says'],
  exitCodes.map((each) => [each.code, cell(each.about)]),
)}

With \`pawl optimize --exit-code\` the decision is told instead of 0: ${Object.entries(decisionCodes)
    .map(([decision, number]) => `${decision} ${number}`)
    .join(', ')}.

${parts.join('\n\n')}
`;
}

function configuration() {
  const typeOf = (schema) => {
    if (schema.const !== undefined) return code(JSON.stringify(schema.const));
    if (schema.enum) return schema.enum.map((value) => code(JSON.stringify(value))).join(', ');
    const many = schema.anyOf ?? schema.oneOf;
    if (many) return [...new Set(many.map(typeOf))].join(' or ');
    if (schema.type === 'array') return schema.items ? `list of ${typeOf(schema.items)}` : 'list';
    if (Array.isArray(schema.type)) return schema.type.join(' or ');
    return schema.type === 'object' ? 'mapping' : (schema.type ?? 'any');
  };
  const visit = (schema, path, required, rows) => {
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      const name = path === '' ? key : `${path}.${key}`;
      if (rows.some(([known]) => known === code(name))) continue;
      const isRequired = required && (schema.required ?? []).includes(key);
      // Of a mapping each key says its own.
      const isPlain = child.default !== undefined && typeof child.default !== 'object';
      const facts = [
        cell(typeOf(child)),
        isRequired ? '**required**' : '',
        isPlain ? `default: ${code(JSON.stringify(child.default))}` : '',
      ].filter((fact) => fact !== '');
      rows.push([code(name), facts.join('; '), cell(child.description ?? '')]);
      visit(child, name, isRequired, rows);
      for (const each of child.anyOf ?? child.oneOf ?? []) visit(each, name, false, rows);
    }
    return rows;
  };
  const rows = visit(projectJsonSchema(), '', true, []);
  const top = rows.filter(([name]) => !name.includes('.'));
  const within = (name) => rows.filter(([each]) => each.startsWith(`${name.slice(0, -1)}.`));
  const HEAD = ['key', 'value', 'says'];
  return `${made('the schema of pawl.yaml')}
# pawl.yaml

The project file is searched from the working directory upward, or named with \`--project\`. Editors complete and check it by
\`schema/pawl.schema.json\` of the package; \`pawl init\` writes the line that tells them so.

${table(HEAD, top)}

${top
  .filter(([name]) => within(name).length > 0)
  .map(([name, , says]) => `## ${name.slice(1, -1)}\n\n${says}\n\n${table(HEAD, within(name))}`)
  .join('\n\n')}
`;
}

/** Headings of the errors, by the room that they are from. */
const ROOMS = {
  cli: 'The command line',
  project: 'pawl.yaml',
  init: 'Proposing a pawl.yaml',
  diagnosis: 'Reports and diagnoses',
  config: 'Config files and changes',
  metrics: 'Logs',
  execution: 'Running a training',
  study: 'Studies',
  store: 'The store',
  evidence: 'Evidence',
  search: 'Search spaces and samplers',
  'ask-tell': 'ask-tell',
  optuna: 'Optuna storages',
  compare: 'Comparing',
  report: 'Writing reports',
  trainer: 'pawl-train',
  tracking: 'Writing to a tracker',
  mcp: 'MCP',
};

async function errors() {
  const found = new Map();
  for (const file of readdirSync(join(root, 'src'), { recursive: true })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file === 'errors.ts') continue;
    if (!readFileSync(join(root, 'src', file), 'utf8').includes('defineErrors(')) continue;
    const module_ = await import(pathToFileURL(join(root, 'dist', file.replace(/\.ts$/, '.js'))).href);
    const tables = Object.values(module_).filter((value) => typeof value?.table === 'object');
    if (tables.length === 0) throw new Error(`src/${file} defines errors but exports none of them`);
    const room = file.includes('/') ? file.split(/[/\\]/)[0] : 'cli';
    ROOMS[room] ??= room;
    for (const { table: codes } of tables)
      for (const [name, { exit, about }] of Object.entries(codes)) found.set(name, { exit, about, room });
  }
  const entry = (name, text) => `### ${name}\n\n${cell(text)}`;
  const byName = ([a], [b]) => a.localeCompare(b);
  const parts = Object.entries(ROOMS).flatMap(([room, title]) => {
    const codes = [...found].filter(([, each]) => each.room === room).toSorted(byName);
    if (codes.length === 0) return [];
    return [`## ${title}`, ...codes.map(([name, { exit, about }]) => entry(name, `Exit ${exit}. ${about}`))];
  });
  const { RUN_ENDS } = await import('../dist/study/run-ends.js');
  const ends = Object.entries(RUN_ENDS)
    .filter(([name]) => !found.has(name))
    .toSorted(byName)
    .map(([name, about]) => entry(name, about));
  return `${made('the errors of every room')}
# Errors

Every error says what is wrong, where, and what to do. Its code is stable: \`--json\` carries it as \`error.code\`, and the code of
a training that failed stands in the run's \`failure\`. [Troubleshooting](../troubleshooting.md) starts from what you see
instead.

${parts.join('\n\n')}

## Ends of runs

These codes stand in a run's \`failure\` and are no errors of a command.

${ends.join('\n\n')}
`;
}

/** A page with the files it shows as they are now. */
function withFiles(page) {
  return readFileSync(join(root, page), 'utf8').replaceAll(
    /(<!-- ([\w./-]+\.\w+) -->\n+```\w+\n)[\s\S]*?(?<=\n)(```\n)/g,
    (_, head, file, end) => `${head}${readFileSync(join(root, file), 'utf8').trimEnd()}\n${end}`,
  );
}

const pages = {
  'docs/reference/cli.md': await cli(),
  'docs/reference/configuration.md': configuration(),
  'docs/reference/errors.md': await errors(),
  'docs/extending.md': withFiles('docs/extending.md'),
};
let isStale = false;
for (const [name, text] of Object.entries(pages)) {
  const file = join(root, name);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    isStale = true;
    console.error(`${name} is stale: run node scripts/make-reference.mjs`);
  }
}
process.exitCode = isStale ? 1 : 0;
