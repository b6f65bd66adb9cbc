/** What a word or phrase does in a sentence of advice, in the languages reports are written in. */
export type WordClass =
  | 'increase'
  | 'decrease'
  | 'set'
  | 'enable'
  | 'disable'
  | 'remove'
  | 'keep'
  | 'from'
  | 'after-from'
  | 'to'
  | 'by'
  | 'of'
  | 'and'
  | 'or'
  | 'either'
  | 'but'
  | 'not'
  | 'reject'
  | 'observed'
  | 'copula'
  | 'example'
  | 'condition'
  | 'inspect'
  | 'alternatively'
  | 'optional'
  | 'later'
  | 'done'
  | 'instead'
  | 'choose'
  | 'modal'
  | 'filler'
  | 'respectively'
  | 'absent'
  | 'only'
  | 'in'
  | 'range'
  | 'described'
  | 'run'
  | 'unit'
  | 'pronoun'
  | 'most'
  | 'expect'
  | 'more';

/** Phrases are separated by `|`, words of a phrase by spaces; matching ignores case. */
const TABLE: Readonly<Record<WordClass, string>> = {
  increase:
    'increase|increases|increasing|increased|raise|raises|raising|raised|bump|bump up|bumping|boost|boosting|grow|lift|lengthen|extend|extending|extended|enlarge|widen|strengthen|scale up|multiply|multiplying|multiplied|multiplizieren|multiplier|multiplicar|moltiplicare|higher|larger|bigger|greater|longer|stronger|go up|double-check up|ramp up|turn up|crank up|crank|' +
    'erhöhe|erhöhen|erhöht|erhöhung|anheben|hebe|heraufsetzen|hochsetzen|steigern|steigere|verlängern|vergrößern|höher|höhere|höheren|höherer|größer|größere|größeren|länger|längere|verstärken|' +
    'augmenter|augmente|augmentez|relever|rallonger|allonger|monter|plus élevé|plus grand|plus grande|' +
    'aumentar|aumenta|aumente|subir|sube|suba|elevar|incrementar|incremente|ampliar|mayor|aumentare|alzare|' +
    'увеличить|увеличьте|увеличиваем|повысить|поднять|zwiększ|zwiększyć|verhogen|öka|' +
    '增加|增大|提高|提升|增强|上调|加大|调高|调大|延长|扩大|加强|升高|上げる|上げ|増やす|増やし|増加|大きく|高く|引き上げ|引き上げる|延ばす|強化|늘리|늘려|높이|높여|증가|올리',
  decrease:
    'divide|dividing|divided|diviser|divisez|divise|dividir|divida|teilen|teile|делить|разделить|除以|decrease|decreases|decreasing|decreased|reduce|reduces|reducing|reduced|reduction|lower|lowers|lowering|lowered|cut|cutting|shrink|shorten|lessen|tighten|smaller|less|fewer|shorter|scale down|bring down|go down|turn down|dial down|dial back|slow down|drop down|drop from|drop to|dividieren|dividere|reduza|diminua|diminuir|' +
    'senke|senken|gesenkt|reduziere|reduzieren|reduziert|verringern|verringere|herabsetzen|verkleinern|kürzen|verkürzen|niedriger|niedrigere|niedrigeren|kleiner|kleinere|kleineren|kürzer|kürzere|absenken|' +
    'réduire|réduis|réduisez|réduction|baisser|baisse|baissez|diminuer|diminue|abaisser|raccourcir|plus petit|plus faible|' +
    'reducir|reduzca|bajar|baja|baje|disminuir|menor|reduzir|diminuir|ridurre|abbassare|' +
    'уменьшить|уменьшите|снизить|понизить|zmniejsz|zmniejszyć|verlagen|minska|' +
    '降低|减少|减小|下调|缩短|调低|调小|缩小|降到|降至|下げる|下げ|減らす|減らし|小さく|低く|短く|短縮|引き下げ|引き下げる|縮小|줄이|줄여|낮추|낮춰|감소',
  set:
    'set|sets|use|uses|using|apply|applying|adopt|choose|pick|select|change|changes|changing|changed|switch|switching|switch over|replace|replacing|swap|adjust|adjusting|update|updating|move|go|put|introduce|introducing|add|adding|added|include|insert|configure|specify|try|start|begin|bring|make|stick to|settle on|fix at|define|assign|tune to|pass|give|implement|employ|want|mess|fiddle|touch|alter|modify|tune|go with|opt for|ask for|drop in|' +
    'setze|setzen|setz|gesetzt|stelle|stellen|verwende|verwenden|nutze|nutzen|benutze|benutzen|wähle|wählen|ändere|ändern|umstellen|wechseln|wechsle|ersetzen|ersetze|hinzufügen|einführen|ergänzen|einbauen|anpassen|einstellen|festlegen|füge|' +
    'utiliser|utilise|utilisez|mettre|mets|mettez|fixer|fixe|fixez|définir|régler|passer|passez|porter|porte|portez|changer|remplacer|ajouter|ajoute|ajoutez|introduire|appliquer|adopter|modifier|modifie|modifiez|passe|passent|' +
    'usar|usa|use|utilizar|utilice|poner|pon|fijar|fija|establecer|cambiar|cambie|añadir|añade|agregar|agregue|reemplazar|sustituir|ajustar|configurar|adicionar|definir|trocar|impostare|aggiungere|cambiare|' +
    'установить|задать|использовать|добавить|изменить|заменить|поставить|ustaw|użyj|dodaj|' +
    '设置|设置为|设为|设成|设定|设定为|改为|改成|改用|调整|调整为|调整到|调为|使用|采用|添加|加入|引入|换成|替换|替换为|切换|切换到|换为|修改|修改为|变更|变更为|更改|更改为|用|設定|設定する|変更|変更する|使用する|使う|追加|追加する|導入|導入する|切り替え|切り替える|にする|とする|설정|변경|추가|사용',
  enable:
    'enable|enables|enabling|enabled|activate|activating|turn on|switch on|turning on|re-enable|aktivieren|aktiviere|aktiviert|einschalten|anschalten|activer|active|activez|activar|activa|habilitar|habilite|ativar|attivare|включить|启用|开启|打开|激活|有効化|有効にする|有効|オン|활성화',
  disable:
    'disable|disables|disabling|disabled|deactivate|turn off|switch off|turning off|deaktivieren|deaktiviere|abschalten|ausschalten|désactiver|désactivez|desactivar|deshabilitar|desativar|disattivare|выключить|отключить|禁用|关闭|停用|関闭|無効化|無効にする|無効|オフ|비활성화',
  remove:
    'remove|removes|removing|removed|delete|deleting|drop|dropping|discard|eliminate|get rid of|take out|strip|entferne|entfernen|löschen|lösche|streichen|weglassen|supprimer|supprime|retirer|enlever|eliminar|elimine|quitar|quita|remover|rimuovere|удалить|убрать|删除|移除|去掉|去除|取消|削除|削除する|取り除く|제거|삭제',
  keep:
    'keep|keeps|keeping|kept|leave|leaves|leaving|retain|retained|retaining|maintain|maintaining|preserve|hold|holding|stays|stay|remain|remains|remaining|unchanged|as is|as-is|as it is|as they are|no change|no changes|no change needed|not change|untouched|the same|same as baseline|same as before|same|fine as is|is fine|are fine|looks fine|is ok|is okay|ok|okay|no action|no action needed|no change required|nothing to do|do nothing|stick with|' +
    'beibehalten|belassen|behalten|bleibt|bleiben|unverändert|lassen|lasse|beibehalte|keine änderung|gleich|nicht ändern|' +
    'garder|gardez|garde|conserver|conservez|maintenir|laisser|inchangé|inchangée|inchangés|inchangées|ne pas changer|aucun changement|pas de changement|' +
    'mantener|mantenga|mantén|conservar|dejar|deja|sin cambios|sin cambio|no cambiar|manter|mantenere|sem alteração|invariato|' +
    'оставить|сохранить|без изменений|не менять|' +
    '保持|保持不变|保留|维持|不变|无需修改|无需更改|不需要修改|不修改|不做修改|维持不变|維持|維持する|そのまま|変更しない|変更なし|変更不要|据え置き|유지|그대로|변경 없음',
  from: 'from|von|vom|desde|depuis|da|dal|из|с|от|从|由|自',
  'after-from': 'から|에서|より',
  to: 'to|para|into|towards|toward|auf|zu|zum|nach|à|hasta|até|на|до|do|till|=|到|至|为|成|成为|に|へ|まで|로|으로|till|tot|til|として|在',
  by: "by|par|um|por|entre|de un|d'un|на|по|with a factor of|of a factor",
  of: "of|at|with|as|is set at|bei|mit|von|de|del|du|d'|con|avec|a|en|als|como|comme|est|sollte|sei|=|を|は|が|の|で|을|를|은|는|为|at about|per|within",
  and: 'and|plus|as well as|also|und|sowie|et|y|e|ainsi que|así como|i|и|und auch|和|与|及|以及|并|并且|且|同时|と|および|及び|かつ|また|와|과|및|then|danach|puis|luego|then also|&',
  or: 'or|oder|ou|o|или|或|或者|または|もしくは|あるいは|또는|and/or|lub',
  either: 'either|entweder|soit|one of|any of|要么|либо|o bien',
  but: 'but|while|whereas|however|though|although|yet|except|aber|jedoch|sondern|während|mais|tandis que|cependant|pero|mientras|sino|но|但|但是|而|不过|しかし|但し|ただし|지만|하지만',
  not: "not|don't|dont|do not|does not|doesn't|didn't|did not|should not|shouldn't|must not|mustn't|cannot|can't|won't|would not|wouldn't|isn't|never|no need to|no need for|without|no longer|nicht|kein|keine|keinen|niemals|nie|ohne|ne pas|pas|jamais|sans|no|nunca|sin|não|nem|нет|не|без|不|不要|不应|不应该|不必|无需|勿|别|不能|しない|せず|ない|なし|不要です|않|말",
  reject:
    'avoid|avoiding|avoided|rejected|reject|rejecting|rule out|ruled out|ruling out|not recommended|not advised|discouraged|against|decided against|discarded|dismissed|considered but|not worth|refrain from|beware of|vermeiden|vermeide|verworfen|abgelehnt|abzulehnen|raten ab|abzuraten|éviter|évitez|rejeté|rejetée|déconseillé|evitar|evite|descartado|descartada|rechazado|избегать|отклонено|避免|否决|排除|避ける|却下|不推荐|不建议|推奨しない|피하',
  observed:
    'currently|current|at present|at the moment|presently|now at|right now|as of now|today|was|were|had|has been|have been|used to|previously|previous|formerly|earlier|earlier run|last run|previous run|last time|so far|originally|original|initially|in the baseline|baseline uses|baseline used|the baseline|baseline has|existing|we used|used|we ran|we tried|tried|tested|ran with|trained with|was trained|uses|had been|in an earlier|in a previous|in the last|diverged|crashed|collapsed|failed|exploded|oscillated|did nothing|made no difference|did not help|no effect|yesterday|last week|default|default is|defaults to|by default|the old|old|' +
    'aktuell|aktueller|aktuelle|derzeit|derzeitig|momentan|bisher|bisherige|bislang|zurzeit|war|waren|wurde|vorher|im letzten lauf|zuvor|ursprünglich|ist-wert|' +
    "actuellement|actuel|actuelle|était|avant|auparavant|précédemment|jusqu'ici|par défaut|" +
    'actualmente|actual|era|estaba|antes|anteriormente|por defecto|atualmente|atual|attualmente|attuale|' +
    'сейчас|текущий|текущее|текущая|было|был|ранее|раньше|' +
    '目前|当前|现在|现有|现状|现为|原为|之前|此前|以前|曾|默认|原来|基线为|現在|現状|以前は|従来|これまで|元は|デフォルト|현재|기존|이전',
  copula:
    'is|are|equals|seems|looks|appears|sits at|stands at|is at|gave|gives|gave us|yields|yielded|caused|causes|leads|led|means|helped|worked|works|suggests|shows|reached|reaches|achieved|ist|sind|beträgt|liegt|liegt bei|est|sont|vaut|es|son|está|vale|é|è|является|составляет|равен|равна|是|仅为|仅|只有|过高|过低|过大|过小|太高|太低|偏高|偏低|太大|太小|である|です|だった|だけ|しか',
  example:
    'e.g.|e.g|eg|for example|for instance|such as|say|like|i.e.|z.b.|z. b.|zum beispiel|etwa|beispielsweise|p. ex.|p.ex.|par exemple|tel que|comme|por ejemplo|p.ej.|p. ej.|como|например|例如|比如|如|譬如|例えば|たとえば|など|예를 들어|예컨대|for illustration',
  condition:
    'if|in case|unless|provided|should it|when possible|if needed|if necessary|if possible|in the event|only if|whenever|falls|wenn|sofern|sollte|si|au cas où|en caso|caso|quando|se|если|при необходимости|如果|若|如|假如|要是|倘若|もし|場合|場合は|なら|ならば|たら|만약|경우|jeśli|als het',
  inspect:
    'keep in mind|keep an eye on|keep an eye|keep track|keep monitoring|keep watching|see|check|verify|test|tell|determine|whether|ensure|confirm|prüfen|überprüfen|vérifier|verificar|проверить|检查|确认|確認',
  alternatively:
    'alternatively|alternative|alternatives|otherwise|or else|failing that|as a fallback|fallback|plan b|as an alternative|another option|second option|one could also|could also|you could also|also possible|alternativ|ansonsten|andernfalls|sonst|alternativement|sinon|à défaut|alternativamente|de lo contrario|si no|альтернативно|иначе|或者也可以|也可以|也可|否则|备选|或者|代わりに|または|その他|대안|아니면',
  optional:
    'optional|optionally|nice to have|nice-to-have|stretch|stretch goal|maybe|perhaps|possibly|potentially|might|may|could|bonus|experimental|unsure|not sure|evtl.|eventuell|vielleicht|ggf.|gegebenenfalls|facultatif|facultative|optionnel|optionnelle|peut-être|éventuellement|opcional|opcionalmente|quizás|quizá|tal vez|возможно|опционально|可选|可能|也许|或许|オプション|任意|かもしれない|可能なら|선택|선택 사항',
  later:
    'later|later on|in the future|future|future work|next iteration|next round|in a later|second iteration|second round|down the road|eventually|long term|long-term|longer term|at a later|follow-up|follow up|afterwards|phase 5|after that|subsequently|next time|next week|in iteration 2|iteration 2|someday|as a next step|später|künftig|zukünftig|nächste iteration|in der nächsten|langfristig|plus tard|ultérieurement|à long terme|prochaine itération|más tarde|más adelante|a largo plazo|en el futuro|próxima iteración|позже|в будущем|以后|之后|后续|将来|下一轮|下次|今後|後で|次回|将来的|나중에|향후',
  done: 'already|done|completed|implemented already|has already|have already|already applied|already set|already in place|already at|already done|already uses|already enabled|already made|bereits|schon|erledigt|umgesetzt|déjà|fait|ya|hecho|já|già|уже|сделано|已|已经|已完成|已应用|已启用|已设|早已|既に|すでに|済み|済|適用済み|完了|이미|완료',
  instead:
    'instead of|rather than|in place of|as opposed to|over|compared to|compared with|vs|vs.|versus|relative to|not|statt|anstatt|anstelle von|gegenüber|au lieu de|plutôt que|contre|en lugar de|en vez de|frente a|вместо|而不是|而非|代替|ではなく|の代わりに|대신',
  choose:
    'start with|start at|starting at|starting with|begin with|begin at|starting from|preferably|prefer|preferred|recommended|we recommend|i recommend|recommend|suggested|we suggest|i suggest|suggest|propose|we propose|chosen|we choose|we chose|i choose|choose|go with|going with|we go with|pick|decision|decided|selected|best guess|my pick|our pick|settle on|first try|try first|initially use|specifically|concretely|ideally|use|beginne mit|beginnen mit|start mit|bevorzugt|empfohlen|wir empfehlen|gewählt|entscheidung|wir wählen|zunächst|commencer par|commencer à|recommandé|recommandée|préféré|nous recommandons|de préférence|empezar con|empezar por|recomendado|recomendada|recomendamos|preferiblemente|preferido|начать с|рекомендуется|рекомендуем|推荐|建议|建议先|首选|优先|选择|我们选择|从…开始|先用|推奨|まずは|推奨値|選択|第一候補|추천|권장',
  modal:
    "should|should be|must|must be|need to|needs to|needs to be|has to|have to|ought to|recommend|recommended|we recommend|i recommend|suggest|i suggest|we suggest|propose|i'd|i would|we'd|let's|lets|please|try|consider|considering|want to|go for|to be|shall|advise|advised|better|sollte|sollten|soll|muss|müssen|empfehle|empfehlen|bitte|doit|devrait|il faut|faut|recommande|debe|debería|recomiendo|recomendamos|hay que|conviene|deve|следует|нужно|надо|рекомендую|рекомендуем|建议|应|应该|应当|需要|需|推荐|请|必须|可以|宜|将|把|すべき|べき|推奨|ください|したい|必要|해야|권장|제안",
  filler:
    'the|a|an|rate|rates|value|values|parameter|hyperparameter|probability|prob|p|setting|settings|regularization|regularisation|coefficient|coeff|norm|ratio|size|strength|weight|be|being|to be|it|its|this|that|our|your|new|final|model|network|training|target|now|just|simply|slightly|moderately|significantly|further|substantially|aggressively|drastically|about|approximately|approx.|approx|around|roughly|ca.|ca|circa|etwa|environ|aproximadamente|exactly|only|up|down|back|all|key|field|option|flag|config|configuration|hyper-parameter|of|overall|term|constant|lambda|λ|number|initial|base|maximum|max|total|something|say|even|too|both|each|der|die|das|den|dem|des|ein|eine|einen|rate|wert|wahrscheinlichkeit|le|la|les|un|une|taux|valeur|probabilité|el|los|las|una|tasa|valor|probabilidad|o|os|as|uma|il|lo|значение|коэффициент|值|的|率|概率|参数|系数|大小|约|约为|大约|左右|値|値を|程度|約|率を|パラメータ|값|비율|確率',
  respectively:
    'respectively|resp.|beziehungsweise|bzw.|respectivement|respectivamente|соответственно|分别|分别为|それぞれ|각각',
  absent:
    'none|absent|missing|not set|unset|not present|n/a|na|nothing|not used|not configured|not in config|(none)|off|nicht gesetzt|nicht vorhanden|fehlt|keine|keiner|kein|absent|aucun|aucune|non défini|ninguno|ninguna|no definido|sin definir|нет|отсутствует|无|未设置|没有|未启用|なし|未設定|無し|없음|-|–|—|∅|null',
  only: 'only|just|merely|nur|lediglich|seulement|sólo|solo|только|仅|只|だけ|のみ|만',
  range:
    'range|range of|in the range|in the range of|within the range|in range|somewhere in|bereich|im bereich|im bereich von|plage|dans la plage|rango|en el rango|диапазон|в диапазоне|范围|范围内|範囲|범위|sweep|grid|search|search over|sweep over|grid search|values',
  described:
    'is set to|are set to|is set at|is fixed at|is fixed to|wird auf|est fixé à|est fixée à|se fija en|设为了',
  in: 'in|on|under|inside|within|for|during|durante|pendant|to the|into the|im|in der|in den|unter|für|beim|dans|sous|pour|du|en|bajo|para|в|для|在|中|下|里|の中|内|側|側の|에',
  run: 'train|training|run|running|trained|trainieren|trainiere|laufen|entraîner|entrenar|обучать|训练|学習|훈련|학습|continue',
  unit: 'epochs|epoch|steps|step|iterations|iters|batches|layers|units|neurons|heads|trees|rounds|samples|images|examples|times|runs|seeds|px|pixels|degrees|epochen|époques|epoche|épocas|époque|époques|эпох|轮|个|次|层|epoche|エポック|回|에폭|回合|个epoch|个周期|hidden|additional|extra|more|degree|°|points|pp|percentage',
  pronoun: 'it|this|that|them|value|es|ihn|le|lo|la|它|其|これ|그것',
  most: "at least|at most|up to|no more than|no less than|minimum of|maximum of|not exceed|below|above|under|over|less than|more than|greater than|smaller than|lower than|higher than|mindestens|höchstens|maximal|bis zu|unter|über|au moins|au plus|jusqu'à|al menos|como máximo|hasta|не менее|не более|до|至少|至多|不超过|低于|高于|大于|小于|以上|以下|未満|超|最大|最小|최소|최대|이상|이하",
  expect:
    'expect|expected|expecting|should yield|should give|should improve|should reduce|should bring|will improve|will reduce|will give|anticipate|anticipated|estimated|hope|hopefully|gain|gains|improves|improvement|improve|erwartet|erwarten|erwartung|verbessert|attendu|attendus|espéré|amélioration|esperado|esperamos|mejora|ожидается|预期|预计|期望|有望|期待|見込み|예상|기대',
  more: 'more|additional|extra|further|mehr|weitere|zusätzliche|plus de|supplémentaires|más|adicionales|больше|更多|もっと|追加で|더',
};

