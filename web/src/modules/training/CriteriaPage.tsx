import { Alert, Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import type { AcceptanceView } from '@zhibu/server/modules/training/acceptance-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { CriteriaPart } from '../calls/CriteriaPart.tsx'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { acceptanceClient, acceptanceQuery, rubricsQuery } from './acceptanceApi.ts'
import { programmeQuery } from './api.ts'
import { exampleCriteria } from './exampleCriteria.ts'
import { Saved } from './Saved.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/criteria')

/** 验收标准和评议人, for whoever runs a programme. */
export function CriteriaPage() {
  const { programmeId } = route.useParams()
  const programme = useQuery(programmeQuery(programmeId)).data?.value
  const { data, error, refetch } = useQuery(acceptanceQuery(programmeId))
  const view = data?.value
  const [saved, setSaved] = useState<'assessors' | 'criteria'>()
  return (
    <Page
      title="验收标准和评议人"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(programme ? [{ label: programme.title, to: `/training/${programmeId}` }] : []),
      ]}
      lead="学员对照标准自评，两位评议人各自评议，都提交以前互相看不到，组织培训的人也看不到。是否通过由您决定。"
    >
      {data && view ? (
        view.can.settle ? (
          <>
            <Assessors
              key={view.assessors.map((it) => it.id).join()}
              {...{ programmeId, view }}
              wasSaved={saved === 'assessors'}
              onSaved={() => setSaved('assessors')}
            />
            <Criteria
              key={data.etag}
              {...{ programmeId, view, etag: data.etag }}
              wasSaved={saved === 'criteria'}
              onSaved={() => setSaved('criteria')}
            />
          </>
        ) : (
          <Alert color="gray">培训班已经办结或者取消，或者您不组织这个培训班，验收标准不能再改。</Alert>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

interface Props {
  programmeId: string
  view: AcceptanceView
  /** Whether this was what was saved last: the part is made anew then, and would not know. */
  wasSaved: boolean
  onSaved: () => void
}

function Criteria({ programmeId, view, etag, wasSaved, onSaved }: Props & { etag: string }) {
  const library = useQuery(rubricsQuery).data?.items ?? []
  const [criteria, setCriteria] = useState(view.criteria)
  const isTouched = criteria !== view.criteria
  useUnsaved(isTouched)
  const save = useWrite(
    () => parseResponse(acceptanceClient.criteria.$put({ param: { programmeId }, json: { criteria } }, ifMatch(etag))),
    onSaved,
  )
  if (view.isLocked)
    return (
      <Section title="验收标准" lead="已经有学员提交了自评，标准不能再改。">
        <RowList
          label="验收标准"
          rows={view.criteria.map((it) => ({
            key: it.key,
            title: it.name,
            facts: it.levels.map((level) => `${level.name}：${level.words}`),
          }))}
        />
      </Section>
    )
  const others = library.filter((it) => it.programmeId !== programmeId)
  return (
    <>
      <CriteriaPart
        title="验收标准"
        empty="没有标准也可以：不写自评、不评议，由您直接决定谁通过。"
        criteria={criteria}
        error={problemIn(save.error, 'criteria')}
        onChange={setCriteria}
      />
      <div className={parts.buttons}>
        <Button onClick={() => save.mutate()} loading={save.isPending} disabled={!isTouched}>
          保存标准
        </Button>
        <Saved isShown={wasSaved && !isTouched} />
        {criteria.length === 0 && (
          <Button variant="default" onClick={() => setCriteria([...exampleCriteria])}>
            从示例开始
          </Button>
        )}
        {criteria.length === 0 && others.length > 0 && (
          <Select
            aria-label="沿用以前的标准"
            placeholder="沿用以前的标准"
            data={others.map((it) => ({ value: it.programmeId, label: `${it.title}（${it.term}）` }))}
            value={null}
            onChange={(id) => setCriteria(others.find((it) => it.programmeId === id)?.criteria ?? criteria)}
          />
        )}
      </div>
      <ProblemNote error={save.error} isKept />
    </>
  )
}

function Assessors({ programmeId, view, wasSaved, onSaved }: Props) {
  const [chosen, setChosen] = useState<readonly Pick<PersonRow, 'id' | 'name'>[]>(view.assessors)
  const isTouched = chosen !== view.assessors
  useUnsaved(isTouched)
  const save = useWrite(
    () =>
      parseResponse(
        acceptanceClient.assessors.$put({ param: { programmeId }, json: { personIds: chosen.map((it) => it.id) } }),
      ),
    onSaved,
  )
  return (
    <Section
      title="评议人"
      lead="至少两位，不能是这个培训班的学员。每位学员由先提交的两位评议；不评议的培训班可以不选。"
    >
      <div className={parts.form}>
        <RowList
          label="评议人"
          rows={chosen.map((it) => ({
            key: it.id,
            title: it.name,
            actions: (
              <Button
                size="xs"
                variant="default"
                aria-label={`移去评议人：${it.name}`}
                onClick={() => setChosen(chosen.filter((one) => one.id !== it.id))}
              >
                移去
              </Button>
            ),
          }))}
        />
        <PersonPicker
          key={chosen.length}
          label="添加评议人"
          value={undefined}
          error={problemIn(save.error, 'personIds')}
          onChange={(person) => person && !chosen.some((it) => it.id === person.id) && setChosen([...chosen, person])}
        />
        <div className={parts.buttons}>
          <Button onClick={() => save.mutate()} loading={save.isPending} disabled={!isTouched}>
            保存评议人
          </Button>
          <Saved isShown={wasSaved && !isTouched} />
        </div>
        <ProblemNote error={save.error} isKept />
      </div>
    </Section>
  )
}
