import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ArticleRow } from '@zhibu/server/modules/publicity/schema'
import { lazy, Suspense } from 'react'
import { useSession } from '../../session.ts'
import { DataList } from '../../ui/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { isNarrowed } from '../../ui/listSearch.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { type Tab, TabLinks } from '../../ui/TabLinks.tsx'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { articlesQuery, sectionsQuery } from './api.ts'
import classes from './Publicity.module.css'
import type { PublicityList, PublicitySearch } from './searches.ts'
import { readersOf, stateNames } from './words.ts'

const SettingsTab = lazy(async () => ({ default: (await import('./SettingsTab.tsx')).SettingsTab }))
const route = getRouteApi('/signed-in/publicity')

/** 宣传: the articles that the reader writes, reviews and publishes. */
export function PublicityPage() {
  const search = route.useSearch()
  const publishes = useSession()?.can.includes('publishing') ?? false
  const waiting = useQuery({ ...articlesQuery({ list: 'forMe' }), enabled: publishes }).data?.items.length
  const list = publishes || !isOfOfficers(search.list) ? search.list : undefined
  return (
    <Page
      title="宣传"
      lead="写稿、审稿、在网站上发布。写稿的人不审自己的稿；发布以后发现错误，写明更正再发布一次。"
      actions={
        <>
          <Button component="a" variant="default" href="/site" target="_blank" rel="noopener">
            看网站
          </Button>
          <LinkButton variant="default" to="/media">
            素材
          </LinkButton>
          <LinkButton variant="default" to="/publicity/new" search={{ word: 'true' }}>
            导入 Word 文档
          </LinkButton>
          <LinkButton to="/publicity/new">写稿件</LinkButton>
        </>
      }
    >
      <TabLinks
        label="稿件的各部分"
        to="/publicity"
        tabs={parts
          .filter((it) => publishes || !isOfOfficers(it.list))
          .map((it) => (it.list === 'forMe' ? { ...it, count: waiting } : it))}
        current={list}
      />
      {list === 'settings' ? (
        <Suspense fallback={<PageLoading />}>
          <SettingsTab />
        </Suspense>
      ) : (
        <Articles key={list} search={{ ...search, list }} />
      )}
    </Page>
  )
}

const isOfOfficers = (list: PublicityList | undefined): boolean => list === 'forMe' || list === 'settings'

const parts: readonly Tab<PublicityList>[] = [
  { label: stateNames.writing },
  { list: 'inReview', label: stateNames.inReview },
  { list: 'forMe', label: '等我审核' },
  { list: 'toPublish', label: stateNames.approved },
  { list: 'published', label: stateNames.published },
  { list: 'withdrawn', label: stateNames.withdrawn },
  { list: 'dropped', label: stateNames.dropped },
  { list: 'settings', label: '宣传设置' },
]

function Articles({ search }: { search: PublicitySearch }) {
  const navigate = route.useNavigate()
  const found = useQuery(articlesQuery(search))
  const sections = useQuery(sectionsQuery)
  const publishes = useSession()?.can.includes('publishing') ?? false
  const change = (part: Partial<PublicitySearch>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  const { list: _, ...narrowing } = search
  return (
    <DataList
      id="articles"
      label={parts.find((it) => it.list === search.list)?.label ?? '稿件'}
      columns={columnsOf(search.list)}
      rowKey={(it) => it.id}
      rowPath={(it) => (it.state === 'writing' ? `/publicity/${it.id}/write` : `/publicity/${it.id}`)}
      search={search}
      onSearch={change}
      list={found}
      searchPlaceholder="标题中的词"
      filters={
        <>
          <ListFilter
            label="栏目"
            all="全部栏目"
            width={160}
            choices={(sections.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))}
            value={search.sectionId}
            onChange={(sectionId) => change({ sectionId, cursor: undefined })}
          />
          {publishes && (
            <>
              <OrganizationPicker
                label="组织"
                isBare
                placeholder="全部组织"
                value={search.organizationId}
                onChange={(organizationId) => change({ organizationId, cursor: undefined })}
              />
              <ListFilter
                label="谁写的"
                all="所有人写的"
                width={150}
                choices={[{ value: 'true', label: '我写的' }]}
                value={search.mine}
                onChange={(mine) => change({ mine, cursor: undefined })}
              />
            </>
          )}
        </>
      }
      empty={
        isNarrowed(narrowing) ? (
          <EmptyState title="没有符合条件的稿件">请换个词，或者清除筛选条件。</EmptyState>
        ) : (
          <Nothing list={search.list} />
        )
      }
    />
  )
}

