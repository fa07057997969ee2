/** One place in a tree, as a row. */
export interface TreeNode {
  id: string
  /** Null for a root. */
  parentId: string | null
  label: string
  /** Other words under which it is found, from their beginning: its pinyin, its initials. */
  keys?: readonly string[]
}

/** A node as it is drawn: how deep, the how-manieth of its siblings, open or not. */
export interface VisibleNode extends TreeNode {
  /** 1 for a root. */
  level: number
  position: number
  siblings: number
  hasChildren: boolean
  isOpen: boolean
  /** True where it is what is searched. */
  isMatch: boolean
}

/**
 * The nodes to draw from top to bottom. Without a query: the roots and the children of open nodes.
 * With one: every node whose label contains it or one of whose keys begins with it, and the nodes above it, all open.
 */
export function visibleNodes(nodes: readonly TreeNode[], open: ReadonlySet<string>, query: string): VisibleNode[] {
  const matches = new Set(query === '' ? [] : nodes.filter((it) => isMeant(it, query)).map((it) => it.id))
  const kept = query === '' ? nodes : nodesWithAncestors(nodes, matches)
  const children = Map.groupBy(kept, (it) => it.parentId)

  const below = (parentId: string | null, level: number): VisibleNode[] => {
    const siblings = children.get(parentId) ?? []
    return siblings.flatMap((node, at) => {
      const hasChildren = children.has(node.id)
      const isOpen = hasChildren && (query !== '' || open.has(node.id))
      const isMatch = matches.has(node.id)
      const shown = { ...node, level, position: at + 1, siblings: siblings.length, hasChildren, isOpen, isMatch }
      return isOpen ? [shown, ...below(node.id, level + 1)] : [shown]
    })
  }
  return below(null, 1)
}

function isMeant({ label, keys = [] }: TreeNode, query: string): boolean {
  return label.includes(query) || keys.some((key) => key.startsWith(query.toLowerCase()))
}

/** The ids above a node, from the nearest up. */
export function ancestorsOf(nodes: readonly TreeNode[], id: string): string[] {
  const parents = new Map(nodes.map((it) => [it.id, it.parentId]))
  const above: string[] = []
  for (let at = parents.get(id); at != null && !above.includes(at); at = parents.get(at)) above.push(at)
  return above
}

/** The node above the one at a place of the drawn list. */
export function parentOf(shown: readonly VisibleNode[], at: number): VisibleNode | undefined {
  const level = shown[at]?.level ?? 0
  return shown.findLast((it, index) => index < at && it.level === level - 1)
}

function nodesWithAncestors(nodes: readonly TreeNode[], ids: ReadonlySet<string>): TreeNode[] {
  const parents = new Map(nodes.map((it) => [it.id, it.parentId]))
  const kept = new Set<string>()
  for (const id of ids) {
    for (let at: string | null | undefined = id; at != null && !kept.has(at); at = parents.get(at)) kept.add(at)
  }
  return nodes.filter((it) => kept.has(it.id))
}
