import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { expiringTermsQuery } from './api.ts'
import { TermMark } from './TermMark.tsx'

/** So many are shown before “all” is asked for. */
const shownAtFirst = 4

/** The re-elections to be planned, asked for or overdue, the most urgent first; nothing where there are none. */
export function ExpiringTerms() {
  const { data } = useQuery(expiringTermsQuery)
  const [isWhole, setIsWhole] = useState(false)
  const items = data?.items ?? []
  if (items.length === 0) return null
  const shown = isWhole ? items : items.slice(0, shownAtFirst)
  return (
    <Section
      title={`临近换届和超期未换届（${items.length}）`}
      actions={
        items.length > shownAtFirst && (
          <Button variant="default" size="xs" onClick={() => setIsWhole(!isWhole)} aria-expanded={isWhole}>
            {isWhole ? '收起' : '全部显示'}
          </Button>
        )
      }
    >
      <RowList
        label="临近换届和超期未换届的组织"
        rows={shown.map((it) => ({
          key: it.organizationId,
          title: (
            <Link to="/organization/$organizationId" params={{ organizationId: it.organizationId }}>
              {it.name}
            </Link>
          ),
          mark: <TermMark standing={it.standing} />,
          facts: [
            <span key="by">
              最迟 <DayText on={it.reElectBy} relative="deadline" />
            </span>,
            ...it.explanations.map((reason) => (
              <span key={reason.text}>
                {reason.text}
                {reason.basis && `，依据${reason.basis.cited}`}
              </span>
            )),
          ],
        }))}
      />
    </Section>
  )
}
