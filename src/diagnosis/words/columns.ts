/** What a table column holds, by its header. */
export type Column =
  | 'number'
  | 'parameter'
  | 'current'
  | 'proposed'
  | 'change'
  | 'recommendation'
  | 'details'
  | 'keep-or-status'
  | 'impact'
  | 'effort'
  | 'risk'
  | 'expected'
  | 'priority'
  | 'reason'
  | 'range'
  | 'metric'
  | 'target'
  | 'option'
  | 'run';

const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  [
    'number',
    /^(?:#|no\.?|nr\.?|n°|nº|№|id|rec(?:ommendation)? ?(?:#|no\.?|id|number)?|rec\.?|序号|编号|番号|번호|r#|item ?#|номер)$/u,
  ],
  ['option', /^(?:option|variant|alternative|variante|opción|方案|选项) ?[a-z0-9]{0,2}(?: .*)?$/u],
  [
    'parameter',
    /^(?:(?:config(?:uration)? |hyper-?)?(?:param(?:eter)?s?|keys?|settings?|paths?|fields?|knobs?|variables?|options?|names?)(?: name| path| key)?|config(?:uration)?(?: (?:item|option|entry|value|setting))?|(?:konfig-?|config-?)?(?:schlüssel|parameter|einstellung|pfad|stellschraube)|hyperparameter|paramètres?|clé(?: de config.*)?|réglage|hyperparamètre|parámetros?|clave|ajuste|hiperparámetro|parâmetro|chave|parametro|chiave|параметры?|ключ|гиперпараметр|настройка|参数(?:名称?)?|超参数|配置项|配置|键|パラメータ|パラメーター|ハイパーパラメータ|設定項目|設定キー|キー|項目|파라미터|하이퍼파라미터|설정|항목|what|where|arg(?:ument)?s?|flag|lever|knob)$/u,
  ],
  [
    'proposed',
    /^(?:(?:proposed|recommended|suggested|new|optimi[sz]ed|target|updated|revised|planned|after|final|tuned|improved|better|desired|should(?: be)?|to|set to|next|phase 4|iteration 1|candidate)(?: (?:value|setting|config(?:uration)?|change|run|level))?s?|to be|proposal|suggestion|neu(?:er wert|e)?|vorschlag|vorgeschlagen|empfohlen|empfehlung|soll(?:-?wert)?|nachher|zielwert|optimiert|nouveau|nouvelle(?: valeur)?|proposée?|valeur (?:proposée|recommandée|cible)|après|recommandée?|cible|propuesto|propuesta|nuevo(?: valor)?|recomendado|después|valor (?:propuesto|nuevo|recomendado)|proposto|novo|depois|nuovo|proposta|dopo|новое(?: значение)?|предлагаемое(?: значение)?|после|стало|рекомендуемое|建议值?|推荐值?|新值|修改后|调整后|优化后|改后|目标值|变更后|変更後|提案値?|推奨値?|新しい値|改善後|변경 후|제안(?:값)?|권장(?:값)?|신규|new val|🔜|→)$/u,
  ],
  [
    'current',
    /^(?:(?:current|baseline|existing|old|original|present|before|default|as-is|previous|prior|from|now|today|was|phase 2)(?: (?:value|setting|config(?:uration)?|run|level))?s?|ist(?:-?wert)?|aktuell(?:er wert)?|bisher|vorher|alt(?:er wert)?|actuel(?:le)?|valeur actuelle|avant|ancien(?:ne)?(?: valeur)?|référence|actual|valor actual|antes|anterior|atual|attuale|prima|текущее(?: значение)?|до|было|базовое|当前值?|现值|现有值?|原值|修改前|调整前|优化前|改前|基线值?|变更前|目前|現在値?|現在の値|現状|変更前|改善前|ベースライン|현재(?:값)?|기존(?:값)?|변경 전|current val)$/u,
  ],
  [
    'change',
    /^(?:(?:config(?:uration)? |proposed |recommended |suggested |concrete |exact |parameter |value )?changes?(?: (?:in config|to config|from ?(?:→|->) ?to))?|modification|diff|delta|config(?:uration)? (?:diff|update|edit|snippet|line)|änderung(?:en)?|konfigurationsänderung|changement|modification proposée|cambio(?:s)?|mudança|modifica|изменени[ея]|修改|变更|调整|配置修改|配置变更|修改内容|変更|変更内容|設定変更|변경|변경 사항|(?:current|before|old|from|baseline) ?(?:→|->|=>|\/|to) ?(?:proposed|new|after|to|target)|how|implementation|value change|edit|exact change|what to change|what to set|set|values?|wert|valeur|valor|значение|值|値|값|设置|設定値)$/u,
  ],
  [
    'recommendation',
    /^(?:recommendations?|recommended action|actions?(?: item)?|fix(?:es)?|advice|suggestions?|title|intervention|measure|step|proposed (?:fix|action|solution)|solution|remedy|improvement|task|what to do|empfehlungen?|maßnahmen?|massnahmen?|aktion|vorschläge|recommandations?|actions? proposées?|mesure|recomendaci(?:ón|ones)|acción|acciones|medida|recomendação|ação|raccomandazione|azione|рекомендаци[яи]|мера|действие|建议|推荐|措施|建议措施|改进措施|优化建议|操作|推奨事項?|提案|対策|施策|アクション|권장 ?사항|권장 조치|조치|개선안|initiative)$/u,
  ],
  [
    'details',
    /^(?:details?|descriptions?|specifics|einzelheiten|beschreibung|détails?|description|detalles?|descripción|detalhes?|descrição|подробности|описание|详情|说明|具体内容|詳細|内容|상세)$/u,
  ],
  ['metric', /^(?:metrics?|measure|kennzahl|metrik|métrique|métrica|метрика|指标|指標|지표|score)$/u],
  ['target', /^(?:target(?: metric)?|goal|ziel|objectif|objetivo|цель|目标|目標|목표)$/u],
  [
    'run',
    /^(?:run|experiment|trial|run id|exp|lauf|versuch|essai|ensayo|实验|実験|epoch|step|checkpoint|seed|fold)$/u,
  ],
  [
    'impact',
    /^(?:(?:expected |estimated )?(?:impact|benefit)|wirkung|auswirkung|nutzen|impacto|effet|影响|收益|影響|影響度|영향)$/u,
  ],
  [
    'effort',
    /^(?:(?:est\.? )?(?:effort|cost|time|difficulty|complexity)|aufwand|coût|esfuerzo|costo|coste|工作量|成本|难度|工数|コスト|노력|난이도)$/u,
  ],
  ['risk', /^(?:risks?|risiko|risque|riesgo|risco|风险|リスク|위험)$/u],
  [
    'expected',
    /^(?:expected.*|expectation|outcome|effect|gain|erwartet.*|erwartung|attendu.*|(?:effet|gain) attendu|esperado.*|(?:efecto|mejora) esperad[oa]|预期.*|期待.*|ожидаем.*|예상.*|기대.*|projected.*|predicted.*|Δ.*|val acc.*)$/u,
  ],
  [
    'priority',
    /^(?:priority|prio|rank|order|severity|priorität|priorité|prioridad|приоритет|优先级|優先度|優先順位|우선순위|p|confidence|when)$/u,
  ],
  [
    'range',
    /^(?:range|search (?:range|space)|bereich|plage|rango|范围|範囲|범위|candidates|grid|values to try|suggested range|tuning range)$/u,
  ],
  [
    'keep-or-status',
    /^(?:status|state|decision|verdict|change\?|changed\?|action needed|keep\?|applied\??|done\??|stand|statut|estado|статус|状态|是否修改|ステータス|状態|상태|apply\??)$/u,
  ],
  [
    'reason',
    /^(?:why\??|reason(?:ing)?|rationale|justification|comments?|notes?|remarks?|evidence|root cause|issue|problem|explanation|addresses|symptom|finding|purpose|warum|begründung|grund|bemerkung|hinweis|ursache|raison|justification|remarque|commentaire|pourquoi|cause|razón|motivo|justificación|nota|comentario|обоснование|причина|комментарий|理由|原因|依据|说明|备注|根拠|説明|備考|メモ|이유|비고|근거|description|details?|type|category|area|component|section|module|owner|group|file)$/u,
  ],
];

/** The role of a column; null where the header is none that is known. */
export function columnOf(header: string): Column | null {
  const clean = header
    .toLowerCase()
    .replace(/[`*_"\p{Extended_Pictographic}]/gu, '')
    .replace(/\s*\([^)]{0,40}\)\s*$/u, '')
    .replace(/^[\s:]+|[\s:]+$/gu, '')
    .replace(/\s+/gu, ' ');
  if (clean.length > 50) return null;
  for (const [name, pattern] of COLUMNS) if (pattern.test(clean)) return name;
  return null;
}