const FACTORS: Readonly<Record<string, number>> = {
  double: 2, doubles: 2, doubling: 2, doubled: 2, twice: 2, triple: 3, tripling: 3, tripled: 3, thrice: 3,
  quadruple: 4, quadrupling: 4, quadrupled: 4, halve: 0.5, halves: 0.5, halving: 0.5, halved: 0.5, half: 0.5,
  tenfold: 10, 'ten-fold': 10, twofold: 2, 'two-fold': 2, threefold: 3, fivefold: 5, fourfold: 4,
  verdoppeln: 2, verdopple: 2, verdoppelt: 2, verdreifachen: 3, verdreifacht: 3, vervierfachen: 4, verzehnfachen: 10,
  halbieren: 0.5, halbiere: 0.5, halbiert: 0.5, halb: 0.5, hälfte: 0.5,
  doubler: 2, doublez: 2, tripler: 3, quadrupler: 4, moitié: 0.5,
  duplicar: 2, duplique: 2, doblar: 2, dobla: 2, triplicar: 3, mitad: 0.5, metade: 0.5, metà: 0.5, dobrar: 2, triplicare: 3, raddoppiare: 2, dimezzare: 0.5,
  удвоить: 2, вдвое: 2, утроить: 3, 翻倍: 2, 加倍: 2, 倍增: 2, 翻一倍: 2, 减半: 0.5, 一半: 0.5, 折半: 0.5,
  倍にする: 2, 二倍: 2, 半分: 0.5, 半減: 0.5, 半減する: 0.5, 두배: 2, 절반: 0.5,
}; // prettier-ignore

