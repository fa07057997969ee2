import { Checkbox } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { addDays, dayWritten, issued2014, issued2026, recruitmentRules, revised2026, ruleBookOn } from '@zhibu/rules'
import { RuleArticle } from './RuleArticle.tsx'
import classes from './Rules.module.css'
import { ruleArticles } from './ruleArticles.ts'
import { SourceFacts } from './SourceFacts.tsx'

const route = getRouteApi('/signed-in/rules/')

/** Both editions of the detailed rules, article by article, the changed ones side by side. */
export function RuleBooksTab() {
  const { only } = route.useSearch()
  const navigate = route.useNavigate()
  const shown = ruleArticles.filter((it) => only === undefined || it.change !== 'same')
  return (
    <>
      <SourceFacts of={recruitmentRules} editions={editions} />
      <p className={classes.hint}>
        每个环节按办理当日施行的版本核对。标“待核实”的，要点、数字或条号尚未与正式文件逐字核对。
      </p>
      <Checkbox
        className="no-print"
        label={`只看 2026 年有变化的（${ruleArticles.filter((it) => it.change !== 'same').length} 条）`}
        checked={only === 'changed'}
        onChange={(event) =>
          void navigate({ search: event.currentTarget.checked ? { only: 'changed' } : {}, replace: true })
        }
      />
      <nav aria-label="条目" className={`${classes.index} no-print`}>
        {shown.map((it) => (
          <a key={it.article} href={`#article-${it.article}`} className={classes.indexEntry}>
            第{it.article}条
          </a>
        ))}
      </nav>
      <div className={classes.articles}>
        {shown.map((it) => (
          <RuleArticle key={it.article} it={it} />
        ))}
      </div>
    </>
  )
}

/** Which edition holds for what was done when. */
const editions = [
  {
    label: `2014 年版（${ruleBookOn(issued2014)}）`,
    value: `${dayWritten(issued2014)}印发，适用于${dayWritten(addDays(issued2026, -1))}以前办理的事项`,
  },
  {
    label: `2026 年修订版（${ruleBookOn(issued2026)}）`,
    value: `${dayWritten(revised2026)}修订，${dayWritten(issued2026)}印发并施行，适用于当日起办理的事项`,
  },
]
