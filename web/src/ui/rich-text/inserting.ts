import type { Node } from '@tiptap/pm/model'
import { NodeSelection, TextSelection, type Transaction } from '@tiptap/pm/state'

/** Puts a node after what is chosen, which stays, and the cursor where one writes on. */
export function insertAfter(tr: Transaction, node: Node): Transaction {
  leaveBlock(tr)
  const at = tr.selection.to
  if (node.isInline) return tr.insert(at, node).setSelection(TextSelection.create(tr.doc, at + node.nodeSize))
  tr.replaceRangeWith(at, at, node)
  let end = at
  tr.mapping.maps.at(-1)?.forEach((_, __, ___, to) => {
    end = to
  })
  return writeOnAt(tr, end)
}

/** Where a whole block is chosen, as a picture is that was just put in, what comes next would take its place: the cursor goes behind it. */
export function leaveBlock(tr: Transaction): Transaction {
  const { selection } = tr
  return selection instanceof NodeSelection && selection.node.isBlock ? writeOnAt(tr, selection.to) : tr
}

function writeOnAt(tr: Transaction, end: number): Transaction {
  const place = tr.doc.resolve(end)
  if (place.parent.isTextblock) return tr.setSelection(TextSelection.create(tr.doc, end))
  const paragraph = tr.doc.type.schema.nodes.paragraph
  if (!place.nodeAfter?.isTextblock && paragraph) tr.insert(end, paragraph.create())
  return tr.setSelection(TextSelection.create(tr.doc, end + 1))
}
