import { Badge, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { kitPartNames } from '@zhibu/server/modules/talent/names-schema'
import type { Entry, KitLine, KitPart, SuccessionView } from '@zhibu/server/modules/talent/succession-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { talentClient } from './api.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { useWrite } from './useWrite.ts'
import { dayInWords } from './words.ts'

const partNames = ['waiting', 'coming', 'promised', 'places'] as const
type PartName = KitPart['name']

/** What is written down by hand in a part. */
const writtenIn: Readonly<Partial<Record<PartName, Entry['kind']>>> = { promised: 'promise', places: 'place' }

const writeLabels: Readonly<Record<Entry['kind'], string>> = { promise: '写答应过的事', place: '写材料在哪里' }

const leads: Readonly<Record<PartName, string>> = {
  waiting: '轮到这项职务办的事，从记录里来。点开就是办理的页面。',
  coming: '今后六十天要办的事和安排好的活动、课程、换届。',
  promised: '移交人写下的，加上约定要答复的建议、正在试用的做法。',
  places: '移交人写下的纸质材料、公章、公用物品在哪里，加上已归档的电子件。不要写密码。',
}

const nothing: Readonly<Record<PartName, string>> = {
  waiting: '没有轮到这项职务办的事。',
  coming: '今后六十天没有安排。',
  promised: '没有写下答应过的事，也没有约定要答复的建议。',
  places: '没有写下材料在哪里。',
}

/** The four parts of a kit: what the records say, and what was written down beside it. */
export function KitParts({ it }: { it: SuccessionView }) {
  const [adding, setAdding] = useState<Entry['kind']>()
  const remove = useWrite((entryId: string) =>
    parseResponse(
      talentClient.successions[':successionId'].entries[':entryId'].$delete({
        param: { successionId: it.id, entryId },
      }),
    ),
  )
  const shown = partNames.filter(
    (name) =>
      it.kit !== null || it.entries.some((one) => one.kind === writtenIn[name]) || (it.can.write && writtenIn[name]),
  )
  return (
    <>
      {it.kit && (
        <p className={parts.note}>
          {it.kit.isDrawnUp
            ? `以下内容在 ${dayInWords(it.kit.asOf)}签字时留存，不再改动。`
            : `以下内容由系统按 ${dayInWords(it.kit.asOf)}的记录列出，签字以前一直更新。`}
        </p>
      )}
      {shown.map((name) => {
        const kind = writtenIn[name]
        const part = it.kit?.parts.find((one) => one.name === name)
        const rows = [
          ...it.entries
            .filter((one) => one.kind === kind)
            .map((one) => entryRow(one, () => remove.mutate(one.id), remove.isPending)),
          ...(part?.lines ?? []).map(lineRow),
        ]
        return (
          <Section
            key={name}
            title={kitPartNames[name]}
            lead={leads[name]}
            actions={
              it.can.write &&
              kind && (
                <Button variant="default" onClick={() => setAdding(kind)}>
                  {writeLabels[kind]}
                </Button>
              )
            }
          >
            {rows.length === 0 ? (
              <p className={parts.note}>{nothing[name]}</p>
            ) : (
              <FoldedRows label={kitPartNames[name]} rows={rows} />
            )}
            {part && part.more > 0 && <p className={parts.note}>还有没有列出的，请到各页面查看。</p>}
          </Section>
        )
      })}
      <ProblemNote error={remove.error} />
      {adding && <EntryDialog successionId={it.id} kind={adding} onClose={() => setAdding(undefined)} />}
    </>
  )
}

/** So many lines of a part are shown at first; all of them are printed. */
const shownAtFirst = 12

function FoldedRows({ label, rows }: { label: string; rows: readonly Row[] }) {
  const [isOpen, setIsOpen] = useState(false)
  const rest = rows.slice(shownAtFirst)
  return (
    <>
      <RowList label={label} rows={rows.slice(0, shownAtFirst)} />
      {rest.length > 0 && (
        <>
          {!isOpen && (
            <Button className="no-print" variant="default" onClick={() => setIsOpen(true)}>
              {`显示其余 ${rest.length} 项`}
            </Button>
          )}
          <div {...(!isOpen && { className: 'only-print' })}>
            <RowList label={`${label}（续）`} rows={rest} />
          </div>
        </>
      )}
    </>
  )
}

const lineRow = ({ text, facts, on, isOverdue, page }: KitLine, at: number): Row => ({
  key: `${at} ${text}`,
  title: page === null ? text : <Link to={page}>{text}</Link>,
  ...(isOverdue && { mark: <Badge color="red">已超过期限</Badge> }),
  facts: [on !== null && dayInWords(on), ...facts],
})

const entryRow = (it: Entry, onRemove: () => void, isBusy: boolean): Row => ({
  key: it.id,
  title: it.text,
  facts: [
    it.toWhom !== '' && `对谁：${it.toWhom}`,
    it.untilOn !== null && `${dayInWords(it.untilOn)}以前`,
    `${it.writtenBy}写于${dayInWords(it.writtenOn)}`,
  ],
  ...(it.can.remove && {
    actions: (
      <ConfirmButton question="删除这一条？" confirmLabel="删除" onConfirm={onRemove} isBusy={isBusy} isQuiet>
        删除
      </ConfirmButton>
    ),
  }),
})
