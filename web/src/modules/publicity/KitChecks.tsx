import { Link } from '@tanstack/react-router'
import type { ArticleView, KitCheck } from '@zhibu/server/modules/publicity/schema'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { SeverityMark } from '../../ui/SeverityMark.tsx'
import classes from './Kit.module.css'

/** What to mend and what to look at before an article goes to a 公众号, each with the way to the place where it is mended. */
export function KitChecks({ it, checks }: { it: ArticleView; checks: readonly KitCheck[] }) {
  const hasToWrite = checks.some(({ code }) => isMendedByWriting(code))
  return (
    <Section title="发出前核对">
      {checks.length === 0 ? (
        <p className={parts.note}>没有需要改的地方。</p>
      ) : (
        <ul className={classes.checks}>
          {inOrder(checks).map((check) => (
            <li key={check.text}>
              <SeverityMark severity={check.weight === 'must' ? 'error' : 'warning'} />
              <span>
                {check.text} <Mending it={it} code={check.code} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {hasToWrite && (
        <p className={parts.note}>
          {!it.can.write
            ? it.can.takeBack && it.submittedVersion !== null
              ? '稿件已经送审，要改请先在稿件页点“撤回送审”。'
              : '您现在不能修改这篇稿件，请告诉写稿的同志。'
            : it.publishedVersion !== null && '改好以后再送审，审核通过以后这里才更新。'}
        </p>
      )}
    </Section>
  )
}

function Mending({ it, code }: { it: ArticleView; code: string }) {
  if (code === 'consent')
    return (
      <span className="no-print">
        <Link to="/media">到素材中登记</Link>
      </span>
    )
  if (!it.can.write || !isMendedByWriting(code)) return null
  return (
    <span className="no-print">
      <Link to="/publicity/$articleId/write" params={{ articleId: it.id }}>
        去修改
      </Link>
    </span>
  )
}

const inOrder = (checks: readonly KitCheck[]): KitCheck[] => [
  ...checks.filter((it) => it.weight === 'must'),
  ...checks.filter((it) => it.weight !== 'must'),
]

/** What is not: a film and addresses have another place there, and whoever is shown is asked by the one who brought the picture. */
const isMendedByWriting = (code: string): boolean => !['consent', 'video', 'links'].includes(code)
