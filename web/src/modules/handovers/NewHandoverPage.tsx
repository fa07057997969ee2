import { Button, Checkbox, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { handoverKindNames } from '@zhibu/server/modules/handovers/names-schema'
import type { HandoverKind } from '@zhibu/server/modules/handovers/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { Page } from '../../ui/Page.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import type { Chosen } from '../accounts/chosen.ts'
import { PersonsPicker } from '../accounts/PersonsPicker.tsx'
import { ForKeepers } from '../organization/ForKeepers.tsx'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { handoversClient, handoversKey, previewHandover } from './api.ts'
import classes from './Handed.module.css'
import { HandedFiles } from './HandedFiles.tsx'
import { HandedFileView } from './HandedFileView.tsx'

const sides = { inside: '本校组织', outside: '校外单位' } as const

/** The most of one hand-over, as the server takes it. */
const most = 200

/** Draws a hand-over up: whose files, to whom, why; a check of what is missing; and sends it. */
export function NewHandoverPage() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [people, setPeople] = useState<readonly Chosen[]>([])
  const [isOutside, setIsOutside] = useState(false)
  const [organizationId, setOrganizationId] = useState<string>()
  const [outsideUnit, setOutsideUnit] = useState('')
  const [kind, setKind] = useState<HandoverKind>()
  const [withPapers, setWithPapers] = useState(true)
  const [note, setNote] = useState('')
  const [isSent, setIsSent] = useState(false)
  useUnsaved(people.length > 0 && !isSent)
  const wanted = { personIds: people.map((it) => it.id), withPapers }
  const preview = useMutation({ mutationFn: () => previewHandover(wanted) })
  const choose = (chosen: readonly Chosen[]) => {
    setPeople(chosen)
    preview.reset()
  }
  const unit = outsideUnit.trim()
  const to = isOutside ? (unit.length >= 2 ? { outsideUnit: unit } : undefined) : organizationId && { organizationId }
  const send = useMutation({
    mutationFn: async () => {
      if (!to || !kind) throw new Error('the button is grey until both are there')
      const remark = note.trim()
      return parseResponse(
        handoversClient.index.$post({ json: { ...wanted, to, kind, ...(remark && { note: remark }) } }),
      )
    },
    onSuccess: async ({ id }) => {
      setIsSent(true)
      await queries.invalidateQueries({ queryKey: handoversKey })
      await navigate({ to: '/archive/handovers/$handoverId', params: { handoverId: id } })
    },
  })
  const needs = {
    人员: people.length > 0,
    [isOutside ? '接收单位全称' : '接收组织']: Boolean(to),
    移交原因: kind !== undefined,
    移交前检查: preview.isSuccess,
  }
  return (
    <Page
      title="发起档案移交"
      breadcrumbs={[...wayFrom(useSession()?.can ?? [], '/archive'), { label: '档案移交', to: '/archive/handovers' }]}
      lead="清单由发出时的电子档案自动生成。发出以后由接收方核对；接收以前，人员和档案都留在原组织，可以撤回。"
    >
      <ForKeepers what="档案移交">
        <Section title="移交谁的档案" lead="一人或一批人，例如一个支部的全部毕业生。">
          <PersonsPicker value={people} onChange={choose} most={most} />
        </Section>
        <Section title="移交到哪里">
          <div className={classes.form}>
            <SegmentedControl
              aria-label="接收方"
              data={choicesOf(sides)}
              value={isOutside ? 'outside' : 'inside'}
              onChange={(chosen) => setIsOutside(chosen === 'outside')}
            />
            {isOutside ? (
              <TextInput
                label="接收单位全称"
                description="校外单位须先封存档案；发出后把导出的档案包交给对方，收到回执再登记。"
                value={outsideUnit}
                onChange={(event) => setOutsideUnit(event.currentTarget.value)}
                error={problemIn(send.error, 'to')}
                required
              />
            ) : (
              <OrganizationPicker
                label="接收组织"
                value={organizationId}
                onChange={setOrganizationId}
                among={(node) => node.dissolvedOn === null}
                required
              />
            )}
            <Select
              label="移交原因"
              data={choicesOf(handoverKindNames)}
              value={kind ?? null}
              onChange={(chosen) => setKind(codeIn(handoverKindNames, chosen))}
              required
            />
            <Checkbox
              label="纸质材料随电子档案一并移交"
              checked={withPapers}
              onChange={(event) => {
                setWithPapers(event.currentTarget.checked)
                preview.reset()
              }}
            />
            <Textarea
              label="说明"
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={500}
              autosize
              minRows={2}
            />
          </div>
        </Section>
        <Section
          title="移交前检查"
          lead="列出将要移交的材料、缺少的和不一致的地方。有缺项也可以移交，接收方会看到同样的检查结果。"
          actions={
            <Button
              variant="default"
              disabled={people.length === 0}
              loading={preview.isPending}
              onClick={() => preview.mutate()}
            >
              检查
            </Button>
          }
        >
          <ProblemNote error={preview.error} />
          {!preview.data && <p className={parts.note}>选好人员以后点“检查”。查看档案会记入查看记录，本人可以看到。</p>}
          {preview.data && (
            <HandedFiles
              label="将要移交的档案"
              files={preview.data.files}
              person={(it) => it.person}
              summary={({ file }) => (
                <span className={parts.note}>
                  {file.items.length} 件{file.preChecks.length > 0 && `，${file.preChecks.length} 处需要留意`}
                </span>
              )}
            >
              {({ person, file }) => <HandedFileView name={person.name} file={file} />}
            </HandedFiles>
          )}
        </Section>
        <ProblemNote error={send.error} isKept />
        <div className={classes.buttons}>
          <Button disabled={missingOf(needs).length > 0} loading={send.isPending} onClick={() => send.mutate()}>
            发出移交
          </Button>
          <StillMissing needs={needs} />
        </div>
      </ForKeepers>
    </Page>
  )
}
