import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FindingNote } from '../../ui/FindingNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { type PlacesToSeal, useParts } from '../archive/parts.ts'
import { papersQuery } from './api.ts'
import classes from './FilePapers.module.css'
import { PapersToSeal } from './PapersToSeal.tsx'
import { doubtful, missingByDeliverer } from './paperGroups.ts'
import { citationIn, shownFinding } from './shownBasis.ts'

/**
 * What a person's papers lack by the filing list, by who hands it in, and what does not fit the record. Nothing where no papers
 * are kept here.
 */
export function FilePapers({ personId, toSeal }: { personId: string; toSeal?: PlacesToSeal }) {
  const { data, error, refetch } = useQuery(papersQuery(personId))
  const { PaperForms } = useParts()
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined || !data.isUsed) return null
  if (toSeal) return <PapersToSeal papers={data} places={toSeal} />
  const { remarks, findings, isWhole } = data
  const groups = missingByDeliverer(remarks)
  const missing = remarks.filter((it) => it.state === 'missing').length
  const odd = doubtful(remarks)
  return (
    <Section title={missing === 0 ? '材料核对' : `材料核对，缺 ${missing} 类`}>
      {missing === 0 && (
        <p className={classes.hint}>
          {isWhole ? '按归档清单，现在应有的材料都已归档。' : '授权给您的类别中没有缺少的材料，其他类别不在此列。'}
        </p>
      )}
      {groups.length > 0 && (
        <dl className={classes.groups}>
          {groups.map(({ deliveredBy, who, papers }) => (
            <div key={deliveredBy}>
              <dt>
                由{who}交来（{papers.length} 类）
              </dt>
              {papers.map(({ place, label }) => (
                <dd key={place}>
                  {label}{' '}
                  <Suspense fallback={null}>
                    <PaperForms personId={personId} place={place} />
                  </Suspense>
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
      {findings.map((it) => (
        <div key={`${it.documentId} ${it.message}`}>
          <FindingNote {...shownFinding(it)} />
          <PaperLink documentId={it.documentId} />
        </div>
      ))}
      {odd.map((it) => {
        const citation = citationIn(it)
        return (
          <div key={it.code}>
            <FindingNote severity="warning" message={it.message} {...(citation !== undefined && { citation })} />
            <PaperLink documentId={it.documentIds[0]} />
          </div>
        )
      })}
    </Section>
  )
}

function PaperLink({ documentId }: { documentId: string | undefined }) {
  if (documentId === undefined) return null
  return (
    <Link to="/archive/documents/$documentId" params={{ documentId }} className={`${classes.link} no-print`}>
      查看这份材料
    </Link>
  )
}
