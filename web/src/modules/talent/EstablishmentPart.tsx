import { Badge, Button, NumberInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type Day, isDay } from '@zhibu/rules'
import { officeLabels } from '@zhibu/server/modules/accounts/names-schema'
import { measureNames } from '@zhibu/server/modules/talent/names-schema'
import type { Establishment, Gap, UnitRow } from '@zhibu/server/modules/talent/post-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { WideTable } from '../../ui/WideTable.tsx'
import { establishmentQuery, talentClient } from './api.ts'
import classes from './Talent.module.css'
import { useWrite } from './useWrite.ts'
import { dayInWords } from './words.ts'

/** 配备和缺口: what the posts of each school need and what there is; what ends soon; who holds much at once. */
export function EstablishmentPart() {
  const { data, error, refetch } = useQuery(establishmentQuery)
  const [counted, setCounted] = useState<UnitRow>()
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  return (
    <>
      {data.units.map((it) => (
        <Unit key={it.organization.id} it={it} onCount={() => setCounted(it)} />
      ))}
      <Endings all={data.endings} />
      <Section title="同时担任三项以上" lead="按姓名排列。安排新的工作以前，请先看一看。">
        {data.several.length === 0 ? (
          <p className={parts.note}>没有人同时担任三项以上。</p>
        ) : (
          <RowList
            label="同时担任三项以上"
            rows={data.several.map(({ person, offices }) => ({
              key: person.id,
              title: (
                <Link to="/staff/$personId" params={{ personId: person.id }}>
                  {person.name}
                </Link>
              ),
              facts: [`同时担任 ${offices} 项`],
            }))}
          />
        )}
      </Section>
      {counted && <HeadcountDialog it={counted} onClose={() => setCounted(undefined)} />}
    </>
  )
}

function Unit({ it, onCount }: { it: UnitRow; onCount: () => void }) {
  const { headcount } = it
  return (
    <Section
      title={it.organization.name}
      lead={`岗位 ${it.places} 个名额，在岗 ${it.held} 人。`}
      actions={
        it.measures.length > 0 && (
          <Button variant="default" onClick={onCount} aria-label={`填写人数：${it.organization.name}`}>
            填写人数
          </Button>
        )
      }
    >
      <div className={parts.form}>
        {it.measures.length > 0 && (
          <ul className={classes.measures} aria-label={`${it.organization.name}的配备`}>
            {it.measures.map((one) => (
              <li key={one.of}>
                <strong>{measureNames[one.of]}</strong>{' '}
                {one.isReached !== null && (
                  <Badge color={one.isReached ? 'green' : 'yellow'}>{one.isReached ? '够' : '不够'}</Badge>
                )}
                <p className={classes.text}>{one.text}</p>
                <p className={parts.note}>
                  依据：{one.cited} {one.isToVerify && <Badge color="gray">待核实</Badge>}
                </p>
              </li>
            ))}
          </ul>
        )}
        {headcount.asOf !== null && (
          <p className={parts.note}>
            {`学生 ${headcount.students ?? 0} 人，师生 ${headcount.people ?? 0} 人（${headcount.source}，${dayInWords(headcount.asOf)}）`}
          </p>
        )}
        {it.gaps.length > 0 && <Gaps unit={it.organization} gaps={it.gaps} />}
      </div>
    </Section>
  )
}

