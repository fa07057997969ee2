import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AssignmentsView } from '@zhibu/server/modules/training/reflection-schema'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { assignmentsQuery } from './reflectionApi.ts'

/** 学习心得和考试 on the page of a programme: what is asked for, where the reader stands, and the ways to write and to read. */
export function AssignmentsPart({ programmeId }: { programmeId: string }) {
  const { data } = useQuery(assignmentsQuery(programmeId))
  const view = data?.value
  if (!view) return null
  const isEmpty = view.prompts.length === 0 && view.exam === null
  if (isEmpty && !view.can.settle) return null
  const params = { programmeId }
  return (
    <Section
      title="学习心得和考试"
      actions={
        <>
          {view.can.settle && (
            <LinkButton variant="default" to="/training/$programmeId/assignments" params={params}>
              心得题目和考试
            </LinkButton>
          )}
          {view.can.read && view.prompts.length > 0 && (
            <LinkButton variant="default" to="/training/$programmeId/reflections" params={params}>
              看交来的心得
            </LinkButton>
          )}
        </>
      }
    >
      <div className={parts.form}>
        {isEmpty && <p className={parts.note}>没有要求写心得，也没有考试。</p>}
        {view.prompts.length > 0 && (
          <RowList
            label="心得题目"
            rows={view.prompts.map((it) => ({
              key: it.id,
              title: it.title,
              facts: [it.about, ...factsOf(view, it.id)],
              ...actionsOf(view, it.id, programmeId),
            }))}
          />
        )}
        {view.exam && (
          <p className={parts.text}>
            结业考试：
            {view.own ? <Link to="/training/exams">{view.exam.title}</Link> : view.exam.title}
            。成绩由主办的人确认以后，列在验收的前置条件里；分数不进入验收。
          </p>
        )}
      </div>
    </Section>
  )
}

const ownIn = (view: AssignmentsView, promptId: string) => view.own?.find((it) => it.promptId === promptId)

function factsOf(view: AssignmentsView, promptId: string) {
  const own = ownIn(view, promptId)
  const people = view.handedIn?.find((it) => it.promptId === promptId)?.people
  return [
    people !== undefined && `已交 ${people} 人`,
    own?.handedInAt && (
      <>
        最近一次提交：
        <InstantText at={own.handedInAt} />
        {own.versions > 1 && `，第 ${own.versions} 次`}
      </>
    ),
  ]
}

function actionsOf(view: AssignmentsView, promptId: string, programmeId: string) {
  const own = ownIn(view, promptId)
  if (!own) return {}
  return {
    ...(own.unanswered > 0 && { mark: <Badge color="yellow">{own.unanswered} 条旁注没有答复</Badge> }),
    actions: (
      <>
        {own.versions > 0 && own.reflectionId !== null && (
          <LinkButton
            variant="default"
            size="xs"
            to="/training/reflections/$reflectionId"
            params={{ reflectionId: own.reflectionId }}
          >
            看旁注
          </LinkButton>
        )}
        {view.can.write && (
          <LinkButton
            size="xs"
            variant={own.versions > 0 ? 'default' : 'filled'}
            to="/training/$programmeId/reflections/$promptId"
            params={{ programmeId, promptId }}
          >
            {own.versions > 0 ? '修改心得' : '写心得'}
          </LinkButton>
        )}
      </>
    ),
  }
}
