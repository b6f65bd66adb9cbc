/** The thresholds of the rules; every one can be set under `diagnose:` in pawl.yaml. Points are percentage points. */
export const DEFAULT_THRESHOLDS = {
  /** Train–validation gap in points (percent of the value for a metric that is no rate): strong, moderate, mild. */
  overfitStrong: 15,
  overfitModerate: 10,
  overfitMild: 5,
  /** (validation loss − train loss) / train loss. */
  lossGap: 0.1,
  /** Standard deviation of the late validation metric around its trend, in points. */
  noisyValidation: 8,
  /** Standard error of the validation metric from the number of its examples, in points. */
  validationError: 3,
  explodingNorm: 100,
  vanishingNorm: 0.001,
  /** Epochs without improvement while the loss is high. */
  stalledEpochs: 10,
  /** Share of its first value that a training loss has kept and still counts as high. */
  highLoss: 0.6,
  /** Best epoch after this share of the training: stopped too early; before that share: trained too long. */
  lateBest: 0.75,
  earlyBest: 0.1,
  /** Points that the metric must be predicted to gain, were the training twice as long. */
  lateGain: 1,
  /** Epoch-to-epoch roughness of the training loss, as a share of its level. */
  oscillation: 0.06,
  /** Points under the target (or under a perfect fit) at which the training side counts as poor. */
  poorFit: 2,
  /** Mean GPU utilisation in percent. */
  gpuUtilization: 60,
  /** Share of the time spent waiting for data. */
  dataWait: 0.3,
  /** Epochs under which no claim is made about the shape of a curve. */
  minEpochs: 3,
  /** Probability from which a fault is reported. */
  confidence: 0.5,
} as const;

export type Thresholds = Readonly<Record<keyof typeof DEFAULT_THRESHOLDS, number>>;
