import { Badge, Button, Modal, SegmentedControl } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { momentNames, propertyNames, resultNames } from '@zhibu/server/modules/archive/names-schema'
import type { SealRow } from '@zhibu/server/modules/archive/seal-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { archiveClient } from './api.ts'
import { archiveKey } from './key.ts'
import classes from './Seals.module.css'

interface Props {
  seal: Pick<SealRow, 'id' | 'report' | 'examination'>
  mayExamine: boolean
  onClose: () => void
}

/** The examinations of the four properties: the one at the seal, the last one since, or a new one that reads all contents today. */
export function FourProperties({ seal, mayExamine, onClose }: Props) {
  const queries = useQueryClient()
  const examine = useMutation({
    mutationFn: () => parseResponse(archiveClient.seals[':sealId'].examination.$post({ param: { sealId: seal.id } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: archiveKey }),
  })
  const [isFirst, setIsFirst] = useState(false)
  const last = examine.data ?? seal.examination?.report
  const report = isFirst || !last ? seal.report : last
  const groups = Map.groupBy(report.checks, (it) => it.property)
  return (
    <Modal.Root opened onClose={onClose} size="lg" transitionProps={{ transition: 'fade' }}>
      <Modal.Overlay />
      <Modal.Content>
        {/* Not the kit's header, which would be a second banner of the page. */}
        <div className={classes.head}>
          <Modal.Title>四性检测（{momentNames[report.moment]}）</Modal.Title>
          <Modal.CloseButton aria-label="关闭" />
        </div>
        <Modal.Body>
          <p>依据 DA/T 70 的检测项目，只说明看到了什么，不代替鉴定。“未能检查”的项目请人工核对。</p>
          {last && (
            <SegmentedControl
              aria-label="哪一次检测"
              data={[
                { value: 'last', label: `最近一次（${momentNames[last.moment]}）` },
                { value: 'first', label: `封存时（${momentNames[seal.report.moment]}）` },
              ]}
              value={isFirst ? 'first' : 'last'}
              onChange={(it) => setIsFirst(it === 'first')}
            />
          )}
          {[...groups].map(([property, checks]) => (
            <section key={property} aria-label={propertyNames[property]}>
              <h3>{propertyNames[property]}</h3>
              <ul className={classes.checks}>
                {checks.map((it) => (
                  <li key={it.code} className={classes.check}>
                    <div className={classes.line}>
                      <span>{it.name}</span>
                      <Badge variant={it.result === 'unmet' ? 'filled' : 'default'}>{resultNames[it.result]}</Badge>
                    </div>
                    <p className={classes.evidence}>{it.evidence}</p>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          <ProblemNote error={examine.error} />
          {mayExamine && (
            <Button variant="default" mt="md" loading={examine.isPending} onClick={() => examine.mutate()}>
              现在重新检测
            </Button>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
