import { Badge, Button, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { natureNames } from '@zhibu/server/modules/archive/names-schema'
import type { Archive, DocumentRow, PlaceView } from '@zhibu/server/modules/archive/schema'
import { Suspense, useState } from 'react'
import { useSession } from '../../session.ts'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import type { Owner } from './api.ts'
import { FilingDialog } from './FilingDialog.tsx'
import { lackingText } from './lackingText.ts'
import classes from './Places.module.css'
import { useParts } from './parts.ts'
import { sizeText } from './sizeText.ts'

/** The places of the filing list in their order, each with what lies there and a button to file there; `file` is the one to begin with. */
export function Places({ it, owner, file }: { it: Archive; owner: Owner; file?: string | undefined }) {
  const wanted = it.places.find(({ code, can }) => code === file && can.file)
  const [filing, setFiling] = useState<string | undefined>(wanted?.code)
  const [isShort, setIsShort] = useState(false)
  const mayFile = it.places.some(({ can }) => can.file)
  const held = it.places.filter(({ documents }) => documents.length > 0)
  const shown = isShort ? held : it.places
  const count = held.reduce((sum, { documents }) => sum + documents.length, 0)
  return (
    <Section
      title="归档清单"
      lead={`共 ${it.places.length} 类，已归档 ${count} 份。${it.formerCount > 0 ? `另有 ${it.formerCount} 份已更换、更正或撤出，在各份材料的页面上可以查看。` : ''}`}
      actions={
        <>
          <Checkbox
            label="只看已归档的"
            checked={isShort}
            onChange={(event) => setIsShort(event.currentTarget.checked)}
          />
          {mayFile && <Button onClick={() => setFiling('')}>归档材料</Button>}
        </>
      }
    >
      {shown.length === 0 ? (
        <EmptyState title="还没有归档的材料">
          {mayFile ? '点“归档材料”，选择扫描件、照片或电子文件。' : '材料由所在党支部归档。'}
        </EmptyState>
      ) : (
        <ol className={classes.places}>
          {shown.map((place) => (
            <Place key={place.code} place={place} owner={owner} onFile={() => setFiling(place.code)} />
          ))}
        </ol>
      )}
      {filing !== undefined && (
        <FilingDialog places={it.places} owner={owner} place={filing} onClose={() => setFiling(undefined)} />
      )}
    </Section>
  )
}

function Place({ place, owner, onFile }: { place: PlaceView; owner: Owner; onFile: () => void }) {
  const { CoverButton } = useParts()
  const keepsFiles = useSession()?.can.includes('digitization') ?? false
  return (
    <li className={classes.place}>
      <div className={classes.head}>
        <h3 className={classes.label}>
          <span className={classes.number}>{place.number}</span>
          {place.label}
          {place.isSensitive && (
            <Badge variant="default" ml="xs">
              敏感
            </Badge>
          )}
          {place.isOutOfUse && (
            <Badge variant="default" ml="xs">
              本校停用
            </Badge>
          )}
        </h3>
        <span className={classes.note}>
          {place.deliveredBy} · {place.retention}
        </span>
        {place.can.file && (
          <Button variant="default" size="compact-sm" className="no-print" onClick={onFile}>
            归档<span className="for-screen-readers">{place.label}</span>
          </Button>
        )}
        {place.can.file && keepsFiles && (
          <Suspense fallback={null}>
            <CoverButton owner={owner} place={place} />
          </Suspense>
        )}
      </div>
      {place.documents.length > 0 && <RowList label={place.label} rows={place.documents.map(rowOf)} />}
    </li>
  )
}

function markOf({ destroyedOn, lacks }: DocumentRow) {
  if (destroyedOn !== null) return <Badge variant="default">已销毁</Badge>
  return lacks !== null && lacks.length > 0 && <Badge variant="default">未签字、盖章</Badge>
}

function rowOf(it: DocumentRow) {
  return {
    key: it.id,
    title: (
      <Link to="/archive/documents/$documentId" params={{ documentId: it.id }}>
        {it.title}
      </Link>
    ),
    mark: markOf(it),
    facts: [
      it.on && <DayText key="on" on={it.on} />,
      natureNames[it.nature],
      it.lacks !== null && it.lacks.length > 0 && lackingText(it.lacks),
      it.pageCount !== null && `${it.pageCount} 页`,
      sizeText(it.sizeBytes),
      it.version > 1 && `第 ${it.version} 次登记`,
      <span key="filed">
        {it.filedBy} 归档于 <InstantText at={it.filedAt} />
      </span>,
    ],
  }
}
