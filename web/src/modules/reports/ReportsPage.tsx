import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { cardNames, traitNames } from '@zhibu/server/modules/reports/names-schema'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { useToday } from '../../ui/today.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { CardPart } from './CardPart.tsx'
import { ComparisonPart } from './ComparisonPart.tsx'
import { NothingReadable, useReadable } from './Readable.tsx'
import classes from './Reports.module.css'

const route = getRouteApi('/signed-in/reports')

/** 统计: sums of an organisation and all below it, as pictures and tables; each figure leads to the rows behind it. */
export function ReportsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const today = useToday()
  const { data, error, refetch, readable, it } = useReadable(search.organization)
  const change = (part: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...part }) })
  const above = it && readable.find(({ id }) => id === it.parentId)
  const year = yearOf(search.year, today)
  const by = codeIn(traitNames, search.by ?? null) ?? 'sex'
  return (
    <Page
      title="统计"
      {...(it && { subtitle: it.name, printTitle: `${it.name}统计` })}
      lead="合计由已经登记的记录得出，不另外填报；点数字看是哪些人、哪些组织。不打分，不给任何人和组织排名。"
      actions={
        it && (
          <>
            <DownloadButton url={`/api/reports/${it.id}/exports`} body={{ year }}>
              导出统计表
            </DownloadButton>
            <LinkButton variant="default" to="/reports/schedules" search={{ organization: it.id }}>
              定期报送
            </LinkButton>
            {above && (
              <LinkButton variant="default" to="/reports" search={{ ...search, organization: above.id }}>
                上一级：{above.shortName ?? above.name}
              </LinkButton>
            )}
          </>
        )
      }
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : !it ? (
        <NothingReadable />
      ) : (
        <>
          {readable.length > 1 && (
            <div className={`${classes.filters} no-print`}>
              <OrganizationPicker
                label="组织（含下级）"
                value={it.id}
                onChange={(organization) => change({ organization })}
                among={(node) => node.can.readFiles}
              />
            </div>
          )}
          <CardPart organizationId={it.id} card="stages" title={cardNames.stages} />
          <CardPart
            organizationId={it.id}
            card="members"
            title={cardNames.members}
            asked={{ by }}
            controls={
              <SegmentedControl
                aria-label="按什么计"
                data={choicesOf(traitNames)}
                value={by}
                onChange={(value) => change({ by: codeIn(traitNames, value) })}
                className={classes.choice ?? ''}
              />
            }
          />
          <CardPart organizationId={it.id} card="development" title={cardNames.development} />
          <CardPart organizationId={it.id} card="dues" title={cardNames.dues} />
          <CardPart organizationId={it.id} card="terms" title={cardNames.terms} />
          <CardPart
            organizationId={it.id}
            card="training"
            title={`${year} 年${cardNames.training}`}
            asked={{ year }}
            controls={<Years year={year} />}
          />
          <CardPart
            organizationId={it.id}
            card="activities"
            title={`${year} 年${cardNames.activities}`}
            asked={{ year }}
          />
          <ComparisonPart organizationId={it.id} />
        </>
      )}
    </Page>
  )
}

function Years({ year }: { year: number }) {
  const search = route.useSearch()
  const to = (it: number) => ({ to: '/reports', search: { ...search, year: String(it) } }) as const
  return (
    <>
      <LinkButton variant="default" {...to(year - 1)}>
        {year - 1} 年
      </LinkButton>
      <LinkButton variant="default" {...to(year + 1)}>
        {year + 1} 年
      </LinkButton>
    </>
  )
}

function yearOf(wanted: string | undefined, today: string | undefined): number {
  const year = Number(wanted)
  return Number.isInteger(year) && year >= 2000 && year <= 2100 ? year : Number((today ?? '2026').slice(0, 4))
}
