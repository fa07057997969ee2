import { Button, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { formScopeNames } from '@zhibu/server/modules/forms/names-schema'
import type { Template } from '@zhibu/server/modules/forms/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { dictionaryQuery, formsClient, formsKey, replaceTemplate, templateQuery } from './api.ts'
import { type Filing, FilingFields } from './FilingFields.tsx'
import classes from './TemplatePage.module.css'
import { accepted } from './UploadDialog.tsx'

const route = getRouteApi('/signed-in/forms/templates/$templateId')

/** One template of the university: its tags with the fields that they mean, and its versions. */
export function TemplatePage() {
  const { templateId } = route.useParams()
  const { data: it, error, refetch } = useQuery(templateQuery(templateId))
  const breadcrumbs = [{ label: '表格', to: '/forms' }]
  if (it === undefined) {
    return (
      <Page title="表格模板" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  return (
    <Page
      title={it.form.title}
      breadcrumbs={breadcrumbs}
      subtitle={`本校模板，第 ${it.form.version ?? 1} 版，${formScopeNames[it.form.scope]}${it.form.isRetired ? '，已停用' : ''}`}
      actions={<Actions it={it} />}
    >
      <Tags key={it.form.version} it={it} />
      <Archiving it={it} />
      <Versions it={it} />
    </Page>
  )
}

function Actions({ it: { form, can } }: { it: Template }) {
  const readAgain = useReadAgain()
  const retiring = useMutation({
    mutationFn: (isRetired: boolean) =>
      parseResponse(
        formsClient.templates[':templateId'].$patch({ param: { templateId: form.id }, json: { isRetired } }),
      ),
    onSuccess: readAgain,
  })
  return (
    <>
      {!form.isRetired && (
        <LinkButton to="/forms/$formId" params={{ formId: form.id }}>
          预览和生成
        </LinkButton>
      )}
      {can.settle && form.isRetired && (
        <Button variant="default" loading={retiring.isPending} onClick={() => retiring.mutate(false)}>
          恢复使用
        </Button>
      )}
      {can.settle && !form.isRetired && (
        <Button variant="default" loading={retiring.isPending} onClick={() => retiring.mutate(true)}>
          停用
        </Button>
      )}
      <ProblemNote error={retiring.error} />
    </>
  )
}

function Tags({ it: { form, fields, can } }: { it: Template }) {
  const readAgain = useReadAgain()
  const { data: dictionary } = useQuery(dictionaryQuery)
  const stored = Object.fromEntries(fields.flatMap(({ path, boundTo }) => (boundTo === null ? [] : [[path, boundTo]])))
  const [bindings, setBindings] = useState<Record<string, string>>(stored)
  const isChanged = JSON.stringify(bindings) !== JSON.stringify(stored)
  useUnsaved(isChanged)
  const saving = useMutation({
    mutationFn: () =>
      parseResponse(
        formsClient.templates[':templateId'].bindings.$put({ param: { templateId: form.id }, json: { bindings } }),
      ),
    onSuccess: readAgain,
  })
  const choices = Object.entries(Object.groupBy(dictionary?.entries ?? [], (entry) => entry.group)).map(
    ([group, entries = []]) => ({
      group,
      items: entries.map(({ name, note }) => ({ value: name, label: note ? `${name}（${note}）` : name })),
    }),
  )
  const unknown = fields.filter(({ path, isKnown }) => !isKnown && bindings[path] === undefined)
  const change = (path: string, name: string | null) => {
    const { [path]: _, ...others } = bindings
    setBindings(name === null ? others : { ...others, [path]: name })
  }
  return (
    <Section
      title="模板中的标记"
      lead={
        unknown.length > 0
          ? `有 ${unknown.length} 个标记的名称系统不认识，请选择对应的字段；没有对应字段的，生成时留空。`
          : '各个标记都有对应的字段。'
      }
    >
      <ul className={classes.tags} aria-label="模板中的标记">
        {fields.map(({ path, within, isKnown }) => (
          <li key={[...within, path].join(' ')} className={classes.tag}>
            <span className={classes.name}>
              {`{${path}}`}
              {within.length > 0 && <span className={classes.within}>在“{within.join('、')}”内</span>}
            </span>
            {isKnown ? (
              <span className={classes.known}>已识别</span>
            ) : (
              <Select
                aria-label={`“${path}”对应的字段`}
                placeholder="选择字段，不选则留空"
                data={[{ group: '不填', items: [{ value: '', label: '留空，由人手写' }] }, ...choices]}
                value={bindings[path] ?? null}
                onChange={(name) => change(path, name)}
                disabled={!can.settle}
                searchable
                clearable
                clearButtonProps={{ 'aria-label': `清除“${path}”对应的字段` }}
              />
            )}
          </li>
        ))}
      </ul>
      {can.settle && (
        <div>
          <Button onClick={() => saving.mutate()} loading={saving.isPending} disabled={!isChanged}>
            保存对应关系
          </Button>
        </div>
      )}
      <ProblemNote error={saving.error} />
      <p className={classes.known}>
        日期可以写成 {'{入党申请书.日期|年月}'}；可用的写法有{dictionary?.filters.join('、')}。逐人或逐次列出的，写成
        {' {#名单}…{/名单}'}。
        <Link to="/manual/$chapter" params={{ chapter: 'department' }}>
          手册
        </Link>
        里有例子。
      </p>
    </Section>
  )
}

function Archiving({ it: { form, can } }: { it: Template }) {
  const readAgain = useReadAgain()
  const saving = useMutation({
    mutationFn: (json: Filing) =>
      parseResponse(formsClient.templates[':templateId'].$patch({ param: { templateId: form.id }, json })),
    onSuccess: readAgain,
  })
  const stored: Filing = { place: form.place?.code ?? null, needsHand: form.needsHand }
  return (
    <Section title="归档">
      <FilingFields
        value={saving.variables !== undefined && saving.isPending ? saving.variables : stored}
        onChange={(value) => saving.mutate(value)}
        disabled={!can.settle || saving.isPending}
      />
      <ProblemNote error={saving.error} />
    </Section>
  )
}

function Versions({ it: { form, versions, can } }: { it: Template }) {
  const readAgain = useReadAgain()
  const sending = useMutation({ mutationFn: (file: File) => replaceTemplate(form.id, file), onSuccess: readAgain })
  return (
    <Section
      title="各版文件"
      lead="新上传的一版立即生效，旧版留存。已用于归档的一版不再改动，改对应关系时自动另存为新的一版。"
    >
      {can.settle && (
        <FileDrop
          label={sending.isPending ? '正在上传，请稍候……' : '上传新的一版：把 Word 文件拖到这里，或点击选择'}
          {...accepted}
          disabled={sending.isPending}
          onFiles={([file]) => file && sending.mutate(file)}
        />
      )}
      <ProblemNote error={sending.error} />
      <RowList
        label="各版文件"
        rows={versions.map(({ number, fileName, uploadedBy, uploadedAt }) => ({
          key: String(number),
          title: `第 ${number} 版　${fileName}`,
          facts: [uploadedBy, <InstantText key="at" at={uploadedAt} />],
          actions: <DownloadLink href={`/api/forms/templates/${form.id}/versions/${number}/file`}>下载</DownloadLink>,
        }))}
      />
    </Section>
  )
}

function useReadAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: formsKey })
}
