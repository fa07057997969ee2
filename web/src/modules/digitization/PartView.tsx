import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Day } from '@zhibu/rules'
import { natureNames } from '@zhibu/server/modules/archive/names-schema'
import { partBasisNames } from '@zhibu/server/modules/digitization/names-schema'
import type { PartChange, StackPart, StackView } from '@zhibu/server/modules/digitization/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useToday } from '../../ui/today.ts'
import { useUnsaved } from '../../ui/unsaved.ts'
import { archiveKey } from '../archive/key.ts'
import { digitizationClient, digitizationKey, placesQuery, stackQuery } from './api.ts'
import { PartPages } from './PartPages.tsx'
import classes from './Sorting.module.css'
import { Whose } from './Whose.tsx'

interface Props {
  stack: StackView
  part: StackPart
  /** The part that lies before it in the stack. */
  before: StackPart | undefined
  onChoose: (partId: string) => void
  onFiled: () => void
}

/** What is refused is shown below the form; nothing else is to be done about it where it was asked for. */
const quietly = (done: Promise<unknown>) => void done.catch(() => undefined)

/** What is different about a part, beside its revision. */
type Change = Omit<PartChange, 'revision'>

/** One part: its pages, whose paper it is and which, on which words that rests, and its filing. Each change is kept at once. */
export function PartView({ stack, part, before, onChoose, onFiled }: Props) {
  const queries = useQueryClient()
  const { data: places } = useQuery(placesQuery)
  const today = useToday()
  const [typed, setTyped] = useState<{ title?: string; on?: Day | null }>({})
  useUnsaved(Object.keys(typed).length > 0)
  const param = { stackId: stack.id, partId: part.id }
  const ofPart = digitizationClient.stacks[':stackId'].parts[':partId']

  // One after another: each changes the revision that the next has to name.
  const work = useMutation({
    scope: { id: `stack ${stack.id}` },
    mutationFn: (doIt: () => Promise<unknown>) => doIt(),
    onSettled: () => queries.invalidateQueries({ queryKey: digitizationKey }),
  })
  const latest = (id: string) => {
    const known = queries.getQueryData(stackQuery(stack.id).queryKey)?.parts.find((it) => it.id === id)
    return { id, revision: known?.revision ?? part.revision }
  }
  const change = (changes: Change) =>
    work.mutateAsync(() =>
      parseResponse(ofPart.$patch({ param, json: { ...changes, revision: latest(part.id).revision } })),
    )
  const keepTyped = async () => {
    if (Object.keys(typed).length === 0) return
    await change(typed)
    // What was typed meanwhile stays.
    setTyped((now) => (now === typed ? {} : now))
  }
  const keepSoon = useDebouncedCallback(() => quietly(keepTyped()), { delay: 1_000, flushOnUnmount: true })
  const type = (changes: typeof typed) => {
    setTyped((before) => ({ ...before, ...changes }))
    keepSoon()
  }
  const file = async () => {
    keepSoon.cancel()
    await keepTyped()
    await work.mutateAsync(async () => {
      await parseResponse(ofPart.filing.$post({ param, json: { revision: latest(part.id).revision } }))
      await queries.invalidateQueries({ queryKey: archiveKey })
    })
    onFiled()
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !part.can.file) return
      event.preventDefault()
      quietly(file())
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })

  const { words } = part
  const canChange = part.can.change && part.state === 'proposed'
  const listed = part.organization ? places?.organization : places?.person
  const options = (listed ?? []).map((it) => ({ value: it.code, label: `${it.number}　${it.label}` }))
  return (
    <div className={classes.view}>
      <PartPages
        stack={stack}
        part={part}
        canChange={canChange}
        onChange={(changes) => quietly(change(changes))}
        onSplit={(from) =>
          quietly(
            work.mutateAsync(() =>
              parseResponse(ofPart.split.$post({ param, json: { from, revision: latest(part.id).revision } })),
            ),
          )
        }
      />
      <Stack gap="sm" className={classes.form ?? ''}>
        {part.state === 'filed' ? (
          <p className={parts.note}>
            {part.filedBy}已归档。
            {part.documentId !== null && (
              <Link to="/archive/documents/$documentId" params={{ documentId: part.documentId }}>
                打开归档的材料
              </Link>
            )}
          </p>
        ) : (
          <>
            <Whose
              part={part}
              canChange={canChange}
              organizationId={stack.organization.id}
              onPerson={(personId) => quietly(change({ personId }))}
              onOrganization={(organizationId) => quietly(change({ organizationId }))}
            />
            <Select
              label="类别"
              data={options}
              value={options.some((it) => it.value === part.place) ? part.place : null}
              onChange={(place) => place !== null && quietly(change({ place }))}
              disabled={!canChange}
              searchable
              required
            />
            <TextInput
              label="题名（可不填）"
              placeholder={part.placeLabel ?? ''}
              value={typed.title ?? part.title ?? ''}
              onChange={(event) => type({ title: event.currentTarget.value })}
              disabled={!canChange}
            />
            <DayInput
              label="材料上写的日期（没有的不填）"
              value={typed.on === undefined ? (part.on ?? undefined) : (typed.on ?? undefined)}
              onChange={(on, problem) => problem === undefined && type({ on: on ?? null })}
              disabled={!canChange}
              {...(today && { latest: today })}
            />
            <Select
              label="文件来自"
              data={choicesOf(natureNames)}
              value={part.nature}
              onChange={(value) => {
                const nature = codeIn(natureNames, value)
                if (nature) quietly(change({ nature }))
              }}
              allowDeselect={false}
              disabled={!canChange}
            />
            <DescriptionList
              items={[
                { label: '依据', value: part.basis === null ? '没有认出来' : partBasisNames[part.basis] },
                ...(words.person.length > 0 ? [{ label: '人员依据的字', value: words.person.join('；') }] : []),
                ...(words.place.length > 0 ? [{ label: '类别依据的字', value: words.place.join('；') }] : []),
                ...(words.on.length > 0 ? [{ label: '日期依据的字', value: words.on.join('；') }] : []),
              ]}
            />
            {part.basis === 'codeOnPaper' && part.state === 'proposed' && (
              <p className={classes.problem} role="status">
                封面二维码所在的这一页还有其他文字，可能不是封面，已留在这一份里。请看这一页：是封面的去掉，是材料的核对人员和类别，再归档。
              </p>
            )}
            {part.problem !== null && (
              <p className={classes.problem} role="status">
                {part.problem}
              </p>
            )}
          </>
        )}
        <ProblemNote error={work.error} isKept />
        {part.state !== 'filed' && (
          <Group gap="xs">
            {part.state === 'proposed' && (
              <Button disabled={!part.can.file} loading={work.isPending} onClick={() => quietly(file())}>
                归档这一份
              </Button>
            )}
            {part.can.change && (
              <Button
                variant="default"
                disabled={work.isPending}
                onClick={() => quietly(change({ isDropped: part.state === 'proposed' }))}
              >
                {part.state === 'proposed' ? '不归档' : '恢复为待归档'}
              </Button>
            )}
            {canChange && before !== undefined && before.state === 'proposed' && (
              <Button
                variant="default"
                disabled={work.isPending}
                onClick={() =>
                  quietly(
                    work
                      .mutateAsync(() => {
                        const { id, revision } = latest(before.id)
                        return parseResponse(
                          digitizationClient.stacks[':stackId'].parts[':partId'].merge.$post({
                            param: { stackId: stack.id, partId: id },
                            json: { revision, other: latest(part.id) },
                          }),
                        )
                      })
                      .then(() => onChoose(before.id)),
                  )
                }
              >
                并入前一份
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </div>
  )
}
