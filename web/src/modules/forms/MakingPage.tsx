import { Button, Pill, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { formatNames, formScopeNames } from '@zhibu/server/modules/forms/names-schema'
import type { Format, FormRow, Preview } from '@zhibu/server/modules/forms/schema'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { keptChoice } from '../../ui/keptChoice.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Section } from '../../ui/Section.tsx'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { formsKey, formsQuery, makeFiles, previewQuery, progressQuery } from './api.ts'
import { Closed } from './Closed.tsx'
import { FilingPart } from './FilingPart.tsx'
import classes from './MakingPage.module.css'
import { Pieces } from './Pieces.tsx'
import type { FormsSearch } from './searches.ts'

const route = getRouteApi('/signed-in/forms/$formId')

/** One form: for whom, what it will say, what is missing, and the making. */
export function MakingPage() {
  const { formId } = route.useParams()
  const search = route.useSearch()
  const { data, error, refetch } = useQuery(formsQuery)
  const form = data?.items.find((it) => it.id === formId)
  const { q: _, ...whom } = search
  const breadcrumbs = [{ label: '表格', to: '/forms' }]
  if (form === undefined) {
    return (
      <Page title="生成表格" breadcrumbs={breadcrumbs}>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data ? (
          <p>没有找到这个表格，可能已经停用。</p>
        ) : (
          <PageLoading />
        )}
      </Page>
    )
  }
  return (
    <Page
      title={form.title}
      breadcrumbs={breadcrumbs}
      lead={`${form.purpose}${formScopeNames[form.scope]}。`}
      actions={
        !form.isOwn && (
          <DownloadLink href={`/api/forms/shipped/${form.id}/template.docx`}>下载为 Word 模板</DownloadLink>
        )
      }
    >
      <Making key={JSON.stringify([form.id, whom])} form={form} search={whom} />
    </Page>
  )
}

function Making({ form, search }: { form: FormRow; search: FormsSearch }) {
  const [personIds, setPersonIds] = useState(() =>
    search.chosen ? keptChoice('persons') : search.personId ? [search.personId] : [],
  )
  const preview = useQuery({ ...previewQuery(form.id, personIds), placeholderData: keepPreviousData })
  const names = new Map(preview.data?.pieces.flatMap(({ persons }) => persons.map((it) => [it.id, it.name] as const)))
  return (
    <>
      <Section title="为谁生成" lead="可以逐个添加；要为一个支部或一批人生成，请在“发展党员”名单中勾选后点“生成表格”。">
        <div className={classes.persons}>
          <ul className={classes.chosen} aria-label="已选人员">
            {personIds.map((id) => (
              <li key={id}>
                <Pill
                  size="lg"
                  withRemoveButton
                  removeButtonProps={{
                    'aria-label': `去掉${names.get(id) ?? '这位人员'}`,
                    'aria-hidden': false,
                    tabIndex: 0,
                  }}
                  onRemove={() => setPersonIds(personIds.filter((it) => it !== id))}
                >
                  {names.get(id) ?? '正在读取'}
                </Pill>
              </li>
            ))}
          </ul>
          <PersonPicker
            key={personIds.length}
            label="添加人员"
            value={undefined}
            onChange={(person) => person && setPersonIds([...new Set([...personIds, person.id])])}
          />
        </div>
      </Section>
      {preview.error ? (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : preview.data === undefined ? (
        <PageLoading />
      ) : (
        <>
          <Make form={form} personIds={personIds} preview={preview.data} />
          {form.place && <FilingPart form={form} personIds={personIds} preview={preview.data} />}
          <Pieces preview={preview.data} isSample={personIds.length === 0} />
        </>
      )}
    </>
  )
}

function Make({ form, personIds, preview }: { form: FormRow; personIds: readonly string[]; preview: Preview }) {
  const queries = useQueryClient()
  const [format, setFormat] = useState<Format>('word')
  const [progressId, setProgressId] = useState<string>()
  const [isAnew, setIsAnew] = useState(false)
  const making = useMutation({
    mutationFn: (id: string) =>
      makeFiles({ formId: form.id, personIds: [...personIds], format, progressId: id, ...(isAnew && { isAnew }) }),
    onSettled: () => queries.invalidateQueries({ queryKey: [...formsKey, 'copy'] }),
  })
  const start = () => {
    const id = crypto.randomUUID()
    setProgressId(id)
    making.mutate(id)
  }
  const files = form.scope === 'list' ? 1 : personIds.length
  const lacking = preview.pieces.filter((it) => it.missing.length > 0).length
  const closed = preview.pieces.flatMap((it) => it.closed)
  const isGiven = !isAnew && closed.some((it) => it.filed !== null)
  return (
    <Section title="生成">
      <Closed closed={closed} isAnew={isAnew} onAnew={setIsAnew} />
      <div className={classes.making}>
        {form.formats.length > 1 && (
          <SegmentedControl
            aria-label="文件格式"
            data={choicesOf(formatNames)}
            value={format}
            onChange={(value) => setFormat(codeIn(formatNames, value) ?? 'word')}
          />
        )}
        <Button onClick={start} loading={making.isPending} disabled={personIds.length === 0}>
          {files > 1 ? `生成 ${files} 份，打包下载` : isGiven ? '下载档案中的一份' : '生成并下载'}
        </Button>
      </div>
      <p className={parts.note}>
        {personIds.length === 0
          ? '还没有选择人员。下面用三位虚构人员展示这张表格的样子。'
          : lacking > 0
            ? '有内容还没有登记，见下。可以先补记再生成；直接生成的，缺的地方留空，由您手写。'
            : '需要的内容都已登记。'}
        {format === 'pdf' && 'PDF 按公文格式排版，适合打印归档；还要修改的请选 Word。'}
        {form.showsNumbers && '这张表格写有完整的身份证号或电话，生成时记入查看记录，本人可以看到。'}
      </p>
      {making.isPending && files > 1 && progressId && <Progress progressId={progressId} files={files} />}
      <ProblemNote error={making.error} />
      {making.isSuccess && <p role="status">已生成，请在浏览器的下载中查看。</p>}
    </Section>
  )
}

function Progress({ progressId, files }: { progressId: string; files: number }) {
  const { data } = useQuery(progressQuery(progressId))
  return (
    <ProgressBar
      label="正在生成"
      done={data?.done ?? 0}
      total={data?.total ?? files}
      unit="份"
      note="请不要关闭本页，完成后自动下载。"
    />
  )
}
