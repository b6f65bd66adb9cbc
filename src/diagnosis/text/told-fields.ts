/*
 * Names under which JSON and YAML reports keep what a diagnosis says.
 */

export const ROOT_CAUSE =
  /^(?:root_?causes?|primary_?(?:issue|cause)|diagnos[ie]s|issues?|problems?|causes?|main_?issue)$/iu;
export const TARGET = /^(?:target|goal|objective|target_?metric)$/iu;
export const RECOMMENDATIONS =
  /^(?:recommendations?|recommended_?(?:changes|actions)|actions?|fixes|suggestions|proposals|proposed_?changes|changes|config_?changes|interventions|remedies)$/iu;
export const PREVIEW =
  /^(?:(?:proposed|recommended|optimi[sz]ed|new|suggested|updated)_?config(?:uration)?|config_?preview|optimi[sz]ation_?config)$/iu;
export const BASELINE = /^(?:baseline|metrics|baseline_?metrics|results|performance|current_?metrics)$/iu;
export const EXPECTED = /^expected/iu;
export const KEEP = /^(?:keep|unchanged|do_?not_?change)$/iu;
export const LATER = /^(?:alternatives?|rejected|future(?:_?work)?|later|not_?recommended|considered)$/iu;
export const TITLE = [
  'title',
  'name',
  'action',
  'recommendation',
  'summary',
  'description',
  'text',
  'what',
  'advice',
  'fix',
];
export const PATH = [
  'path',
  'param',
  'parameter',
  'key',
  'config_key',
  'config_path',
  'setting',
  'field',
  'hyperparameter',
  'config',
  'name',
];
export const TO = [
  'to',
  'new',
  'new_value',
  'proposed',
  'proposed_value',
  'recommended',
  'recommended_value',
  'suggested',
  'suggested_value',
  'value',
  'after',
  'target',
  'target_value',
];
export const FROM = [
  'from',
  'current',
  'current_value',
  'old',
  'old_value',
  'before',
  'baseline',
  'baseline_value',
];
export const NESTED =
  /^(?:changes?|config(?:uration)?(?:_?(?:changes?|updates?|diff|patch))?|patch|set|overrides?|updates?|params?|parameters|settings|edits?)$/iu;
export const ATTRIBUTES: Readonly<Record<string, string>> = {
  impact: 'Impact',
  effort: 'Effort',
  risk: 'Risk',
  expected: 'Expected',
  expected_impact: 'Expected impact',
  expected_effect: 'Expected',
  expected_improvement: 'Expected',
  status: 'Status',
};
