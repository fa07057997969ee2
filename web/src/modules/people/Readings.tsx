import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReadingRow } from '@zhibu/server/modules/people/schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { readingsQuery } from './api.ts'

/** Who read the file or a number of a person, the last one first. */
export function Readings({ personId, title = '谁查看过' }: { personId: string; title?: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    readingsQuery(personId),
  )
  const rows = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <Section title={title} lead="每人每天首次打开发展档案，查看敏感的归档材料，以及每次查看完整号码，都会记在这里。">
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading lines={3} />
      ) : rows.length === 0 ? (
        <Text>还没有人查看过。</Text>
      ) : (
        <RowList label={title} rows={rows.map(rowOf)} />
      )}
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            更早的记录
          </Button>
        </div>
      )}
    </Section>
  )
}

const whatNames: Readonly<Record<string, string>> = {
  file: '发展档案',
  idNumber: '完整身份证号',
  phone: '完整联系电话',
  package: '整份档案（导出为档案包）',
  catalogue: '归档文件目录',
  document: '材料',
}

function rowOf({ id, at, by, what, title, purpose }: ReadingRow) {
  return {
    key: id,
    title: `${by} 查看了${whatNames[what] ?? what}${title === null ? '' : `《${title}》`}`,
    facts: [<InstantText key="at" at={at} />, purpose && `用途：${purpose}`],
  }
}
