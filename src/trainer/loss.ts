/** Softmax cross-entropy with label smoothing s: target t = (1 − s)·onehot + s / C (Szegedy et al. 2016). */
export interface BatchLoss {
  /** Sum over the rows. */
  loss: number;
  correct: number;
}

export interface Logits {
  values: Float32Array;
  rows: number;
  classes: number;
  stride: number;
}

/**
 * Loss and hits of a batch; where `delta` is given it receives ∂(mean loss)/∂logits, where `predictions` is given it
 * receives the class of each row from `offset` on. NaN logits give a NaN loss and count as class 0.
 */
export function crossEntropy(
  { values, rows, classes, stride }: Logits,
  labels: Uint8Array,
  smoothing: number,
  delta?: Float32Array,
  predictions?: { into: Uint8Array; offset: number },
): BatchLoss {
  const exponentials = new Float64Array(classes);
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const offset = row * stride;
    let best = 0;
    for (let c = 1; c < classes; c++) if (values[offset + c]! > values[offset + best]!) best = c;
    const top = values[offset + best]!;
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += exponentials[c] = Math.exp(values[offset + c]! - top);
    const logSum = Math.log(sum) + top;
    const label = labels[row]!;
    for (let c = 0; c < classes; c++) {
      const target = (c === label ? 1 - smoothing : 0) + smoothing / classes;
      if (target > 0) loss += target * (logSum - values[offset + c]!);
      if (delta) delta[offset + c] = (exponentials[c]! / sum - target) / rows;
    }
    if (best === label) correct++;
    if (predictions) predictions.into[predictions.offset + row] = best;
  }
  return { loss, correct };
}
