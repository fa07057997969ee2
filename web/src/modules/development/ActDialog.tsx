import { Alert, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ActKind, actLabels, type Finding, repeatableKinds } from '@zhibu/rules'
import type { FileView, RecordedAct } from '@zhibu/server/modules/development/schema'
import { parseResponse } from 'hono/client'
import { useMemo, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { asProblem } from '../../problem.ts'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Acknowledgement, acknowledgementOf, isAcknowledged } from './Acknowledgement.tsx'
import { ActDay } from './ActDay.tsx'
import { ActFields } from './ActFields.tsx'
import {
  type ActDraft,
  actFrom,
  dayLabels,
  draftGiven,
  draftOf,
  type GivenByPaper,
  incompleteIn,
  type SentAct,
} from './actDraft.ts'
import { developmentClient, useReadAgain } from './api.ts'
import { changesBetween, standingActOf } from './changesBetween.ts'
import { kindChoices, kindOf } from './kinds.ts'
import { MoreFields } from './MoreFields.tsx'
import { useActCheck } from './useActCheck.ts'

interface Props {
  file: FileView
  etag: string
  /** The kind of a new act; undefined lets it be chosen. */
  kind?: ActKind | undefined
  /** The act to be corrected. */
  corrects?: RecordedAct | undefined
  /** What a paper says: it is filled in, and the paper is named as the evidence. */
  given?: GivenByPaper | undefined
  onClose: () => void
}

const acts = developmentClient.files[':personId'].acts

/** Records an act, or corrects one: the fields of its kind, checked by the rules while they are typed. */
export function ActDialog({ file, etag, kind: kindAtFirst, corrects, given, onClose }: Props) {
  const readAgain = useReadAgain()
  const [opened] = useState(file)
  const standing = corrects && (standingActOf(file, corrects.act.id) ?? corrects).act
  const [kind, setKind] = useState<ActKind | undefined>(corrects?.act.kind ?? kindAtFirst)
  // What was not typed follows what others have corrected meanwhile, so that saving does not take it back.
  const [typed, setTyped] = useState<ActDraft>(() => (given ? draftGiven(kind, given, standing) : {}))
  const draft = useMemo<ActDraft>(() => ({ ...(standing && draftOf(standing)), ...typed }), [standing, typed])
  const [isUnknown, setIsUnknown] = useState(
    corrects !== undefined && corrects.act.on === undefined && given?.on === undefined,
  )
  const [problems, setProblems] = useState<Readonly<Record<string, string | undefined>>>({})
  const [correction, setCorrection] = useState(given ? '以材料为准' : '')
  const [acknowledged, setAcknowledged] = useState({ rules: [] as readonly string[], reason: '' })

  const act = useMemo(() => kind && actFrom(kind, draft), [kind, draft])
  const isDated = draft.on !== undefined || isUnknown
  const checked = useActCheck(file, isDated ? act : undefined, standing?.id)
  const write = useMutation({
    mutationFn: (it: SentAct) => {
      const evidence = given && { evidence: given.evidence }
      const json = { act: it, ...acknowledgementOf(findings, acknowledged), ...evidence }
      const personId = file.person.id
      return standing
        ? parseResponse(
            acts[':actId'].corrections.$post(
              { param: { personId, actId: standing.id }, json: { ...json, reason: correction.trim() } },
              ifMatch(etag),
            ),
          )
        : parseResponse(acts.$post({ param: { personId }, json }, ifMatch(etag)))
    },
    // A newer file is then read, and what was typed is checked against it.
    onError: readAgain,
    onSuccess: async () => {
      await readAgain()
      onClose()
    },
  })
  // What a refusal says holds for the act as it was sent, not for what is typed since.
  const findings = joined(checked, write.variables === act ? write.error : null)
  const incomplete = incompleteIn(draft)
  const isReady =
    act !== undefined &&
    incomplete === undefined &&
    Object.values(problems).every((it) => it === undefined) &&
    isAcknowledged(findings, acknowledged)

  const field = {
    draft,
    onChange: (part: ActDraft) => setTyped((it) => ({ ...it, ...part })),
    onProblem: (name: string, problem: string | undefined) => setProblems((it) => ({ ...it, [name]: problem })),
    file,
  }
  return (
    <FormDialog
      title={`${corrects ? '更正' : '记录'}${kind ? `：${actLabels[kind]}` : '事项'}`}
      lead={`${file.person.name} · ${file.person.organization}。请按原始材料填写已经发生的事，不知道的不填。`}
      submitLabel={submitLabel(corrects !== undefined, findings)}
      needs={{
        事项: kind !== undefined,
        ...(kind && { [dayLabels[kind] ?? '日期']: isDated }),
        ...(corrects && { 更正原因: correction.trim().length >= 2 }),
      }}
      isReady={isReady}
      isBusy={write.isPending}
      error={isExplained(write.error) ? null : write.error}
      onSubmit={() => act && write.mutate(act)}
      onClose={onClose}
    >
      {given && <p>已按材料填入读到的内容，请与原件核对后保存；保存后材料记为这条记录的依据。</p>}
      <ChangedMeanwhile error={write.error} changes={changesBetween(opened, file)} />
      {corrects === undefined && kindAtFirst === undefined && (
        <KindSelect file={file} value={kind} onChange={setKind} />
      )}
      {kind && (
        <>
          <ActDay
            {...field}
            kind={kind}
            label={dayLabels[kind] ?? '日期'}
            isUnknown={isUnknown}
            onUnknown={setIsUnknown}
          />
          <FieldGrid>
            <ActFields {...field} kind={kind} />
          </FieldGrid>
          <TextInput
            label="说明（可不填）"
            description="特殊情况、经批准的延期等，可在此注明。"
            value={draft.reason ?? ''}
            onChange={(event) => field.onChange({ reason: event.currentTarget.value || undefined })}
          />
          <MoreFields {...field} kind={kind} />
          {corrects && (
            <Textarea
              label="更正原因"
              placeholder="如 录入时看错了年份，原件为 2025 年"
              description="原来的记录和更正原因都会保留。"
              value={correction}
              onChange={(event) => setCorrection(event.currentTarget.value)}
              autosize
              required
            />
          )}
          {incomplete && <p role="status">{incomplete}</p>}
          <Acknowledgement findings={findings} acknowledged={acknowledged} onChange={setAcknowledged} />
          {!file.isWhole && (
            <Alert color="gray">
              这里只核对授权范围内的记录。与档案中其他记录是否一致，由负责这份档案的支部和组织员核对。
            </Alert>
          )}
        </>
      )}
    </FormDialog>
  )
}

