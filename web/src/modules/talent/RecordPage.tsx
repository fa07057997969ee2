import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { recordQuery } from './api.ts'
import { Corrections } from './Corrections.tsx'
import { OfficialDialog } from './OfficialDialog.tsx'
import { RecordView } from './RecordView.tsx'

const route = getRouteApi('/signed-in/staff/$personId')
const breadcrumbs = [{ label: '工作队伍', to: '/staff' }]

/** The record of somebody, for whoever keeps it. */
export function RecordPage() {
  const { personId } = route.useParams()
  const { data, error, refetch } = useQuery(recordQuery(personId))
  const [isSetting, setIsSetting] = useState(false)
  const it = data?.value
  return (
    <Page
      title={it ? `${it.person.name}的队伍信息` : '队伍信息'}
      breadcrumbs={breadcrumbs}
      subtitle={it?.organization.name}
      lead="打开这一页，本人看得到是谁、哪一天打开的。"
    >
      {data && it ? (
        <>
          <RecordView
            it={it}
            officialActions={
              it.can.setOfficial && (
                <Button variant="default" onClick={() => setIsSetting(true)}>
                  登记岗位
                </Button>
              )
            }
          />
          <Corrections all={it.corrections} isOwn={false} />
          {isSetting && (
            <OfficialDialog
              person={it.person}
              official={it.official}
              etag={data.etag}
              onClose={() => setIsSetting(false)}
            />
          )}
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}
