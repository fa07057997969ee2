import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import type { JournalRow } from '@zhibu/server/modules/accounts/journal-schema'
import { eventNames, subjectName } from '@zhibu/server/modules/accounts/names-schema'
import { DataList } from '../../ui/DataList.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { askedSort, wholeList } from '../../ui/listSearch.ts'
import { Section } from '../../ui/Section.tsx'
import { journalQuery } from './api.ts'
import { EventDetails } from './EventDetails.tsx'
import { eventChoices } from './eventChoices.ts'
import { SealCheck } from './SealCheck.tsx'
import type { JournalSearch } from './searches.ts'

const route = getRouteApi('/signed-in/system/journal')

/** The journal for the auditor: who did what to what, and whether it is as it was sealed. */
export function JournalTab() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery({ ...journalQuery(asked(search)), placeholderData: keepPreviousData })
  const change = (part: JournalSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  const narrow = (part: JournalSearch) => change({ ...part, cursor: undefined })
  return (
    <>
      <SealCheck />
      <Section title="操作记录" lead="所有写入和对敏感内容的查看，最近的在前。记录只增不改，每隔几秒封存一次。">
        <DataList
          id="journal"
          label="操作记录明细"
          columns={columnsWith(narrow)}
          rowKey={(it) => it.id}
          search={search}
          onSearch={change}
          hasSearch={false}
          list={list}
          filters={
            <>
              <ListFilter
                label="操作"
                all="全部操作"
                choices={eventChoices}
                value={search.event}
                onChange={(event) => narrow({ event })}
                width={220}
                searchable
              />
              <DayInput
                label="从哪天起"
                isBare
                value={dayOf(search.from)}
                onChange={(from, problem) => problem === undefined && narrow({ from })}
              />
              <DayInput
                label="到哪天止"
                isBare
                value={dayOf(search.until)}
                onChange={(until, problem) => problem === undefined && narrow({ until })}
              />
              {search.accountId !== undefined && (
                <FilterChip label="此人" onRemove={() => narrow({ accountId: undefined })} />
              )}
              {search.first !== undefined && (
                <FilterChip label="这一组" onRemove={() => narrow({ first: undefined, last: undefined })} />
              )}
            </>
          }
          actions={
            <DownloadButton url="/api/accounts/journal/exports" body={asked(wholeList(search))}>
              导出表格
            </DownloadButton>
          }
          empty={<EmptyState title="没有符合条件的记录">可以放宽日期，或清除操作条件。</EmptyState>}
        />
      </Section>
    </>
  )
}

const columnsWith = (narrow: (part: JournalSearch) => void): Column<JournalRow>[] => [
  { key: 'at', header: '时间', cell: (it) => <InstantText at={it.at} />, isSortable: true },
  { key: 'actorName', header: '操作人', cell: (it) => it.actorName },
  { key: 'event', header: '操作', cell: eventOf },
  { key: 'subjectKind', header: '对象', cell: subjectName },
  { key: 'details', header: '详情', cell: (it) => <EventDetails it={it} /> },
  {
    key: 'only',
    header: '筛选',
    cell: ({ id, lastId, count, accountId }) => (
      <>
        {count > 1 && (
          <Button variant="subtle" size="compact-sm" onClick={() => narrow({ first: id, last: lastId })}>
            逐条查看
          </Button>
        )}
        {accountId !== null && (
          <Button variant="subtle" size="compact-sm" onClick={() => narrow({ accountId })}>
            只看此人
          </Button>
        )}
      </>
    ),
    isForActions: true,
  },
]

const eventOf = ({ event, count }: JournalRow) =>
  `${eventNames[event] ?? event}${count > 1 ? `（共 ${count.toLocaleString('zh-CN')} 条）` : ''}`

/** The address as a question to the server; what is no day is left out. */
function asked({ sort, q: _, from, until, ...same }: JournalSearch) {
  return { ...same, ...askedSort(sort, ['at']), from: dayOf(from), until: dayOf(until) }
}

const dayOf = (text: string | undefined) => (text !== undefined && isDay(text) ? text : undefined)
