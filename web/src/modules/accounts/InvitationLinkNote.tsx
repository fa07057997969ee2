import { Button, CopyButton } from '@mantine/core'
import { InstantText } from '../../ui/InstantText.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './Entrance.module.css'

interface Props {
  /** Of whom the account is. */
  name: string
  /** A path of this site with the secret behind the `#`. */
  link: string
  expiresAt: string
}

/** An invitation link, shown once, to be copied and handed over. */
export function InvitationLinkNote({ name, link, expiresAt }: Props) {
  const address = new URL(link, window.location.origin).href
  return (
    <Section
      title={`${name}的邀请链接`}
      lead={
        <>
          请当面或用可靠的方式交给本人，不要发到群里。
          <InstantText at={expiresAt} /> 前有效，只能用一次。
        </>
      }
      actions={
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? '已复制' : '复制链接'}
            </Button>
          )}
        </CopyButton>
      }
    >
      <span className={classes.link}>{address}</span>
    </Section>
  )
}
