import { Link } from '@tanstack/react-router'
import type { Preview } from '@zhibu/server/modules/forms/schema'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'

type Piece = Preview['pieces'][number]
type Missing = Piece['missing'][number]

/** What is missing in the papers that would be made, and what stands in the first of them. */
export function Pieces({ preview: { pieces }, isSample }: { preview: Preview; isSample: boolean }) {
  const shown = pieces.filter((it) => it.values.length > 0)
  return (
    <>
      {!isSample && <Lacking pieces={pieces} />}
      {shown.map((it) => (
        <Section key={it.persons.map(({ name }) => name).join()} title={`${isSample ? '示例：' : ''}${titleOf(it)}`}>
          <DescriptionList items={it.values.map(({ name, text }) => ({ label: name, value: text }))} />
        </Section>
      ))}
    </>
  )
}

function Lacking({ pieces }: { pieces: readonly Piece[] }) {
  const rows = pieces.flatMap((piece) => togetherEntered(piece.missing).map((it) => ({ piece, missing: it })))
  if (rows.length === 0) return null
  return (
    <Section title="还缺的内容" lead="在登记的地方补上以后，各张表格都会用到。">
      <RowList
        label="还缺的内容"
        rows={rows.slice(0, mostShown).map(({ piece, missing }) => ({
          key: `${titleOf(piece)} ${missing.name}`,
          title: missing.name,
          facts: [whose(piece, missing), <WhereToEnter key="where" piece={piece} missing={missing} />],
        }))}
      />
      {rows.length > mostShown && <p>另有 {rows.length - mostShown} 项没有列出。</p>}
    </Section>
  )
}

const mostShown = 60

/** What is missing of the same persons and entered in the same place stands in one line. */
function togetherEntered(missing: readonly Missing[]): Missing[] {
  const groups = Map.groupBy(missing, (it) => JSON.stringify([it.enteredAt, it.persons]))
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, name: [first, ...others].map((it) => it.name).join('、') }] : [],
  )
}

const titleOf = ({ persons }: Piece): string =>
  persons.length <= 3 ? persons.map((it) => it.name).join('、') : `${persons[0]?.name ?? ''}等 ${persons.length} 人`

function whose({ persons }: Piece, { persons: lacking }: Missing): string {
  if (persons.length === 1) return persons[0]?.name ?? ''
  if (lacking.length === persons.length) return '各人都缺，或者各人不同，不能合写'
  return lacking.length <= 5 ? lacking.join('、') : `${lacking.slice(0, 5).join('、')}等 ${lacking.length} 人`
}

/** The page on which it would be entered, of the only person whom it concerns. */
function WhereToEnter({ piece, missing: { enteredAt, persons } }: { piece: Piece; missing: Missing }) {
  const concerned = piece.persons.filter((it) => piece.persons.length === 1 || persons.includes(it.name))
  const personId = concerned.length === 1 ? concerned[0]?.id : undefined
  if (enteredAt === null) return '生成后手写'
  if (enteredAt === 'organization') return '在“组织”中登记任职或上级组织'
  if (!personId) return enteredAt === 'person' ? '在各人的人员信息中补记' : '在各人的发展档案中补记'
  if (enteredAt === 'person') {
    return (
      <Link to="/people/$personId/change" params={{ personId }}>
        到人员信息中补记
      </Link>
    )
  }
  return (
    <Link to="/development/$personId" params={{ personId }} search={{ record: enteredAt }}>
      到发展档案中补记
    </Link>
  )
}
