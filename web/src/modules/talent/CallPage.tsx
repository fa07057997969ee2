import { Badge, Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Day } from '@zhibu/rules'
import type { Application, CallView } from '@zhibu/server/modules/talent/call-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { WideTable } from '../../ui/WideTable.tsx'
import { callQuery, talentClient, talentKey } from './api.ts'
import classes from './Talent.module.css'
import { useWrite } from './useWrite.ts'
import { dayInWords } from './words.ts'

const route = getRouteApi('/signed-in/staff/calls/$callId')
const breadcrumbs = [{ label: '工作队伍', to: '/staff' }]

/** One call for candidates: what is asked for, the own application, and for whoever decides all of them beside one another. */
export function CallPage() {
  const { callId } = route.useParams()
  const { data: it, error, refetch } = useQuery(callQuery(callId))
  const [open, setOpen] = useState<'apply' | 'close'>()
  return (
    <Page
      title={it ? `征集：${it.title}` : '岗位征集'}
      breadcrumbs={breadcrumbs}
      subtitle={it?.organization.name}
      actions={
        it && (
          <>
            {it.can.apply && (
              <Button onClick={() => setOpen('apply')}>{it.own === null ? '我要报名' : '修改报名'}</Button>
            )}
            {it.can.close && (
              <Button variant="default" onClick={() => setOpen('close')}>
                结束征集
              </Button>
            )}
          </>
        )
      }
    >
      {it ? (
        <>
          <Section title="岗位要求">
            <DescriptionList
              items={[
                { label: '做什么', value: it.about || undefined },
                { label: '需要的技能', value: it.skills.map((one) => one.name).join('、') || '没有特别要求' },
                { label: '空缺', value: `${it.vacant} 人` },
                {
                  label: '报名截止',
                  value: (
                    <>
                      {dayInWords(it.untilOn)} {!it.isOpen && <Badge color="gray">报名已截止</Badge>}
                    </>
                  ),
                },
                ...(it.text === '' ? [] : [{ label: '说明', value: it.text }]),
                ...(it.closeReason === null ? [] : [{ label: '结束原因', value: it.closeReason }]),
              ]}
            />
          </Section>
          {it.own !== null && <Own it={it} own={it.own} />}
          {it.applications !== null && <Compared it={it} all={it.applications} />}
          {open === 'apply' && <ApplyDialog it={it} onClose={() => setOpen(undefined)} />}
          {open === 'close' && (
            <ReasonDialog
              title="结束征集"
              lead="结束以后不能再报名、再决定，报名的人看得到原因。"
              label="结束原因"
              submitLabel="结束征集"
              write={(reason) =>
                parseResponse(
                  talentClient.calls[':callId'].closing.$post({ param: { callId: it.id }, json: { reason } }),
                )
              }
              changes={talentKey}
              onClose={() => setOpen(undefined)}
            />
          )}
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

function Own({ it, own }: { it: CallView; own: NonNullable<CallView['own']> }) {
  const withdraw = useWrite(() =>
    parseResponse(talentClient.calls[':callId'].application.$delete({ param: { callId: it.id } })),
  )
  return (
    <Section
      title="我的报名"
      actions={
        it.can.withdraw && (
          <ConfirmButton
            question="撤回以后，报名的内容不再保留。"
            confirmLabel="撤回报名"
            onConfirm={() => withdraw.mutate()}
            isBusy={withdraw.isPending}
          >
            撤回报名
          </ConfirmButton>
        )
      }
    >
      <DescriptionList
        items={[
          { label: '报名的话', value: own.statement },
          ...it.skills.map((one) => ({
            label: one.name,
            value: own.answers.find((answer) => answer.skillId === one.skillId)?.words || undefined,
          })),
          { label: '结果', value: own.isChosen === null ? '等待决定' : own.isChosen ? '选定' : '这次没有选定' },
          ...(own.reason === '' ? [] : [{ label: '原因', value: own.reason }]),
        ]}
      />
      <ProblemNote error={withdraw.error} />
    </Section>
  )
}

/** What is asked for, line by line, and what each candidate has said; candidates stand by name. */
function Compared({ it, all }: { it: CallView; all: readonly Application[] }) {
  const [decided, setDecided] = useState<{ of: Application; isChosen: boolean }>()
  return (
    <Section title="逐项对照" lead="按姓名排列，不打分、不排名。由人决定，写明原因，本人看得到。">
      {all.length === 0 ? (
        <EmptyState title="还没有人报名">报名的人按姓名列在这里，逐项对照岗位要求。</EmptyState>
      ) : (
        <WideTable label="报名对照表">
          <caption className="for-screen-readers">岗位要求和报名的人逐项对照</caption>
          <thead>
            <tr>
              <th scope="col">要求</th>
              {all.map((one) => (
                <th key={one.id} scope="col">
                  {one.person.name}
                  <div className={parts.note}>{one.organization.name}</div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {it.skills.map((skill) => (
              <tr key={skill.skillId}>
                <th scope="row">{skill.name}</th>
                {all.map((one) => (
                  <td key={one.id}>
                    {one.answers.find((answer) => answer.skillId === skill.skillId)?.words || '没有写'}
                    {one.recorded.some((known) => known.skillId === skill.skillId) && (
                      <div className={parts.note}>本人的技能里有这一项</div>
                    )}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">报名的话</th>
              {all.map((one) => (
                <td key={one.id}>{one.statement}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">现在担任</th>
              {all.map((one) => (
                <td key={one.id}>{one.offices} 项任职</td>
              ))}
            </tr>
            <tr>
              <th scope="row">决定</th>
              {all.map((one) => (
                <td key={one.id}>
                  {one.isChosen === null ? (
                    it.can.decide ? (
                      <div className={parts.buttons}>
                        <Button
                          size="compact-sm"
                          aria-label={`选定：${one.person.name}`}
                          onClick={() => setDecided({ of: one, isChosen: true })}
                        >
                          选定
                        </Button>
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={`不选：${one.person.name}`}
                          onClick={() => setDecided({ of: one, isChosen: false })}
                        >
                          不选
                        </Button>
                      </div>
                    ) : (
                      '没有决定'
                    )
                  ) : (
                    <>
                      {one.isChosen ? '选定' : '没有选定'}
                      <div className={parts.note}>
                        {one.reason}（{one.decidedBy}）
                      </div>
                      {one.isChosen && (
                        <Link to="/staff/$personId" params={{ personId: one.person.id }}>
                          队伍信息
                        </Link>
                      )}
                    </>
                  )}
                </td>
              ))}
            </tr>
          </tbody>
        </WideTable>
      )}
      {decided && <DecisionDialog callId={it.id} {...decided} onClose={() => setDecided(undefined)} />}
    </Section>
  )
}

interface DecisionProps {
  callId: string
  of: Application
  isChosen: boolean
  onClose: () => void
}

function DecisionDialog({ callId, of, isChosen, onClose }: DecisionProps) {
  const [reason, setReason] = useState('')
  const [chosen, setChosen] = useState<Day>()
  const today = useToday()
  const fromOn = chosen ?? today
  const decide = useWrite(
    () =>
      parseResponse(
        talentClient.calls[':callId'].applications[':applicationId'].decision.$post({
          param: { callId, applicationId: of.id },
          json: { isChosen, reason, fromOn: isChosen ? (fromOn ?? null) : null, appliedAt: of.appliedAt },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={isChosen ? `选定：${of.person.name}` : `不选：${of.person.name}`}
      lead={isChosen ? '选定以后，同时登记到岗。原因本人看得到。' : '原因本人看得到，请写具体、写得客气。'}
      submitLabel={isChosen ? '选定并登记到岗' : '答复没有选定'}
      needs={{ 原因: reason.trim().length >= 2, 到岗日期: !isChosen || fromOn !== undefined }}
      isBusy={decide.isPending}
      error={decide.error}
      onSubmit={() => decide.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(decide.error, 'reason')}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      {isChosen && (
        <DayInput
          label="到岗日期"
          value={fromOn}
          onChange={setChosen}
          error={problemIn(decide.error, 'fromOn')}
          required
        />
      )}
    </FormDialog>
  )
}

function ApplyDialog({ it, onClose }: { it: CallView; onClose: () => void }) {
  const [statement, setStatement] = useState(it.own?.statement ?? '')
  const [words, setWords] = useState<ReadonlyMap<string, string>>(
    new Map(it.own?.answers.map((one) => [one.skillId, one.words])),
  )
  const send = useWrite(
    () =>
      parseResponse(
        talentClient.calls[':callId'].application.$put({
          param: { callId: it.id },
          json: {
            statement,
            answers: it.skills
              .map(({ skillId }) => ({ skillId, words: words.get(skillId) ?? '' }))
              .filter((one) => one.words.trim() !== ''),
          },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={`报名：${it.title}`}
      lead="只有您和负责决定的党组织看得到。有决定以前，随时可以修改、撤回。"
      submitLabel="提交报名"
      needs={{ 为什么愿意做: statement.trim().length >= 2 }}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={() => send.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="为什么愿意做"
        value={statement}
        onChange={(event) => setStatement(event.currentTarget.value)}
        error={problemIn(send.error, 'statement')}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      {it.skills.map(({ skillId, name }) => (
        <Textarea
          key={skillId}
          label={`${name}：做过什么（可不填）`}
          value={words.get(skillId) ?? ''}
          onChange={(event) => setWords(new Map([...words, [skillId, event.currentTarget.value]]))}
          maxLength={200}
          autosize
        />
      ))}
      {problemIn(send.error, 'answers') !== undefined && (
        <p className={classes.problem}>{problemIn(send.error, 'answers')}</p>
      )}
    </FormDialog>
  )
}
