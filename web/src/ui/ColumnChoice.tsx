import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconColumns3 } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface Choosable {
  key: string
  header: string
  isHiddenAtFirst?: boolean
}

interface Props {
  columns: readonly Choosable[]
  hidden: ReadonlySet<string>
  onChange: (hidden: ReadonlySet<string>) => void
  /** Below the choice: what is done with the columns that are shown. */
  children?: ReactNode
}

/** Which columns of a list are shown. */
export function ColumnChoice({ columns, hidden, onChange, children }: Props) {
  return (
    <Popover position="bottom-end" trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={18} stroke={1.6} aria-hidden />}>
          显示列
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="选择要显示的列">
        <Stack gap="xs">
          {columns.map(({ key, header }) => (
            <Checkbox
              key={key}
              label={header}
              checked={!hidden.has(key)}
              onChange={(event) => {
                const others = [...hidden].filter((it) => it !== key)
                onChange(new Set(event.currentTarget.checked ? others : [...others, key]))
              }}
            />
          ))}
          {children}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The columns of a list that are not shown, remembered in this browser under the list's name. */
export function useHiddenColumns(listId: string, columns: readonly Choosable[]) {
  const [keys, setKeys] = useLocalStorage<readonly string[]>({
    key: `zhibu.hidden-columns.${listId}`,
    defaultValue: columns.filter((it) => it.isHiddenAtFirst).map((it) => it.key),
    getInitialValueInEffect: false,
  })
  return [new Set(keys), (hidden: ReadonlySet<string>) => setKeys([...hidden])] as const
}
