/** What a `type:` means: whole or real, log or not; or choices. */
export interface Shape {
  kind: 'float' | 'int' | 'categorical' | 'ordinal' | 'constant' | 'any';
  isLog: boolean;
}

const float = { kind: 'float', isLog: false } as const;
const logFloat = { kind: 'float', isLog: true } as const;
const int = { kind: 'int', isLog: false } as const;
const logInt = { kind: 'int', isLog: true } as const;
const categorical = { kind: 'categorical', isLog: false } as const;

/** Names that people know from other tools, lower case, without `_`, `-` and blanks. */
const SHAPES: Readonly<Record<string, Shape>> = {
  uniform: float,
  float,
  double: float,
  real: float,
  range: float,
  quniform: float,
  loguniform: logFloat,
  loguniformvalues: logFloat,
  logfloat: logFloat,
  qloguniform: logFloat,
  qloguniformvalues: logFloat,
  reciprocal: logFloat,
  log: logFloat,
  int,
  integer: int,
  randint: int,
  intuniform: int,
  uniformint: int,
  quniformint: int,
  discrete: int,
  logint: logInt,
  loginteger: logInt,
  intlog: logInt,
  lograndint: logInt,
  loguniformint: logInt,
  categorical,
  choice: categorical,
  choices: categorical,
  choose: categorical,
  enum: categorical,
  bool: categorical,
  boolean: categorical,
  ordinal: { kind: 'ordinal', isLog: false },
  grid: { kind: 'any', isLog: false },
  list: { kind: 'any', isLog: false },
  values: { kind: 'any', isLog: false },
  constant: { kind: 'constant', isLog: false },
  fixed: { kind: 'constant', isLog: false },
};

/** The names to show; the others are understood. */
export const SHOWN_TYPES = ['uniform', 'loguniform', 'int', 'logint', 'categorical', 'ordinal'];

export function shapeOf(type: string): Shape | undefined {
  const plain = type.toLowerCase().replaceAll(/[\s_-]/gu, '');
  return Object.hasOwn(SHAPES, plain) ? SHAPES[plain] : undefined;
}

export function isBooleanType(type: string): boolean {
  return /^bool(ean)?$/i.test(type.trim());
}
