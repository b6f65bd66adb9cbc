/** What a section of a report is about. */
export type Role =
  | 'recommendations'
  /** Only where nothing else is titled as recommendations: "Next steps", "Action items". */
  | 'steps'
  | 'preview'
  | 'root-cause'
  | 'target'
  | 'expected'
  | 'baseline'
  | 'current'
  | 'alternatives'
  | 'rejected'
  | 'later'
  | 'keep'
  | 'done'
  | 'summary'
  | 'other';

/** First match wins: the specific before the general. */
const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['other', /^(?:risks?|risiken|risques|riesgos|риски|风险|リスク)(?:\s|$)/u],
  [
    'rejected',
    /\b(?:rejected|reject|ruled out|discarded|not recommended|not to do|do not do|don'?ts?|avoid|anti-?patterns?|won'?t (?:help|do)|dismissed)\b|verworfen|nicht empfohlen|abgelehnt|rejeté|déconseill|descartad|no recomendad|отклон|不推荐|不建议|否决|却下|推奨しない|비추천/u,
  ],
  [
    'done',
    /\b(?:already (?:done|applied|made|implemented|tried|tested|in place|fixed)|changes (?:already )?(?:made|applied)|applied (?:changes|fixes)|completed (?:changes|actions)|previous(?:ly)? (?:applied|attempts|changes|experiments|runs)|past (?:changes|experiments|attempts)|what (?:we|was|i) (?:have )?(?:already )?tried|tried so far|experiment (?:log|history)|change ?log|changelog|done so far|history|earlier (?:runs|experiments|attempts)|prior (?:runs|attempts|experiments|work))\b|bereits (?:umgesetzt|erledigt|angewendet|gemacht)|déjà (?:fait|appliqu|essay)|ya (?:aplicad|hech|realizad)|уже сделано|已(?:完成|应用|做|尝试)|適用済み|実施済み|既に|이미/u,
  ],
  [
    'keep',
    /\b(?:what (?:to keep|not to (?:change|touch)|(?:i|we)(?: would|'d|'ll| will)?(?: not|n't) (?:change|touch|alter)|(?:i|we)(?: would|'d)? (?:keep|leave)|stays|should stay|works|is fine)|keep(?:ing)?(?: as is| unchanged)?$|unchanged|no changes? (?:needed|required|recommended)?|do not change|don'?t (?:change|touch)|leave (?:alone|as is|unchanged)|settings to keep|things to keep|parameters to keep|keep as is|not (?:to be )?changed|stays? the same|hands off)\b|^keep\b|beibehalten|unverändert|nicht ändern|inchangé|à conserver|ne pas (?:toucher|changer)|sin cambios|mantener|без изменений|保持不变|不变|无需(?:修改|更改|调整)|変更不要|変更なし|維持|유지/u,
  ],
  [
    'later',
    /\b(?:future (?:work|ideas|directions|iterations?|experiments)|later|next iterations?|long[- ]?term|nice[- ]to[- ]haves?|backlog|parking lot|stretch|iteration 2|second iteration|if time (?:permits|allows)|someday|ideas for later|optional (?:ideas|experiments|improvements|extras)|contingency|contingency plan|fallback(?:s| plan| options?)?|plan b|if (?:this|that|these|it|results?|still|needed|the) .{0,40}|what if .{0,30})\b|künftig|zukünftig|später|langfristig|nächste iteration|falls das nicht|à long terme|plus tard|prochaine itération|a largo plazo|más adelante|futuro|в будущем|позже|后续|未来|长期|下一轮|备用|今後の|将来|次回|장기|향후/u,
  ],
  [
    'alternatives',
    /\b(?:alternatives?(?: considered| approaches| options)?|other options|options considered|also considered|considered(?: options| alternatives)?|other ideas|open questions?|trade-?offs?)\b|alternativen|weitere optionen|autres options|alternativas|otras opciones|альтернатив|备选|替代方案|其他方案|代替案|その他の案|대안/u,
  ],
  [
    'preview',
    /\b(?:config(?:uration)? (?:preview|draft|proposal|snippet|diff|changes preview|file|yaml)|preview|(?:proposed|recommended|suggested|optimi[sz]ed|updated|new|final|full|complete|combined|resulting|target|consolidated|revised|improved) (?:training |yaml |model )?(?:config(?:uration)?|settings|hyper-?parameters?|yaml|parameters|setup)(?: file| preview)?|optimi[sz]ation[_ ]config(?:\.ya?ml)?|putting it (?:all )?together|training_config\.ya?ml|hyper-?parameter (?:preview|overview))\b|vorschau|neue konfiguration|konfigurationsvorschau|vorgeschlagene konfiguration|gesamtkonfiguration|aperçu|configuration (?:proposée|finale|optimisée|recommandée)|nouvelle configuration|configuración (?:propuesta|optimizada|recomendada|final|nueva)|vista previa|configuração (?:proposta|otimizada)|предлагаемая конфигурация|новый конфиг|配置预览|建议配置|推荐配置|优化后的?配置|优化配置|新配置|最终配置|完整配置|設定プレビュー|推奨設定|提案設定|新しい設定|最適化設定|설정 미리보기|권장 설정|최적화 설정/u,
  ],
  [
    'current',
    /\b(?:current|baseline|existing|original|present) (?:training )?(?:config(?:uration)?|settings|setup|hyper-?parameters?|parameters|yaml|architecture)\b|\bsetup\b|\bbackground\b|aktuelle (?:konfiguration|einstellungen)|configuration (?:actuelle|de base)|configuración (?:actual|base)|configuração atual|текущ(?:ая|ие|ий) (?:конфиг|настройки|параметры)|当前配置|现有配置|基线配置|目前配置|実験設定|現在の設定|現行設定|현재 설정/u,
  ],
  [
    'expected',
    /\b(?:expected (?:outcomes?|results?|improvements?|impact|performance|effects?|gains?|metrics|benefits?)|success criteria|projected|projections?|expectations?|forecast|predicted|anticipated|estimated (?:impact|outcome))\b|erwartet|erwartung|résultats? attendus?|effets? attendus?|gains? attendus?|resultados? esperados?|mejora esperada|ожидаем|预期|期待|見込み|예상|기대/u,
  ],
  [
    'recommendations',
    /\b(?:recommendations?|initiatives|recommended (?:changes|actions?|fixes|interventions|next steps|adjustments|steps|experiments|improvements|modifications|optimi[sz]ations?|updates|commands?|runs?|training|approach|treatment)|suggest(?:ed|ions?)(?: (?:changes|fixes|actions?|improvements))?|proposed (?:changes|fixes|actions?|interventions|improvements|experiments|solutions?|modifications|adjustments|updates|plan)|proposals?|actionable (?:items|recommendations|advice|steps)|improvement (?:plan|suggestions|actions?|proposals)|optimi[sz]ation (?:plan|recommendations|strategy|actions?|suggestions|steps|proposals)|interventions?|remed(?:y|ies|iation)|prescriptions?|treatment(?: plan)?|fix(?:es)?(?: plan| list)?|solutions?|what (?:to (?:do|change|try|fix)|should (?:be )?change[ds]?|i would (?:do|change)|i'?d (?:do|change)|we should (?:do|change))|config(?:uration)? (?:changes|updates|modifications|edits|adjustments)|hyper-?parameter (?:changes|updates|adjustments|recommendations)|changes(?: (?:to (?:make|apply|try|config)|proposed|requested|needed|required))?|to change|todo|to-do|(?:counter-?)?measures?|mitigations?|corrective actions?|advice|tuning (?:plan|advice|recommendations)|action plan|plan of (?:action|attack)|experiments to run|the fix|quick wins|recs|rx|therapy|my (?:advice|picks)|suggested config changes|adjustments|changeset|change list|delta)\b|empfehlung|maßnahme|massnahme|vorschläge|vorschlag|handlungsempfehlung|verbesserungsvorschläge|änderungsvorschläge|änderungen|was (?:zu tun ist|ändern)|recommandation|mesures?\b|préconisation|actions? (?:proposées?|recommandées?|à mener|correctives?)|modifications? (?:proposées?|recommandées?)|propositions?|plan d'action|recomendaci|acciones? (?:propuestas?|recomendadas?|correctivas?)|cambios (?:propuestos|recomendados|sugeridos)|propuestas?|plan de acción|mejoras propuestas|recomendaç|ações|mudanças (?:propostas|recomendadas)|raccomandazion|modifiche (?:proposte|consigliate)|рекомендаци|предложени|что делать|план действий|меры|aanbeveling|zalecenia|rekommendation|建议|改进|优化方案|优化措施|优化建议|推荐|措施|解决方案|对策|修改方案|调整方案|改善|推奨|提案|対策|改善案|改善策|変更案|アクション|권장|제안|개선|조치|대책/u,
  ],
  [
    'root-cause',
    /\b(?:root[- ]?causes?|primary (?:issue|problem|cause|diagnosis)|main (?:issue|problem|cause)|diagnosis|diagnoses|diagnostic (?:findings?|summary|conclusion)|key (?:findings?|issues?|problems?)|problem statement|underlying (?:cause|issue)s?|issues?(?: identified| found)?|problems?(?: identified| found)?|what(?:'s| is| went) wrong|causes?|failure (?:mode|analysis)s?|culprits?|why it (?:fails|stalls|underperforms))\b|ursache|problemanalyse|diagnose|causes?\b|problème|diagnostic\b|causas?\b|diagnóstico|problema|причин|диагноз|проблем|根本原因|原因|根因|问题诊断|问题分析|主要问题|诊断|问题|問題|診断|課題|원인|진단|문제/u,
  ],
  [
    'target',
    /\b(?:targets?|goals?|objectives?|acceptance criteria)\b|zielvorgabe|^ziele?$|zielwert|objectifs?|objetivos?|metas?\b|цел[ьи]|目标|目標|목표/u,
  ],
  [
    'baseline',
    /\b(?:baseline|current (?:results?|performance|metrics|state|status)|results?|performance(?: summary| overview)?|metrics|training (?:results|summary|curves|dynamics)|observations?|evidence|curves?|analysis|learning curves|figures|numbers)\b|ergebnisse|beobachtung|analyse|messwerte|résultats|observations|resultados|observaciones|análisis|результат|наблюден|анализ|基线|结果|现状|性能|观察|分析|表现|ベースライン|結果|観察|分析|現状|베이스라인|결과|분석|관찰/u,
  ],
  [
    'steps',
    /\b(?:next steps?|action items?|actions?|steps?|follow-?ups?|plan|implementation(?: plan| order| steps| guide| roadmap)?|roadmap|how to (?:apply|proceed)|procedure|rollout|execution plan|order of (?:execution|application)|strategy|way forward|moving forward|conclusions?)\b|nächste schritte|schritte|vorgehen|umsetzungsplan|prochaines étapes|étapes|próximos pasos|pasos|próximos passos|следующие шаги|план|шаги|下一步|步骤|行动计划|实施|次のステップ|手順|今後の進め方|다음 단계|단계|계획/u,
  ],
  [
    'summary',
    /\b(?:(?:executive )?summary|tl;?dr|overview|at a glance|abstract|introduction|key takeaways|in short|bottom line)\b|zusammenfassung|überblick|résumé|synthèse|resumen|resumo|резюме|сводка|кратко|摘要|总结|概述|概要|まとめ|要約|요약|개요/u,
  ],
  [
    'other',
    /\b(?:appendix|appendices|references?|glossary|notes?|methodology|methods?|disclaimer|acknowledg|environment|reproduc|raw (?:data|logs?)|logs?|checklist|metadata|about|contact|sign-?off|approval|risks?|limitations|validation plan|monitoring|verification)\b|anhang|literatur|annexe|anexo|приложение|附录|参考|付録|参考文献|부록/u,
  ],
];

/** "Diagnostic report" names the document, not a section of it. */
const REPORT_TITLE =
  /^(?:.{0,40}\b)?(?:diagnostics?|training|model|phase \d|performance|evaluation)\b.{0,20}\b(?:report|notes|assessment|review)\b|diagnosebericht|rapport de diagnostic|informe de diagnóstico|relatório|诊断报告|診断レポート|진단 보고서/u;

/** The role of a section by its title; null where the title says nothing of the kind. */
export function roleOf(title: string): Role | null {
  const clean = title
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[`*_"\p{Extended_Pictographic}]/gu, ' ')
    .replace(/^[\s\d.):#–—-]+/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
  if (clean === '' || clean.length > 100) return null;
  if (REPORT_TITLE.test(clean)) return null;
  for (const [role, pattern] of ROLES) if (pattern.test(clean)) return role;
  return null;
}

/** Headings that only group recommendations: "High priority", "Quick wins". */
const GROUP =
  /^(?:(?:(?:very )?(?:high|medium|low|top|highest|lowest|critical|urgent|normal|first|second|third|p[0-4]|tier [0-9]|must|should|could|quick|immediate|short|mid|near)(?:[- ](?:priority|impact|effort|term|wins?|haves?|do|risk))*|priority|(?:tier|phase|wave|stage)(?: ?[0-9])?)(?:\s*[:(–—-].*)?|immediate(?:ly)?(?: actions?| changes?)?|quick wins?|must[- ]haves?|primary(?: (?:changes|recommendations|actions|fixes))?|secondary(?: (?:changes|recommendations|actions|fixes))?|core (?:changes|recommendations)|main (?:changes|recommendations)|high-impact.*|low-risk.*|hohe priorität|mittlere priorität|niedrige priorität|sofort(?:maßnahmen)?|priorité (?:haute|moyenne|basse)|haute priorité|prioridad (?:alta|media|baja)|alta prioridad|высокий приоритет|高优先级|中优先级|低优先级|优先|高優先度|中優先度|低優先度|優先度.?[高中低]|높은 우선순위|config(?:uration)? changes|hyper-?parameters?(?: changes)?)$/u;

export function isGroupTitle(title: string): boolean {
  const clean = title
    .toLowerCase()
    .replace(/[`*_"\p{Extended_Pictographic}]/gu, ' ')
    .replace(/^[\s.):#–—-]+|[\s:]+$/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return GROUP.test(clean);
}
