import { Button, Group, NumberInput, Select, Stack, Table } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ImportView } from '@zhibu/server/modules/intake/schema'
import { useState } from 'react'
import { FindingNote } from '../../ui/FindingNote.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { intakeClient, intakeKey } from './api.ts'

interface Props {
  it: ImportView
  /** Nothing was recognised yet: there is nothing to go back to. */
  isOpen?: boolean
  onDone?: () => void
}

/** Sheet, header line and the field of each column, to be changed by hand. What is chosen is remembered for the same headers. */
export function LayoutSection({ it, isOpen = false, onDone }: Props) {
  const { layout } = it
  const queries = useQueryClient()
  const [sheet, setSheet] = useState(layout?.sheet ?? it.sheets.find(({ hidden }) => !hidden)?.name ?? '')
  const [headerRow, setHeaderRow] = useState<number | ''>(layout?.headerRow ?? '')
  const [fields, setFields] = useState<Record<string, string | null>>(
    Object.fromEntries((layout?.columns ?? []).map(({ letter, field }) => [letter, field])),
  )
  const isSamePlace = sheet === layout?.sheet && headerRow === layout.headerRow
  const choosing = useMutation({
    mutationFn: () =>
      intakeClient.imports[':importId'].layout.$put({
        param: { importId: it.id },
        json: {
          sheet,
          ...(headerRow !== '' && { headerRow }),
          columns: isSamePlace ? fields : {},
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: intakeKey })
      onDone?.()
    },
  })
  const sheets = it.sheets.map(({ name, hidden, lineCount }) => ({
    value: name,
    label: `${name}（${lineCount} 行${hidden ? '，已隐藏' : ''}）`,
  }))
  return (
    <Section
      title="表头和各列"
      lead={
        isOpen
          ? '没有找到写着姓名、学号等的表头。请指定工作表和表头所在的行（多行表头填最后一行）。'
          : '没有对应字段的列不会丢失，按原表头留在人员的其他信息里。对应关系在提交后会记住，下次同样的表头自动采用。'
      }
    >
      <Stack gap="md">
        <Group gap="md" align="end">
          <Select label="工作表" data={sheets} value={sheet} onChange={(value) => value && setSheet(value)} />
          <NumberInput
            label="表头最后一行的行号"
            min={1}
            max={100}
            value={headerRow}
            onChange={(value) => setHeaderRow(typeof value === 'number' ? value : '')}
          />
        </Group>
        {layout && isSamePlace && (
          <Table.ScrollContainer minWidth={520}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>列</Table.Th>
                  <Table.Th>表头</Table.Th>
                  <Table.Th>内容举例</Table.Th>
                  <Table.Th>对应的字段</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {layout.columns.map(({ letter, header, samples, warning }) => (
                  <Table.Tr key={letter}>
                    <Table.Td>{letter}</Table.Td>
                    <Table.Td>{header}</Table.Td>
                    <Table.Td>{samples.map((text) => text.slice(0, 20)).join('；')}</Table.Td>
                    <Table.Td>
                      <Select
                        aria-label={`${letter} 列“${header}”对应的字段`}
                        placeholder="留作其他信息"
                        data={it.fields.map(({ code, name }) => ({ value: code, label: name }))}
                        value={fields[letter] ?? null}
                        onChange={(value) => setFields({ ...fields, [letter]: value })}
                        searchable
                        clearable
                        clearButtonProps={{ 'aria-label': '不对应字段' }}
                      />
                      {warning !== null && <FindingNote severity="warning" message={`${warning}。`} />}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <ProblemNote error={choosing.error} />
        <Group gap="sm">
          <Button loading={choosing.isPending} disabled={sheet === ''} onClick={() => choosing.mutate()}>
            按此重新核对
          </Button>
          {onDone && (
            <Button variant="default" onClick={onDone}>
              不改了
            </Button>
          )}
        </Group>
      </Stack>
    </Section>
  )
}
