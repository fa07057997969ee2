import { Badge, Button } from '@mantine/core'
import { dayWritten, stageLabels } from '@zhibu/rules'
import { clockNames } from '@zhibu/server/modules/handovers/names-schema'
import type { HandedFile, HandedItem, PreCheck } from '@zhibu/server/modules/handovers/schema'
import { type ReactNode, useState } from 'react'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { FourProperties } from '../archive/FourProperties.tsx'
import classes from './Handed.module.css'

interface Props {
  name: string
  file: HandedFile
  /** What has come since, and what stands there no more. */
  added?: readonly { documentId: string; title: string }[]
  gone?: readonly string[]
  /** What stands beside an item: how it was found. */
  besides?: (item: HandedItem) => ReactNode
}

/** The file of one person as it is handed over: where they stand, what is to be mended, every item. */
export function HandedFileView({ name, file, added = [], gone = [], besides }: Props) {
  const [isExamined, setIsExamined] = useState(false)
  const { clock, next, seal, properties } = file
  return (
    <>
      <DescriptionList
        items={[
          { label: '人员类别', value: file.stage === null ? '没有登记发展事项' : stageLabels[file.stage] },
          {
            label: clock ? clockNames[clock.kind] : '培养教育时间',
            value: clock
              ? `自${dayWritten(clock.sinceOn)}起，已 ${clock.days} 天，连续计算（${clock.cited}）`
              : '不在培养教育期或预备期',
          },
          {
            label: '下一步',
            value: next ? `${next.what}${next.latestOn ? `，${dayWritten(next.latestOn)}以前` : ''}` : '没有',
          },
          { label: '档号', value: seal ? `${seal.number}（第 ${seal.version} 次封存）` : '未封存' },
        ]}
      />
      <PreChecks checks={file.preChecks} />
      {properties && seal && (
        <div>
          <Button variant="default" size="compact-sm" onClick={() => setIsExamined(true)}>
            四性检测
          </Button>
        </div>
      )}
      {isExamined && properties && seal && (
        <FourProperties
          seal={{ id: seal.id, report: properties, examination: null }}
          mayExamine={false}
          onClose={() => setIsExamined(false)}
        />
      )}
      <RowList
        label={`${name}的材料`}
        rows={[
          ...file.items.map((it) => ({
            key: it.documentId,
            title: `${it.number}. ${it.title}`,
            mark: gone.includes(it.documentId) && <Badge variant="filled">发出后已更换或撤出</Badge>,
            facts: [
              it.place,
              it.on && dayWritten(it.on),
              it.pages !== null && `${it.pages} 页`,
              it.hasPaper ? '随附纸质材料' : '没有纸质材料',
              <span key="digest" className={classes.digest}>
                校验值 {it.digest.replace(/^.*-/, '').slice(0, 16)}…
              </span>,
            ],
            ...(besides && { actions: besides(it) }),
          })),
          ...added.map((it) => ({
            key: it.documentId,
            title: it.title,
            mark: <Badge variant="filled">发出后新增</Badge>,
            facts: ['不在清单上，接收时随档案一并移交'],
          })),
        ]}
      />
      {file.facts.length > 0 && (
        <details>
          <summary>登记的发展事项（{file.facts.length} 条）</summary>
          <ul className={classes.checks}>
            {file.facts.map((it) => (
              <li key={`${it.on} ${it.what}`}>
                {it.on ? dayWritten(it.on) : '日期未登记'}：{it.what}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const titles: Readonly<Record<PreCheck['kind'], string>> = {
  missing: '缺少的材料',
  contradiction: '不一致的地方',
  seal: '封存',
}

function PreChecks({ checks }: { checks: readonly PreCheck[] }) {
  if (checks.length === 0) return null
  return (
    <details>
      <summary>移交前检查：有 {checks.length} 处需要留意</summary>
      {[...Map.groupBy(checks, (it) => it.kind)].map(([kind, some]) => (
        <section key={kind} aria-label={titles[kind]}>
          <p className={parts.note}>{titles[kind]}</p>
          <ul className={classes.checks}>
            {[...new Set(some.map((it) => it.text))].map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  )
}
