import { Button } from '@mantine/core'

/** A link to a file of the server, to be saved. */
export function DownloadLink({ href, children }: { href: string; children: string }) {
  return (
    <Button component="a" variant="default" href={href} download>
      {children}
    </Button>
  )
}
