/** Which numbers make sense for a setting. */
export type Domain =
  'fraction' | 'positive' | 'nonnegative' | 'count' | 'count0' | 'boolean' | 'choice' | 'any';

/** A setting that goes by several names in configs and reports. */
export interface Concept {
  id: string;
  /** The usual key. */
  key: string;
  names: readonly string[];
  domain: Domain;
  /** Sections it usually stands in, best first; only ever candidates for the reader to choose from. */
  parents: readonly string[];
  /** A training has one of it, so a wrong section in the report still means that one. */
  isSingle: boolean;
}

function concept(key: string, domain: Domain, parents: string, names: string, isSingle = false): Concept {
  return {
    id: key,
    key,
    names: [key, ...names.split('|')].map(normalizeName).filter((name) => name !== ''),
    domain,
    parents: parents.split('|').filter((name) => name !== ''),
    isSingle,
  };
}

const normalized = new Map<string, string>();

/** Case, spaces, hyphens and underscores do not distinguish names. */
export function normalizeName(name: string): string {
  const found = normalized.get(name);
  if (found !== undefined) return found;
  const result = name
    .toLowerCase()
    .replace(/[\s_\-'’]/gu, '')
    .replace('isation', 'ization')
    .replace('colour', 'color');
  if (name.length <= 60) {
    if (normalized.size > 20_000) normalized.clear();
    normalized.set(name, result);
  }
  return result;
}

/** Sources of the names: the configs of PyTorch, Lightning, Keras, Hugging Face, Ultralytics, timm, XGBoost, LightGBM, CatBoost, RL libraries. */
const CONCEPTS: readonly Concept[] = [
  concept(
    'learning_rate',
    'positive',
    'optimizer|optim|training|train|hyperparameters',
    'lr|learningrate|base_lr|initial_lr|init_lr|lr0|start_lr|peak_lr|max_lr|eta|alpha_lr|learning-rate|learn rate|learning rates|lernrate|lernraten|taux d apprentissage|taux apprentissage|taux dapprentissage|tasa de aprendizaje|taxa de aprendizado|taxa de aprendizagem|tasso di apprendimento|скорость обучения|学习率|學習率|学習率|학습률|learning_rate_init|adam_lr|sgd_lr|leerrate',
    true,
  ),
  concept('weight_decay', 'nonnegative', 'optimizer|optim|training|regularization|train', 'wd|weightdecay|l2|l2 regularization|l2 regularisation|l2 penalty|l2_reg|l2_lambda|l2 weight|weight decay coefficient|l2 strength|gewichtsabnahme|gewichtszerfall|decaimiento de pesos|décroissance des poids|decay weight|权重衰减|权重衰減|重み減衰|가중치 감쇠|weight-decay|reg_lambda|l2-regularisierung|затухание весов', true),
  concept('dropout', 'fraction', 'model|network|regularization|architecture', 'dropout rate|dropout probability|dropout_p|dropout prob|p_dropout|drop rate|drop_rate|dropout_rate|dropout_prob|hidden_dropout|hidden_dropout_prob|dropoutrate|drop prob|drop_prob|dropout ratio|dropout-rate|失活率|随机失活|丢弃率|ドロップアウト|ドロップアウト率|드롭아웃|드롭아웃률|taux de dropout|tasa de dropout|dropout-wahrscheinlichkeit|дропаут|dropouts'),
  concept('attention_dropout', 'fraction', 'model', 'attn_dropout|attn_drop|attention_probs_dropout_prob|attention dropout rate|attention_drop'),
  concept('drop_path', 'fraction', 'model|regularization', 'drop_path_rate|stochastic depth|stochastic_depth|stochastic depth rate|droppath|drop path rate|stochastic_depth_rate|stochastic depth probability|drop_path_prob'),
  concept('batch_size', 'count', 'training|data|train|dataloader|data_loader|loader', 'bs|batchsize|batch sizes|train_batch_size|per_device_train_batch_size|mini-batch size|minibatch size|mini_batch_size|batch|samples per batch|images per batch|ims_per_batch|samples_per_gpu|batchgröße|batch-größe|batch-size|taille de batch|taille du batch|taille de lot|tamaño de lote|tamaño del lote|tamaño de batch|tamanho do lote|批大小|批量大小|批次大小|批尺寸|バッチサイズ|배치 크기|배치크기|배치 사이즈|размер батча|размер пакета|n_batch', true),
  concept('epochs', 'count', 'training|train|trainer|schedule', 'num_epochs|n_epochs|max_epochs|num_train_epochs|total_epochs|nb_epochs|number of epochs|epoch count|training epochs|epoch limit|maximum epochs|max epoch|max_epoch|train_epochs|training length|epochen|anzahl epochen|époques|nombre d époques|nombre dépoques|épocas|número de épocas|epoche|训练轮数|训练轮次|轮数|轮|轮次|训练周期|エポック数|エポック|에폭 수|에폭|количество эпох|число эпох', true),
  concept('max_steps', 'count', 'training|trainer', 'total_steps|num_steps|max_iter|max_iters|num_iterations|max_iterations|training_steps|total_timesteps|n_steps_total|num_training_steps|total timesteps|iterations|max_train_steps', true),
  concept('patience', 'count0', 'early_stopping|training|callbacks.early_stopping', 'early_stopping_patience|early stopping patience|earlystopping patience|es_patience|geduld|early-stopping-geduld|paciencia|paciencia del early stopping|耐心|耐心值|耐心轮数|早停耐心|早停耐心值|早停轮数|忍耐|ペイシェンス|페이션스|patience d arrêt|early_stopping_rounds|early stopping rounds|терпение|patience value'),
  concept('early_stopping', 'boolean', 'training', 'earlystopping|early stop|early_stop|use_early_stopping|arrêt précoce|arrêt anticipé|parada temprana|frühes stoppen|frühzeitiges stoppen|早停|早期停止|早期終了|조기 종료|ранняя остановка'),
  concept('min_delta', 'nonnegative', 'early_stopping|training', 'minimum delta|min-delta|early_stopping_min_delta'),
  concept('label_smoothing', 'fraction', 'loss|training|criterion|model', 'label_smoothing_factor|smoothing|label smoothing epsilon|label_smooth|label-smoothing|lissage des étiquettes|lissage de labels|suavizado de etiquetas|标签平滑|ラベル平滑化|ラベルスムージング|레이블 스무딩|label-glättung|сглаживание меток|ls epsilon', true),
  concept('momentum', 'fraction', 'optimizer|optim', 'sgd_momentum|momentum coefficient|动量|モメンタム|モーメンタム|모멘텀|momento|моментум', true),
  concept('beta1', 'fraction', 'optimizer', 'adam_beta1|β1|beta 1|beta_1'),
  concept('beta2', 'fraction', 'optimizer', 'adam_beta2|β2|beta 2|beta_2'),
  concept('betas', 'any', 'optimizer', 'adam_betas'),
  concept('eps', 'positive', 'optimizer', 'epsilon|adam_epsilon'),
  concept('gradient_clip', 'nonnegative', 'training|optimizer|trainer', 'grad_clip|clip|clipping|gradient_clipping|gradient clip|gradient clipping|clip_grad|clip_grad_norm|max_grad_norm|gradient_clip_val|clip_norm|clipnorm|grad_norm_clip|grad clip norm|grad clipping|gradient_clip_norm|gradient norm|max gradient norm|gradient clip norm|gradient-clipping|grad_clip_norm|gradienten-clipping|écrêtage du gradient|recorte de gradiente|梯度裁剪|勾配クリッピング|그래디언트 클리핑|обрезка градиента|clip_gradient|gradient clipping norm|gradient_clip_value', true),
  concept('warmup_epochs', 'count0', 'scheduler|lr_scheduler|schedule|training', 'warm-up epochs|warmup|warm-up|warm up|lr warmup|learning rate warmup|warmup period|num_warmup_epochs|warmup_epoch|warmup length|warmup phase|预热轮数|预热|ウォームアップ|워밍업|aufwärmphase|échauffement|calentamiento|warmup_t|разогрев'),
  concept('warmup_steps', 'count0', 'scheduler|lr_scheduler|training', 'num_warmup_steps|warm-up steps|warmup|warmup_iters|warmup iterations|learning_starts'),
  concept('warmup_ratio', 'fraction', 'scheduler|lr_scheduler|training', 'warmup fraction|warmup proportion|warmup_frac|warmup_pct|pct_start|warmup|warmup_proportion'),
  concept('scheduler', 'choice', 'training|optimizer', 'lr_scheduler|reduce lr on plateau|reducelronplateau|reduce learning rate on plateau|one cycle policy|lr scheduler|learning rate scheduler|learning rate schedule|lr schedule|lr_schedule|schedule|lr_scheduler_type|scheduler type|lr_policy|lr policy|lr decay|learning-rate schedule|lr-scheduler|scheduler_type|lernratenplan|planificateur|planificador|学习率调度|学习率调度器|调度器|スケジューラ|スケジューラー|学習率スケジューラ|스케줄러|sched'),
  concept('optimizer', 'choice', 'training', 'optim|optimiser|optimizer type|optimizer name|opt|optimizer_type|optimizer_name|optimierer|optimiseur|optimizador|otimizador|ottimizzatore|оптимизатор|优化器|最適化手法|オプティマイザ|オプティマイザー|옵티마이저|최적화기'),
  concept('activation', 'choice', 'model', 'activation function|act_layer|hidden_act|nonlinearity|activation_fn|激活函数|活性化関数|활성화 함수|aktivierungsfunktion|fonction d activation|función de activación'),
  concept('loss', 'choice', 'training', 'loss function|criterion|loss_fn|loss_type|objective|loss_name|verlustfunktion|fonction de perte|función de pérdida|损失函数|損失関数|손실 함수|функция потерь'),
  concept('hidden_size', 'count', 'model|network', 'hidden_dim|hidden_units|hidden dim|hidden dimension|hidden units|hidden layer size|n_hidden|hidden|d_model|embed_dim|embedding_dim|embedding dimension|embedding size|model dimension|hidden width|width|hidden_channels|num_hidden|hidden_dims|hidden_sizes|hidden_features|nhid|隐藏层大小|隐藏维度|隐藏层维度|隐藏单元数|隠れ層サイズ|隠れユニット数|은닉 크기|versteckte einheiten|taille cachée|dimension cachée|unidades ocultas|latent_dim|nodes|neurons'),
  concept('ffn_dim', 'count', 'model', 'feed-forward dimension|feedforward dimension|feed forward dimension|dim_feedforward|feedforward_dim|ffn dimension|ffn size|ffn_size|intermediate_size|intermediate size|d_ff|mlp_dim|ff_dim|feed-forward size'),
  concept('num_layers', 'count', 'model|network', 'n_layers|layers|depth|number of layers|num_hidden_layers|n_layer|nlayers|layer count|hidden layers|层数|网络层数|層数|レイヤー数|레이어 수|anzahl schichten|nombre de couches|número de capas'),
  concept('num_heads', 'count', 'model', 'n_heads|n_head|num_attention_heads|attention heads|number of heads|heads|nhead'),
  concept('augmentation', 'boolean', 'data|training|dataset', 'data augmentation|augment|augmentations|use_augmentation|data_augmentation|use_augment|aug|datenaugmentierung|augmentierung|augmentation de données|augmentation des données|aumento de datos|aumentación de datos|数据增强|データ拡張|데이터 증강|аугментация|аугментация данных|daten-augmentierung|datenaugmentation|enable_augmentation'),
  concept('transforms', 'any', 'data|augmentation', 'train_transforms|transform|train_transform|transformations'),
  concept('mixup', 'any', 'augmentation|data|training', 'mixup_alpha|mixup alpha|mix-up|use_mixup|mixup_prob|mixup α'),
  concept('cutmix', 'any', 'augmentation|data|training', 'cutmix_alpha|cutmix alpha|cut-mix|use_cutmix'),
  concept('cutout', 'any', 'augmentation|data', 'random_erasing|random erasing|random_erase|erasing|reprob|re_prob|random erasing probability|random_erasing_prob'),
  concept('randaugment', 'any', 'augmentation|data', 'rand_augment|auto_augment|autoaugment|trivialaugment|aa|randaug'),
  concept('horizontal_flip', 'any', 'augmentation|data', 'hflip|random_horizontal_flip|randomhorizontalflip|flip|fliplr|random_flip|random flip|horizontal flips|水平翻转|水平反転|horizontale spiegelung|retournement horizontal|volteo horizontal|random horizontal flip'),
  concept('rotation', 'any', 'augmentation|data', 'random_rotation|rotation_degrees|rotate|degrees|random rotation|旋转|回転'),
  concept('color_jitter', 'any', 'augmentation|data', 'colour_jitter|colorjitter|color jitter strength|颜色抖动'),
  concept('random_crop', 'any', 'augmentation|data', 'randomcrop|crop|random_resized_crop|crop_padding|随机裁剪'),
  concept('seed', 'count0', 'training', 'random_seed|random seed|random_state|rng seed|manual_seed|随机种子|乱数シード', true),
  concept('gradient_accumulation_steps', 'count', 'training|trainer', 'accumulate_grad_batches|grad_accum|gradient accumulation|accumulation_steps|grad_accumulation_steps|grad accumulation|gradient_accumulation|accumulate|accumulate gradients|accumulate gradients over|accumulate over|accum_steps|accum_iter|梯度累积|梯度累积步数|勾配累積', true),
  concept('ema_decay', 'fraction', 'training|model', 'ema|model_ema_decay|ema momentum|ema rate'),
  concept('image_size', 'count', 'data|model', 'img_size|imgsz|input_size|resolution|image resolution|input resolution|crop_size|输入尺寸|图像尺寸|画像サイズ|bildgröße'),
  concept('num_workers', 'count0', 'data|dataloader|training', 'workers|n_workers|dataloader workers|data loader workers|num_proc|dataloader_num_workers', true),
  concept('mixed_precision', 'any', 'training|trainer', 'amp|use_amp|fp16|bf16|precision|half precision|automatic mixed precision|混合精度'),
  concept('freeze_backbone', 'any', 'model|training', 'freeze_encoder|frozen backbone|freeze the backbone|freeze backbone|freeze_layers'),
  concept('pretrained', 'any', 'model', 'use_pretrained|pretrained weights|pretrained_weights|预训练|事前学習済み'),
  concept('step_size', 'count', 'scheduler|lr_scheduler', 'lr_step_size|decay step|decay_steps|lr_decay_steps'),
  concept('gamma', 'any', 'scheduler|lr_scheduler', 'lr_gamma|lr decay factor|decay factor|lr_decay|decay_rate|lr_decay_rate|discount|discount factor|discount_factor'),
  concept('factor', 'positive', 'scheduler|lr_scheduler', 'lr_factor|reduce factor|reduction factor'),
  concept('t_max', 'count', 'scheduler|lr_scheduler', 'tmax|cosine t_max|cosine_t_max'),
  concept('min_lr', 'nonnegative', 'scheduler|lr_scheduler|optimizer', 'eta_min|minimum learning rate|min learning rate|final_lr|lr_min|end_lr|minimum lr|lrf'),
  concept('val_split', 'fraction', 'data', 'validation_split|val_fraction|val_size|validation fraction|val_ratio|valid_size|validation split|test_size|验证集比例|检验比例'),
  concept('class_weights', 'any', 'loss|training', 'class_weight|class weighting|pos_weight|scale_pos_weight|类别权重|クラス重み|klassengewichte|pondération des classes|pesos de clase'),
  concept('max_depth', 'count', 'params|model|xgboost|lgbm', 'tree depth|maximum depth|maximum tree depth|max depth|depth|profondeur maximale|profundidad máxima|最大深度|树深|木の深さ|最大深さ|baumtiefe|maximale tiefe|maximale baumtiefe'),
  concept('n_estimators', 'count', 'params|model|xgboost', 'num_boost_round|num_round|num_trees|number of trees|boosting rounds|num_iterations|trees|number of estimators|estimators|iterations|nrounds|树的数量|決定木の数'),
  concept('subsample', 'fraction', 'params|model', 'bagging_fraction|row subsample|row sampling|subsample ratio|subsampling|row subsampling|行采样'),
  concept('colsample_bytree', 'fraction', 'params|model', 'feature_fraction|column subsample|column sampling|colsample|colsample_by_tree|feature subsampling|column subsampling|列采样'),
  concept('min_child_weight', 'nonnegative', 'params|model', 'minimum child weight|min child weight|min_sum_hessian_in_leaf'),
  concept('reg_alpha', 'nonnegative', 'params|model', 'l1|l1 regularization|l1_reg|lambda_l1|l1 penalty|l1_lambda'),
  concept('reg_lambda', 'nonnegative', 'params|model', 'lambda|l2 regularization|lambda_l2|l2_leaf_reg|l2 penalty|l2|l2_reg'),
  concept('num_leaves', 'count', 'params|model', 'max_leaves|number of leaves|leaves|叶子数'),
  concept('min_data_in_leaf', 'count0', 'params|model', 'min_child_samples|min_samples_leaf|minimum samples per leaf|min samples leaf'),
  concept('min_samples_split', 'any', 'params|model', 'minimum samples split'),
  concept('entropy_coef', 'nonnegative', 'algo|ppo|agent|training', 'ent_coef|entropy|entropy coefficient|entropy bonus|entropy_coeff|entropy_cost|entropy weight|entropy regularization'),
  concept('clip_range', 'positive', 'algo|ppo|agent', 'clip_eps|clip|clip_epsilon|ppo clip|clip_param|clipping range|clip range|clip_ratio|clip_coef|ppo_clip'),
  concept('gae_lambda', 'fraction', 'algo|ppo|agent', 'gae λ|lam|gae'),
  concept('n_steps', 'count', 'algo|ppo', 'rollout_length|rollout length|horizon|num_rollout_steps|rollout steps|rollout_steps'),
  concept('vf_coef', 'nonnegative', 'algo|ppo', 'value coefficient|value_loss_coef|value function coefficient|value loss coefficient|critic_coef|value_coef'),
  concept('target_kl', 'positive', 'algo|ppo', 'kl target|kl_target|target kl divergence'),
  concept('buffer_size', 'count', 'algo|agent|replay', 'replay buffer size|replay_buffer_size|buffer_capacity|replay_size|replay buffer'),
  concept('tau', 'fraction', 'algo|agent', 'polyak|τ|soft update coefficient|target_update_tau'),
  concept('max_length', 'count', 'data|tokenizer|model', 'max_seq_length|sequence length|max_seq_len|seq_len|context_length|block_size|max sequence length|max_len|maximale sequenzlänge|序列长度|最大长度|最大長|max_source_length|sequence_length'),
  concept('lora_r', 'count', 'lora|peft|model', 'lora rank|rank|lora_rank|r'),
  concept('lora_alpha', 'positive', 'lora|peft|model', 'lora alpha'),
  concept('lora_dropout', 'fraction', 'lora|peft|model', 'lora dropout'),
  concept('vocab_size', 'count', 'tokenizer|model', 'vocabulary size'),
  concept('temperature', 'positive', 'loss|model|training', 'softmax temperature|distillation temperature|temp|température|温度'),
  concept('focal_gamma', 'nonnegative', 'loss', 'focal loss gamma|focusing parameter'),
  concept('negative_slope', 'nonnegative', 'model', ''),
  concept('batch_norm', 'any', 'model', 'batch normalization|batchnorm|use_batch_norm|use_bn|batch_normalization|bn|批归一化|バッチ正規化|배치 정규화'),
  concept('k_folds', 'count', 'data|evaluation', 'n_folds|num_folds|folds|cv_folds'),
]; // prettier-ignore

function indexNames(): Map<string, Concept[]> {
  const out = new Map<string, Concept[]>();
  for (const item of CONCEPTS)
    for (const name of item.names) {
      const list = out.get(name) ?? [];
      if (!list.includes(item)) list.push(item);
      out.set(name, list);
    }
  return out;
}

const BY_NAME: ReadonlyMap<string, readonly Concept[]> = indexNames();

/** Whether a normalized name is that of a known setting. */
export function isConceptName(name: string): boolean {
  return BY_NAME.has(name);
}

/** The settings a name may stand for (`warmup` may be epochs, steps or a ratio). */
export function conceptsOf(name: string): readonly Concept[] {
  return BY_NAME.get(normalizeName(name)) ?? [];
}

export const CONCEPT_NAMES: readonly string[] = [...BY_NAME.keys()];
