import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import { comparisonNames } from '@zhibu/server/modules/handovers/names-schema'
import type { ComparisonRow, HandoverView } from '@zhibu/server/modules/handovers/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useToday } from '../../ui/today.ts'
import { useUnsaved } from '../../ui/unsaved.ts'
import { archiveKey } from '../archive/key.ts'
import { organizationKey } from '../organization/api.ts'
import { peopleKey } from '../people/api.ts'
import { handoversClient, handoversKey } from './api.ts'
import classes from './Handed.module.css'
import { HandedFiles } from './HandedFiles.tsx'
import { HandedFileView } from './HandedFileView.tsx'
import { Marks } from './Marks.tsx'

/** The receiver's part: every file compared item by item, what did not arrive as listed noted, then received. */
export function Comparison({ it }: { it: HandoverView }) {
  const queries = useQueryClient()
  const today = useToday()
  const [compared, setCompared] = useState<ReadonlySet<string>>(new Set())
  const [found, setFound] = useState<ReadonlyMap<string, ComparisonRow>>(new Map())
  const [on, setOn] = useState<Day | undefined>(today)
  const [reservations, setReservations] = useState('')
  useUnsaved(compared.size > 0 || found.size > 0)
  const exceptionsOf = (file: HandoverView['files'][number]) =>
    file.file.items.flatMap(({ documentId }) => found.get(documentId) ?? [])
  const accept = useMutation({
    mutationFn: (day: Day) =>
      parseResponse(
        handoversClient[':handoverId'].acceptance.$post({
          param: { handoverId: it.id },
          json: {
            seen: it.seen ?? '',
            on: day,
            compared: it.files
              .filter(({ person }) => compared.has(person.id))
              .map((file) => ({ personId: file.person.id, exceptions: exceptionsOf(file) })),
            ...(reservations.trim() && { reservations: reservations.trim() }),
          },
        }),
      ),
    onSuccess: async () => {
      for (const queryKey of [handoversKey, archiveKey, peopleKey, organizationKey])
        await queries.invalidateQueries({ queryKey })
    },
  })
  const note = (documentId: string, change: Partial<ComparisonRow> | undefined) =>
    setFound((before) => {
      const after = new Map(before)
      if (change === undefined) after.delete(documentId)
      else
        after.set(documentId, { documentId, result: 'paperMissing', remark: '', ...before.get(documentId), ...change })
      return after
    })
  const left = it.files.length - compared.size
  const obstacles = it.files.flatMap((one) => one.obstacle ?? [])
  const needs = {
    [`核对（还有 ${left} 人）`]: left === 0,
    接收日期: on !== undefined,
    不符之处的说明: [...found.values()].every(
      ({ result, remark }) => result !== 'differs' || remark.trim().length >= 2,
    ),
  }
  return (
    <>
      <Section
        title="逐件核对"
        lead="展开每个人的清单，与收到的材料逐件比对。与清单一致的不用改；没有到的、不符的，在那一件旁边写明，会写入回执。"
      >
        <HandedFiles
          label="待核对的档案"
          files={it.files}
          person={(one) => one.person}
          summary={(one) => (
            <>
              <span className={parts.note}>{one.file.items.length} 件</span>
              <Marks file={one} />
              <Checkbox
                label="已逐件核对"
                aria-label={`${one.person.name}的档案已逐件核对`}
                checked={compared.has(one.person.id)}
                onChange={({ currentTarget: { checked } }) =>
                  setCompared((before) => {
                    const after = new Set(before)
                    if (checked) after.add(one.person.id)
                    else after.delete(one.person.id)
                    return after
                  })
                }
              />
            </>
          )}
        >
          {(one) => (
            <HandedFileView
              name={one.person.name}
              file={one.file}
              added={one.added}
              gone={one.gone}
              besides={(item) => {
                const row = found.get(item.documentId)
                return (
                  <div className={classes.compare}>
                    <Select
                      aria-label={`《${item.title}》的核对结果`}
                      data={[
                        { value: '', label: '与清单一致' },
                        ...choicesOf(comparisonNames).filter(({ value }) => value !== 'paperMissing' || item.hasPaper),
                      ]}
                      value={row?.result ?? ''}
                      onChange={(chosen) => {
                        const result = codeIn(comparisonNames, chosen)
                        note(item.documentId, result && { result })
                      }}
                    />
                    {row && (
                      <TextInput
                        aria-label={`《${item.title}》的说明`}
                        placeholder="说明"
                        value={row.remark}
                        maxLength={500}
                        onChange={(event) => note(item.documentId, { remark: event.currentTarget.value })}
                      />
                    )}
                  </div>
                )
              }}
            />
          )}
        </HandedFiles>
      </Section>
      <Section
        title="接收"
        lead="接收以后，人员和档案一并转入，培养教育时间、预备期连续计算，已登记的事项都不改变；原组织保留移交清单和回执。"
      >
        <div className={classes.form}>
          {obstacles.map((text) => (
            <p key={text}>{text}。请退回这次移交。</p>
          ))}
          <DayInput
            label="接收日期"
            value={on}
            onChange={setOn}
            {...(today && { latest: today })}
            error={problemIn(accept.error, 'on')}
            required
          />
          <Textarea
            label="保留意见"
            description="整体上需要说明的，例如某类材料约定日后补交。没有的不填。"
            value={reservations}
            onChange={(event) => setReservations(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={2}
          />
          <ProblemNote error={accept.error} isKept />
          <div className={classes.buttons}>
            <Button
              disabled={missingOf(needs).length > 0 || obstacles.length > 0}
              loading={accept.isPending}
              onClick={() => on && accept.mutate(on)}
            >
              接收
            </Button>
            <StillMissing needs={needs} />
          </div>
        </div>
      </Section>
    </>
  )
}
