import { Button, Modal } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import classes from './FormDialog.module.css'
import { ProblemNote } from './ProblemNote.tsx'
import { missingOf, StillMissing } from './StillMissing.tsx'
import { useUnsaved } from './unsaved.ts'

interface Props {
  title: string
  /** What will be recorded, and what follows from it. */
  lead?: ReactNode
  /** The inputs. */
  children: ReactNode
  /** The verb of the button: “登记离任”. */
  submitLabel: string
  /** Whether each thing that is needed is filled in, by its label; what is not is named beside the button. */
  needs?: Readonly<Record<string, boolean>>
  /** Whether nothing else stands against sending it. */
  isReady?: boolean
  isBusy: boolean
  /** Why the server did not take it; what was filled in stays. */
  error: unknown
  onSubmit: () => void
  onClose: () => void
}

/**
 * A form over the page. It closes when its owner takes it away, so that nothing typed is lost to a refusal. Once something has
 * been typed, the escape key closes it no more, and the browser asks before it leaves the page.
 */
export function FormDialog(props: Props) {
  const { title, lead, children, submitLabel, needs = {}, isBusy, error, onSubmit, onClose } = props
  const isReady = (props.isReady ?? true) && missingOf(needs).length === 0
  const [isTouched, setIsTouched] = useState(false)
  useUnsaved(isTouched)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !isBusy) onSubmit()
  }
  return (
    // It fades in: the kit's other ways leave a transform behind, which would cut off the choices of an input at the dialog's edge.
    <Modal.Root
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!isTouched}
      transitionProps={{ transition: 'fade' }}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* Not the kit's header, which would be a second banner of the page. */}
        <div className={classes.head}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label="关闭" />
        </div>
        <Modal.Body>
          <form onSubmit={submit} onInput={() => setIsTouched(true)} className={classes.form} noValidate>
            {lead !== undefined && <p className={classes.lead}>{lead}</p>}
            {children}
            <ProblemNote error={error} isKept />
            <div className={classes.buttons}>
              <StillMissing needs={needs} />
              <Button variant="default" onClick={onClose}>
                取消
              </Button>
              <Button type="submit" loading={isBusy} disabled={!isReady}>
                {submitLabel}
              </Button>
            </div>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
