import { Badge, Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { steps, wayParts } from '@zhibu/rules'
import { formScopeNames } from '@zhibu/server/modules/forms/names-schema'
import type { FormRow } from '@zhibu/server/modules/forms/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { keptChoice } from '../../ui/keptChoice.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { formsQuery } from './api.ts'
import type { FormsSearch } from './searches.ts'
import { UploadDialog } from './UploadDialog.tsx'

const route = getRouteApi('/signed-in/forms')

/** 表格: every form in the order of the way, to be searched, and made for one person or many. */
export function FormsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [isUploading, setIsUploading] = useState(false)
  const { data, error, refetch } = useQuery(formsQuery)
  return (
    <Page
      title="表格"
      lead="用已经登记的内容生成谈话记录、公示、请示、批复、会议记录、名册等材料，不用重复填写。缺什么会先列出来。"
      actions={data?.can.settle && <Button onClick={() => setIsUploading(true)}>上传本校模板</Button>}
    >
      <ForWhom search={search} />
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading />
      ) : (
        <>
          <TextInput
            type="search"
            aria-label="在表格中查找"
            placeholder="表格名称，如 公示、转正"
            value={search.q ?? ''}
            onChange={(event) => {
              const q = event.currentTarget.value
              void navigate({ search: ({ q: _, ...same }) => ({ ...same, ...(q && { q }) }), replace: true })
            }}
            maw="24rem"
          />
          <Parts items={data.items} search={search} />
        </>
      )}
      {isUploading && <UploadDialog onClose={() => setIsUploading(false)} />}
    </Page>
  )
}

/** For whom a form will be made, where somebody came with that from another page. */
function ForWhom({ search: { personId, chosen } }: { search: FormsSearch }) {
  const count = chosen ? keptChoice('persons').length : personId ? 1 : 0
  if (count === 0) return null
  return (
    <p>
      已选 {count} 人，请选择要生成的表格。
      {personId && (
        <>
          {' '}
          入党志愿书等统一印制的表册和上级系统不在这里生成，可以
          <Link to="/forms/copies/$personId" params={{ personId }}>
            按栏目抄录
          </Link>
          。
        </>
      )}
    </p>
  )
}

function Parts({ items, search }: { items: readonly FormRow[]; search: FormsSearch }) {
  const words = search.q?.trim() ?? ''
  const found = items.filter((it) => it.title.includes(words) || it.purpose.includes(words))
  if (found.length === 0) return <EmptyState title="没有符合条件的表格">请换个词，或者清除查找内容。</EmptyState>
  const titles = [...wayParts, '名册和其他']
  return titles.map((title, part) => {
    const rows = found.filter((it) => partOf(it) === part)
    if (rows.length === 0) return null
    return (
      <Section key={title} title={title}>
        <RowList label={title} rows={rows.map((it) => rowOf(it, search))} />
      </Section>
    )
  })
}

const partOf = ({ step }: FormRow): number => steps.find((it) => it.number === step)?.part ?? wayParts.length

function rowOf(it: FormRow, { q: _, ...whom }: FormsSearch) {
  return {
    key: it.id,
    title: (
      <Link to="/forms/$formId" params={{ formId: it.id }} search={whom}>
        {it.title}
      </Link>
    ),
    mark: it.isOwn && (
      <Badge variant="default" size="lg">
        {it.isRetired ? '已停用' : '本校模板'}
      </Badge>
    ),
    facts: [it.purpose, formScopeNames[it.scope], it.showsNumbers && '写有完整号码'],
    ...(it.isOwn && {
      actions: (
        <LinkButton
          variant="default"
          size="compact-sm"
          to="/forms/templates/$templateId"
          params={{ templateId: it.id }}
          aria-label={`查看模板：${it.title}`}
        >
          查看模板
        </LinkButton>
      ),
    }),
  }
}
