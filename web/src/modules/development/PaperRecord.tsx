import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ActKind, actLabels } from '@zhibu/rules'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FindingNote } from '../../ui/FindingNote.tsx'
import { fileQuery, papersQuery } from './api.ts'
import { shownFinding } from './shownBasis.ts'

interface Props {
  personId: string
  documentId: string
  evidences: readonly ActKind[]
}

/** What is recorded of the acts that a paper proves, and where the paper says something else. */
export function PaperRecord({ personId, documentId, evidences }: Props) {
  const file = useQuery(fileQuery(personId))
  const papers = useQuery(papersQuery(personId))
  if (file.error) return <ErrorState error={file.error} onRetry={() => void file.refetch()} />
  const acts = (file.data?.value.acts ?? []).filter(
    (it) => it.correctedBy === undefined && evidences.includes(it.act.kind),
  )
  const findings = papers.data?.findings.filter((it) => it.documentId === documentId) ?? []
  return (
    <>
      {acts.length > 0 && (
        <DescriptionList
          items={acts.map(({ act }) => ({
            label: actLabels[act.kind],
            value: (
              <Link to="/development/$personId" params={{ personId }}>
                {act.on ? <DayText on={act.on} /> : '已登记，日期不详'}
              </Link>
            ),
          }))}
        />
      )}
      {file.data && acts.length === 0 && evidences.length > 0 && <p>还没有登记这份材料对应的事项。</p>}
      {findings.map((it) => (
        <FindingNote key={it.message} {...shownFinding(it)} />
      ))}
    </>
  )
}
