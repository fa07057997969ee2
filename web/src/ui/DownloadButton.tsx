import { Button, type ButtonProps } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { request } from '../api.ts'
import { ProblemNote } from './ProblemNote.tsx'
import { saveAnswer } from './saving.ts'

interface Props {
  /** What is downloaded: “导出表格”. */
  children: string
  /** Asked with POST; answers a file. */
  url: string
  body: object
  size?: ButtonProps['size']
}

/** Asks the server to make a file, and saves it under the name the server gives it. */
export function DownloadButton({ children, url, body, size = 'sm' }: Props) {
  const making = useMutation({
    mutationFn: async () => {
      const response = await request(url, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', accept: '*/*' },
      })
      await saveAnswer(response)
    },
  })
  return (
    <>
      <Button variant="default" size={size} loading={making.isPending} onClick={() => making.mutate()}>
        {children}
      </Button>
      <ProblemNote error={making.error} />
    </>
  )
}
