import type { ConfigValue } from '../../config/value.ts';
import type { CurveDiagnosis } from '../diagnose.ts';
import type { FoundIssue } from '../rules/examine.ts';

interface IssueDocument {
  issue: string;
  confidence: number;
  evidence: string[];
  against: string[];
  degree: string | null;
  explainedBy: string | null;
}

/** The document of `pawl diagnose --json`. */
export interface DiagnosisDocument {
  schemaVersion: 1;
  primary: IssueDocument;
  secondary: IssueDocument[];
  /** What may lie behind the primary issue; curves cannot prove it. */
  suspicions: { suspect: string; cause: string; evidence: string[]; wouldTell: string }[];
  recommendations: {
    number: number;
    title: string;
    changes: { path: string; kind: string; from: ConfigValue; to: ConfigValue }[];
    impact: string;
    effort: string;
    risk: string;
    expected: { low: number; high: number; unit: 'points' | '%'; basis: string };
    reason: string;
    refutedBy: string;
    cures: string | null;
  }[];
  withheld: string[];
  decision: string;
  reason: string;
  next: string;
  metric: {
    name: string | null;
    goal: string;
    train: string | null;
    trainLoss: string | null;
    valLoss: string | null;
  };
  target: { value: number; isMet: boolean | null } | null;
  runs: {
    label: string;
    seed: number | null;
    /** What `epochs` and `best.epoch` count. */
    unit: string;
    epochs: number;
    best: { epoch: number; value: number } | null;
  }[];
  /** The written report; null where none was written. */
  report: string | null;
  plot: string | null;
  warnings: string[];
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function issueDocument({
  issue,
  confidence,
  evidence,
  against,
  degree,
  explainedBy,
}: FoundIssue): IssueDocument {
  return { issue, confidence: rounded(confidence), evidence, against, degree, explainedBy };
}

/** A diagnosis as the stable JSON contract. */
export function diagnosisJson(
  diagnosis: CurveDiagnosis,
  files: { report: string | null; plot: string | null; next: string },
): DiagnosisDocument {
  const { names, runs, target, isTargetMet } = diagnosis;
  return {
    schemaVersion: 1,
    primary: issueDocument(diagnosis.primary),
    secondary: diagnosis.secondary.map(issueDocument),
    suspicions: diagnosis.suspicions.map((each) => ({ ...each, evidence: [...each.evidence] })),
    recommendations: diagnosis.recommendations.map(
      ({ number, title, changes, impact, effort, risk, expected, reason, refutedBy, cures }) => ({
        number,
        title,
        changes: changes.map((change) => ({ ...change })),
        impact,
        effort,
        risk,
        expected: { ...expected, unit: names.scale === 'other' ? '%' : 'points' },
        reason,
        refutedBy,
        cures,
      }),
    ),
    withheld: diagnosis.withheld,
    decision: diagnosis.decision,
    reason: diagnosis.reason,
    next: files.next,
    metric: {
      name: names.metric,
      goal: names.goal,
      train: names.train,
      trainLoss: names.trainLoss,
      valLoss: names.valLoss,
    },
    target: target === null ? null : { value: target, isMet: isTargetMet },
    runs: runs.map(({ label, seed, unit, epochs, best }) => ({
      label,
      seed,
      unit,
      epochs,
      best: best === null ? null : { ...best },
    })),
    report: files.report,
    plot: files.plot,
    warnings: diagnosis.warnings,
  };
}
