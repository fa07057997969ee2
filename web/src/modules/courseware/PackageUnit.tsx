import { Badge, Button } from '@mantine/core'
import type { Launch, ScoRow, UnitView } from '@zhibu/server/modules/courseware/schema'
import { parseResponse } from 'hono/client'
import { type CSSProperties, useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { unitClient } from './api.ts'
import classes from './Courseware.module.css'
import { PackageStage } from './PackageStage.tsx'
import { useWrite } from './useWrite.ts'

/** What of a package can be started; what is started has the whole window. */
export function PackageUnit({ it }: { it: UnitView }) {
  const [started, setStarted] = useState<{ sco: ScoRow; launch: Launch }>()
  const param = { coursewareId: it.courseware.id, unitId: it.id }
  const start = useWrite(
    async (sco: ScoRow) => ({
      sco,
      launch: await parseResponse(unitClient.launches.$post({ param, json: { scoId: sco.id } })),
    }),
    setStarted,
  )
  const scos = it.package?.scos ?? []
  const [only] = scos
  if (only === undefined) return <EmptyState title="这个互动课件里没有内容">请联系发布课件的同志。</EmptyState>
  return (
    <div className={parts.form}>
      <p className={parts.note}>
        在全屏的框里打开，从上次的地方接着学。课件得不到您的姓名和账号，答了什么、用了多久也不保存。
      </p>
      {scos.length === 1 ? (
        <div className={parts.buttons}>
          <Button size="md" loading={start.isPending} onClick={() => start.mutate(only)}>
            打开课件
          </Button>
          {only.isFinished && <Badge color="green">已学</Badge>}
        </div>
      ) : (
        <ol className={classes.contents} aria-label="课件的内容">
          {scos.map((sco) => (
            <li key={sco.id} style={{ '--depth': sco.depth } as CSSProperties}>
              <span>
                {sco.title} {sco.isFinished && <Badge color="green">已学</Badge>}
              </span>
              <Button
                size="compact-md"
                variant="default"
                aria-label={`打开：${sco.title}`}
                loading={start.isPending && start.variables.id === sco.id}
                onClick={() => start.mutate(sco)}
              >
                打开
              </Button>
            </li>
          ))}
        </ol>
      )}
      <ProblemNote error={start.error} />
      {started && (
        <PackageStage
          key={started.launch.src}
          coursewareId={it.courseware.id}
          unitId={it.id}
          sco={started.sco}
          launch={started.launch}
          onClose={() => setStarted(undefined)}
        />
      )}
    </div>
  )
}
