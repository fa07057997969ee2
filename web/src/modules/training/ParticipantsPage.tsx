import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { stageLabels } from '@zhibu/rules'
import type { ParticipantRow } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DataList } from '../../ui/DataList.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { participantsQuery, programmeClient, programmeQuery, trainingKey } from './api.ts'
import type { TrainingSearch } from './searches.ts'
import { placeNames, placeWord, sourceNames } from './words.ts'

const route = getRouteApi('/signed-in/training/$programmeId/participants')

/** 学员名单: everybody on the list of a programme, in the order of their coming. */
export function ParticipantsPage() {
  const { programmeId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: Pick<TrainingSearch, 'q' | 'cursor' | 'place'>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  const programme = useQuery(programmeQuery(programmeId)).data?.value
  const place = codeIn(placeNames, search.place)
  const list = useQuery({
    ...participantsQuery(programmeId, { q: search.q, cursor: search.cursor, place }),
    placeholderData: keepPreviousData,
  })
  const [removed, setRemoved] = useState<ParticipantRow['person']>()
  const mayChange = programme?.can.plan ?? false
  const columns: Column<ParticipantRow>[] = [
    { key: 'name', header: '姓名', cell: (it) => it.person.name },
    { key: 'studentNumber', header: '学号（工号）', cell: (it) => it.person.studentNumber },
    { key: 'organization', header: '所在组织', cell: (it) => it.organization.name },
    { key: 'stage', header: '登记的情况', cell: (it) => it.stage && stageLabels[it.stage] },
    { key: 'place', header: '录取', cell: placeWord },
    { key: 'source', header: '来源', cell: (it) => sourceNames[it.source] },
    { key: 'hours', header: '已登记学时', cell: (it) => it.hours, isNumeric: true },
    { key: 'note', header: '说明', cell: (it) => it.note },
    { key: 'enrolledBy', header: '经办', cell: (it) => it.enrolledBy, isHiddenAtFirst: true },
    ...(mayChange
      ? [
          {
            key: 'actions',
            header: '办理',
            isForActions: true,
            cell: (it: ParticipantRow) => (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                aria-label={`移出名单：${it.person.name}`}
                onClick={() => setRemoved(it.person)}
              >
                移出名单
              </Button>
            ),
          },
        ]
      : []),
  ]
  const isNarrowed = (search.q ?? '') !== '' || place !== undefined
  return (
    <Page
      title="学员名单"
      printTitle={programme ? `${programme.title}学员名单` : '学员名单'}
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(programme ? [{ label: programme.title, to: `/training/${programmeId}` }] : []),
      ]}
      lead="按录取的先后排列。只有组织培训的人看得到，导出会留下记录。"
      actions={
        mayChange && (
          <LinkButton to="/training/$programmeId/candidates" params={{ programmeId }}>
            录取学员
          </LinkButton>
        )
      }
    >
      <DataList
        id="training-participants"
        label="学员名单"
        columns={columns}
        rowKey={(it) => it.person.id}
        search={{ q: search.q, cursor: search.cursor }}
        onSearch={({ q, cursor }) => change({ q, cursor })}
        list={list}
        filters={
          <ListFilter
            label="录取情况"
            all="录取和候补"
            choices={choicesOf(placeNames)}
            value={place}
            onChange={(value) => change({ place: value, cursor: undefined })}
            width={150}
          />
        }
        actions={
          <DownloadButton url={`/api/training/${programmeId}/participants/export`} body={{}}>
            导出名单
          </DownloadButton>
        }
        empty={
          isNarrowed ? (
            <EmptyState title="没有符合条件的学员">可以换用学号或姓名的拼音首字母查找，或清除筛选条件。</EmptyState>
          ) : (
            <EmptyState title="还没有学员">点“录取学员”，从符合对象的人里录取。</EmptyState>
          )
        }
      />
      {removed && (
        <ReasonDialog
          title={`把${removed.name}移出名单`}
          lead="本人会收到通知，看到原因。有人候补的，名额给下一位。已经登记的学时保留。"
          label="原因"
          submitLabel="移出名单"
          write={(reason) =>
            parseResponse(
              programmeClient.participants[':personId'].removal.$post({
                param: { programmeId, personId: removed.id },
                json: { reason },
              }),
            )
          }
          changes={trainingKey}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Page>
  )
}
