import { Button, Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import { eventNames, subjectNames } from '@zhibu/server/modules/accounts/event-schema'
import type { JournalRow } from '@zhibu/server/modules/accounts/journal-schema'
import { DayInput } from '../../ui/DayInput.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './AccountsTab.module.css'
import { journalQuery } from './api.ts'
import { EventDetails } from './EventDetails.tsx'
import { eventChoices } from './eventChoices.ts'
import type { JournalSearch } from './routes.tsx'
import { SealCheck } from './SealCheck.tsx'

const route = getRouteApi('/signed-in/system/journal')

/** The journal for the auditor: who did what to what, and whether it is as it was sealed. */
export function JournalTab() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(journalQuery(asked(search)))
  const change = (part: { [Key in keyof JournalSearch]?: string | undefined }) =>
    void navigate({ search: (it) => present({ ...it, ...part }), replace: true })
  const rows = list.data?.pages.flatMap((it) => it.items) ?? []
  return (
    <>
      <SealCheck />
      <Section title="操作记录" lead="所有写入和对敏感内容的查看，按时间倒序。记录只增不改，每隔几秒封存一次。">
        <div className={`${classes.filters} ${classes.labelled}`}>
          <Select
            label="操作"
            placeholder="全部操作"
            data={eventChoices}
            value={search.event ?? null}
            onChange={(event) => change({ event: event ?? undefined })}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': '清除操作' }}
          />
          <DayInput
            label="从"
            value={dayOf(search.from)}
            onChange={(from, problem) => problem === undefined && change({ from })}
          />
          <DayInput
            label="到"
            value={dayOf(search.until)}
            onChange={(until, problem) => problem === undefined && change({ until })}
          />
          {search.accountId !== undefined && (
            <Button variant="default" onClick={() => change({ accountId: undefined })}>
              不再只看这个账号
            </Button>
          )}
          {search.first !== undefined && (
            <Button variant="default" onClick={() => change({ first: undefined, last: undefined })}>
              不再只看这一组
            </Button>
          )}
        </div>
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : list.data === undefined ? (
          <PageLoading />
        ) : rows.length === 0 ? (
          <EmptyState title="没有符合条件的记录">可以放宽日期，或清除操作条件。</EmptyState>
        ) : (
          <RowList label="操作记录" rows={rows.map((it) => rowOf(it, change))} />
        )}
        {list.hasNextPage && (
          <div>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              更早的记录
            </Button>
          </div>
        )}
      </Section>
    </>
  )
}

/** Keys without a value are left out of the address. */
function present({
  event,
  accountId,
  from,
  until,
  first,
  last,
}: { [Key in keyof JournalSearch]?: string | undefined }): JournalSearch {
  return {
    ...(event && { event }),
    ...(accountId && { accountId }),
    ...(from && { from }),
    ...(until && { until }),
    ...(first && last && { first, last }),
  }
}

/** The address as a question to the server; what is no day is left out. */
function asked({ event, accountId, from, until, first, last }: JournalSearch) {
  const [firstDay, lastDay] = [dayOf(from), dayOf(until)]
  return {
    limit: '50',
    ...(event && { event }),
    ...(accountId && { accountId }),
    ...(firstDay && { from: firstDay }),
    ...(lastDay && { until: lastDay }),
    ...(first && last && { first, last }),
  }
}

const dayOf = (text: string | undefined) => (text !== undefined && isDay(text) ? text : undefined)

function rowOf(it: JournalRow, change: (part: JournalSearch) => void) {
  const { id, lastId, count, at, actorName, accountId, event, subjectKind } = it
  return {
    key: id,
    title: `${actorName}　${eventNames[event] ?? event}${count > 1 ? `（共 ${count.toLocaleString('zh-CN')} 条）` : ''}`,
    facts: [
      <InstantText key="at" at={at} />,
      subjectNames[subjectKind] ?? subjectKind,
      <EventDetails key="details" it={it} />,
    ],
    actions: (
      <>
        {count > 1 && (
          <Button variant="subtle" size="xs" onClick={() => change({ first: id, last: lastId })}>
            逐条查看
          </Button>
        )}
        {accountId !== null && (
          <Button variant="subtle" size="xs" onClick={() => change({ accountId })}>
            只看此人
          </Button>
        )}
      </>
    ),
  }
}