const FRACTION_NOUNS: Readonly<Record<string, number>> = {
  third: 1 / 3, quarter: 0.25, fourth: 0.25, fifth: 0.2, tenth: 0.1, 'one-third': 1 / 3, 'one-quarter': 0.25, 'one-tenth': 0.1, 'one-half': 0.5, 'one-fifth': 0.2,
  drittel: 1 / 3, viertel: 0.25, zehntel: 0.1, fünftel: 0.2, tiers: 1 / 3, quart: 0.25, dixième: 0.1, tercio: 1 / 3, cuarto: 0.25, décima: 0.1, 十分之一: 0.1, 三分之一: 1 / 3, 四分之一: 0.25, 五分之一: 0.2,
}; // prettier-ignore

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, fifteen: 15, sixteen: 16, twenty: 20, thirty: 30, 'thirty-two': 32, forty: 40, fifty: 50, 'sixty-four': 64, hundred: 100,
  null: 0, eins: 1, zwei: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10, zwölf: 12, fünfzehn: 15, zwanzig: 20, dreißig: 30, fünfzig: 50, hundert: 100,
  deux: 2, trois: 3, quatre: 4, cinq: 5, sept: 7, huit: 8, neuf: 9, dix: 10, douze: 12, quinze: 15, vingt: 20, cinquante: 50, cent: 100,
  dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10, doce: 12, quince: 15, veinte: 20, cincuenta: 50, cien: 100,
  五: 5, 十: 10, 二十: 20, 五十: 50, 一百: 100,
}; // prettier-ignore

function buildClasses(): Map<string, ReadonlySet<WordClass>> {
  const out = new Map<string, Set<WordClass>>();
  for (const [wordClass, phrases] of Object.entries(TABLE) as [WordClass, string][])
    for (const phrase of phrases.split('|')) {
      const set = out.get(phrase) ?? new Set();
      set.add(wordClass);
      out.set(phrase, set);
    }
  return out;
}

function toMap(record: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  return new Map(Object.entries(record));
}

/** Phrase (words joined by one space, lower case) → classes. */
export const CLASSES: ReadonlyMap<string, ReadonlySet<WordClass>> = buildClasses();
export const FACTOR_WORDS = toMap(FACTORS);
export const FRACTION_WORDS = toMap(FRACTION_NOUNS);
export const NUMBER_VALUES = toMap(NUMBER_WORDS);
