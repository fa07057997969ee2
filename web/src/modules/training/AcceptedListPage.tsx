import { Button, Radio, Textarea } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import type { AcceptedRow } from '@zhibu/server/modules/training/acceptance-schema'
import { acceptanceStateNames, type Decision, decisionNames } from '@zhibu/server/modules/training/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DataList } from '../../ui/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { Page } from '../../ui/Page.tsx'
import parts from '../../ui/Parts.module.css'
import { countsIn } from './AcceptancePart.tsx'
import { acceptanceClient, acceptanceQuery, acceptedListQuery } from './acceptanceApi.ts'
import { programmeQuery } from './api.ts'
import { ClosingPart } from './ClosingPart.tsx'
import type { TrainingSearch } from './searches.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/acceptance')

/** 验收和办结: everybody with a place and where each stands, decisions on several at once, and the end of the programme. */
export function AcceptedListPage() {
  const { programmeId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: Pick<TrainingSearch, 'q' | 'cursor' | 'place'>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  const programme = useQuery(programmeQuery(programmeId)).data
  const view = useQuery(acceptanceQuery(programmeId)).data?.value
  const state = codeIn(acceptanceStateNames, search.place)
  const list = useQuery({
    ...acceptedListQuery(programmeId, { state, q: search.q, cursor: search.cursor }),
    placeholderData: keepPreviousData,
  })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isDeciding, setIsDeciding] = useState(false)
  const columns: Column<AcceptedRow>[] = [
    {
      key: 'name',
      header: '姓名',
      cell: (it) =>
        it.isOwn ? (
          it.person.name
        ) : (
          <Link to="/training/$programmeId/acceptance/$personId" params={{ programmeId, personId: it.person.id }}>
            {it.person.name}
          </Link>
        ),
    },
    { key: 'studentNumber', header: '学号（工号）', cell: (it) => it.person.studentNumber },
    { key: 'organization', header: '所在组织', cell: (it) => it.organization },
    { key: 'state', header: '验收', cell: stateOf },
    { key: 'unmet', header: '还没有达到的前置条件', cell: (it) => it.unmet.join('') },
    {
      key: 'decided',
      header: '办理',
      cell: (it) => it.decided && `${it.decided.decidedBy}，${dayWritten(it.decided.decidedOn)}`,
    },
  ]
  return (
    <Page
      title="验收和办结"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(programme ? [{ label: programme.value.title, to: `/training/${programmeId}` }] : []),
      ]}
      lead="前置条件只供参考，是否通过由您决定并署名。自己的验收由别的组织者办理。"
    >
      {view?.counts && <p>{countsIn(view.counts)}</p>}
      {view?.can.settle && view.criteria.length > 0 && (
        <p className={parts.note}>
          交了自评、两位评议人也都评议了的，可以决定“{decisionNames.passed}”或“{decisionNames.again}”；其他人只能决定“
          {decisionNames.unfinished}”。
        </p>
      )}
      <DataList
        id="training-accepted"
        label="学员的成果验收"
        columns={columns}
        rowKey={(it) => it.person.id}
        search={{ q: search.q, cursor: search.cursor }}
        onSearch={({ q, cursor }) => change({ q, cursor })}
        list={list}
        {...(view?.can.settle && {
          selection: { chosen, onChange: setChosen, nameOf: (it: AcceptedRow) => it.person.name },
        })}
        filters={
          <ListFilter
            label="验收情况"
            all="全部"
            choices={choicesOf(acceptanceStateNames)}
            value={state}
            onChange={(value) => change({ place: value, cursor: undefined })}
            width={150}
          />
        }
        actions={
          view?.can.settle && (
            <Button disabled={chosen.size === 0} onClick={() => setIsDeciding(true)}>
              {chosen.size === 0 ? '决定选中的人' : `决定选中的 ${chosen.size} 人`}
            </Button>
          )
        }
        empty={<EmptyState title="没有这样的学员">录取以后，学员列在这里。</EmptyState>}
      />
      {view && programme && <ClosingPart programmeId={programmeId} view={view} etag={programme.etag} />}
      {isDeciding && (
        <DecisionDialog
          programmeId={programmeId}
          personIds={[...chosen]}
          decisions={['passed', 'again', 'unfinished']}
          onDone={() => {
            setChosen(new Set())
            setIsDeciding(false)
          }}
          onClose={() => setIsDeciding(false)}
        />
      )}
    </Page>
  )
}

function stateOf({ state, round, given }: AcceptedRow): string {
  const times = round > 1 ? `，第 ${round} 次` : ''
  return `${acceptanceStateNames[state]}${state === 'assessing' ? `，已有 ${given} 位评议` : ''}${times}`
}

interface DecisionProps {
  programmeId: string
  personIds: readonly string[]
  /** What may be decided. */
  decisions: readonly Decision[]
  onDone: () => void
  onClose: () => void
}

/** Decides on one or several, signed with the name of whoever does. */
export function DecisionDialog({ programmeId, personIds, decisions, onDone, onClose }: DecisionProps) {
  const [decision, setDecision] = useState<Decision>()
  const [missing, setMissing] = useState('')
  const [comment, setComment] = useState('')
  const save = useWrite(async (chosen: Decision) => {
    const json = { personIds: [...personIds], decision: chosen, missing: chosen === 'passed' ? '' : missing, comment }
    await parseResponse(acceptanceClient.decisions.$post({ param: { programmeId }, json }))
  }, onDone)
  const asks = decision === 'again' ? '还缺什么' : decision === 'unfinished' ? '未完成的原因' : undefined
  return (
    <FormDialog
      title={personIds.length === 1 ? '决定验收结果' : `决定 ${personIds.length} 人的验收结果`}
      lead="以您的姓名和今天的日期署名，本人会收到通知并看到这些话。办结以前可以再作决定，以最后一次为准。"
      submitLabel="作出决定"
      needs={{ 结论: decision !== undefined, ...(asks && { [asks]: missing.trim() !== '' }) }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => decision && save.mutate(decision)}
      onClose={onClose}
    >
      <Radio.Group label="结论" value={decision ?? ''} onChange={(value) => setDecision(codeIn(decisionNames, value))}>
        {choicesOf(decisionNames)
          .filter(({ value }) => decisions.some((it) => it === value))
          .map(({ value, label }) => (
            <Radio key={value} value={value} label={label} mt="xs" />
          ))}
      </Radio.Group>
      {asks !== undefined && (
        <Textarea
          label={asks}
          value={missing}
          onChange={(event) => setMissing(event.currentTarget.value)}
          error={problemIn(save.error, 'missing')}
          maxLength={1000}
          autosize
          minRows={2}
          required
        />
      )}
      <Textarea
        label="给学员的话（可不填）"
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        error={problemIn(save.error, 'comment')}
        maxLength={1000}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}
