import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { assignmentsQuery, reflectionsQuery } from './reflectionApi.ts'

const route = getRouteApi('/signed-in/training/$programmeId/reflections')

/** What participants have handed in, for those who assess and who run the programme, in the order of being begun. */
export function ReflectionsPage() {
  const { programmeId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const view = useQuery(assignmentsQuery(programmeId)).data?.value
  const promptId = view?.prompts.find((it) => it.id === search.place)?.id
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    reflectionsQuery(programmeId, promptId),
  )
  const items = data?.pages.flatMap((it) => it.items)
  return (
    <Page
      title="交来的心得"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(view ? [{ label: view.programme.name, to: `/training/${programmeId}` }] : []),
      ]}
      lead="只有本人、评议人和组织培训的人看得到。在段落旁边写旁注，本人会收到通知并答复。自己写的不列在这里。"
    >
      {!items ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        <Section
          title="心得"
          actions={
            view &&
            view.prompts.length > 1 && (
              <ListFilter
                label="题目"
                all="全部题目"
                choices={view.prompts.map((it) => ({ value: it.id, label: it.title }))}
                value={promptId}
                onChange={(place) => void navigate({ search: (before) => ({ ...before, place }), replace: true })}
                width={220}
              />
            )
          }
        >
          {items.length === 0 ? (
            <EmptyState title="还没有人交">学员提交以后列在这里。</EmptyState>
          ) : (
            <RowList
              label="交来的心得"
              rows={items.map((it) => ({
                key: it.id,
                title: (
                  <Link to="/training/reflections/$reflectionId" params={{ reflectionId: it.id }}>
                    {it.person}：{it.prompt}
                  </Link>
                ),
                facts: [
                  it.organization,
                  <InstantText key="at" at={it.handedInAt} />,
                  it.versions > 1 && `第 ${it.versions} 次提交`,
                  it.remarks > 0 && `${it.remarks} 条旁注和答复`,
                ],
              }))}
            />
          )}
          {hasNextPage && (
            <div className={parts.buttons}>
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                再看一些
              </Button>
            </div>
          )}
        </Section>
      )}
    </Page>
  )
}
