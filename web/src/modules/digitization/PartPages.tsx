import { ActionIcon, Button, Modal } from '@mantine/core'
import { IconCut, IconRotateClockwise, IconTrash, IconZoomIn } from '@tabler/icons-react'
import type { PartChange, StackPart, StackView } from '@zhibu/server/modules/digitization/schema'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { type Turn, turnedFurther } from '../../ui/pageTurns.ts'
import { pictureUrl } from './api.ts'
import classes from './Sorting.module.css'

interface Props {
  stack: StackView
  part: StackPart
  canChange: boolean
  onChange: (change: Pick<PartChange, 'pages' | 'turns'>) => void
  /** From this page on it becomes a part of its own. */
  onSplit: (page: number) => void
}

/** The pages of a part: turned, left out, taken back, split off, and each in large. */
export function PartPages({ stack, part, canChange, onChange, onSplit }: Props) {
  const [large, setLarge] = useState<number>()
  const pageOf = (number: number) => stack.pages.find((it) => it.number === number)
  const turnOf = (number: number) => pageOf(number)?.turnedBy ?? 0
  const turn = (number: number) => onChange({ turns: [{ page: number, turnedBy: turnedFurther(turnOf(number)) }] })
  return (
    <div className={classes.pages}>
      <ol className={classes.sheets} aria-label="这一份的页面">
        {part.pages.map((number, at) => (
          <li key={number} className={classes.sheet}>
            <button
              type="button"
              className={classes.picture}
              onClick={() => setLarge(number)}
              aria-label={`放大第 ${number} 页`}
            >
              <img
                src={pictureUrl(stack.id, number, at === 0 ? 800 : 400, turnOf(number))}
                alt=""
                loading="lazy"
                decoding="async"
              />
            </button>
            <div className={classes.tools}>
              <span>
                第 {number} 页{pageOf(number)?.isBlank === true && '（空白）'}
              </span>
              <Tool label={`放大第 ${number} 页看`} onClick={() => setLarge(number)} Icon={IconZoomIn} />
              {canChange && (
                <Tool label={`把第 ${number} 页转 90 度`} onClick={() => turn(number)} Icon={IconRotateClockwise} />
              )}
              {canChange && at > 0 && (
                <Tool label={`从第 ${number} 页起拆成另一份`} onClick={() => onSplit(number)} Icon={IconCut} />
              )}
              {canChange && part.pages.length > 1 && (
                <Tool
                  label={`不要第 ${number} 页`}
                  onClick={() => onChange({ pages: part.pages.filter((it) => it !== number) })}
                  Icon={IconTrash}
                />
              )}
            </div>
          </li>
        ))}
      </ol>
      {part.leftOut.length > 0 && (
        <div className={classes.leftOut}>
          <span className={parts.note}>不归档的页（封面、空白背面、去掉的）：</span>
          {part.leftOut.map((number) => (
            <Button key={number} variant="default" size="compact-sm" onClick={() => setLarge(number)}>
              第 {number} 页
            </Button>
          ))}
        </div>
      )}
      {large !== undefined && (
        <LargePage
          stackId={stack.id}
          number={large}
          turn={turnOf(large)}
          among={[...part.pages, ...part.leftOut].sort((one, other) => one - other)}
          isLeftOut={part.leftOut.includes(large)}
          canChange={canChange}
          onTurn={() => turn(large)}
          onTakeBack={() => onChange({ pages: [...part.pages, large].sort((one, other) => one - other) })}
          onGo={setLarge}
          onClose={() => setLarge(undefined)}
        />
      )}
    </div>
  )
}

interface ToolProps {
  label: string
  onClick: () => void
  Icon: typeof IconCut
}

const Tool = ({ label, onClick, Icon }: ToolProps) => (
  <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={onClick}>
    <Icon size={18} stroke={1.6} aria-hidden />
  </ActionIcon>
)

interface LargeProps {
  stackId: string
  number: number
  turn: Turn
  /** All pages of the part, to go from one to another. */
  among: readonly number[]
  isLeftOut: boolean
  canChange: boolean
  onTurn: () => void
  onTakeBack: () => void
  onGo: (page: number) => void
  onClose: () => void
}

function LargePage(props: LargeProps) {
  const { stackId, number, turn, among, isLeftOut, canChange, onTurn, onTakeBack, onGo, onClose } = props
  const [isWide, setIsWide] = useState(false)
  const at = among.indexOf(number)
  const [previous, next] = [among[at - 1], among[at + 1]]
  return (
    <Modal.Root opened onClose={onClose} fullScreen transitionProps={{ transition: 'fade' }}>
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.largeHead}>
          <Modal.Title>第 {number} 页</Modal.Title>
          <div className={classes.largeTools}>
            <Button
              variant="default"
              disabled={previous === undefined}
              onClick={() => previous !== undefined && onGo(previous)}
            >
              上一页
            </Button>
            <Button variant="default" disabled={next === undefined} onClick={() => next !== undefined && onGo(next)}>
              下一页
            </Button>
            <Button variant="default" aria-pressed={isWide} onClick={() => setIsWide(!isWide)}>
              {isWide ? '看整页' : '放大'}
            </Button>
            {canChange && (
              <Button variant="default" onClick={onTurn}>
                转 90 度
              </Button>
            )}
            {canChange && isLeftOut && (
              <Button variant="default" onClick={onTakeBack}>
                这一页要归档
              </Button>
            )}
          </div>
          <Modal.CloseButton aria-label="关闭" />
        </div>
        <Modal.Body>
          <img
            className={classes.large}
            data-wide={isWide || undefined}
            src={pictureUrl(stackId, number, isWide ? 2400 : 1200, turn)}
            alt={`第 ${number} 页`}
          />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
