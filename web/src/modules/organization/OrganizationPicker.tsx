import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { TreeNode } from '@zhibu/server/modules/organization/schema'
import { useMemo } from 'react'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { treeQuery } from './api.ts'
import classes from './OrganizationPicker.module.css'

interface Props {
  /** The name of the input; `isBare` keeps it for screen readers only. */
  label: string
  isBare?: boolean
  placeholder?: string
  value: string | undefined
  onChange: (organizationId: string | undefined) => void
  /** Which organisations may be chosen; all where it is left out. */
  among?: (node: TreeNode) => boolean
  error?: string | undefined
  required?: boolean
}

/** Chooses an organisation by name or pinyin initials; each is named with those above it, since names repeat. */
export function OrganizationPicker(props: Props) {
  const { label, isBare = false, placeholder = '输入名称或拼音首字母', value, onChange, among, error, required } = props
  const { data } = useQuery(treeQuery())
  const list = useListWhenOpened()
  const options = useMemo(() => optionsOf(data?.nodes ?? [], among), [data, among])
  return (
    <Select
      {...(isBare ? { 'aria-label': label } : { label })}
      placeholder={placeholder}
      searchable
      clearable={!required}
      clearButtonProps={{ 'aria-label': `清除${label}` }}
      required={required ?? false}
      error={error}
      data={options}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      filter={({ search }) => options.filter((it) => isMeant(it, search.trim()))}
      limit={60}
      nothingFoundMessage={<NothingFound>没有这样的组织</NothingFound>}
      {...list}
      // Beside a list the input is narrow and the names are long.
      {...(isBare && {
        comboboxProps: { ...list.comboboxProps, width: 'max-content', position: 'bottom-start' as const },
        classNames: { dropdown: classes.wide ?? '' },
      })}
    />
  )
}

interface Option {
  value: string
  label: string
  initials: string
}

/** In the order of the tree, named from below the university down. */
function optionsOf(nodes: readonly TreeNode[], among: (node: TreeNode) => boolean = () => true): Option[] {
  const names = new Map<string, string>()
  for (const { id, parentId, name } of nodes) {
    const above = parentId === null ? undefined : names.get(parentId)
    names.set(id, above === undefined || isRoot(nodes, parentId) ? name : `${above} › ${name}`)
  }
  return nodes.filter(among).map(({ id, name, initials }) => ({ value: id, label: names.get(id) ?? name, initials }))
}

const isRoot = (nodes: readonly TreeNode[], id: string | null) => nodes[0]?.id === id

const isMeant = ({ label, initials }: Option, query: string) =>
  label.includes(query) || initials.startsWith(query.toLowerCase())
