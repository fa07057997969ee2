import { MultiSelect, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { addDays, type Day } from '@zhibu/rules'
import type { Helper, NewDelegation } from '@zhibu/server/modules/accounts/delegation-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { useToday } from '../../ui/today.ts'
import { accountsClient, accountsKey, helpersQuery } from './api.ts'
import type { Chosen } from './chosen.ts'
import { type Delegable, delegableChoices, isDelegable } from './delegable.ts'
import { PersonsPicker } from './PersonsPicker.tsx'

/** A task is handed on for so many days at most, and concerns so many persons; the server says the same. */
const longestDays = 180
const mostPersons = 500

/** Hands a task to a helper: whom, which contents, until when. */
export function NewDelegationDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const today = useToday()
  const [helperAccountId, setHelperAccountId] = useState<string>()
  const [people, setPeople] = useState<readonly Chosen[]>([])
  const [fields, setFields] = useState<readonly Delegable[]>([])
  const [purpose, setPurpose] = useState('')
  const [until, setUntil] = useState<Day>()
  const give = useMutation({
    mutationFn: (json: NewDelegation) => parseResponse(accountsClient.delegations.$post({ json })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: accountsKey })
      onClose()
    },
  })
  const submit = () => {
    if (helperAccountId === undefined || until === undefined) return
    give.mutate({ helperAccountId, personIds: people.map((it) => it.id), fields: [...fields], purpose, until })
  }
  return (
    <FormDialog
      title="授权协助"
      lead="只交出需要的部分。协助人看到的，也只有这些人员和这些内容。"
      submitLabel="授权"
      needs={{
        协助人: helperAccountId !== undefined,
        人员: people.length > 0,
        可填写的内容: fields.length > 0,
        授权事项: purpose.trim().length >= 2,
        截止日期: until !== undefined,
      }}
      isBusy={give.isPending}
      error={give.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <HelperPicker
        value={helperAccountId}
        onChange={setHelperAccountId}
        error={problemIn(give.error, 'helperAccountId')}
      />
      <PersonsPicker
        value={people}
        onChange={setPeople}
        most={mostPersons}
        error={problemIn(give.error, 'personIds')}
      />
      <MultiSelect
        label="可填写的内容"
        placeholder={fields.length === 0 ? '选择事项或信息' : ''}
        data={delegableChoices}
        value={[...fields]}
        onChange={(chosen) => setFields(chosen.filter(isDelegable))}
        error={problemIn(give.error, 'fields')}
        searchable
        required
      />
      <TextInput
        label="授权事项"
        placeholder="如 录入 2025 级积极分子的半年考察"
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
        error={problemIn(give.error, 'purpose')}
        required
      />
      <DayInput
        label="截止日期"
        description={`最长 ${longestDays} 天，到期自动收回。`}
        value={until}
        onChange={setUntil}
        error={problemIn(give.error, 'until')}
        {...(today && { earliest: today, latest: addDays(today, longestDays - 1) })}
        required
      />
    </FormDialog>
  )
}

interface HelperPickerProps {
  value: string | undefined
  onChange: (accountId: string | undefined) => void
  error: string | undefined
}

/** Chooses an account to which a task can be handed, by name, number or pinyin initials of its person. */
function HelperPicker({ value, onChange, error }: HelperPickerProps) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Helper>()
  const [settled] = useDebouncedValue(typed.trim(), 200)
  const isChosen = chosen !== undefined && settled === labelOf(chosen)
  const found = useQuery({
    ...helpersQuery(settled),
    enabled: settled !== '' && !isChosen,
    placeholderData: keepPreviousData,
  })
  const items = settled === '' || isChosen ? [] : (found.data?.items ?? [])
  const shown =
    chosen === undefined || items.some((it) => it.accountId === chosen.accountId) ? items : [chosen, ...items]
  return (
    <Select
      label="协助人"
      description="须有账号，且属于您负责的组织。"
      placeholder="输入姓名、学号或拼音首字母"
      searchable
      data={shown.map((it) => ({ value: it.accountId, label: labelOf(it) }))}
      value={value ?? null}
      onChange={(id) => {
        setChosen(shown.find((it) => it.accountId === id))
        onChange(id ?? undefined)
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={
        settled !== '' && (
          <NothingFound>
            {found.isFetching ? '正在查找…' : '没有找到。请换用学号或拼音首字母；没有账号的请先开通'}
          </NothingFound>
        )
      }
      error={error}
      required
    />
  )
}

function labelOf({ name, studentNumber, organizationName }: Helper): string {
  return [name, studentNumber, organizationName].filter((it) => it !== null).join('　')
}
