import { Badge, Button, Menu } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type UnitKind, unitKindNames } from '@zhibu/server/modules/courseware/names-schema'
import type { CoursewareView, UnitRow } from '@zhibu/server/modules/courseware/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { clockOf } from '../media/chapterLines.ts'
import { unitClient } from './api.ts'
import { UnitDialog } from './UnitDialog.tsx'
import { useWrite } from './useWrite.ts'

/** The units in their order; whoever writes the piece adds, changes, moves and removes them. */
export function UnitsPart({ it, etag }: { it: CoursewareView; etag: string }) {
  const navigate = useNavigate()
  const [asked, setAsked] = useState<{ kind: UnitKind; unitId?: string }>()
  const [isOrdering, setIsOrdering] = useState(false)
  const move = useWrite(({ unitId, place }: { unitId: string; place: number }) =>
    parseResponse(unitClient.place.$put({ param: { coursewareId: it.id, unitId }, json: { place } }, ifMatch(etag))),
  )
  const remove = useWrite((unitId: string) =>
    parseResponse(unitClient.$delete({ param: { coursewareId: it.id, unitId } })),
  )
  const write = (kind: UnitKind, unitId?: string) => {
    if (kind !== 'text') return setAsked({ kind, ...(unitId !== undefined && { unitId }) })
    void navigate({
      to: '/training/courseware/$coursewareId/write',
      params: { coursewareId: it.id },
      search: unitId === undefined ? {} : { unit: unitId },
    })
  }
  const mayOrder = it.can.write && it.units.length > 1
  return (
    <Section
      title="单元"
      actions={
        it.can.write && (
          <>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button>添加单元</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {choicesOf(unitKindNames).map(({ value, label }) => (
                  <Menu.Item key={value} onClick={() => write(codeIn(unitKindNames, value) ?? 'text')}>
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            {mayOrder && (
              <Button variant="default" onClick={() => setIsOrdering(!isOrdering)}>
                {isOrdering ? '完成调整' : '调整顺序'}
              </Button>
            )}
          </>
        )
      }
    >
      {it.units.length === 0 ? (
        <EmptyState title="还没有单元">
          {it.can.write ? '点“添加单元”，写一段图文，或者放上 PDF、视频、互动课件。' : '负责的人还没有放上内容。'}
        </EmptyState>
      ) : (
        <RowList
          label="单元"
          rows={it.units.map((unit, at) => ({
            key: unit.id,
            title: (
              <Link
                to="/training/courseware/$coursewareId/units/$unitId"
                params={{ coursewareId: it.id, unitId: unit.id }}
                className={parts.link}
              >
                {at + 1}. {unit.title}
              </Link>
            ),
            mark: <OwnMark unit={unit} />,
            facts: [
              unitKindNames[unit.kind],
              unit.durationSeconds !== null && `时长 ${clockOf(unit.durationSeconds)}`,
              !unit.isThere && '内容已经撤下',
            ],
            actions:
              isOrdering && mayOrder ? (
                <>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`上移：${unit.title}`}
                    disabled={at === 0 || move.isPending}
                    onClick={() => move.mutate({ unitId: unit.id, place: at })}
                  >
                    上移
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`下移：${unit.title}`}
                    disabled={at === it.units.length - 1 || move.isPending}
                    onClick={() => move.mutate({ unitId: unit.id, place: at + 2 })}
                  >
                    下移
                  </Button>
                </>
              ) : it.can.write ? (
                <>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`修改：${unit.title}`}
                    onClick={() => write(unit.kind, unit.id)}
                  >
                    修改
                  </Button>
                  <ConfirmButton
                    question="删除这个单元和各人在里面的进度，不能恢复。素材库里的文件保留。"
                    confirmLabel="删除单元"
                    isQuiet
                    isBusy={remove.isPending && remove.variables === unit.id}
                    onConfirm={() => remove.mutate(unit.id)}
                  >
                    删除
                  </ConfirmButton>
                </>
              ) : undefined,
          }))}
        />
      )}
      <ProblemNote error={move.error ?? remove.error} />
      {asked && (
        <UnitDialog
          coursewareId={it.id}
          kind={asked.kind}
          {...(asked.unitId !== undefined && { unitId: asked.unitId })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Section>
  )
}

function OwnMark({ unit }: { unit: UnitRow }) {
  if (unit.own === null) return null
  return unit.own.isFinished ? <Badge color="green">已学</Badge> : <Badge color="gray">看过</Badge>
}
