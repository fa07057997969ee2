import { Alert, Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { AssignmentsView, Prompt } from '@zhibu/server/modules/training/reflection-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { examListQuery } from '../exams/api.ts'
import { programmeClient } from './api.ts'
import { assignmentsQuery } from './reflectionApi.ts'
import { Saved } from './Saved.tsx'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/assignments')

/** 心得题目和考试, for whoever runs a programme. */
export function AssignmentsPage() {
  const { programmeId } = route.useParams()
  const { data, error, refetch } = useQuery(assignmentsQuery(programmeId))
  const [wasSaved, setWasSaved] = useState(false)
  return (
    <Page
      title="心得题目和考试"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(data ? [{ label: data.value.programme.name, to: `/training/${programmeId}` }] : []),
      ]}
      lead="交没交心得、考试有没有确认合格，列在验收的前置条件里供参考，不代替结论；分数不进入验收。"
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : data.value.can.settle ? (
        <Settling
          key={data.etag}
          {...{ programmeId, view: data.value, etag: data.etag, wasSaved }}
          onSaved={() => setWasSaved(true)}
        />
      ) : (
        <Alert color="gray">培训班已经办结或者取消，或者您不组织这个培训班，题目和考试不能再改。</Alert>
      )}
    </Page>
  )
}

/** So many prompts has a programme at most. */
const mostPrompts = 6

interface Props {
  programmeId: string
  view: AssignmentsView
  etag: string
  /** Whether it was saved since the page was opened: the form is made anew then, and would not know. */
  wasSaved: boolean
  onSaved: () => void
}

function Settling({ programmeId, view, etag, wasSaved, onSaved }: Props) {
  const kept = { prompts: view.prompts, examId: view.exam?.id ?? null }
  const [it, setIt] = useState(kept)
  const isTouched = JSON.stringify(it) !== JSON.stringify(kept)
  useUnsaved(isTouched)
  const save = useWrite(
    () => parseResponse(programmeClient.assignments.$put({ param: { programmeId }, json: it }, ifMatch(etag))),
    onSaved,
  )
  const update = useWrite(() => parseResponse(programmeClient.assignments.candidates.$post({ param: { programmeId } })))
  const setPrompt = (at: number, part: Partial<Prompt>) =>
    setIt({ ...it, prompts: it.prompts.map((one, place) => (place === at ? { ...one, ...part } : one)) })
  const add = () =>
    setIt({
      ...it,
      prompts: [...it.prompts, { id: crypto.randomUUID(), title: '', about: '', hintCharacters: null }],
    })
  const needs = Object.fromEntries(
    it.prompts.map((one, at) => [`题目 ${at + 1}`, one.title.trim().length >= 2] as const),
  )
  return (
    <>
      <Section title="心得题目" lead="每个题目学员写一篇，可以多次提交，每次都留着。有人交了的题目不能删去。">
        <div className={parts.form}>
          {it.prompts.length === 0 && <EmptyState title="没有题目">不要求写心得的，不用添加。</EmptyState>}
          {it.prompts.map((one, at) => (
            <fieldset key={one.id} className={classes.own}>
              <legend>题目 {at + 1}</legend>
              <TextInput
                label={`题目 ${at + 1} 写什么`}
                value={one.title}
                onChange={(event) => setPrompt(at, { title: event.currentTarget.value })}
                error={problemIn(save.error, `prompts.${at}.title`)}
                maxLength={80}
                required
              />
              <Textarea
                label={`题目 ${at + 1} 的说明（可不填）`}
                value={one.about}
                onChange={(event) => setPrompt(at, { about: event.currentTarget.value })}
                error={problemIn(save.error, `prompts.${at}.about`)}
                maxLength={500}
                autosize
                minRows={2}
              />
              <NumberInput
                label={`题目 ${at + 1} 的建议字数（可不填）`}
                description="只提示写的人，不检查。"
                value={one.hintCharacters ?? ''}
                onChange={(value) => setPrompt(at, { hintCharacters: typeof value === 'number' ? value : null })}
                error={problemIn(save.error, `prompts.${at}.hintCharacters`)}
                min={100}
                max={20_000}
                step={100}
                allowDecimal={false}
              />
              <div className={parts.buttons}>
                <Button
                  variant="default"
                  aria-label={`删去题目 ${at + 1}`}
                  onClick={() => setIt({ ...it, prompts: it.prompts.filter((_, place) => place !== at) })}
                >
                  删去
                </Button>
              </div>
            </fieldset>
          ))}
          {problemIn(save.error, 'prompts') && <p className={classes.wrong}>{problemIn(save.error, 'prompts')}</p>}
          <div className={parts.buttons}>
            <Button variant="default" disabled={it.prompts.length >= mostPrompts} onClick={add}>
              添加题目
            </Button>
          </div>
        </div>
      </Section>
      <Exam
        view={view}
        examId={it.examId}
        onChange={(examId) => setIt({ ...it, examId })}
        onUpdate={() => update.mutate()}
        isBusy={update.isPending}
      />
      <ProblemNote error={save.error ?? update.error} isKept />
      <div className={parts.buttons}>
        <StillMissing needs={needs} />
        <Button
          onClick={() => save.mutate()}
          loading={save.isPending}
          disabled={!isTouched || missingOf(needs).length > 0}
        >
          保存题目和考试
        </Button>
        <Saved isShown={wasSaved && !isTouched} />
      </div>
    </>
  )
}

interface ExamProps {
  view: AssignmentsView
  examId: string | null
  onChange: (examId: string | null) => void
  onUpdate: () => void
  isBusy: boolean
}

function Exam({ view, examId, onChange, onUpdate, isBusy }: ExamProps) {
  const exams = useQuery(examListQuery).data?.run ?? []
  const known = view.exam && !exams.some((it) => it.id === view.exam?.id) ? [view.exam] : []
  return (
    <Section
      title="考试"
      lead="选了以后，这个班录取的学员就是这场考试的考生；原来手工加的、还没有开始作答的考生会移去。"
    >
      <div className={parts.form}>
        <Select
          label="结业考试（可不选）"
          placeholder="不考试"
          data={[...known, ...exams].map((it) => ({ value: it.id, label: it.title }))}
          value={examId}
          onChange={onChange}
          clearable
          searchable
          nothingFoundMessage="没有您主办的这场考试，请先在“考试”里新建"
        />
        {view.notCandidates !== null && view.notCandidates > 0 && view.exam?.id === examId && (
          <div className={parts.buttons}>
            <p className={parts.text}>名单变动以后，有 {view.notCandidates} 位学员还不是考生。</p>
            <Button variant="default" loading={isBusy} onClick={onUpdate}>
              更新考生名单
            </Button>
          </div>
        )}
      </div>
    </Section>
  )
}
