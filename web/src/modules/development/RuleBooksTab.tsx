import { Checkbox } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { recruitmentRules } from '@zhibu/rules'
import { RuleArticle } from './RuleArticle.tsx'
import classes from './Rules.module.css'
import { issued2026Of, ruleArticles } from './ruleArticles.ts'
import { SourceFacts } from './SourceFacts.tsx'

const route = getRouteApi('/signed-in/rules/')

/** Both editions of the detailed rules, article by article, the changed ones side by side. */
export function RuleBooksTab() {
  const { only } = route.useSearch()
  const navigate = route.useNavigate()
  const shown = ruleArticles.filter((it) => only === undefined || it.change !== 'same')
  return (
    <>
      <SourceFacts of={recruitmentRules} />
      <p className={classes.hint}>
        每个环节按办理当日施行的版本核对：{issued2026Of}及以后用 2026 年修订版，此前用 2014 年版。
        标“待核”的，要点或条号尚未与正式文件逐字核对。
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
