import type { LabelClass } from '../words/labels.ts';

/** What the sentence before a code block or list announces; null where it only leads on. */
export function introducedAs(text: string): LabelClass | null {
  const tail = text.trim().slice(-160).toLowerCase().replaceAll('’', "'");
  const last = /[^.!?;]*[.!?;:]?\s*$/u.exec(tail)?.[0] ?? tail;
  if (
    /\b(?:full|complete|combined|final|entire|resulting|whole)\b.{0,30}\b(?:config|configuration|yaml|file)\b|\bpreview\b|optimi[sz]ation_config|putting (?:it|this) (?:all )?together|gesamte konfiguration|configuration complète|完整配置|設定全体/u.test(
      last,
    )
  )
    return 'preview';
  if (
    /\b(?:alternatively|as an alternative|fallback|otherwise|if (?:that|this|it|still|needed)|or,? if|another option)\b|^\W*or\W*$|alternativ|sinon|de lo contrario|备选|否则|または/u.test(
      last,
    )
  )
    return 'alternative';
  if (
    /\b(?:instead of|replace|remove|rather than)\W*$|\b(?:replace|change) (?:this|the following|these lines?)\b.{0,20}:?\s*$/u.test(
      last,
    )
  )
    return 'current';
  if (
    /\b(?:after|new|proposed|recommended|suggested|becomes?|updated|change (?:it |this |them )?to|with|to|should be|apply|add|set|use)\b[^.]{0,60}:\s*$|nachher|neu|après|después|改为|修改为|変更後/u.test(
      last,
    ) &&
    !/\b(?:current|currently|baseline|existing|old|before)\b/u.test(last)
  )
    return 'change';
  if (
    /\b(?:current|currently|baseline|existing|old|before|original|previous|was|as of now)\b[^.]{0,60}:?\s*$|aktuell|bisher|vorher|actuel|avant|actual(?:mente)?|antes|текущ|当前|目前|修改前|現在|変更前|현재/u.test(
      last,
    )
  )
    return 'current';
  if (/\b(?:for example|e\.g\.|example)\b|beispiel|exemple|ejemplo|例如|例えば/u.test(last)) return 'example';
  if (/\b(?:output|log|logs|trace|traceback|printed|shows?|curve)\b[^.]{0,30}:\s*$/u.test(last))
    return 'reason';
  return null;
}
