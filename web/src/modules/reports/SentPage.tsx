import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { DayText } from '../../ui/DayText.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { Definitions } from './Definitions.tsx'
import { FiguresTable } from './FiguresTable.tsx'
import { sendingQuery } from './scheduleApi.ts'

const route = getRouteApi('/signed-in/reports/sent/$sendingId')

/** A table as it went upward: the figures of that day, whatever was recorded since. */
export function SentPage() {
  const { sendingId } = route.useParams()
  const { data, error, refetch } = useQuery(sendingQuery(sendingId))
  return (
    <Page
      title={data?.title ?? '报送的统计表'}
      breadcrumbs={[{ label: '统计', to: '/reports' }]}
      {...(data && { subtitle: data.organization.name })}
      actions={
        data && (
          <DownloadButton url={`/api/reports/sendings/${data.id}/exports`} body={{}}>
            下载表格
          </DownloadButton>
        )
      }
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        data.cards.map(({ name, card }) => (
          <Section key={name} title={name}>
            <div className={parts.form}>
              <FiguresTable
                label={`${name}的数字`}
                columns={card.columns}
                rows={card.rows}
                total={card.total}
                figure={({ value }) => value}
              />
              <Definitions
                first={
                  <>
                    连同全部下级组织，截至 <DayText on={card.day} />
                    ，报送以后不再变。
                  </>
                }
                texts={card.definitions}
              />
            </div>
          </Section>
        ))
      )}
    </Page>
  )
}
