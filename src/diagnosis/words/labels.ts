/** What a label (`**Impact:**`, `Config –`) says about the text after it. */
export type LabelClass =
  /** The change itself. */
  | 'change'
  /** The new value only. */
  | 'proposed'
  /** The value that holds now. */
  | 'current'
  /** The name of the setting. */
  | 'parameter'
  | 'impact'
  | 'effort'
  | 'risk'
  | 'expected'
  | 'priority'
  /** Why, evidence, notes: nothing to apply. */
  | 'reason'
  | 'alternative'
  | 'keep'
  | 'example'
  | 'status'
  | 'preview'
  | 'root-cause'
  | 'target'
  | 'range'
  | 'later';

const LABELS: readonly (readonly [LabelClass, RegExp])[] = [
  [
    'preview',
    /^(?:(?:the )?(?:full|complete|final|combined|resulting|proposed|recommended|suggested|optimi[sz]ed|updated|new|target)? ?(?:yaml |training )?(?:config(?:uration)?|settings|yaml)(?: file)?(?: preview| snippet| overview| so far)|(?:full|complete|final|combined|resulting|optimi[sz]ed|consolidated|entire) (?:yaml |training )?(?:config(?:uration)?|settings|yaml)(?: file)?|preview|putting it (?:all )?together|all together|everything (?:together|combined)|optimi[sz]ation_?config.*|(?:.{0,20} )?(?:konfigurations-?)?vorschau|aperçu(?: de la config.*)?|vista previa.*|配置预览|完整配置|最终配置|設定プレビュー|設定全体|설정 미리보기|gesamtkonfiguration|configuration (?:finale|complète)|configuración (?:final|completa))$/u,
  ],
  [
    'proposed',
    /^(?:proposed|proposal|after|new|new value|proposed value|recommended value|suggested value|recommended setting|to|target value|set to|becomes|should be|value|now should be|optimi[sz]ed|target (?:state|setting|level|config(?:uration)?)|desired(?: state| value)?|neu|neuer wert|vorschlag|nachher|soll|soll-wert|vorgeschlagen|nouveau|nouvelle valeur|proposé|après|valeur|valor|valor nuevo|nuevo|nuevo valor|propuesto|después|depois|novo|nuovo|dopo|новое|новое значение|после|建议值|新值|修改后|改为|调整后|推荐值|目标值|変更後|提案値|推奨値|新しい値|변경 후|제안값|recommended|suggested|with)$/u,
  ],
  [
    'current',
    /^(?:current(?:ly)?|current (?:value|setting|config(?:uration)?|state)|before|now|today|baseline(?: value| config(?:uration)?)?|from|old|old value|previous(?:ly)?|existing|was|original|ist|ist-wert|aktuell|aktueller wert|vorher|bisher|alt|alter wert|actuel(?:le)?|valeur actuelle|avant|ancien(?:ne)?|actual|valor actual|antes|anterior|atual|attuale|prima|текущее|текущее значение|до|было|当前|当前值|现状|现值|修改前|原值|目前|現在|現在値|現在の値|変更前|현재|현재값|변경 전|as is|as-is)$/u,
  ],
  [
    'parameter',
    /^(?:param(?:eter)?s?(?: to change)?|keys?|config key|config path|path|setting|hyper-?param(?:eter)?s?|field|knob|lever|parameterpfad|schlüssel|paramètre|clé|parámetro|clave|параметр|ключ|参数|参数名|配置项|パラメータ|パラメーター|キー|파라미터|variable|option name)$/u,
  ],
  [
    'change',
    /^(?:(?:proposed |recommended |suggested |required |config(?:uration)? |yaml |code |exact |concrete |specific |key )?(?:changes?|config(?:uration)?s?|updates?|edits?|diff|action(?: items?)?|actions|fix(?:es)?|solution|implementation(?: steps?| details?)?|recommendations?|modifications?|adjustments?|settings?|snippet|patch|steps?|overrides?|cli|command|flags?)|do|what|what to do|how|how to|proposed fix|config example|in config|in yaml|yaml|json|toml|apply|set|add|try|remedy|treatment|prescription|measure|maßnahme|änderung(?:en)?|konfig(?:uration)?|konfigurationsänderung|config-änderung|umsetzung|empfehlung|lösung|aktion|modification|changement|action à mener|recommandation|mise en œuvre|réglage|cambio(?:s)?|acción|configuración|recomendación|implementación|ajuste|mudança|alteração|ação|modifica|azione|изменени[ея]|действие|конфиг(?:урация)?|рекомендация|настройка|修改|配置|配置修改|配置变更|修改建议|建议|操作|措施|具体操作|做法|変更|設定|設定変更|変更内容|対策|アクション|推奨|변경|설정|조치|권장 사항|tl;dr|hyperparameters?|parameter changes?)$/u,
  ],
  [
    'impact',
    /^(?:(?:expected |estimated |anticipated )?(?:impact|benefit|payoff)|auswirkung|wirkung|nutzen|einfluss|impacto|effet|gain potentiel|影响|收益|影响程度|影響|影響度|영향|влияние|эффект)(?: on .*| level)?$/u,
  ],
  [
    'effort',
    /^(?:(?:implementation |estimated )?(?:effort|cost|time|difficulty|complexity|work)|aufwand|kosten|coût|esfuerzo|costo|coste|esforço|трудозатраты|усилия|工作量|成本|难度|代价|実装コスト|工数|コスト|労力|노력|난이도|time to implement|implementation time|duration)$/u,
  ],
  [
    'risk',
    /^(?:risks?(?: level)?|risiko|risque|riesgo|risco|rischio|риск|风险|リスク|위험|위험도|risiken|downsides?|caveats?|side effects?)$/u,
  ],
  [
    'expected',
    /^(?:expected(?: (?:outcome|results?|effect|improvement|gain|change|benefit|val(?:idation)? ?.{0,20}))?|expectations?|predicted .{0,20}|estimated (?:gain|improvement|effect)|outcome|result|hypothesis|goal of change|erwartung|erwartet(?:e[rs]? .{0,20})?|erwartete(?:s|r)? (?:wirkung|ergebnis|effekt|verbesserung)|effet attendu|résultat attendu|gain attendu|attendu|resultado esperado|efecto esperado|mejora esperada|esperado|ожидаемый (?:эффект|результат)|预期|预期效果|预期收益|预期结果|预期提升|期待効果|期待される効果|期待値|예상 효과|기대 효과|success(?: criteri(?:a|on))?|gain|improvement|projected .{0,30})$/u,
  ],
  [
    'priority',
    /^(?:priority|prio|severity|urgency|priorität|dringlichkeit|priorité|prioridad|prioridade|приоритет|优先级|优先度|優先度|우선순위|rank|confidence|konfidenz|confiance|confianza|уверенность|置信度|信頼度)$/u,
  ],
  [
    'alternative',
    /^(?:alternatives?(?: .{0,20})?|alternative option|fallback|backup(?: plan)?|plan b|otherwise|or|if (?:that|this|it) .{0,30}|if .{1,40}|alternativ(?:e|en)?|rückfall|falls .{0,40}|wenn .{0,40}|solution de repli|sinon|alternativas?|plan de respaldo|si no .{0,20}|альтернатива|备选|备选方案|替代方案|代替案|代替|대안|also considered|considered|rejected|not recommended|avoid|don'?ts?|do not|what not to do|weaker option|not doing|not doing now|won'?t do|skipped?|not chosen|ruled out|verworfen|abgelehnt|rejeté|descartado)$/u,
  ],
  [
    'keep',
    /^(?:keep|unchanged|no changes?|leave(?: as is)?|leave alone|what to keep|keep as is|keep unchanged|do not change|don'?t touch|don'?t change|stays?|same|beibehalten|unverändert|nicht ändern|garder|inchangé|conserver|mantener|sin cambios|manter|оставить|без изменений|保持|保持不变|不变|保留|維持|変更なし|유지)$/u,
  ],
  [
    'example',
    /^(?:example|for example|e\.?g\.?|beispiel|z\. ?b\.?|exemple|par exemple|ejemplo|por ejemplo|пример|例|例如|示例|例えば|예|예시|illustration)$/u,
  ],
  [
    'status',
    /^(?:status|state|stand|statut|estado|статус|状态|ステータス|状況|상태|decision|verdict|applied|implemented)$/u,
  ],
  [
    'later',
    /^(?:later|future(?: work)?|next iteration|next time|follow[- ]?ups?|long[- ]term|nice[- ]to[- ]have|optional|stretch(?: goal)?|später|zukunft|plus tard|más adelante|futuro|позже|以后|后续|可选|今後|将来|나중에|선택)$/u,
  ],
  [
    'range',
    /^(?:(?:search |typical |valid |allowed |recommended )?range|search space|sweep|grid|suggested range|bereich|wertebereich|plage|rango|диапазон|范围|搜索范围|範囲|범위|values to try|candidates)$/u,
  ],
  [
    'root-cause',
    /^(?:(?:primary |main |likely |probable |underlying |identified )?(?:root[- ]?causes?|causes?|issues?|problems?|diagnosis|culprits?)(?: analysis)?|hauptursache|ursachen?|grundursache|diagnose|problem|cause(?:s)? (?:principale|racine|profonde)s?|problème(?: principal)?|diagnostic|causas? (?:ra[ií]z|principal(?:es)?|fundamental)|diagnóstico|problema(?: principal)?|основная причина|причин[аы]|диагноз|проблема|根本原因|主要原因|原因|根因|问题|主要问题|诊断|诊断结论|問題|問題点|主な原因|診断|원인|근본 원인|문제|진단)$/u,
  ],
  [
    'target',
    /^(?:target(?: .{0,25})?|goal|objective|ziel(?:wert|vorgabe)?|objectif|cible|objetivo|meta|obiettivo|цель|目标|目標|목표|target metric|success target)$/u,
  ],
  [
    'reason',
    /^(?:why(?: .{0,20})?|rationale|reason(?:ing|s)?|evidence|justification|because|background|context|notes?|note that|observations?|findings?|symptoms?|motivation|explanation|details?|reference(?:s)?|source|sources|owner|eta|deadline|timeline|verification|verify(?: by)?|validation|how to verify|check|monitor(?:ing)?|metrics?|trade-?offs?|dependencies|depends on|prerequisites?|caution|warning|pros|cons|advantages|disadvantages|links?|see also|author|date|assumptions?|interpretation|warum|begründung|grund|hinweis(?:e)?|anmerkung|beobachtung|beleg|quelle|pourquoi|raison|justificatif|remarque|preuve|observation|por qué|razón|justificación|nota|evidencia|porque|motivo|обоснование|почему|причина изменения|примечание|理由|依据|原理|说明|备注|证据|分析|为什么|根拠|理由・根拠|備考|説明|メモ|이유|근거|비고|rollback|revert if|stop if|what it does|mechanism|theory|data|numbers|measurement|category|type|tags?|id|affected .{0,20}|experiment|literature|paper|papers)$/u,
  ],
];

const known = new Map<string, LabelClass | null>();
const MAX_KNOWN = 5000;

/** The class of a label text; null where it is none that is known. */
export function labelClass(text: string): LabelClass | null {
  if (text.length > 80) return null;
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= MAX_KNOWN) known.clear();
  const result = classify(text);
  known.set(text, result);
  return result;
}

function classify(text: string): LabelClass | null {
  const clean = text
    .toLowerCase()
    .replace(/[`*_"'\p{Extended_Pictographic}]/gu, '')
    .replace(/\s*\([^)]{0,40}\)\s*$/u, '')
    .replace(/^[\s\d.):>–—-]+|[\s:–—?.-]+$/gu, '')
    .replace(/\s+/gu, ' ');
  if (clean === '' || clean.length > 60) return null;
  for (const [name, pattern] of LABELS) if (pattern.test(clean)) return name;
  return null;
}
