import { defineErrors } from '../errors.ts';

export const configError = defineErrors({
  CONFIG_NOT_FOUND: {
    exit: 2,
    about: 'The config file does not exist. Check the path in pawl.yaml or after --config.',
  },
  CONFIG_IS_DIRECTORY: {
    exit: 2,
    about: 'A folder was given where a config file is needed. Name the file in it.',
  },
  CONFIG_UNREADABLE: {
    exit: 2,
    about: 'The operating system refused to read the config file. Check its permissions.',
  },
  CONFIG_TOO_LARGE: {
    exit: 2,
    about:
      'The config file is larger than any config should be; most likely it is data. Name the right file.',
  },
  CONFIG_BINARY: {
    exit: 2,
    about: 'The config file is not text (a checkpoint, an archive, …). Name the right file.',
  },
  CONFIG_ENCODING: { exit: 2, about: 'The config file is not UTF-8. Save it as UTF-8.' },
  CONFIG_EMPTY: { exit: 2, about: 'The config file holds no values.' },
  CONFIG_FORMAT_UNKNOWN: {
    exit: 2,
    about:
      'Only YAML, JSON and TOML configs can be edited. For other configs (Python files) use command-line overrides.',
  },
  CONFIG_SYNTAX: { exit: 2, about: 'The config file breaks the rules of its syntax at the line given.' },
  CONFIG_TABS: { exit: 2, about: 'A YAML line is indented with a tab. Indent with spaces.' },
  CONFIG_MULTI_DOCUMENT: {
    exit: 2,
    about: 'The YAML file holds several documents. Keep one document per file.',
  },
  CONFIG_NOT_MAPPING: { exit: 2, about: 'The top level of a config must be a mapping of keys to values.' },
  CONFIG_DUPLICATE_KEY: {
    exit: 2,
    about: 'A key stands twice in one mapping; readers disagree on which one counts. Remove one of them.',
  },
  CONFIG_KEY_REFUSED: {
    exit: 2,
    about:
      'The keys __proto__, constructor and prototype are refused, because they can reach into a program.',
  },
  CONFIG_KEY_UNSUPPORTED: {
    exit: 2,
    about: 'A key is a list, a mapping, empty or very long. Keys must be words or numbers.',
  },
  CONFIG_ALIAS_BOMB: {
    exit: 2,
    about: 'The aliases of a YAML file expand to far more values than a config can hold.',
  },
  CONFIG_ALIAS_RECURSIVE: { exit: 2, about: 'A YAML alias contains itself.' },
  CONFIG_TOO_DEEP: { exit: 2, about: 'The config is nested deeper than a config can sensibly be.' },
  CONFIG_EDIT_PATH: {
    exit: 2,
    about: 'A change names a path that cannot exist in the config: through a plain value, or outside a list.',
  },
  CONFIG_EDIT_ABSENT: {
    exit: 2,
    about: 'A change of kind "changed" or "removed" names a path the config does not have.',
  },
  CONFIG_EDIT_EXISTS: { exit: 2, about: 'A change of kind "new" names a path the config already has.' },
  CONFIG_VALUE_UNWRITABLE: {
    exit: 2,
    about: 'The format of the config cannot hold the new value (null in TOML, NaN in JSON, …).',
  },
  CONFIG_EDIT_UNSUPPORTED: {
    exit: 2,
    about:
      'The place of a change is written in a way that cannot be edited safely. Rewrite that place by hand.',
  },
  CONFIG_EDIT_DIVERGED: {
    exit: 1,
    about:
      'After an edit, the config did not read back as intended, so nothing was written. This is a bug: report it with the config.',
  },
});
