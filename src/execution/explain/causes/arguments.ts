import type { Cause } from '../cause.ts';

const COMPARE = 'Compare `train:` in pawl.yaml with the --help of the training program.';
const refused = 'TRAINING_ARGUMENTS_REFUSED';
const config = 'TRAINING_CONFIG_REFUSED';

/** Command lines and configurations that the training program does not take. */
export const argumentCauses: readonly Cause[] = [
  {
    code: refused,
    pattern: /error: (?:unrecognized|Unrecognized) arguments?:? (.+)/u,
    remedy: `The program does not know $1. ${COMPARE}`,
  },
  {
    code: refused,
    pattern: /error: the following arguments are required: (.+)/u,
    remedy: `Add $1 to \`train:\` in pawl.yaml.`,
  },
  {
    code: refused,
    pattern:
      /error: (?:ambiguous option|argument [^\n:]+:|one of the arguments|invalid choice|unknown option|too few arguments|Parser key|Validation failed|No action for (?:destination )?key)/u,
    remedy: COMPARE,
  },
  {
    code: refused,
    pattern:
      /\bNo such (?:option|command):? |Missing (?:option|argument|parameter)\b|Got unexpected extra arguments?|Invalid value for '|Unexpected (?:option|argument)/u,
    remedy: COMPARE,
  },
  {
    code: refused,
    pattern:
      /Unknown command line flag|FATAL Flags parsing error|Could not consume arg:|received no value for the required argument|arguments are not used by the HfArgumentParser|[Uu]nrecogni[sz]ed (?:option|flag|argument)s?|[Uu]nknown (?:option|flag|argument)s?\b|(?:invalid|illegal) option|unexpected argument '|flag provided but not defined/u,
    remedy: COMPARE,
  },
  {
    code: config,
    pattern: /Could not override '([^']+)'|Key '([^']+)' is not in struct|Key '([^']+)' not in '/u,
    remedy: "The configuration has no '$1$2$3': correct the name, or add it with a leading '+' (Hydra).",
  },
  {
    code: config,
    pattern: /MissingMandatoryValue|Missing mandatory value: (\S+)/u,
    remedy: 'Give the configuration a value for $1.',
  },
  {
    code: config,
    pattern:
      /MissingConfigException|Cannot find primary config|Could not find '[^']+'|InterpolationKeyError|InterpolationResolutionError|ConfigAttributeError|ConfigKeyError|ConfigCompositionException|hydra\.errors\.\w+|omegaconf\.errors\.\w+|You must specify '[^']+'|LexerNoViableAltException|no viable alternative at input/u,
    remedy: 'Correct the configuration; `pawl plan` shows what Pawl changes in it.',
  },
  {
    code: config,
    pattern:
      /yaml\.(?:scanner|parser|constructor|composer|reader)\.\w+|TOMLDecodeError|JSONDecodeError|Error parsing (?:config|yaml|json|toml)/iu,
    remedy: 'A configuration or data file is not what its format asks for; the message says where.',
  },
  {
    code: config,
    pattern:
      /\d+ validation errors? for \w+|pydantic\S*\.ValidationError|jsonschema\S*\.ValidationError|marshmallow\S*\.ValidationError|schema validation failed/iu,
    remedy: 'Correct the value that is named; `pawl plan` shows what Pawl changes in the configuration.',
  },
];
