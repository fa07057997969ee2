import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { soundnessNames } from '@zhibu/server/modules/archive/names-schema'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { soundnessQuery } from './api.ts'

/** Whether what lies in the store is still what was filed: read again night by night. */
export function SoundnessPage() {
  const { data: it, error, refetch } = useQuery(soundnessQuery)
  return (
    <Page
      title="存储核对"
      breadcrumbs={wayFrom(useSession()?.can ?? [], '/archive')}
      lead="系统每夜重读一部分已归档的内容，与归档时的校验值对照，最久没有核对的在先。发现缺失或改动时，请系统管理员从备份中恢复。"
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!it && !error && <PageLoading />}
      {it && (
        <>
          <Section title="核对进度">
            <DescriptionList
              items={[
                { label: '已归档的内容', value: `${it.contents} 份` },
                { label: '至少核对过一次', value: `${it.checked} 份` },
                { label: '最近一次核对', value: it.lastAt === null ? '还没有' : <InstantText at={it.lastAt} /> },
                {
                  label: '全部内容在此日以后核对过',
                  value: it.oldestOn === null ? '还没有核对完' : <DayText on={it.oldestOn} />,
                },
              ]}
            />
          </Section>
          <Section title="有问题的内容">
            {it.problems.length === 0 && <p>没有发现缺失或改动。</p>}
            <RowList
              label="有问题的内容"
              rows={it.problems.flatMap(({ contentId, result, checkedAt, documents }) =>
                documents.map((document) => ({
                  key: `${contentId} ${document.id}`,
                  title: (
                    <Link to="/archive/documents/$documentId" params={{ documentId: document.id }}>
                      {document.title}
                    </Link>
                  ),
                  mark: <Badge>{soundnessNames[result]}</Badge>,
                  facts: [
                    document.person?.name,
                    document.organization.name,
                    <span key="at">
                      核对于 <InstantText at={checkedAt} />
                    </span>,
                  ],
                })),
              )}
            />
          </Section>
        </>
      )}
    </Page>
  )
}
