import { TextInput } from '@mantine/core'
import { IconChevronRight, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import classes from './Tree.module.css'
import { ancestorsOf, parentOf, type TreeNode, type VisibleNode, visibleNodes } from './treeNodes.ts'

interface Props {
  /** Names the tree for screen readers. */
  label: string
  /** A parent stands before its children; siblings in the order to be shown. */
  nodes: readonly TreeNode[]
  selectedId?: string | undefined
  onSelect: (id: string) => void
  /** Beside the label: a count, a mark. */
  renderNote?: (node: TreeNode) => ReactNode
  searchPlaceholder?: string
}

/** A searchable tree: arrow keys move, open and close, Enter chooses. Drawn for some thousands of nodes. */
export function Tree({ label, nodes, selectedId, onSelect, renderNote, searchPlaceholder = '按名称查找' }: Props) {
  const id = useId()
  const items = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(initiallyOpen(nodes, selectedId)))
  const [focusedId, setFocusedId] = useState(selectedId)
  const shown = useMemo(() => visibleNodes(nodes, open, query.trim()), [nodes, open, query])
  const focusable = shown.find((it) => it.id === focusedId) ?? shown[0]

  useEffect(() => {
    if (selectedId !== undefined) setOpen((it) => new Set([...it, ...ancestorsOf(nodes, selectedId)]))
  }, [nodes, selectedId])

  const focus = (node: TreeNode | undefined) => {
    if (!node) return
    setFocusedId(node.id)
    items.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${node.id}`)}`)?.focus()
  }
  const setOpenOf = (nodeId: string, isOpen: boolean) =>
    setOpen((it) => new Set(isOpen ? [...it, nodeId] : [...it].filter((other) => other !== nodeId)))

  const stepFor = (key: string, node: VisibleNode, at: number): (() => void) | undefined => {
    switch (key) {
      case 'ArrowDown':
        return () => focus(shown[at + 1])
      case 'ArrowUp':
        return () => focus(shown[at - 1])
      case 'Home':
        return () => focus(shown[0])
      case 'End':
        return () => focus(shown.at(-1))
      case 'ArrowRight':
        return () => (node.hasChildren && !node.isOpen ? setOpenOf(node.id, true) : focus(shown[at + 1]))
      case 'ArrowLeft':
        return () => (node.isOpen && query === '' ? setOpenOf(node.id, false) : focus(parentOf(shown, at)))
      case 'Enter':
      case ' ':
        return () => onSelect(node.id)
      default:
        return undefined
    }
  }
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const node = shown[at]
    if (!node) return
    const step = stepFor(event.key, node, at)
    if (!step) return
    event.preventDefault()
    step()
  }

  return (
    <div className={classes.tree}>
      <TextInput
        aria-label={`${label}：${searchPlaceholder}`}
        placeholder={searchPlaceholder}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'ArrowDown' && focus(shown[0])}
      />
      <p className="for-screen-readers" role="status">
        {query.trim() === '' ? '' : `找到 ${shown.filter((it) => it.isMatch).length} 个`}
      </p>
      {shown.length === 0 ? (
        <p className={classes.nothing}>没有名称中含“{query}”的组织。</p>
      ) : (
        <div role="tree" aria-label={label} ref={items}>
          {shown.map((node, at) => (
            <div
              key={node.id}
              id={`${id}-${node.id}`}
              role="treeitem"
              aria-level={node.level}
              aria-posinset={node.position}
              aria-setsize={node.siblings}
              aria-expanded={node.hasChildren ? node.isOpen : undefined}
              aria-selected={node.id === selectedId}
              tabIndex={node.id === focusable?.id ? 0 : -1}
              className={classes.node}
              style={{ paddingInlineStart: `${(node.level - 1) * 1.25}rem` }}
              data-match={node.isMatch || undefined}
              onKeyDown={(event) => onKeyDown(event, at)}
              onFocus={() => setFocusedId(node.id)}
              onClick={() => onSelect(node.id)}
            >
              <span
                className={classes.toggle}
                data-open={node.isOpen || undefined}
                aria-hidden="true"
                onClick={(event) => {
                  event.stopPropagation()
                  setOpenOf(node.id, !node.isOpen)
                }}
              >
                {node.hasChildren && <IconChevronRight size={16} stroke={1.8} />}
              </span>
              <span className={classes.label}>{node.label}</span>
              {renderNote && <span className={classes.note}>{renderNote(node)}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** The first level, and the way to what is selected. */
function initiallyOpen(nodes: readonly TreeNode[], selectedId: string | undefined): string[] {
  const roots = nodes.filter((it) => it.parentId === null).map((it) => it.id)
  return selectedId === undefined ? roots : [...roots, ...ancestorsOf(nodes, selectedId)]
}
