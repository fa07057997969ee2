import { Badge, Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { actLabels, citationOf } from '@zhibu/rules'
import type { ImportRow, ImportView, RowChange } from '@zhibu/server/modules/intake/schema'
import { useState } from 'react'
import { FindingNote } from '../../ui/FindingNote.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { intakeClient, intakeKey } from './api.ts'
import classes from './Intake.module.css'
import { effectName } from './names.ts'
import { useTypedCell } from './typedCells.ts'

interface Props {
  it: ImportView
  row: ImportRow
}

/** A row of the preview: what would happen, what is wrong, and the ways to mend it on the spot. */
export function PreviewRow({ it, row }: Props) {
  const queries = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const changing = useMutation({
    mutationFn: (json: RowChange) =>
      intakeClient.imports[':importId'].rows[':row'].$patch({
        param: { importId: it.id, row: String(row.row) },
        json,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: intakeKey }),
  })
  const cell = (letter: string, header: string) => ({
    row: row.row,
    letter,
    header,
    text: row.cells[letter] ?? '',
    onSave: (text: string) => changing.mutateAsync({ cells: { [letter]: text } }),
    isBusy: changing.isPending,
  })
  const wrong = new Set(row.problems.flatMap(({ column }) => column ?? []))
  const columns = it.layout?.columns ?? []
  const rowProblems = row.problems.filter(({ column }) => column === null)
  return (
    <li className={classes.row}>
      <p className={classes.head}>
        <span className={classes.name}>
          {row.personId ? (
            <Link to="/people/$personId" params={{ personId: row.personId }}>
              {row.name ?? '（无姓名）'}
            </Link>
          ) : (
            (row.name ?? '（无姓名）')
          )}
        </span>
        <Badge variant="default">{effectName(row.effect, it.state === 'committed')}</Badge>
        <span className={classes.aside}>
          第 {row.row} 行 · {row.organizationName ?? row.branch ?? '没有写支部'}
        </span>
      </p>
      {row.doubt !== null &&
        (it.can.change ? (
          <Doubt row={row} isBusy={changing.isPending} onDecide={(json) => changing.mutate(json)} />
        ) : (
          <FindingNote severity="warning" message={`${row.doubt}。`} />
        ))}
      {[...wrong].map((letter) => {
        const column = columns.find((some) => some.letter === letter)
        return (
          <Stack gap={4} key={letter}>
            {row.problems
              .filter((problem) => problem.column === letter)
              .map(({ code, severity, message }) => (
                <FindingNote key={`${code} ${message}`} severity={severity} message={message} />
              ))}
            {it.can.change && <Cell {...cell(letter, column?.header ?? '')} />}
          </Stack>
        )
      })}
      {rowProblems.map(({ code, severity, message }) => (
        <FindingNote key={`${code} ${message}`} severity={severity} message={message} />
      ))}
      {row.findings.map(({ rule, severity, message, ruleBook, article }) => (
        <FindingNote
          key={`${rule} ${message}`}
          severity={severity}
          message={message}
          {...(ruleBook && article && { citation: citationOf(article, ruleBook) })}
        />
      ))}
      <Changes row={row} isWritten={it.state === 'committed'} />
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>本行全部内容（{Object.keys(row.cells).length} 格）</summary>
        {isOpen && (
          <div className={classes.cells}>
            {columns
              .filter(({ letter }) => !wrong.has(letter))
              .map(({ letter, header }) =>
                it.can.change ? (
                  <Cell key={letter} {...cell(letter, header)} />
                ) : (
                  <p key={letter}>
                    {header}：{row.cells[letter]}
                  </p>
                ),
              )}
          </div>
        )}
      </details>
      {it.can.change && row.effect !== 'skipped' && row.doubt === null && (
        <Group>
          <Button size="xs" variant="subtle" onClick={() => changing.mutate({ skip: true })}>
            不导入这一行
          </Button>
        </Group>
      )}
      {it.can.change && row.effect === 'skipped' && (
        <Group>
          <Button size="xs" variant="default" onClick={() => changing.mutate({ skip: false })}>
            恢复这一行
          </Button>
        </Group>
      )}
      <ProblemNote error={changing.error} />
    </li>
  )
}

interface CellProps {
  row: number
  letter: string
  header: string
  text: string
  onSave: (text: string) => Promise<unknown>
  isBusy: boolean
}

/** A cell that can be written anew; the button appears with a change. */
function Cell({ row, letter, header, text, onSave, isBusy }: CellProps) {
  const [typed, setTyped] = useTypedCell(row, letter)
  const written = typed ?? text
  return (
    <form
      className={classes.cell}
      onSubmit={(event) => {
        event.preventDefault()
        // Where it is refused the row says so, and what was typed stays.
        if (written !== text)
          onSave(written).then(
            () => setTyped(undefined),
            () => undefined,
          )
      }}
    >
      <TextInput
        label={`${letter} 列 ${header}`}
        value={written}
        onChange={({ currentTarget: { value } }) => setTyped(value === text ? undefined : value)}
        size="xs"
      />
      {written !== text && (
        <Button type="submit" size="xs" loading={isBusy}>
          改为此值
        </Button>
      )}
    </form>
  )
}

interface DoubtProps {
  row: ImportRow
  isBusy: boolean
  onDecide: (json: RowChange) => void
}

function Doubt({ row, isBusy, onDecide }: DoubtProps) {
  const [person, setPerson] = useState<string | null>(null)
  useUnsaved(person !== null)
  const among = row.candidates.map(({ id, name, studentNumber, bornOn, organization }) => ({
    value: id,
    label: [name, studentNumber, bornOn, organization].filter((it) => it !== null).join(' · '),
  }))
  return (
    <div className={classes.doubt}>
      <FindingNote severity="warning" message={`${row.doubt}。`} />
      <Group gap="sm" align="end">
        {among.length > 0 && (
          <>
            <Select
              label="是系统中的哪一位"
              placeholder="选择人员"
              data={among}
              value={person}
              onChange={setPerson}
              size="xs"
              w={320}
              maw="100%"
            />
            <Button
              size="xs"
              variant="default"
              disabled={person === null}
              loading={isBusy}
              onClick={() => person !== null && onDecide({ person })}
            >
              就是此人
            </Button>
            <Button size="xs" variant="default" loading={isBusy} onClick={() => onDecide({ person: 'new' })}>
              都不是，作为新人登记
            </Button>
          </>
        )}
        <Button size="xs" variant="default" loading={isBusy} onClick={() => onDecide({ skip: true })}>
          不导入这一行
        </Button>
      </Group>
    </div>
  )
}

function Changes({ row, isWritten }: { row: ImportRow; isWritten: boolean }) {
  const lines = [
    ...row.fieldChanges.map((it) => ({ ...it, label: it.label })),
    ...row.actChanges.map((it) => ({ ...it, label: labelOf(it.kind) })),
  ]
  if (row.effect !== 'changed' || lines.length === 0) return null
  return (
    <ul className={classes.changes} aria-label={isWritten ? '已作的改动' : '将作的改动'}>
      {lines.map((it) => (
        <li key={`${it.label} ${it.new}`}>
          {it.label}：{it.old === null ? '（原来没有）' : <del>{it.old}</del>} → <ins>{it.new ?? '（清空）'}</ins>
        </li>
      ))}
    </ul>
  )
}

const labelOf = (kind: string): string => Object.entries(actLabels).find(([code]) => code === kind)?.[1] ?? kind