function columnsOf(list: PublicityList | undefined): readonly Column<ArticleRow>[] {
  return [
    {
      key: 'title',
      header: '标题',
      cell: (it) => (
        <>
          {it.title} <Marks it={it} list={list} />
        </>
      ),
    },
    { key: 'section', header: '栏目', cell: (it) => it.section.name },
    { key: 'organization', header: '组织', cell: (it) => it.organization.name },
    { key: 'author', header: '谁写的', cell: (it) => it.authorName },
    { key: 'readers', header: '谁能看', cell: (it) => readersOf(it.isOpen), isHiddenAtFirst: true },
    { key: 'when', header: timeNames[list ?? 'writing'] ?? '最近改动', cell: (it) => <When it={it} list={list} /> },
  ]
}

const timeNames: Readonly<Partial<Record<PublicityList | 'writing', string>>> = {
  inReview: '送审',
  forMe: '送审',
  published: '发布',
}

function When({ it, list }: { it: ArticleRow; list: PublicityList | undefined }) {
  const at =
    list === 'published' ? it.publishedAt : list === 'inReview' || list === 'forMe' ? it.submittedAt : it.editedAt
  return at === null ? null : (
    <span className={classes.when}>
      <InstantText at={at} />
    </span>
  )
}

function Marks({ it, list }: { it: ArticleRow; list: PublicityList | undefined }) {
  return (
    <>
      {it.returnedBy !== null && (
        <Badge color="yellow" className={classes.mark ?? ''}>
          {it.returnedBy}退回修改
        </Badge>
      )}
      {it.isBeingCorrected && it.state === 'published' && <Badge color="yellow">正在更正</Badge>}
      {list === 'toPublish' && it.scheduledFor !== null && (
        <Badge color="blue" className={classes.mark ?? ''}>
          定于 <InstantText at={it.scheduledFor} /> 发布
        </Badge>
      )}
      {it.scheduleProblem !== null && it.state === 'approved' && <Badge color="red">定时发布没有进行</Badge>}
    </>
  )
}

function Nothing({ list }: { list: PublicityList | undefined }) {
  const write = <LinkButton to="/publicity/new">写稿件</LinkButton>
  switch (list) {
    case undefined:
      return (
        <EmptyState title="没有正在写的稿件" action={write}>
          写好以后送审，由负责宣传的同志审核、发布。已有 Word 文档的，可以直接导入。
        </EmptyState>
      )
    case 'inReview':
      return <EmptyState title="没有待审核的稿件">送审的稿件在这里等审核；审核前可以撤回继续修改。</EmptyState>
    case 'forMe':
      return <EmptyState title="没有等您审核的稿件">别人送审以后会列在这里。自己写的稿件由其他同志审核。</EmptyState>
    case 'toPublish':
      return <EmptyState title="没有待发布的稿件">审核通过的稿件在这里，可以马上发布，也可以定好时间。</EmptyState>
    case 'published':
      return (
        <EmptyState title="还没有发布过稿件" action={write}>
          发布以后在网站上可以看到；需要更正、撤下的，从这里办理。
        </EmptyState>
      )
    case 'withdrawn':
      return <EmptyState title="没有撤下的稿件">从网站撤下的稿件和撤下的原因列在这里。</EmptyState>
    default:
      return <EmptyState title="没有放弃的稿件">决定不写的稿件列在这里，内容还能看，也能作为底稿另写一篇。</EmptyState>
  }
}
