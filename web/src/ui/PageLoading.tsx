import { Skeleton, Stack } from '@mantine/core'

/** While a part is read for the first time. */
export function PageLoading({ lines = 6 }: { lines?: number }) {
  return (
    <Stack gap="md" aria-busy="true" role="status" aria-label="正在读取">
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <Skeleton key={line} height={20} width={`${100 - (line % 3) * 12}%`} />
      ))}
    </Stack>
  )
}
