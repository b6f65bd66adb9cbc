export type Verdict = 'better' | 'not-better' | 'inconclusive' | 'unstable' | 'unverified';

export type Decision = 'finalize' | 'iterate' | 'rediagnose' | 'accept';

export type EvidenceLevel = 'quick' | 'standard' | 'thorough';
