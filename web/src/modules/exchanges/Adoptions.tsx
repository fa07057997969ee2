import { Badge, Button, Select, Textarea } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import type { Adoption, CardView } from '@zhibu/server/modules/exchanges/card-schema'
import type { Outcome } from '@zhibu/server/modules/exchanges/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { adoptionClient, cardClient, exchangesKey } from './api.ts'
import classes from './Exchanges.module.css'
import { useWrite } from './useWrite.ts'
import { outcomeNames } from './words.ts'

/** Who tries a practice, and what they report, in the order of the days. */
export function Adoptions({ it }: { it: CardView }) {
  const [isAdopting, setIsAdopting] = useState(false)
  const [reported, setReported] = useState<Adoption>()
  const [ended, setEnded] = useState<Adoption>()
  return (
    <Section
      title="谁在试，结果怎样"
      lead="按日期先后排列。没有成效也请说，好让后面的单位少走弯路。"
      actions={it.can.adopt && <Button onClick={() => setIsAdopting(true)}>我们也试试</Button>}
    >
      {it.adoptions.length === 0 ? (
        <p className={parts.note}>还没有单位试过。</p>
      ) : (
        <ol className={classes.reports}>
          {it.adoptions.map((one) => (
            <li key={one.id}>
              <p className={classes.line}>
                <strong>{one.organization.name}</strong>，<DayText on={one.adoptedOn} /> 开始试
                {it.version > 1 && `（第 ${one.version} 版）`} {one.ended && <Badge color="gray">已停止</Badge>}
              </p>
              {one.plan !== '' && <p className={parts.text}>打算：{one.plan}</p>}
              {one.reports.map((report) => (
                <Report key={report.id} adoptionId={one.id} it={report} />
              ))}
              {one.ended && (
                <p className={classes.line}>
                  <DayText on={one.ended.on} /> 停止：{one.ended.reason}
                </p>
              )}
              {one.can.report && (
                <div className={`${parts.buttons} no-print`}>
                  <Button
                    variant="default"
                    aria-label={`填写反馈：${one.organization.name}`}
                    onClick={() => setReported(one)}
                  >
                    填写反馈
                  </Button>
                  {one.ended === null && (
                    <Button
                      variant="subtle"
                      color="gray"
                      aria-label={`停止试用：${one.organization.name}`}
                      onClick={() => setEnded(one)}
                    >
                      停止试用
                    </Button>
                  )}
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      {isAdopting && <AdoptDialog it={it} onClose={() => setIsAdopting(false)} />}
      {reported && <ReportDialog it={reported} onClose={() => setReported(undefined)} />}
      {ended && (
        <ReasonDialog
          title="停止试用"
          lead="已经写的反馈保留。以后想再试，可以重新点“我们也试试”。"
          label="停止原因"
          submitLabel="停止试用"
          write={(reason) =>
            parseResponse(adoptionClient.ending.$post({ param: { adoptionId: ended.id }, json: { reason } }))
          }
          changes={exchangesKey}
          onClose={() => setEnded(undefined)}
        />
      )}
    </Section>
  )
}

function Report({ adoptionId, it }: { adoptionId: string; it: Adoption['reports'][number] }) {
  const remove = useWrite(() =>
    parseResponse(adoptionClient.reports[':reportId'].$delete({ param: { adoptionId, reportId: it.id } })),
  )
  return (
    <div>
      <p className={classes.said}>
        <DayText on={it.on} /> {it.writtenBy} <Badge color="blue">{outcomeNames[it.outcome]}</Badge>{' '}
        {it.canRemove && (
          <ConfirmButton
            question="撤回以后，这条反馈不再显示，不能恢复。"
            confirmLabel="撤回反馈"
            isBusy={remove.isPending}
            onConfirm={() => remove.mutate()}
            isQuiet
          >
            撤回反馈
          </ConfirmButton>
        )}
      </p>
      <p className={parts.text}>做了什么：{it.did}</p>
      <p className={parts.text}>结果怎样：{it.result}</p>
      {it.differed !== '' && <p className={parts.text}>不一样的地方：{it.differed}</p>}
      <ProblemNote error={remove.error} />
    </div>
  )
}

function AdoptDialog({ it, onClose }: { it: CardView; onClose: () => void }) {
  const [organizationId, setOrganizationId] = useState(it.organizations[0]?.id ?? '')
  const [plan, setPlan] = useState('')
  const adopt = useWrite(
    () => parseResponse(cardClient.adoptions.$post({ param: { cardId: it.id }, json: { organizationId, plan } })),
    onClose,
  )
  return (
    <FormDialog
      title="我们也试试"
      lead="全校看得到您的单位在试。试过以后在这里填写反馈，什么时候都行，没有期限。"
      submitLabel="开始试"
      isBusy={adopt.isPending}
      error={adopt.error}
      onSubmit={() => adopt.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="哪个组织来试"
        organizations={it.organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <Textarea
        label="打算怎样做（可不填）"
        value={plan}
        onChange={(event) => setPlan(event.currentTarget.value)}
        error={problemIn(adopt.error, 'plan')}
        maxLength={1_000}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}

function ReportDialog({ it, onClose }: { it: Adoption; onClose: () => void }) {
  const today = useToday()
  const list = useListWhenOpened()
  const [on, setOn] = useState<Day | undefined>(today)
  const [outcome, setOutcome] = useState<Outcome>()
  const [words, setWords] = useState({ did: '', result: '', differed: '' })
  const send = useWrite(
    (said: { on: Day; outcome: Outcome }) =>
      parseResponse(adoptionClient.reports.$post({ param: { adoptionId: it.id }, json: { ...words, ...said } })),
    onClose,
  )
  const field = (key: keyof typeof words, label: string, description: string) => (
    <Textarea
      label={label}
      description={description}
      value={words[key]}
      onChange={(event) => setWords({ ...words, [key]: event.currentTarget.value })}
      error={problemIn(send.error, key)}
      maxLength={1_000}
      autosize
      minRows={2}
      required={key !== 'differed'}
    />
  )
  return (
    <FormDialog
      title="填写反馈"
      lead={`${it.organization.name}试下来怎样。没有成效也请照实写。`}
      submitLabel="提交反馈"
      needs={{
        日期: on !== undefined,
        结果: outcome !== undefined,
        做了什么: words.did.trim().length >= 2,
        结果怎样: words.result.trim().length >= 2,
      }}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={() => on !== undefined && outcome !== undefined && send.mutate({ on, outcome })}
      onClose={onClose}
    >
      <DayInput
        label="日期"
        value={on}
        onChange={setOn}
        error={problemIn(send.error, 'on')}
        earliest={it.adoptedOn}
        {...(today !== undefined && { latest: today })}
        required
      />
      <Select
        label="结果"
        data={choicesOf(outcomeNames)}
        value={outcome ?? null}
        onChange={(value) => setOutcome(codeIn(outcomeNames, value))}
        error={problemIn(send.error, 'outcome')}
        allowDeselect={false}
        required
        {...list}
      />
      {field('did', '做了什么', '照着做了哪些，改了哪些')}
      {field('result', '结果怎样', '有什么变化，怎样看出来的')}
      {field('differed', '不一样的地方（可不填）', '我们的情况和原来的单位有什么不同')}
    </FormDialog>
  )
}
