import { Button, Group, Select, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BranchChoice, ImportView } from '@zhibu/server/modules/intake/schema'
import { branchTypeNames } from '@zhibu/server/modules/organization/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { intakeClient, intakeKey } from './api.ts'
import { choicesIn, leftOut, type NameChoice, proposedType, setUp } from './branchChoices.ts'
import classes from './Intake.module.css'

/** Names of branches that stand for no organisation: settled once for each name, not for each row, and all of them together. */
export function UnknownBranches({ it }: { it: ImportView }) {
  if (it.unknownBranches.length === 0 || !it.can.change) return null
  return (
    <Section
      title={`有 ${it.unknownBranches.length} 个支部名称需要对应`}
      lead="本次导入的组织范围内没有这些名称的支部。如是范围内某个支部的另一种叫法，请对应过去；不属于导入范围的，选“不导入”，这些行都会跳过。每个名称只需处理一次。"
    >
      <Names key={it.id} it={it} />
    </Section>
  )
}

function Names({ it }: { it: ImportView }) {
  const queries = useQueryClient()
  const only = it.parents.length === 1 ? it.parents[0]?.id : undefined
  const [parentId, setParentId] = useState(only)
  const [chosen, setChosen] = useState<Readonly<Record<string, NameChoice>>>({})
  const settling = useMutation({
    mutationFn: (choices: BranchChoice[]) =>
      parseResponse(intakeClient.imports[':importId'].branches.$put({ param: { importId: it.id }, json: { choices } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: intakeKey }),
  })
  const names = it.unknownBranches.map(({ name }) => name ?? '')
  const choices = choicesIn(names, chosen)
  useUnsaved(names.some((name) => chosen[name]?.to !== undefined))
  const change = (name: string, part: NameChoice) => setChosen((all) => ({ ...all, [name]: { ...all[name], ...part } }))
  const open = names.filter((name) => name !== '' && chosen[name]?.to === undefined)
  const setUpAll = () => {
    for (const name of open) change(name, { to: setUp, parentId })
  }
  return (
    <div className={classes.names}>
      {it.parents.length > 0 && names.length > 1 && (
        <Group gap="sm" align="end">
          <Select
            label="其余的都新设，上级是"
            placeholder="选择上级组织"
            data={it.parents.map(({ id, name: label }) => ({ value: id, label }))}
            value={parentId ?? null}
            onChange={(id) => setParentId(id ?? undefined)}
            searchable
            w={320}
            maw="100%"
          />
          <Button variant="default" disabled={parentId === undefined || open.length === 0} onClick={setUpAll}>
            {open.length === 0 ? '都已选定' : `把 ${open.length} 个名称定为新设`}
          </Button>
        </Group>
      )}
      {it.unknownBranches.map(({ name, rows }) => (
        <OneName
          key={name ?? ''}
          it={it}
          name={name ?? ''}
          rows={rows}
          choice={chosen[name ?? ''] ?? {}}
          onChange={(part) => change(name ?? '', part.to === setUp ? { parentId, ...part } : part)}
        />
      ))}
      <ProblemNote error={settling.error} />
      <div>
        <Button disabled={choices.length === 0} loading={settling.isPending} onClick={() => settling.mutate(choices)}>
          {choices.length === 0 ? '保存对应' : `保存 ${choices.length} 个名称的对应`}
        </Button>
      </div>
    </div>
  )
}

interface NameProps {
  it: ImportView
  name: string
  rows: number
  choice: NameChoice
  onChange: (part: NameChoice) => void
}

function OneName({ it, name, rows, choice, onChange }: NameProps) {
  const shown = name === '' ? '没有写支部的行' : `“${name}”`
  const isNew = choice.to === setUp
  const branchType = choice.branchType === undefined ? proposedType(choice.newName ?? name) : choice.branchType
  return (
    <fieldset className={classes.nameChoice}>
      <legend>
        {shown}
        <Text span size="sm">
          （{rows} 行）
        </Text>
      </legend>
      <Select
        label={`${shown}对应到`}
        placeholder="选择支部"
        data={[
          ...(name !== '' && it.parents.length > 0 ? [{ value: setUp, label: '新设这个支部' }] : []),
          { value: leftOut, label: `不导入（跳过 ${rows} 行）` },
          ...it.branches.map(({ id, name: label }) => ({ value: id, label })),
        ]}
        value={choice.to ?? null}
        onChange={(to) => onChange({ to: to ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': `清除${shown}的对应` }}
      />
      {isNew && (
        <>
          <TextInput
            label="支部名称"
            value={choice.newName ?? name}
            onChange={(event) => onChange({ newName: event.currentTarget.value })}
            maxLength={100}
            required
          />
          <Select
            label="支部类型"
            placeholder="不填"
            data={choicesOf(branchTypeNames)}
            value={branchType ?? null}
            onChange={(value) => onChange({ branchType: codeIn(branchTypeNames, value) ?? null })}
            clearable
            clearButtonProps={{ 'aria-label': `清除${shown}的支部类型` }}
          />
          <Select
            label="上级组织"
            placeholder="选择上级组织"
            data={it.parents.map(({ id, name: label }) => ({ value: id, label }))}
            value={choice.parentId ?? null}
            onChange={(id) => onChange({ parentId: id ?? undefined })}
            searchable
            required
          />
        </>
      )}
    </fieldset>
  )
}
