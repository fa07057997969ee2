import { Badge, Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type SkillGroup, shippedSkills, skillGroupNames } from '@zhibu/server/modules/talent/names-schema'
import type { SkillRow } from '@zhibu/server/modules/talent/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { skillsQuery, talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** 技能清单: what can be chosen in a record, as the university lists it. */
export function SkillsPart() {
  const { data, error, refetch } = useQuery(skillsQuery)
  const [open, setOpen] = useState<SkillRow | 'new'>()
  const begin = useWrite(() => parseResponse(talentClient.skills.$post({ json: { skills: [...shippedSkills] } })))
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  const { items, can } = data
  return (
    <Section
      title="技能清单"
      lead="全校用同一份清单，由学校党委组织部维护，填写和查找的人才对得上。"
      actions={can.change && <Button onClick={() => setOpen('new')}>添加技能</Button>}
    >
      {items.length === 0 ? (
        <EmptyState
          title="清单还是空的"
          action={
            can.change && (
              <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
                从常用的技能开始
              </Button>
            )
          }
        >
          {can.change ? '可以先列入一批常用的技能，再逐项修改。' : '学校党委组织部列出以后，才能在自己的情况里选。'}
        </EmptyState>
      ) : (
        <RowList
          label="技能清单"
          rows={items.map((it) => ({
            key: it.id,
            title: it.name,
            mark: it.isRetired && <Badge color="gray">不再使用</Badge>,
            facts: [skillGroupNames[it.group]],
            actions: can.change && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                aria-label={`修改：${it.name}`}
                onClick={() => setOpen(it)}
              >
                修改
              </Button>
            ),
          }))}
        />
      )}
      <ProblemNote error={begin.error} />
      {open !== undefined && <SkillDialog {...(open !== 'new' && { it: open })} onClose={() => setOpen(undefined)} />}
    </Section>
  )
}

function SkillDialog({ it, onClose }: { it?: SkillRow; onClose: () => void }) {
  const [name, setName] = useState(it?.name ?? '')
  const [group, setGroup] = useState<SkillGroup>(it?.group ?? 'affairs')
  const [isRetired, setIsRetired] = useState(it?.isRetired ?? false)
  const save = useWrite(
    () =>
      it
        ? parseResponse(
            talentClient.skills[':skillId'].$put(
              { param: { skillId: it.id }, json: { name, group, isRetired } },
              ifMatch(`"${it.revision}"`),
            ),
          )
        : parseResponse(talentClient.skills.$post({ json: { skills: [{ name, group }] } })),
    onClose,
  )
  return (
    <FormDialog
      title={it ? '修改技能' : '添加技能'}
      submitLabel={it ? '保存' : '添加'}
      needs={{ 名称: name.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="名称"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={
          problemIn(save.error, 'name') ?? problemIn(save.error, 'skills') ?? problemIn(save.error, 'skills.0.name')
        }
        maxLength={30}
        required
        data-autofocus
      />
      <Select
        label="类别"
        data={choicesOf(skillGroupNames)}
        value={group}
        onChange={(value) => setGroup(codeIn(skillGroupNames, value) ?? group)}
        allowDeselect={false}
      />
      {it && (
        <Checkbox
          label="不再使用"
          description="以后不能再选；已经填了的人保留"
          checked={isRetired}
          onChange={(event) => setIsRetired(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  )
}