interface KindSelectProps {
  file: FileView
  value: ActKind | undefined
  onChange: (kind: ActKind | undefined) => void
}

/** Which kind of act; those that happen once and are recorded already are corrected instead. */
function KindSelect({ file, value, onChange }: KindSelectProps) {
  const recorded = new Set(file.acts.filter((it) => it.correctedBy === undefined).map((it) => it.act.kind))
  const repeatable: readonly ActKind[] = repeatableKinds
  const isOpen = (kind: ActKind) => file.can.record.includes(kind) && (repeatable.includes(kind) || !recorded.has(kind))
  return (
    <Select
      label="事项"
      description="已经记录、只能有一次的事项不在其中；有误的请在原来的一条上更正。"
      placeholder="选择或输入"
      data={kindChoices
        .map(({ group, items }) => ({ group, items: items.filter((it) => isOpen(it.value)) }))
        .filter((it) => it.items.length > 0)}
      value={value ?? null}
      onChange={(chosen) => onChange(kindOf(chosen))}
      searchable
      required
      data-autofocus
    />
  )
}

function submitLabel(isCorrection: boolean, findings: readonly Finding[]): string {
  if (findings.some((it) => it.severity === 'error')) return '仍按此记录'
  return isCorrection ? '更正' : '记录'
}

/** The findings of the check, and those of a refusal that it does not have. */
function joined(checked: readonly Finding[], error: unknown): readonly Finding[] {
  const refused = error === null ? [] : (asProblem(error).details.findings ?? [])
  return [
    ...checked,
    ...refused.filter((it) => !checked.some(({ rule, message }) => rule === it.rule && message === it.message)),
  ]
}

/** Whether another part of the form says already why it was refused. */
function isExplained(error: unknown): boolean {
  if (error === null || isChanged(error)) return true
  return (asProblem(error).details.findings ?? []).length > 0
}
