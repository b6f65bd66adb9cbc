/** Named choices that reports mention without their key: "switch from Adam to AdamW". */
const TABLE: Readonly<Record<string, string>> = {
  optimizer:
    'adam adamw sgd rmsprop adagrad adadelta adamax nadam radam lamb lars lion adafactor nesterov lbfgs ranger novograd adabelief sophia muon prodigy shampoo adamp',
  scheduler:
    'cosine step multistep exp warmupcosine linearwarmup constantlr cosineannealing cosineannealinglr cosineannealingwarmrestarts steplr multisteplr onecycle onecyclelr 1cycle reducelronplateau plateau linear exponential exponentiallr polynomial poly constant cosinewarmup cosinewithwarmup constantwithwarmup cycliclr',
  activation: 'relu gelu silu swish mish leakyrelu prelu elu selu relu6 tanh sigmoid hardswish celu softplus',
  loss: 'crossentropy focal bce mse mae huber smoothl1 l1loss triplet hinge dice focalloss bcewithlogits nll kldiv cosineembedding contrastive tversky lovasz smooth_l1',
};

const CATEGORY = new Map<string, string>();
for (const [category, names] of Object.entries(TABLE))
  for (const name of names.split(' ')) CATEGORY.set(name, category);

/** `optimizer` for `AdamW`; undefined where the word names no known choice. */
export function choiceCategory(word: string): string | undefined {
  return CATEGORY.get(word.toLowerCase().replace(/[\s_-]/gu, ''));
}

/** Choices so distinctive that they need no key beside them. */
export function isDistinctive(word: string): boolean {
  const category = choiceCategory(word);
  const isClass = category === 'scheduler' && /[a-z](?:LR|Plateau|Restarts)$/u.test(word);
  return category === 'optimizer' || category === 'activation' || isClass;
}