function Gaps({ unit, gaps }: { unit: UnitRow['organization']; gaps: readonly Gap[] }) {
  const navigate = useNavigate()
  const propose = useWrite(
    (skillId: string) =>
      parseResponse(talentClient.establishment.trainings.$post({ json: { organizationId: unit.id, skillId } })),
    ({ id }) => void navigate({ to: '/training/$programmeId', params: { programmeId: id } }),
  )
  return (
    <>
      <WideTable label={`${unit.name}的技能`}>
        <caption className="for-screen-readers">{unit.name}岗位需要的技能和现有的人</caption>
        <thead>
          <tr>
            <th scope="col">岗位需要的技能</th>
            <th scope="col">需要</th>
            <th scope="col">现有</th>
            <th scope="col">说明</th>
            <td className="no-print" />
          </tr>
        </thead>
        <tbody>
          {gaps.map((it) => (
            <tr key={it.skillId}>
              <th scope="row">{it.name}</th>
              <td>{it.needed} 人</td>
              <td>{it.present} 人</td>
              <td>
                <GapWords it={it} />
              </td>
              <td className="no-print">
                {it.present < it.needed && (
                  <ConfirmButton
                    isQuiet
                    question={`以${unit.name}的名义筹备“${it.name}培训班”？发布以前只有组织培训的人看得到。`}
                    confirmLabel="筹备培训班"
                    isBusy={propose.isPending && propose.variables === it.skillId}
                    onConfirm={() => propose.mutate(it.skillId)}
                  >
                    办一期培训
                  </ConfirmButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <ProblemNote error={propose.error} />
    </>
  )
}

function GapWords({ it }: { it: Gap }) {
  if (it.onlyOne !== null)
    return (
      <>
        {'只有'}
        <Link to="/staff/$personId" params={{ personId: it.onlyOne.id }}>
          {it.onlyOne.name}
        </Link>
        {'一人会，请安排一位一起做'}
      </>
    )
  return it.present < it.needed ? `还差 ${it.needed - it.present} 人` : '够'
}

function Endings({ all }: { all: Establishment['endings'] }) {
  return (
    <Section title="一年内到期的任期和任职" lead="先到期的在前。换届的依据和期限见“组织”里各单位的页面。">
      {all.length === 0 ? (
        <EmptyState title="一年内没有到期的">在“组织”里登记换届和任职的届满日期以后，快到期的列在这里。</EmptyState>
      ) : (
        <RowList
          label="一年内到期的任期和任职"
          rows={all.map((it) => ({
            key: `${it.organization.id} ${it.kind} ${it.office ?? ''} ${it.personName ?? ''} ${it.on}`,
            title: (
              <Link to="/organization/$organizationId" params={{ organizationId: it.organization.id }}>
                {it.organization.name}
              </Link>
            ),
            mark: it.isOver && <Badge color="yellow">已经到期</Badge>,
            facts: [
              it.kind === 'term'
                ? '本届任期'
                : `${it.personName ?? ''}，${it.office === null ? '' : officeLabels[it.office]}`,
              dayInWords(it.on),
            ],
          }))}
        />
      )}
    </Section>
  )
}

function HeadcountDialog({ it, onClose }: { it: UnitRow; onClose: () => void }) {
  const { headcount, organization } = it
  const [students, setStudents] = useState<number | string>(headcount.students ?? '')
  const [people, setPeople] = useState<number | string>(headcount.people ?? '')
  const [chosen, setChosen] = useState<Day | undefined>(
    headcount.asOf !== null && isDay(headcount.asOf) ? headcount.asOf : undefined,
  )
  const [source, setSource] = useState(headcount.source)
  const today = useToday()
  const asOf = chosen ?? today
  const save = useWrite(
    (fields: { students: number; people: number; asOf: Day }) =>
      parseResponse(
        talentClient.establishment.headcounts[':organizationId'].$put(
          { param: { organizationId: organization.id }, json: { ...fields, source } },
          ifMatch(`"${headcount.revision}"`),
        ),
      ),
    onClose,
  )
  const said = (path: string) => problemIn(save.error, path)
  const isReady = typeof students === 'number' && typeof people === 'number' && asOf !== undefined
  return (
    <FormDialog
      title={`填写人数：${organization.name}`}
      lead="名册里只有申请入党的人和党员，不是全体师生，所以师生人数要另填，用来对照配备的比例。"
      submitLabel="保存"
      needs={{
        学生人数: typeof students === 'number',
        师生人数: typeof people === 'number',
        数据来源: source.trim().length >= 2,
      }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => isReady && save.mutate({ students, people, asOf })}
      onClose={onClose}
    >
      <NumberInput
        label="学生人数"
        value={students}
        onChange={setStudents}
        error={said('students')}
        min={0}
        allowDecimal={false}
        hideControls
        required
        data-autofocus
      />
      <NumberInput
        label="师生人数"
        description="学生和教职工一共多少人"
        value={people}
        onChange={setPeople}
        error={said('people')}
        min={0}
        allowDecimal={false}
        hideControls
        required
      />
      <DayInput label="数据日期" value={asOf} onChange={setChosen} error={said('asOf')} required />
      <TextInput
        label="数据来源"
        placeholder="例如：2026 年学校基本情况统计"
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        error={said('source')}
        maxLength={60}
        required
      />
    </FormDialog>
  )
}
