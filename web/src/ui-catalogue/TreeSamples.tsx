import { useState } from 'react'
import { Tree } from '../ui/Tree.tsx'
import { Sample } from './Sample.tsx'

const colleges = ['信息工程学院', '文学院', '医学院', '马克思主义学院']
const nodes = [
  { id: 'u', parentId: null, label: '东湖大学党委' },
  ...colleges.flatMap((college) => [
    { id: college, parentId: 'u', label: `${college}党委` },
    ...['教工第一党支部', '研究生第一党支部', '本科生第一党支部', '本科生第二党支部'].map((it) => ({
      id: `${college} ${it}`,
      parentId: college,
      label: it,
    })),
  ]),
]

/** A tree of organisations. */
export function TreeSamples() {
  const [selectedId, setSelectedId] = useState('文学院 教工第一党支部')
  return (
    <Sample name="Tree 组织树">
      <Tree
        label="组织架构"
        nodes={nodes}
        selectedId={selectedId}
        onSelect={setSelectedId}
        renderNote={({ label }) => (label.startsWith('教工') ? '任期将满' : null)}
      />
    </Sample>
  )
}
